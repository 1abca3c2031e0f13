"""From SQLite to PostgreSQL: every value, every index, every counter."""

import json
import math
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection, connections
from hypothesis import given
from hypothesis import strategies as st

from accounts import audit
from elearning.backups import facts, moving
from elearning.backups.refusals import BackupRefused
from elearning.backups.rows_as_text import (
    COPY_OPTIONS,
    checksum,
    checksum_sql,
    line_writer,
    text_column,
)
from lib.extra_database import extra_database
from tests.elearning.backups.conftest import NOTHING, everything, sequences

# What PostgreSQL takes: no NUL, no half of a pair.
WORDS = st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]))
NUMBERS = st.floats(-(2.0**53), 2.0**53, allow_nan=False)
SIGNS = st.text("a\\\n\r\x01\x1f\t’.N", max_size=5)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | NUMBERS | WORDS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4)
    ),
    max_leaves=12,
)


def as_we_write(value, kind: str, scale: int | None = None) -> str:
    """Return the text that a value of SQLite becomes."""
    column = text_column("v", kind, scale)
    with closing(sqlite3.connect(":memory:")) as source:
        (text,) = source.execute(
            f"SELECT {column.sql} FROM (SELECT ? AS v)", [value]
        ).fetchone()
    return column.write(text) if column.write else text


