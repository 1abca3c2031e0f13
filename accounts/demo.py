"""The demo agency: two peserta, penyusun, penelaah, pengelola SDM, admin.

Idempotent by code and NIP, and made through actions. Names and numbers are plainly
fictitious (serial 900 and up); passwords are random and made on this machine.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from accounts import actions
from accounts.actions import PersonContent
from accounts.models import Unit, User

STARTS_ON = date(2026, 1, 1)
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class DemoAccount:
    """A person who can sign in; `password` is empty when it was set earlier."""

    role: str
    nip: str
    name: str
    password: str
    unit: str


@dataclass(frozen=True)
class _Unit:
    code: str
    name: str
    parent: str
    time_zone: str = ""


_UNITS = (
    _Unit("contoh", "Pemerintah Kabupaten Contoh", "", "Asia/Jayapura"),
    _Unit("contoh.bkpsdm", "BKPSDM", "contoh"),
    _Unit("contoh.dukcapil", "Dinas Kependudukan dan Pencatatan Sipil", "contoh"),
    _Unit("contoh.dukcapil.loket", "Seksi Pelayanan Loket", "contoh.dukcapil"),
    _Unit("contoh.dukcapil.data", "Seksi Pengolahan Data", "contoh.dukcapil"),
    _Unit("contoh.dinkes", "Dinas Kesehatan", "contoh"),
    _Unit("contoh.distrik", "Distrik Pulau Tanjung", "contoh"),
)
_PEOPLE = (
    (
        "learner",
        "contoh.dukcapil.loket",
        PersonContent(
            nip="198503122010012901",
            name="Maria Contoh",
            title_suffix="S.Sos.",
            gender="P",
            employment_status="PNS",
            golongan="III/c",
            jabatan_kind="Fungsional Keahlian",
            jabatan="Administrator Database Kependudukan Ahli Muda",
            email="maria.contoh@contoh.example",
        ),
    ),
    (
        "learner",
        "contoh.distrik",
        PersonContent(
            nip="199209142023211902",
            name="Yusuf Percobaan",
            gender="L",
            employment_status="PPPK",
            golongan="IX",
            jabatan_kind="Pelaksana",
            jabatan="Pengelola Layanan Operasional",
            email="yusuf.percobaan@contoh.example",
        ),
    ),
    (
        "author",
        "contoh.bkpsdm",
        PersonContent(
            nip="198701202012012903",
            name="Dewi Contoh",
            title_suffix="M.Pd.",
            employment_status="PNS",
            jabatan="Pengembang Kompetensi Ahli Muda",
            email="dewi.contoh@contoh.example",
        ),
    ),
    (
        "reviewer",
        "contoh.bkpsdm",
        PersonContent(
            nip="197908152005011904",
            name="Petrus Percobaan",
            title_prefix="Dr.",
            employment_status="PNS",
            jabatan="Widyaiswara Ahli Madya",
            email="petrus.percobaan@contoh.example",
        ),
    ),
    (
        "hr",
        "contoh.dukcapil",
        PersonContent(
            nip="198111052006042905",
            name="Halimah Contoh",
            title_suffix="S.E.",
            employment_status="PNS",
            jabatan="Kepala Subbagian Umum dan Kepegawaian",
            email="halimah.contoh@contoh.example",
        ),
    ),
    (
        "admin",
        "contoh",
        PersonContent(
            nip="199006252014021906",
            name="Andi Percobaan",
            employment_status="PNS",
            jabatan="Pranata Komputer Ahli Muda",
            email="andi.percobaan@contoh.example",
        ),
    ),
)


# Courses belong to the agency, so whoever works on them holds the role there.
_ROLE_UNITS = {"author": "contoh", "reviewer": "contoh"}


def seed_demo(*, now: datetime, known: Collection[str] = ()) -> list[DemoAccount]:
    """Make the demo agency and its people where they are missing.

    Returns one account per person. `known` holds the NIPs whose password is written
    down already; everybody else gets a new one, and carries it in the result.
    """
    units = _seed_units(now)
    return [
        _seed_person(
            role,
            units[code],
            content,
            role_unit=units[_ROLE_UNITS.get(role, code)],
            needs_password=content.nip not in known,
            now=now,
        )
        for role, code, content in _PEOPLE
    ]


def _seed_units(now: datetime) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for row in _UNITS:
        units[row.code] = actions.create_unit(
            code=row.code,
            name=row.name,
            parent=units.get(row.parent),
            starts_on=STARTS_ON,
            by=None,
            now=now,
            agency_name="Pemerintah Kabupaten Contoh",
            time_zone=row.time_zone,
        )
    return units


def _seed_person(
    role: str,
    unit: Unit,
    content: PersonContent,
    *,
    role_unit: Unit,
    needs_password: bool,
    now: datetime,
) -> DemoAccount:
    person = User.objects.filter(nip=content.nip).first()
    if person is None:
        person = actions.create_person(
            content=content, unit=unit, starts_on=STARTS_ON, by=None, now=now
        )
        if role != "learner":
            actions.assign_role(
                person=person,
                unit=role_unit,
                role=role,
                by=None,
                now=now,
                reason="demo",
            )
    password = new_password() if needs_password else ""
    if password:
        actions.set_password(person=person, password=password, by=None, now=now)
    return DemoAccount(role, content.nip, person.full_name, password, unit.name)


def demo_account(role: str) -> User | None:
    """Return the first demo account of a role; None where it was not made."""
    for said, _unit, content in _PEOPLE:
        if said == role:
            return User.objects.filter(nip=content.nip).first()
    return None


def demo_numbers() -> list[str]:
    """Return the NIPs of the demo accounts."""
    return [content.nip for _role, _unit, content in _PEOPLE]


def new_password() -> str:
    """Return a random password that can be read aloud: four groups of four."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
    return "-".join(groups)
