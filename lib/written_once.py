"""Statements that Django writes once: for what every request asks.

Of the time of a short statement Django takes two thirds to write it, the same text each
time. Here a function says once, with the ORM, what is asked; then only its values
differ. The same for a row that is appended.
"""

import copy
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar, get_type_hints
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Expression, QuerySet
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery
from django.db.transaction import TransactionManagementError

# Values of other types go to the database as they are.
_FIELDS: "dict[Any, models.Field[Any, Any]]" = {
    UUID: models.UUIDField(),
    datetime: models.DateTimeField(),
    date: models.DateField(),
}
_P = ParamSpec("_P")
_Row = TypeVar("_Row", bound="models.Model")


def written_once(
    ask: Callable[_P, "QuerySet[_Row, Any]"],
) -> Callable[_P, list[Any]]:
    """Return a function that asks what `ask` says, and returns the rows as a list.

    `ask` is called once a process and database, with a stand-in for every value, and
    returns a queryset. Its values stand for columns in filters and nowhere else: what
    is asked may not depend on them, so neither None nor a list nor a row can be one.
    UUIDs and moments say so by their annotation. Prefetching is refused, and so is
    a lock outside of a transaction, as Django does.
    """
    hints = get_type_hints(ask)
    names = tuple(signature(ask).parameters)
    stand_ins = [_Given(name, _FIELDS.get(hints.get(name))) for name in names]
    written: dict[str, _Statement] = {}

    @wraps(ask)
    def rows(*args: Any, **kwargs: Any) -> list[Any]:
        connection = connections[DEFAULT_DB_ALIAS]
        statement = written.get(connection.vendor)
        if statement is None:
            statement = _Statement(ask(*stand_ins), connection)  # type: ignore[arg-type, call-arg]
            written[connection.vendor] = statement
        return statement.rows(connection, dict(zip(names, args, strict=False)) | kwargs)

    return rows


def append(row: models.Model, *, ignoring_conflicts: bool = False) -> None:
    """Insert a row as `save(force_insert=True)` does; its number is at hand then.

    Where conflicts are ignored, a row that is there already stays as it is, and the
    number is not told. No signal is sent, and nothing that a model adds to `save` is
    done. Raises ValueError for a row that is stored already.
    """
    _insert_of(row, ignoring_conflicts, not ignoring_conflicts).run([row])


def append_all(rows: Iterable[models.Model]) -> None:
    """Insert rows of one model in one statement; their numbers are not told.

    For as many as a statement can take. Otherwise as `append`.
    """
    if found := list(rows):
        _insert_of(found[0], False, False).run(found)


def _insert_of(row: models.Model, is_ignoring: bool, is_told: bool) -> "_Insert":
    connection = connections[DEFAULT_DB_ALIAS]
    key = (type(row), connection.vendor, is_ignoring, is_told)
    if key not in _inserts:
        _inserts[key] = _Insert(row, connection, is_ignoring, is_told)
    return _inserts[key]


class _Insert:
    """How rows of a model are inserted."""

    def __init__(
        self, row: models.Model, connection: Any, is_ignoring: bool, is_told: bool
    ) -> None:
        meta = row._meta
        self._fields = [
            field
            for field in meta.local_concrete_fields
            if not (field.generated or isinstance(field, models.AutoField))
        ]
        query = InsertQuery(
            type(row), on_conflict=OnConflict.IGNORE if is_ignoring else None
        )
        query.insert_values(self._fields, [row])
        compiler = query.get_compiler(connection=connection)
        self._is_told = is_told
        compiler.returning_fields = [meta.pk] if is_told else None
        ((sql, _values),) = compiler.as_sql()
        self._before, self._row, self._after = _ROW.split(sql, maxsplit=1)

    def run(self, rows: Sequence[models.Model]) -> None:
        connection = connections[DEFAULT_DB_ALIAS]
        values = [
            field.get_db_prep_save(field.pre_save(row, add=True), connection)
            for row in rows
            for field in self._fields
        ]
        if not all(row._state.adding for row in rows):
            raise ValueError("This row is stored already.")
        places = ", ".join([self._row] * len(rows))
        with connection.cursor() as cursor:
            cursor.execute(f"{self._before}{places}{self._after}", values)
            if self._is_told:
                (rows[0].pk,) = cursor.fetchone()
        for row in rows:
            row._state.adding, row._state.db = False, connection.alias


# The places of one row's values, which stand behind VALUES.
_ROW = re.compile(r"(?<= VALUES )(\((?:[^()]|\([^()]*\))*\))")
_inserts: dict[tuple[type[models.Model], str, bool, bool], _Insert] = {}


class _Slot:
    """A place in the parameters of a statement."""

    def __init__(self, name: str, field: "models.Field[Any, Any] | None") -> None:
        self.name, self.field = name, field

    def fill(self, values: dict[str, Any], connection: Any) -> Any:
        value = values[self.name]
        if self.field is None:
            return value
        return self.field.get_db_prep_value(value, connection)


class _Given(Expression):
    """A value that is not known yet."""

    def __init__(self, name: str, field: "models.Field[Any, Any] | None") -> None:
        super().__init__()
        self.slot = _Slot(name, field)

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self.slot]


class _Statement:
    """A statement as Django wrote it, with places for its values."""

    def __init__(self, asked: Any, connection: Any) -> None:
        if asked._prefetch_related_lookups:
            raise ValueError("What is prefetched is asked for anew each time.")
        self._asked = asked
        self._locks = asked.query.select_for_update
        self._compiler = asked.query.get_compiler(connection=connection)
        self._sql, self._params = self._compiler.as_sql()
        columns = [column for column, *_rest in self._compiler.select]
        # The same for every connection of this kind.
        converters = self._compiler.get_converters(columns)
        self._compiler.get_converters = lambda _columns: converters

    def rows(self, connection: Any, values: dict[str, Any]) -> list[Any]:
        if self._locks and connection.get_autocommit():
            raise TransactionManagementError("A lock needs a transaction.")
        params = tuple(
            one.fill(values, connection) if isinstance(one, _Slot) else one
            for one in self._params
        )
        compiler = copy.copy(self._compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_args, **_kwargs: (self._sql, params)
        return list(self._asked._iterable_class(_Bound(self._asked, compiler)))


class _Bound:
    """What Django's iterables know of a queryset, its statement already written."""

    def __init__(self, asked: Any, compiler: Any) -> None:
        self.db, self.model, self._fields = asked.db, asked.model, asked._fields
        self._known_related_objects: dict[Any, Any] = {}
        self._asked, self._compiler = asked, compiler
        self.query = self

    def get_compiler(self, *_args: Any, **_kwargs: Any) -> Any:
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        # Which columns there are, and under which names: the same for all values.
        return getattr(self._asked.query, name)
