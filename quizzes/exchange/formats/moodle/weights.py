"""The weights that Moodle takes: its list is fixed, and its import refuses others.

One question with a weight beside the list, such as 35%, makes Moodle refuse the whole
file (`question_bank::fraction_options_full`). So the nearest ones are written.
"""

from collections.abc import Sequence
from decimal import Decimal

from quizzes.exchange.formats.moodle.question import MoodleKind

_ZERO, _ONE = Decimal(0), Decimal(1)
_LISTED = tuple(
    Decimal(percent) / 100
    for percent in (
        *("5", "10", "11.11111", "12.5", "14.28571", "16.66667", "20", "25", "30"),
        *("33.33333", "40", "50", "60", "66.66667", "70", "75", "80", "83.33333"),
        *("90", "100"),
    )
)
# Thirds are written with few decimals, by us and by Moodle.
_NEAR = Decimal("0.00001")
_SUM_NEAR = Decimal("0.0001")


def listed_weights(kind: MoodleKind, shares: Sequence[Decimal]) -> list[Decimal]:
    """Return for each share what Moodle takes for it; unchanged where it takes it.

    Of a `choice` the best earns everything and what takes away earns nothing, as here.
    The right ones of `choices` together earn everything.
    """
    if kind == "choices":
        return _several(shares)
    best = max(shares, default=_ONE) if kind == "choice" else _ONE
    return [_one_of(share, best) for share in shares]


def _one_of(share: Decimal, best: Decimal) -> Decimal:
    if share <= 0 or share == best:
        return _ONE if share > 0 else _ZERO
    return _nearest(share / best, _LISTED[:-1])


def _nearest(share: Decimal, among: Sequence[Decimal]) -> Decimal:
    found = min(among, key=lambda one: abs(one - share))
    return share if abs(found - share) < _NEAR else found


def _several(shares: Sequence[Decimal]) -> list[Decimal]:
    """Return weights whose right ones sum to 1, or a little more where none do."""
    found = [
        _nearest(abs(share), _LISTED).copy_sign(share) if share else share
        for share in shares
    ]
    right = [at for at, share in enumerate(shares) if share > 0]

    def total() -> Decimal:
        return sum((found[at] for at in right), _ZERO)

    if abs(total() - 1) < _SUM_NEAR:
        return found
    while right and total() < 1 - _SUM_NEAR:
        at = min(right, key=lambda at: _higher(found[at]) - shares[at])
        found[at] = _higher(found[at])
    for at in sorted(right, key=lambda at: shares[at] - found[at]):
        lower = _lower(found[at])
        if total() - found[at] + lower >= 1 - _SUM_NEAR:
            found[at] = lower
    return found


def _higher(weight: Decimal) -> Decimal:
    return next((one for one in _LISTED if one > weight + _NEAR), _ONE)


def _lower(weight: Decimal) -> Decimal:
    below = [one for one in _LISTED if one < weight - _NEAR]
    return below[-1] if below else weight
