"""How sure a share of few cases is."""

from math import sqrt

_Z = 1.959964
"""95 of 100 intervals hold the true share."""


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Return the 95 % interval of a share, from 0 to 1; (0, 1) for no case at all.

    E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical
    Inference" (1927): honest also near 0 and 1 and for few cases. Raises ValueError
    for a part that is not one.
    """
    if not 0 <= part <= whole:
        raise ValueError(f"{part} is no part of {whole}.")
    if not whole:
        return 0.0, 1.0
    share, z2 = part / whole, _Z**2
    middle = share + z2 / (2 * whole)
    width = _Z * sqrt(share * (1 - share) / whole + z2 / (4 * whole**2))
    scale = 1 + z2 / whole
    # Rounding must not leave the range where a share is 0 or 1.
    return max(0.0, (middle - width) / scale), min(1.0, (middle + width) / scale)
