"""Moments that follow each other, also where the clock was set back in between."""

from datetime import datetime


def not_before(moment: datetime, *earlier: datetime | None) -> datetime:
    """Return `moment`, or the latest of what was before it where that is later.

    For an end, whose beginning was stored when the clock went ahead: both then lie at
    one moment, and nothing lasts less than no time.
    """
    return max([moment, *(one for one in earlier if one is not None)])
