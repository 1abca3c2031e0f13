"""The beginning of a question in plain words."""

import re
from textwrap import shorten

from lib.markdown import plain_line

_LONGEST = 90


# What stands at a gap is its key.
_GAP = re.compile(r"\[\[[^\[\]]+\]\]")


def excerpt(stem: str) -> str:
    """Return the beginning of a question in plain words."""
    return shorten(_GAP.sub("…", plain_line(stem)), _LONGEST, placeholder="…")