def as_postgres_writes(text: str, kind: str) -> str:
    """Return what PostgreSQL makes of a text of ours."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'")
        cursor.execute(f"SELECT (%s::{kind})::text", [text])
        return cursor.fetchone()[0]


@pytest.mark.postgres
@pytest.mark.django_db
class TestValues:
    """What is written is what PostgreSQL writes itself."""

    def same(self, value, kind, scale=None):
        text = as_we_write(value, kind.partition("(")[0], scale)
        assert as_postgres_writes(text, kind) == text

    @given(value=JSON)
    def test_json(self, value):
        self.same(json.dumps(value), "jsonb")

    @given(value=NUMBERS)
    def test_floats(self, value):
        self.same(value, "double precision")

    @given(value=st.decimals(-999, 999, places=2))
    def test_decimals(self, value):
        self.same(float(value), "numeric(5,2)", 2)
        self.same(str(value), "numeric(5,2)", 2)

    @given(
        value=st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001
        has_microseconds=st.booleans(),
    )
    def test_moments(self, value, has_microseconds):
        if not has_microseconds:
            value = value.replace(microsecond=0)
        self.same(str(value), "timestamp with time zone")

    @given(value=st.uuids())
    def test_uuids(self, value):
        self.same(value.hex, "uuid")

    @given(value=WORDS)
    def test_words(self, value):
        self.same(value, "text")

    def test_the_rest(self):
        self.same(1, "boolean")
        self.same(0, "boolean")
        self.same("2026-02-28", "date")
        self.same(2**62, "bigint")

    @given(rows=st.lists(st.tuples(st.integers(0, 9), st.none() | WORDS), max_size=6))
    def test_checksums(self, rows):
        """Both sides add up the same rows to the same sum, whatever their order."""
        values = ", ".join(["(%s::int, %s::text)"] * len(rows)) or "(0, '')"
        where = "" if rows else " WHERE false"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {checksum_sql(['a', 'b'])} FROM (VALUES {values}) t(a, b)"
                + where,
                [value for row in rows for value in row],
            )
            total = cursor.fetchone()[0]

        assert total == sum(checksum(lines_of(str(a), b)[0]) for a, b in rows)

    @given(rows=st.lists(st.tuples(st.none() | SIGNS, st.none() | SIGNS), max_size=6))
    def test_what_copy_is_told_arrives(self, rows):
        """Also a backslash, an end of a line, and what stands between values."""
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE t (a text, b text)")
            options = COPY_OPTIONS.replace("FREEZE, ", "")
            with cursor.copy(f"COPY t FROM STDIN ({options})") as copy:
                for row in rows:
                    copy.write(lines_of(*row)[1] + b"\n")
            cursor.execute("SELECT a, b FROM t")
            arrived = cursor.fetchall()
            cursor.execute("DROP TABLE t")

        assert arrived == rows


def lines_of(*texts):
    return line_writer([text_column(name, "text", None) for name in "ab"])(texts)


def test_a_checksum_tells_a_missing_text_from_an_empty_one():
    def summed(*texts):
        return checksum(lines_of(*texts)[0])

    assert summed("a", None) != summed("a", "")
    assert summed("a", "b") != summed("ab", "")


@pytest.mark.postgres
def test_everything_arrives(living, scratch_database):
    before = everything(living)
    with extra_database("moved", scratch_database("moved")):
        tables = moving.move("living", "moved", say=NOTHING)

        assert len(tables) > 70
        assert all(table.rows for table in tables)
        assert all(table.is_alike for table in tables)
        assert audit.broken_seals(using="moved") == []
        assert _counters("moved") == {
            name: last for name, last in sequences("living").items() if last
        }
    assert everything(living) == before


def _counters(alias):
    names = facts.asker(alias)(
        "SELECT table_name,"
        " pg_get_serial_sequence(quote_ident(table_name), column_name)"
        " FROM information_schema.columns WHERE table_schema = 'public'"
        " AND is_identity = 'YES'"
    )
    return {
        table: facts.asker(alias)(f"SELECT last_value FROM {sequence}")[0][0]
        for table, sequence in names
    }


@pytest.mark.postgres
def test_the_tables_are_those_of_the_migrations(living, scratch_database):
    """Made from the models, they have the same columns, indexes and promises."""
    with extra_database("moved", scratch_database("moved")):
        moving.move("living", "moved", say=NOTHING)

        assert _shape("moved") == _shape("default")


def _shape(alias):
    ask = facts.asker(alias)
    return {
        "columns": set(
            ask(
                "SELECT table_name, column_name, data_type, character_maximum_length,"
                " numeric_precision, numeric_scale, is_nullable, is_identity,"
                " column_default, collation_name FROM information_schema.columns"
                " WHERE table_schema = 'public'"
                # Django's own: its migration makes a larger key than its model says.
                " AND (table_name, column_name) <> ('auth_group_permissions', 'id')"
            )
        ),
        "constraints": set(
            ask(
                "SELECT conrelid::regclass::text, contype, pg_get_constraintdef(oid)"
                " FROM pg_constraint WHERE connamespace = 'public'::regnamespace"
            )
        ),
        "indexes": {
            (table, definition.partition(" ON ")[2], " UNIQUE " in definition)
            for table, definition in ask(
                "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'"
            )
        },
    }


@pytest.mark.postgres
def test_a_target_with_anything_in_it_is_refused(living):
    with pytest.raises(BackupRefused, match="tidak kosong"):
        moving.move("living", "default", say=NOTHING)


@pytest.mark.postgres
def test_a_row_that_does_not_fit_is_named_and_nothing_is_moved(
    living, scratch_database
):
    connections["living"].cursor().execute(
        "UPDATE accounts_unit SET name = 'a' || char(0) || 'b'"
    )
    with extra_database("moved", scratch_database("moved")):
        with pytest.raises(BackupRefused, match="accounts_unit"):
            moving.move("living", "moved", say=NOTHING)

        assert facts.tables(facts.asker("moved"), "postgresql") == []


@pytest.mark.postgres
def test_a_difference_is_found(living, scratch_database, monkeypatch):
    """A value that arrives as another one takes everything back."""
    write = moving.line_writer

    def wrong(columns):
        lines = write(columns)

        def spoilt(row):
            said, copied = lines(row)
            return said, copied.replace("Ni’matul".encode(), b"Nimatul")

        return spoilt

    monkeypatch.setattr(moving, "line_writer", wrong)
    with extra_database("moved", scratch_database("moved")):
        with pytest.raises(
            BackupRefused, match=r"Selisih di .*socialaccount_socialapp"
        ):
            moving.move("living", "moved", say=NOTHING)

        assert facts.tables(facts.asker("moved"), "postgresql") == []


def test_a_database_behind_the_program_is_refused(living):
    connections["living"].cursor().execute(
        "DELETE FROM django_migrations WHERE app = 'courses'"
    )

    with pytest.raises(BackupRefused, match="belum diperbarui"):
        moving.move("living", "living", say=NOTHING)


def test_the_source_must_be_sqlite(living):
    with pytest.raises(BackupRefused, match="Tujuan harus PostgreSQL"):
        moving.move("living", "living", say=NOTHING)


@pytest.mark.parametrize("value", [1e15, 123456789012345680.0, 1e22, -0.5, 0.1])
def test_floats_are_read_back_as_themselves(value):
    assert math.isclose(float(as_we_write(value, "double precision", None)), value)


def test_moments_and_uuids_by_hand():
    moment = datetime(2026, 11, 21, 1, 30, 0, 123_400, UTC).replace(tzinfo=None)
    key = uuid4()

    assert as_we_write(str(moment), "timestamp with time zone", None) == (
        "2026-11-21 01:30:00.1234+00"
    )
    assert as_we_write(key.hex, "uuid", None) == str(key)
    assert as_we_write(Decimal("-0.001"), "numeric", 2) == "0.00"
    assert as_we_write(str(date(2026, 1, 2)), "date") == "2026-01-02"
