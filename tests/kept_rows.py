"""Rows that many tests begin with are made once in a process, then put back as text.

Whoever calls a function that is marked `@kept` gets what the function returns, and the
rows it writes. From its third call on, after exactly the same calls before it in a
test, the function does not run: the rows that it wrote are put back with a handful of
statements, and its result is a copy. Each test still runs in a transaction of its own
that is rolled back, in whatever order, alone or with others.

What is put back is what the call would have done, because a call is remembered by
everything that was there before it. As soon as a test has written something by itself
or rolled something back, its further calls are ordinary calls, and so are all calls of
a test that replaces something with `monkeypatch` or changes a setting. So a kept
function may depend only on the database, the clock and its arguments. It gets copies
of these: of what it does to them only changed fields of rows reach the test.
"""

import pickle
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, wraps
from hashlib import sha256
from io import BytesIO
from typing import Any, ParamSpec, TypeVar, cast

import pytest
import time_machine
from django.apps import apps
from django.core.signals import setting_changed
from django.db import connection, models, transaction
from django.db.backends.signals import connection_created
from django.dispatch import receiver
from django.utils import timezone

from courses.signals import enrollment_completed

P = ParamSpec("P")
T = TypeVar("T")
Rows = list[models.Model]
_READS = (
    "SELECT",
    "WITH",
    "BEGIN",
    "SAVEPOINT",
    "RELEASE",
    "PRAGMA",
    "EXPLAIN",
    "SET ",
)
_WRITES = re.compile(r'(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"(\w+)"')
_ROWS_A_STATEMENT = 200


@dataclass(frozen=True)
class _Recording:
    """What a call did, its statements and what waits for the commit, and its result."""

    statements: tuple[str, ...]
    on_commit: tuple[tuple[Callable[[], object], bool], ...]
    result: bytes


@dataclass
class _RunningTest:
    """What the running test has so far.

    `chain` stands for its kept calls until now; it is None for good after the first
    thing that the test did by itself. `rows` are the objects that calls handed out.
    """

    chain: bytes | None = None
    rows: Rows = field(default_factory=list)
    # Their fields as they were handed out.
    handed: list[dict[str, Any]] = field(default_factory=list)
    # The tables that a kept call writes, while it runs.
    watched: set[str] | None = None
    monkeypatch: pytest.MonkeyPatch | None = None
    # What the plugins had replaced when the test began.
    patches: int = 0


_seen: set[bytes] = set()
_recordings: dict[bytes, _Recording] = {}
_test = _RunningTest()


