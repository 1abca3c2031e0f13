"""Whether a failure lies in what the site stands upon, and passes with it.

A full disk, too many open files, a database that is away or has no connection left, a
broker that does not answer: nothing is wrong with the request, and the same one works
later. What the program itself got wrong (a missing table) is no outage.
"""

import errno
from collections.abc import Iterator

from django.db import InterfaceError, InternalError, OperationalError
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import TimeoutError as RedisSilent

_MACHINE = frozenset(
    {
        *(errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO),
        *(errno.EMFILE, errno.ENFILE, errno.ENOMEM),
    }
)
# https://www.sqlite.org/rescode.html, whose longer codes begin with these.
_SQLITE = ("FULL", "BUSY", "LOCKED", "IOERR", "CANTOPEN", "READONLY", "PROTOCOL")
# Connection, given up for another, resources, in use, locked, operator, system: codes
# and classes of PostgreSQL's appendix A.
_READS_ONLY = "25006"
_POSTGRES = ("08", "40", "53", "55006", "55P03", "57", "58")


def is_outage(error: BaseException | None) -> bool:
    """Say whether this error, or one that it came from, is such a failure."""
    return any(map(_is_one, _chain(error)))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _is_one(error: BaseException) -> bool:
    if isinstance(error, OperationalError):
        return _is_of_database(error.__cause__)
    if isinstance(error, InternalError):
        # A standby, or a managed server whose disk is full.
        return getattr(error.__cause__, "sqlstate", None) == _READS_ONLY
    if isinstance(error, OSError):
        return error.errno in _MACHINE
    return isinstance(error, InterfaceError | BrokerError | RedisAway | RedisSilent)


def _is_of_database(cause: BaseException | None) -> bool:
    sqlite = getattr(cause, "sqlite_errorname", None)
    if sqlite:
        return str(sqlite).removeprefix("SQLITE_").startswith(_SQLITE)
    state = getattr(cause, "sqlstate", None)
    # psycopg names no state where no connection was made, or it was cut.
    return state is None or str(state).startswith(_POSTGRES)
