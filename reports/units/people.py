"""What a report shows of a person, as of today or of a past day.

A statement that names the user table ``u`` gets her columns from here, so that every
report tells the same of a past day: its name, numbers and job, not the later ones.
"""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from reports.sql import Sql

BEFORE_NIP = ("title_prefix", "name", "title_suffix")
BEHIND_NIP = ("golongan", "jabatan", "employment_status")

# One of nine digits is history and never was the number of an account; of one that was
# noted wrongly past days know no more than today.
_NUMBERS = """SELECT i.value FROM accounts_personidentifier i
  WHERE i.person_id = u.id AND i.kind <> 'NIP_LAMA' AND NOT EXISTS (
    SELECT 1 FROM accounts_numbercorrection k WHERE k.identifier_id = i.id)"""
_NIP_THEN = f"""COALESCE(
    ({_NUMBERS} AND i.starts_on <= %s ORDER BY i.starts_on DESC, i.id DESC LIMIT 1),
    ({_NUMBERS} ORDER BY i.starts_on, i.id LIMIT 1), u.nip)"""
# Whoever has no row was never called otherwise.
_DETAIL = """COALESCE((SELECT t.value FROM accounts_persondetail t
    WHERE t.person_id = u.id AND t.field = '{field}'
      AND (t.starts_on IS NULL OR t.starts_on <= %s)
    ORDER BY t.recorded_at DESC, t.id DESC LIMIT 1), u.{field})"""


def detail(field: str, day: date | None) -> Sql:
    """Return what a field of the person was on `day`, or is now."""
    if day is None:
        return Sql(f"u.{field}")
    text = _NIP_THEN if field == "nip" else _DETAIL.format(field=field)
    return Sql(text, (day,))


def person_columns(day: date | None) -> Sql:
    """Return the columns of `PersonShown`, in its order."""
    parts = [detail(field, day) for field in (*BEFORE_NIP, "nip", *BEHIND_NIP)]
    parts.append(Sql("u.key"))
    params: tuple[Any, ...] = tuple(param for part in parts for param in part.params)
    return Sql(",\n  ".join(part.text for part in parts), params)


class PersonShown(NamedTuple):
    """A person as a report names her."""

    prefix: str
    name: str
    suffix: str
    nip: str | None
    golongan: str
    jabatan: str
    employment_status: str
    key: UUID

    @property
    def full_name(self) -> str:
        """Return the name as `User.full_name` does, without making a person of it."""
        return full_name(self.prefix, self.name, self.suffix)


def full_name(prefix: str, name: str, suffix: str) -> str:
    """Return a name with its degrees."""
    named = f"{prefix} {name}".strip()
    return f"{named}, {suffix}" if suffix else named
