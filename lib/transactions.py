"""One transaction around a verb, done again where the database gives it up.

PostgreSQL ends one of several transactions that wait for each other (40P01), or that
cannot be put into an order (40001). The order of locks in `docs/locking.md` is there so
that this does not happen; where it does, nothing of the verb has happened yet, and it
is simply done again. On SQLite writers wait for their turn (decision 0011).
"""

import logging
import random
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

TRIES = 3
# Seconds; doubled with every try.
LONGEST_PAUSE = 0.05
TURN_OF_OTHERS = 0.15
_GIVEN_UP = frozenset({"40001", "40P01"})
_P = ParamSpec("_P")
_R = TypeVar("_R")
logger = logging.getLogger(__name__)


def atomic_with_retry(verb: Callable[_P, _R]) -> Callable[_P, _R]:
    """Run `verb` whole or not at all; up to `TRIES` times where it is given up.

    Inside another transaction it is a part of that one and is tried once: what was
    given up is the whole, and the outermost verb does it again. What was to happen on
    commit is forgotten with the try that it belongs to.

    Do not decorate a verb that changes what it is handed, or reads it up: the second
    try gets the same arguments. Fetch the row again under its lock, and take a
    sequence instead of an iterator.
    """

    @wraps(verb)
    def tried(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        tries = 1 if connection.in_atomic_block else TRIES
        for number in range(1, tries):
            try:
                with transaction.atomic():
                    return verb(*args, **kwargs)
            except OperationalError as error:
                if not was_given_up(error):
                    raise
                logger.warning("%s is done again: %s", verb.__qualname__, error)
            pause(number)
        with transaction.atomic():
            return verb(*args, **kwargs)

    return tried


def was_given_up(error: OperationalError) -> bool:
    """Say whether the database took a transaction back so that others can go on."""
    return getattr(error.__cause__, "sqlstate", None) in _GIVEN_UP


def pause(number: int) -> None:
    """Wait a little after try `number`; by chance, so that two do not meet again."""
    time.sleep(random.uniform(0, LONGEST_PAUSE * 2**number))  # noqa: S311


def let_others_write() -> None:
    """Wait a little between the transactions of long work, where writers have no queue.

    Who waits for SQLite looks again every tenth of a second at most; work that begins
    its next transaction at once would never let anybody in.
    """
    if connection.vendor == "sqlite":
        time.sleep(TURN_OF_OTHERS)