def begin_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep rows until the test writes by itself or uses `monkeypatch`."""
    patches = _replaced(monkeypatch)
    _become(_RunningTest(b"", monkeypatch=monkeypatch, patches=patches))


def end_test() -> None:
    """Keep nothing outside of a test."""
    _become(_RunningTest())


def _become(test: _RunningTest) -> None:
    vars(_test).update(vars(test))


def _replaced(monkeypatch: pytest.MonkeyPatch) -> int:
    return len(monkeypatch._setattr) + len(monkeypatch._setitem)


def kept(make: Callable[P, T]) -> Callable[P, T]:
    """Let the function run twice and its rows be put back after that.

    What the function is given and what it returns can be pickled.
    """
    if "<" in make.__qualname__:
        raise ValueError("Only a function of a module depends on its arguments alone.")

    @wraps(make)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        if not _may_keep():
            return make(*args, **kwargs)
        link, given = _link(make, (args, kwargs))
        try:
            if recording := _recordings.get(link):
                result = _put_back(recording)
            elif link in _seen:
                result = _record(link, make, (args, kwargs), given)
            else:
                _seen.add(link)
                with _watching():
                    result = _run(make, (args, kwargs), given)
        except BaseException:
            _test.chain = None
            raise
        value, rows, changes = _read(result)
        for place, fields in changes:
            _change(given[place], fields)
            _handed_again(given[place], fields)
        _test.chain = link
        _test.rows += rows
        _test.handed += [_fields(row) for row in rows]
        return cast("T", value)

    return call


def _may_keep() -> bool:
    """Say whether everything that the call depends on is known, and stands still."""
    if threading.current_thread() is not threading.main_thread():
        _test.chain = None
    if _test.monkeypatch and _replaced(_test.monkeypatch) != _test.patches:
        _test.chain = None
    return (
        _test.chain is not None
        and _test.watched is None
        and connection.in_atomic_block
        and not connection.force_debug_cursor
        and time_machine.escape_hatch.is_travelling()
    )


def _link(make: Callable[..., Any], arguments: object) -> tuple[bytes, Rows]:
    """Return what stands for the chain that ends with this call, and its rows."""
    told = (
        _test.chain,
        f"{make.__module__}.{make.__qualname__}",
        timezone.now(),
        len(enrollment_completed.receivers),
        arguments,
    )
    text, given = _told(told)
    return sha256(text).digest(), given


def _run(make: Callable[..., Any], arguments: object, given: Rows) -> bytes:
    """Make the call with copies of its arguments, and return its result as bytes.

    To the result belong the fields that the call has changed of the rows `given`.
    """
    places = _places()
    first = _Writer(BytesIO(), {})
    first.dump((arguments, given))
    (args, kwargs), given_rows, rows = _loads(
        _dumps((arguments, given, first.met), {}), []
    )
    known = {
        id(copy): places[id(row)]
        for row, copy in zip(first.met, rows, strict=True)
        if id(row) in places
    }
    before = [_fields(row) for row in given_rows]
    result = make(*args, **kwargs)
    changes = [
        (place, fields)
        for place, (row, old) in enumerate(zip(given_rows, before, strict=True))
        if (fields := _fields(row)) != old
    ]
    second = _Writer(BytesIO(), known)
    second.dump(result)
    return _dumps((result, second.met, changes), known)


def _record(
    link: bytes, make: Callable[..., Any], arguments: object, given: Rows
) -> bytes:
    """Make the call, undo it, remember how to do it again, and do it again."""
    with _watching() as tables:
        with transaction.atomic():
            waiting = len(connection.run_on_commit)
            result = _run(make, arguments, given)
            on_commit = connection.run_on_commit[waiting:]
            after = {table: _contents(table) for table in sorted(tables)}
            transaction.set_rollback(True)
        before = {table: _contents(table) for table in after}
    gone, come = [], []
    for table in after:
        gone += _deletions(table, before[table], after[table])
        come += _insertions(table, before[table], after[table])
    _recordings[link] = _Recording(
        _joined(gone + come),
        tuple((function, robust) for _, function, robust in on_commit),
        result,
    )
    return _put_back(_recordings[link])


def _put_back(recording: _Recording) -> bytes:
    """Write the rows again and return the result."""
    with _watching(), transaction.atomic(), connection.cursor() as cursor:
        for statement in recording.statements:
            cursor.execute(statement)
        for function, robust in recording.on_commit:
            transaction.on_commit(function, robust=robust)
    return recording.result


# --- Watching ------------------------------------------------------------------------
@contextmanager
def _watching() -> Iterator[set[str]]:
    """Yield the tables that are written until the block ends."""
    _test.watched = set()
    try:
        yield _test.watched
    finally:
        _test.watched = None


@receiver(connection_created)
def _watch_connection(connection: Any, **_: Any) -> None:
    if _watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(_watch)


def _watch(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
) -> Any:
    """Notice what is written, or taken back, before it is."""
    if not sql.lstrip().startswith(_READS):
        _notice(sql)
    return execute(sql, params, many, context)


def _notice(sql: str) -> None:
    if _test.watched is None:
        _test.chain = None
        return
    if sql.startswith("ROLLBACK"):
        return
    write = _WRITES.match(sql)
    if write is None:
        raise ValueError(f"A kept call may not do this, it cannot be put back: {sql}")
    _test.watched.add(write[1])


@receiver(setting_changed)
def _notice_setting(**_: Any) -> None:
    _test.chain = None


# --- Rows as text --------------------------------------------------------------------
@cache
def _columns() -> dict[str, tuple[str, list[str]]]:
    """Return, for each table, the column of its key and all columns."""
    return {
        model._meta.db_table: (
            model._meta.pk.column,
            [column.column for column in model._meta.local_concrete_fields],
        )
        for model in apps.get_models(include_auto_created=True)
    }


def _contents(table: str) -> dict[str, str]:
    """Return every row of a table as SQL, by its key as SQL."""
    key, columns = _columns()[table]
    values = " || ',' || ".join(_literal(column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT {_literal(key)}, {values} FROM "{table}" ORDER BY "{key}"'
        )
        return dict(cursor.fetchall())


def _literal(column: str) -> str:
    if connection.vendor == "sqlite":
        return f'quote("{column}")'
    return f'quote_nullable("{column}"::text)'


def _deletions(
    table: str, before: dict[str, str], after: dict[str, str]
) -> Iterator[str]:
    """Yield what removes the rows that the call removed or changed."""
    keys = [key for key, row in before.items() if after.get(key) != row]
    for part in _parts(keys):
        yield f'DELETE FROM "{table}" WHERE "{_columns()[table][0]}" IN ({part})'


def _insertions(
    table: str, before: dict[str, str], after: dict[str, str]
) -> Iterator[str]:
    """Yield what writes the rows that the call wrote or changed."""
    names = ", ".join(f'"{column}"' for column in _columns()[table][1])
    rows = [f"({row})" for key, row in after.items() if before.get(key) != row]
    for part in _parts(rows):
        yield f'INSERT INTO "{table}" ({names}) VALUES {part}'


def _parts(texts: list[str]) -> Iterator[str]:
    for start in range(0, len(texts), _ROWS_A_STATEMENT):
        yield ", ".join(texts[start : start + _ROWS_A_STATEMENT])


def _joined(statements: list[str]) -> tuple[str, ...]:
    """Return the statements in one piece where the database takes several at once."""
    if connection.vendor == "sqlite":
        return tuple(statements)
    return ("; ".join(statements),) if statements else ()


# --- Objects as bytes ----------------------------------------------------------------
class _Teller(pickle.Pickler):
    """Writes arguments so that the same ones give the same bytes. Collects the rows.

    A row that was handed out is told by its place and by what has changed since, so
    that keys which differ from run to run do not count; any other by its fields.
    """

    def __init__(self, file: BytesIO) -> None:
        super().__init__(file)
        # Without a memory: equal texts are told alike, one object or not.
        self.fast = True
        self.met: Rows = []
        self.places = _places()

    def persistent_id(self, obj: Any) -> Any:
        if not isinstance(obj, models.Model):
            return None
        self.met.append(obj)
        fields = _fields(obj)
        place = self.places.get(id(obj))
        if place is None:
            return obj._meta.label, fields
        handed = _test.handed[place].items()
        return place, [pair for pair in fields.items() if pair not in handed]


class _Writer(pickle.Pickler):
    """Writes objects; known rows by their place. Collects the other rows it meets."""

    def __init__(self, file: BytesIO, known: dict[int, int]) -> None:
        super().__init__(file)
        self.known = known
        self.met: Rows = []

    def persistent_id(self, obj: Any) -> int | None:
        return self.known.get(id(obj))

    def reducer_override(self, obj: Any) -> Any:
        if isinstance(obj, models.Model):
            self.met.append(obj)
        return NotImplemented


class _Reader(pickle.Unpickler):
    """Reads what `_Writer` wrote."""

    def __init__(self, file: BytesIO, known: Rows) -> None:
        super().__init__(file)
        self.known = known

    def persistent_load(self, pid: Any) -> models.Model:
        return self.known[pid]


def _told(what: object) -> tuple[bytes, Rows]:
    file = BytesIO()
    teller = _Teller(file)
    teller.dump(what)
    return file.getvalue(), teller.met


def _fields(row: models.Model) -> dict[str, Any]:
    """Return the fields of a row as far as they are loaded."""
    names = [column.attname for column in row._meta.concrete_fields]
    return {name: row.__dict__[name] for name in names if name in row.__dict__}


def _places() -> dict[int, int]:
    """Return where the rows that were handed out stand, by identity."""
    return {id(row): place for place, row in enumerate(_test.rows)}


def _handed_again(row: models.Model, fields: dict[str, Any]) -> None:
    place = _places().get(id(row))
    if place is not None:
        _test.handed[place] = fields


def _change(row: models.Model, fields: dict[str, Any]) -> None:
    """Let a row say what is stored now, as `refresh_from_db` does."""
    row.__dict__.update(fields)
    row._state.fields_cache.clear()
    row.__dict__.pop("_prefetched_objects_cache", None)


def _dumps(what: object, known: dict[int, int]) -> bytes:
    file = BytesIO()
    _Writer(file, known).dump(what)
    return file.getvalue()


def _loads(written: bytes, known: Rows) -> Any:
    return _Reader(BytesIO(written), known).load()


def _read(result: bytes) -> tuple[Any, Rows, list[tuple[int, dict[str, Any]]]]:
    """Return the result, the rows in it that are new in this test, and changes."""
    return cast("Any", _loads(result, _test.rows))
