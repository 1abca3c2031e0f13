"""Paths of a tree as text, so that a subtree is one range of an ordinary index.

A path is the segments of the ancestors and of the node itself, from the root
down, without a separator: the node 11 under the node 36 is ``00001000000B``.
Every segment has the same width, therefore no path is a prefix of another by
accident, and its letters are digits and capitals only, whose byte order is the
order of their values. The column must be compared bytewise for the ranges to
hold: see ``lib.fields.BytewiseCharField``.
"""

SEGMENT_LENGTH = 6
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LARGEST = len(_DIGITS) ** SEGMENT_LENGTH - 1
# The character after "Z" in ASCII: above every character a path may hold.
_ABOVE = "["


def segment(pk: int) -> str:
    """Return the primary key in base 36, six characters of ``0-9A-Z``.

    Keeps the order of the numbers. Raises ``ValueError`` below 0 and above
    2,176,782,335, which no longer fits.
    """
    if not 0 <= pk <= _LARGEST:
        msg = f"{pk} does not fit into a path segment."
        raise ValueError(msg)
    digits = []
    for _ in range(SEGMENT_LENGTH):
        pk, digit = divmod(pk, len(_DIGITS))
        digits.append(_DIGITS[digit])
    return "".join(reversed(digits))


def keys_on(path: str) -> tuple[int, ...]:
    """Return the primary keys of the nodes from the root down to this one."""
    _check(path)
    starts = range(0, len(path), SEGMENT_LENGTH)
    return tuple(int(path[at : at + SEGMENT_LENGTH], len(_DIGITS)) for at in starts)


def child_path(parent_path: str, pk: int) -> str:
    """Return the path of node ``pk`` under a parent; ``""`` makes it a root."""
    if parent_path:
        _check(parent_path)
    return parent_path + segment(pk)


def ancestor_paths(path: str) -> tuple[str, ...]:
    """Return the paths from the root down to the node, the node included."""
    _check(path)
    ends = range(SEGMENT_LENGTH, len(path) + 1, SEGMENT_LENGTH)
    return tuple(path[:end] for end in ends)


def is_within(path: str, top: str) -> bool:
    """Return whether ``path`` is the node ``top`` or lies below it."""
    _check(top)
    _check(path)
    return path.startswith(top)


def subtree_bounds(path: str) -> tuple[str, str]:
    """Return ``(low, high)``: ``low <= p < high`` is the node and all below it.

    True of well-formed paths under bytewise order. Refuses an empty or
    malformed path with ``ValueError``: a unit whose path is missing must
    reach nothing, not the whole tree.
    """
    _check(path)
    return path, path + _ABOVE


def _check(path: str) -> None:
    if not path or len(path) % SEGMENT_LENGTH or not set(path) <= set(_DIGITS):
        msg = f"{path!r} is not a tree path."
        raise ValueError(msg)
