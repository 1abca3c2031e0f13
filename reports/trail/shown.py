"""A record of the trail as people read it: names, words, and nothing that is secret.

Of what a record holds beyond its columns only what `_DETAILS` names is told.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import PERSON, can
from accounts.models import AuditRecord, DataRequest, PlannedErasure, Unit, User
from accounts.models.role import Role
from lib.indonesian import format_time
from reports.trail.asking import VIEW_TRAIL
from reports.trail.kinds import kind_in_words

_UNIT, _ROLE = "unit", "role"
_DETAILS: Mapping[str, str | Promise] = {
    _ROLE: _("peran"),
    _UNIT: _("unit"),
    "fields": _("isian"),
    "reason": _("alasan"),
    "page": _("halaman"),
    "report": _("laporan"),
    "format": _("format"),
    "filters": _("saringan"),
    "rows": _("baris"),
    "count": _("jumlah"),
    "number": _("nomor"),
    "secret": _("yang keliru"),
    "place": _("sidik tempat"),
    "year": _("tahun"),
    "jp": "JP",
    "due": _("tenggat"),
    "day": _("hari"),
    "kind": _("jenis"),
    "change": _("perubahan"),
    "key": _("kunci"),
}


# What stands in a record as a code, and is said in words.
_CODES: Mapping[str, str | Promise] = {
    **dict(Role.choices),
    **dict(DataRequest.Kind.choices),
    **dict(PlannedErasure.Cause.choices),
    "person": _("halaman pegawai"),
    "course": _("kursusnya"),
    "why": _("mengapa belum selesai"),
    "edit": _("ubah data"),
    "move": _("pindah unit"),
    "switch": _("status akun"),
    "roles": _("peran"),
    "agency_link": _("tautan akun instansi"),
    "accommodations": _("kelonggaran"),
    "late_answers": _("jawaban terlambat"),
    "certificate": _("sertifikat"),
    "outside": _("sertifikat luar"),
    "data_request": _("permintaan data"),
    "password": _("kata sandi"),
    "code": _("kode"),
    "passkey": _("kunci sandi"),
}


@dataclass(frozen=True)
class NamedPerson:
    """Somebody on the trail; number and address only where she is the reader's."""

    name: str
    nip: str = ""
    url: str = ""


@dataclass(frozen=True)
class ShownEvent:
    """One record: when, who, what, to whom or what, and more about it."""

    number: int
    at: datetime
    day: date
    clock: str
    verb: str
    what: str
    who: NamedPerson
    whom: NamedPerson
    thing: str
    more: str

    def for_file(self) -> tuple[object, ...]:
        """Return the record as `TRAIL_COLUMNS` hold it."""
        who, whom = self.who, self.whom
        about = (whom.name, whom.nip, self.thing, self.more)
        return (
            *(self.day, self.clock, who.name, who.nip, self.what),
            *about,
            *(self.verb, self.number),
        )


def shown_events(user: User, rows: Iterable[AuditRecord]) -> list[ShownEvent]:
    """Return the records with names, which two queries find for all of them."""
    rows = list(rows)
    ids = {pk for row in rows for pk in (row.actor_id, row.subject_id) if pk}
    people = _people(user, ids)
    units = _units({row.detail[_UNIT] for row in rows if _has_unit(row)})
    zone = ZoneInfo(user.time_zone)
    return [_shown(row, people, units, zone) for row in rows]


def _people(user: User, ids: Collection[int]) -> dict[int, NamedPerson]:
    found = User.objects.filter(pk__in=ids).select_related("unit")
    return {person.pk: _named(user, person) for person in found}


def _named(user: User, person: User) -> NamedPerson:
    if not can(user, VIEW_TRAIL, person, PERSON):
        return NamedPerson(person.full_name)
    url = reverse("reports:person_detail", args=[person.key])
    return NamedPerson(person.full_name, person.nip or "", url)


def _units(ids: Collection[int]) -> dict[int, str]:
    return dict(Unit.objects.filter(pk__in=ids).values_list("pk", "name"))


def _has_unit(row: AuditRecord) -> bool:
    return isinstance(row.detail, dict) and isinstance(row.detail.get(_UNIT), int)


def _shown(
    row: AuditRecord,
    people: Mapping[int, NamedPerson],
    units: Mapping[int, str],
    zone: ZoneInfo,
) -> ShownEvent:
    nobody = NamedPerson("")
    system = NamedPerson(gettext("Sistem"))
    at_the_door = row.actor_id is None and row.verb.startswith("accounts.sign_in.")
    unknown = NamedPerson(gettext("Belum dikenal")) if at_the_door else system
    return ShownEvent(
        number=row.pk,
        at=row.at,
        day=row.at.astimezone(zone).date(),
        clock=format_time(row.at, zone),
        verb=row.verb,
        what=kind_in_words(row.verb),
        who=people.get(row.actor_id or 0, unknown),
        whom=people.get(row.subject_id or 0, nobody),
        thing=_thing(row),
        more=_more(row.detail, units),
    )


def _thing(row: AuditRecord) -> str:
    """Return what was touched, where that is not a person: its kind and number."""
    if not row.object_type or row.object_type == User._meta.label_lower:
        return ""
    try:
        kind = apps.get_model(row.object_type)._meta.object_name
    except LookupError:
        kind = row.object_type
    return f"{kind} {row.object_id}" if row.object_id else str(kind)


def _more(detail: Any, units: Mapping[int, str]) -> str:
    if not isinstance(detail, dict):
        return ""
    said = ((key, _value(key, detail[key], units)) for key in _DETAILS if key in detail)
    return "; ".join(f"{_DETAILS[key]}: {words}" for key, words in said if words)


def _value(key: str, value: Any, units: Mapping[int, str]) -> str:
    if value is None or value == "":
        return ""
    if key == _UNIT:
        return units.get(value, str(value)) if isinstance(value, int) else str(value)
    if isinstance(value, str) and value in _CODES:
        return str(_CODES[value])
    if isinstance(value, dict):
        return ", ".join(f"{name} {said}" for name, said in value.items() if said)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
