"""A file of the course as a page shows it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShownFile:
    """What a text names by `images/…` or `files/…`: its address, kind and weight.

    `digest` is the hash of what is stored; `size`, in bytes, what fetching `address`
    costs. A photograph has its size in pixels and other widths in `srcset`.
    """

    digest: str
    address: str
    ending: str
    size: int
    width: int = 0
    height: int = 0
    srcset: str = ""


FindFile = Callable[[str], str | ShownFile]
"""Gives the address of a file, or how it is shown, by the name that authors write.

Raises LookupError for one that there is not.
"""
