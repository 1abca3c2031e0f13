"""The certificate's number, from a pattern that the agency sets.

A pattern is text with fields: ``{urut}`` the counter, ``{klasifikasi}`` the archive
classification code, ``{unit}`` the issuing unit's code, ``{bulan}`` the month in Roman
numerals and ``{tahun}`` the year. ``{urut:04}`` pads the counter with zeros. The
counter starts anew each year, so counter and year must both be there for numbers
not to repeat.
"""

import re
import string

from lib import indonesian

DEFAULT_PATTERN = "{urut}/{klasifikasi}/{unit}/{bulan}/{tahun}"
FIELDS = ("urut", "klasifikasi", "unit", "bulan", "tahun")
_REQUIRED = ("urut", "tahun")
_MONTHS = 12
_PADDING = re.compile(r"0[1-9]")


class NumberPatternInvalid(ValueError):
    """The pattern cannot give unambiguous numbers; the message says why."""


def check_pattern(pattern: str) -> None:
    """Raise ``NumberPatternInvalid`` unless the pattern can number certificates."""
    fields = _fields(pattern)
    for name, padding in fields:
        if name not in FIELDS:
            known = ", ".join(f"{{{field}}}" for field in FIELDS)
            raise NumberPatternInvalid(f"{{{name}}} tidak dikenal. Pakai {known}.")
        if padding and (name != "urut" or not _PADDING.fullmatch(padding)):
            raise NumberPatternInvalid(
                f"{{{name}:{padding}}} tidak dikenal. Angka nol di depan ditulis "
                "{urut:04}."
            )
    for name in _REQUIRED:
        if name not in dict(fields):
            raise NumberPatternInvalid(f"Pola harus memuat {{{name}}}.")


def number_text(
    pattern: str,
    *,
    sequence: int,
    classification: str,
    unit: str,
    month: int,
    year: int,
) -> str:
    """Return the number, "12/800.2.4/BKPSDM/XI/2026" by the default pattern.

    Raises ``NumberPatternInvalid`` for a bad pattern and for a field of the pattern
    whose code is empty, ``ValueError`` for a sequence below 1 or a month outside 1 to
    12.
    """
    check_pattern(pattern)
    if sequence < 1 or not 1 <= month <= _MONTHS:
        msg = f"{sequence} in month {month} is not the place of a certificate."
        raise ValueError(msg)
    codes = {"klasifikasi": classification, "unit": unit}
    for name, _ in _fields(pattern):
        if name in codes and not codes[name]:
            raise NumberPatternInvalid(f"Kode untuk {{{name}}} belum diisi.")
    return pattern.format(
        **codes,
        urut=sequence,
        bulan=indonesian.roman(month),
        tahun=year,
    )


def _fields(pattern: str) -> list[tuple[str, str]]:
    """Return each field's name with its padding, in order."""
    try:
        parts = list(string.Formatter().parse(pattern))
    except ValueError as error:
        raise NumberPatternInvalid("Kurung kurawal pada pola tidak lengkap.") from error
    if any(conversion for *_, conversion in parts):
        raise NumberPatternInvalid("Tanda seru tidak dipakai di dalam kurung kurawal.")
    return [(name, spec or "") for _, name, spec, _ in parts if name is not None]
