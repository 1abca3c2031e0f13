"""The invented people of the demo agency, in its units and some more.

Given names are common ones, family names are made up in the manner of each region, and
the numbers are test numbers (serial 900 and up): nobody is meant. They have no address
and no password, so nothing is sent to them and nobody signs in as them.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accounts.actions.importing import apply_import
from accounts.actions.units import create_unit
from accounts.demo import STARTS_ON
from accounts.models import Unit, User
from accounts.people_import.columns import COLUMNS
from accounts.people_import.plan import ImportOptions
from accounts.people_import.planning import plan_import
from accounts.people_import.sheet import PeopleSheet, read_people
from lib.spreadsheets import Table
from lib.spreadsheets.reading import TableRow

_TITLES = tuple(column.title for column in COLUMNS)
_FIRST_SERIAL, _LAST_SERIAL = 910, 999


@dataclass(frozen=True)
class DemoUnit:
    """A unit, how many invented people it has, and how readily they learn (0 to 1)."""

    code: str
    people: int
    diligence: float
    name: str = ""
    parent: str = ""


# Those without a name are the units of the demo accounts (`accounts.demo`).
UNITS = (
    DemoUnit("contoh.bkpsdm", 6, 0.95),
    DemoUnit("contoh.dukcapil", 4, 0.8),
    DemoUnit("contoh.dukcapil.loket", 13, 0.85),
    DemoUnit("contoh.dukcapil.data", 10, 0.9),
    DemoUnit(
        "contoh.dukcapil.sipil", 11, 0.6, "Seksi Pencatatan Sipil", "contoh.dukcapil"
    ),
    DemoUnit(
        "contoh.dukcapil.uptd", 9, 0.35, "UPTD Dukcapil Muara Dalam", "contoh.dukcapil"
    ),
    DemoUnit("contoh.dinkes", 8, 0.75),
    DemoUnit("contoh.dinkes.lembah", 9, 0.6, "Puskesmas Lembah Sari", "contoh.dinkes"),
    DemoUnit("contoh.disdik", 8, 0.65, "Dinas Pendidikan", "contoh"),
    DemoUnit("contoh.disdik.sd3", 7, 0.5, "SD Negeri 3 Tanjung", "contoh.disdik"),
    DemoUnit(
        "contoh.diskominfo", 9, 0.97, "Dinas Komunikasi dan Informatika", "contoh"
    ),
    DemoUnit("contoh.setda", 11, 0.8, "Sekretariat Daerah", "contoh"),
    DemoUnit("contoh.distrik", 8, 0.4),
    DemoUnit("contoh.muara", 7, 0.3, "Distrik Muara Dalam", "contoh"),
)
# Given names of women, of men, and family names; a line for each region.
_NAMES = (
    (
        "Cut_Mutia Cut_Nila Safira Rahmi Nuraini",
        "Teuku_Iskandar Fadhil Munzir Zulfan Muzakir",
        "Meurahan Ladongi Peunayah Seulangka Alueharu",
    ),
    (
        "Rosmawati Delima Tiurma Lasma Hotna",
        "Togar Parulian Saut Binsar Marihot",
        "Situmarang Hutalobu Simangara Parnaulu Siregori",
    ),
    (
        "Yulia Suryani Gusnita Fitriyanti Elmi",
        "Rizal Afdal Hendri Syafrul Yusrizal",
        "Piliangsa Kotorajo Sikumbara Jambakua Tanjuangan",
    ),
    (
        "Euis Neneng Rina Tati Imas",
        "Asep Dadang Ujang Cecep Yayan",
        "Sastrawirya Kartaluga Natakerta Wiradilaga Sumapraja",
    ),
    (
        "Sri Endang Wahyuni Ratna Lestari",
        "Bambang Joko Agung Slamet Priyono",
        "Widyasworo Hadiningprang Prawirosono Kusumojati Martolegowo",
    ),
    (
        "Ni_Luh Ni_Made Ni_Komang Ni_Ketut Ni_Putu",
        "I_Wayan I_Nyoman I_Gede I_Putu I_Kadek",
        "Adnyasari Wirakerti Suardanta Parwatama Giriyasa",
    ),
    (
        "Norhayati Rusminah Salasiah Masliani Hadijah",
        "Rahmadi Syahrani Ardiansyah Mahlan Jumri",
        "Banuanyar Tahaika Lambungrau Sahepar Ngabeluh",
    ),
    (
        "Andi_Nurmiati Hasnah Rosdiana Mardiah Nurlina",
        "Baso Syamsul Amiruddin Mappa Rustam",
        "Patongkoi Lasaweha Maddaremma Pabbicaro Tosalama",
    ),
    (
        "Meiske Deitje Fonny Greity Stien",
        "Jantje Denny Recky Stenly Ferdy",
        "Tombeleka Wowilingan Rumambenga Kalesaruan Manopange",
    ),
    (
        "Maria Theresia Yuliana Florida Agustina",
        "Yoseph Kanisius Blasius Simon Petrus",
        "Lakabela Tobokola Manukoten Leraboli Nabuwewa",
    ),
    (
        "Wa_Ode_Saleha Hajar Aisyah Rukiah Salma",
        "Husein Abdullah Latif Usman Ibrahim",
        "Labetumba Kelianoho Rumakawa Tuharelly Wattinaya",
    ),
    (
        "Dorkas Yosina Fransina Naomi Selfina",
        "Yakob Melkias Elias Yonas Albert",
        "Kaizuma Wairumbai Yarangkowi Mandoweri Rumbisara",
    ),
)
# Kind of jabatan, jabatan, jenjang, degree, golongan of a PNS, golongan of a PPPK.
_JOBS = (
    ("Pelaksana", "Pengelola Layanan Operasional", "", "", "II/c", "V"),
    ("Pelaksana", "Pengadministrasi Perkantoran", "", "", "II/b", "V"),
    ("Pelaksana", "Penelaah Teknis Kebijakan", "", "S.E.", "III/a", "IX"),
    ("Pelaksana", "Penata Layanan Operasional", "", "S.Sos.", "III/b", "IX"),
    ("Fungsional Keterampilan", "Pranata Komputer", "Terampil", "A.Md.", "II/d", "VII"),
    ("Fungsional Keterampilan", "Arsiparis", "Mahir", "A.Md.", "III/a", "VII"),
    (
        "Fungsional Keahlian",
        "Pranata Komputer",
        "Ahli Pertama",
        "S.Kom.",
        "III/a",
        "IX",
    ),
    ("Fungsional Keahlian", "Analis SDM Aparatur", "Ahli Muda", "S.AP.", "III/c", "X"),
    ("Fungsional Keahlian", "Perencana", "Ahli Muda", "S.T.", "III/c", "X"),
)
_HEALTH = ("Fungsional Keahlian", "Perawat", "Ahli Pertama", "S.Kep.", "III/a", "IX")
_SCHOOL = ("Fungsional Keahlian", "Guru", "Ahli Pertama", "S.Pd.", "III/a", "IX")
_CHIEF = ("Pengawas", "Kepala Seksi", "", "S.IP.", "III/d", "")
_OF_UNIT = {"contoh.dinkes.lembah": _HEALTH, "contoh.disdik.sd3": _SCHOOL}


@dataclass(frozen=True)
class Invented:
    """An invented person and how readily she learns."""

    person: User
    diligence: float


def make_units(*, now: datetime) -> list[Unit]:
    """Make the units that the demo accounts do not have; return them, top first."""
    made = []
    for said in UNITS:
        if said.name:
            parent = Unit.objects.get(code=said.parent)
            made.append(
                create_unit(
                    code=said.code,
                    name=said.name,
                    parent=parent,
                    starts_on=min(STARTS_ON, now.date()),
                    by=None,
                    now=now,
                )
            )
    return made


def take_in(*, chance: random.Random, now: datetime) -> list[Invented]:
    """Take everybody in by a sheet, as HR does; in the order of the sheet."""
    diligence = {said.code: said.diligence for said in UNITS}
    called = dict(Unit.objects.values_list("code", "name"))
    rows = [
        {**row, "unit_nama": called[row["unit_kode"]]} for row in sheet_rows(chance)
    ]
    options = ImportOptions(min(STARTS_ON, now.date()))
    sheet = _sheet(rows, today=now.date())
    plan = plan_import(sheet, options=options, by=None)
    apply_import(
        sheet=sheet,
        options=options,
        confirmed=plan.digest,
        number=plan.number_to_confirm or None,
        by=None,
        now=now,
    )
    numbers = [row["nip"] for row in rows]
    people = User.objects.select_related("unit").filter(nip__in=numbers)
    by_number = {person.nip: person for person in people}
    return [
        Invented(by_number[row["nip"]], diligence[row["unit_kode"]]) for row in rows
    ]


def sheet_rows(chance: random.Random) -> list[Mapping[str, str]]:
    """Return the rows of the sheet; the same for the same chance."""
    places = [unit for unit in UNITS for _ in range(unit.people)]
    names = _names(chance)
    return [
        _row(chance, unit, number, names[number], is_chief=number % 12 == 0)
        for number, unit in enumerate(places)
    ]


def _names(chance: random.Random) -> list[tuple[str, str]]:
    """Return names with the sex they go with, no two alike, mixed over the regions."""
    names = []
    for women, men, families in _NAMES:
        family_names = families.split()
        for sex, given in (("P", women.split()), ("L", men.split())):
            chance.shuffle(family_names)
            names += [
                (f"{one.replace('_', ' ')} {family}", sex)
                for one, family in zip(given, family_names, strict=False)
            ]
    chance.shuffle(names)
    return names


def _row(
    chance: random.Random,
    unit: DemoUnit,
    number: int,
    named: tuple[str, str],
    *,
    is_chief: bool,
) -> Mapping[str, str]:
    name, sex = named
    is_pppk = not is_chief and chance.random() < 0.3
    job = _CHIEF if is_chief else _OF_UNIT.get(unit.code) or chance.choice(_JOBS)
    kind, jabatan, jenjang, degree, golongan, of_pppk = job
    return {
        "nip": _nip(chance, number, sex, is_pppk=is_pppk),
        "nama": name,
        "gelar_belakang": degree,
        "jenis_kelamin": sex,
        "status_kepegawaian": "PPPK" if is_pppk else "PNS",
        "golongan": of_pppk if is_pppk else golongan,
        "jenis_jabatan": kind,
        "jabatan": f"{jabatan} {jenjang}".strip(),
        "jenjang": jenjang,
        "unit_kode": unit.code,
    }


def _nip(chance: random.Random, number: int, sex: str, *, is_pppk: bool) -> str:
    """Return a test number (DOMAIN §1.5); another serial for each within a day."""
    born = date(chance.randrange(1972, 1997), 1, 1).replace(
        month=chance.randrange(1, 13), day=chance.randrange(1, 29)
    )
    if is_pppk:
        began = f"{chance.randrange(2019, 2025)}21"
    else:
        year = min(born.year + chance.randrange(22, 31), 2025)
        began = f"{year}{chance.randrange(1, 13):02}"
    serial = _FIRST_SERIAL + number % (_LAST_SERIAL - _FIRST_SERIAL + 1)
    return f"{born:%Y%m%d}{began}{'1' if sex == 'L' else '2'}{serial}"


def _sheet(rows: Sequence[Mapping[str, str]], *, today: date) -> PeopleSheet:
    columns = [title for title in _TITLES if title in rows[0]]
    lines = tuple(
        TableRow(number, tuple(row[title] for title in columns))
        for number, row in enumerate(rows, start=2)
    )
    return read_people(
        Table(header=tuple(columns), rows=lines, sheet="Pegawai"), today=today
    )
