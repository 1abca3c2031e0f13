"""NIP and NI PPPK: the eighteen digits that name a civil servant.

Digits 1-8 are the birth date, 9-12 the year of the first appointment, 13-14 its
month for PNS (01-12) or a number of at least 21 for PPPK, 15 the sex and 16-18 a
serial. Sources: Peraturan Kepala BKN 22/2007 and 43/2007 for the NIP; the
Kanreg BKN article "Nomor Identitas ASN" (2022) for the NI PPPK. Digits 13-14 of a
PPPK are read in contradicting ways in practice, so they are not interpreted.

There is no check digit: a slip in the serial cannot be seen here, only by
comparing with the HR data. Serials from 900 are test numbers by convention.
"""

import re
from dataclasses import dataclass, field
from datetime import date

LENGTH = 18
OLD_LENGTH = 9
PNS = "PNS"
PPPK = "PPPK"

_FIRST_TEST_SERIAL = 900
_SEXES = {"1": "L", "2": "P"}
_OLDEST_BIRTH_YEAR = 1940
_YOUNGEST_AGE = 17
_FIRST_PNS_YEAR = 1961
_FURTHEST_PNS_MONTHS = 2
_USUAL_PNS_AGES = range(18, 47)
# PP 49/2018 is of November 2018; applicants must be 20 years old.
_FIRST_PPPK_YEAR = 2019
_LEAST_PPPK_YEARS = 19
_PNS_BLOCKS = range(1, 13)
_PPPK_BLOCKS = range(21, 100)
_LAST_USUAL_PPPK_BLOCK = 29

_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
# Whatever people and spreadsheets put between groups: spaces of any width, also
# the invisible ones that come along from a PDF, dots, hyphens and dashes.
_SEPARATORS = re.compile(r"[\s.\u00ad\u200b-\u200f\u2060\ufeff\u2010-\u2015\u2212-]+")
_EIGHTEEN_DIGITS = re.compile(r"[0-9]{18}")
_LOOKALIKES = {"O": "0", "o": "0", "I": "1", "l": "1", "i": "1"}
_SOURCE = "Periksa pada SK atau MyASN."


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: a code for programs, a message that says what to do."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class NipCheck:
    """What a typed or imported number says, and what is wrong with it.

    ``value`` is the number to store and is there only when ``ok``. The parts are
    filled as far as they could be read, so that a rejected row can be shown.
    """

    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()
    kind: str | None = None
    value: str | None = None
    born_on: date | None = None
    year: int | None = None
    block: str | None = None
    sex: str | None = None
    serial: str | None = None
    masked: str = ""

    @property
    def ok(self) -> bool:
        """Whether the number may be used; warnings do not stand in the way."""
        return not self.errors


@dataclass(slots=True)
class _Reading:
    """The parts of eighteen digits, and the findings so far."""

    digits: str
    today: date
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def refuse(self, code: str, message: str) -> None:
        self.errors.append(Problem(code, message))

    def warn(self, code: str, message: str) -> None:
        self.warnings.append(Problem(code, message))

    @property
    def born_on(self) -> date | None:
        try:
            return date(
                int(self.digits[:4]), int(self.digits[4:6]), int(self.digits[6:8])
            )
        except ValueError:
            return None

    @property
    def year(self) -> int:
        return int(self.digits[8:12])

    @property
    def block(self) -> int:
        return int(self.digits[12:14])

    @property
    def kind(self) -> str | None:
        if self.block in _PNS_BLOCKS:
            return PNS
        if self.block in _PPPK_BLOCKS:
            return PPPK
        return None

    @property
    def sex(self) -> str | None:
        return _SEXES.get(self.digits[14])


def birth_digits(nip: str) -> str:
    """Return the birth date as a number holds it, "" for one that holds none."""
    return nip[:8] if len(nip) == LENGTH else ""


def carried_from(nip: str, *, later: str) -> date:
    """Return from when on a former number was carried, as far as numbers tell.

    A NIP says its month, a NI PPPK its year. One of nine digits says nothing, so that
    the appointment in `later`, the number of today, is taken (DOMAIN §1.1).
    """
    of = nip if len(nip) == LENGTH else later
    return date(int(of[8:12]), int(of[12:14]) if is_pns(of) else 1, 1)


def is_pns(nip: str) -> bool:
    """Say whether eighteen digits are those of a PNS; else they are of a PPPK."""
    return int(nip[12:14]) in _PNS_BLOCKS


def normalise_nip(raw: str) -> str:
    """Return the number without what people put around and between its digits.

    Drops the leading apostrophe that marks text in a spreadsheet, spaces, dots
    and hyphens. Judges nothing and keeps every other character.
    """
    return _SEPARATORS.sub("", raw.strip().lstrip("'\u2019"))


def mask_nip(value: str) -> str:
    """Return the number with all but its last three characters hidden.

    A value of three characters or fewer is hidden whole.
    """
    shown = value[-3:] if len(value) > len("901") else ""
    return "•" * (len(value) - len(shown)) + shown


def is_test_nip(value: str) -> bool:
    """Return whether a normalised number is fictitious: serial 900 to 999."""
    return bool(
        _EIGHTEEN_DIGITS.fullmatch(value) and int(value[15:]) >= _FIRST_TEST_SERIAL
    )


def check_nip(
    raw: str,
    *,
    today: date,
    expected_status: str | None = None,
    recorded_born_on: date | None = None,
    recorded_sex: str | None = None,
) -> NipCheck:
    """Read a typed or imported number and report everything wrong with it.

    ``expected_status`` is the employment status of the same row ("PNS", "CPNS",
    "PPPK", "PPPK Paruh Waktu"); another status is not compared. The recorded
    birth date and sex ("L" or "P") only ever warn, since numbers do get
    corrected. A number held by two accounts is for the database to find.
    """
    problem = shape_problem(raw)
    if problem is not None:
        return NipCheck(errors=(problem,))
    reading = _Reading(normalise_nip(raw), today)
    _check_birth(reading)
    _check_block(reading)
    if reading.kind == PNS:
        _check_pns(reading)
    elif reading.kind == PPPK:
        _check_pppk(reading)
    _check_sex_and_serial(reading)
    _check_status(reading, expected_status)
    _check_record(reading, recorded_born_on, recorded_sex)
    digits = reading.digits
    return NipCheck(
        errors=tuple(reading.errors),
        warnings=tuple(reading.warnings),
        kind=reading.kind,
        value=None if reading.errors else digits,
        born_on=reading.born_on,
        year=reading.year,
        block=digits[12:14],
        sex=reading.sex,
        serial=digits[15:],
        masked=mask_nip(digits),
    )


def shape_problem(raw: str) -> Problem | None:
    """Return why ``raw`` is not eighteen digits, or nothing."""
    if _SCIENTIFIC.fullmatch(raw.strip().lstrip("'\u2019")):
        return Problem(
            "NIP_NOTASI_ILMIAH",
            "NIP ini sudah diringkas oleh lembar kerja sehingga angkanya hilang. "
            "Ubah kolom NIP menjadi Teks, lalu isi lagi NIP aslinya.",
        )
    value = normalise_nip(raw)
    if not value:
        return Problem("NIP_PANJANG", "NIP belum diisi. Isi 18 angka NIP.")
    odd = re.search("[^0-9]", value)
    if odd:
        return Problem("NIP_BUKAN_ANGKA", _not_a_digit(odd.group(), odd.start() + 1))
    if len(value) != LENGTH:
        much = "Baru" if len(value) < LENGTH else "Ada"
        return Problem(
            "NIP_PANJANG",
            f"{much} {len(value)} angka. NIP terdiri dari 18 angka. {_SOURCE}",
        )
    return None


def _not_a_digit(character: str, position: int) -> str:
    if character in _LOOKALIKES:
        digit = _LOOKALIKES[character]
        return (
            f"NIP hanya berisi angka. Urutan ke-{position} berupa huruf {character}. "
            f"Ganti dengan angka {digit} bila itu yang dimaksud."
        )
    return (
        "NIP hanya berisi angka 0 sampai 9. "
        f"Periksa urutan ke-{position}, lalu ketik lagi."
    )


def _check_birth(reading: _Reading) -> None:
    born_on = reading.born_on
    if born_on is None:
        reading.refuse(
            "NIP_TGL_LAHIR",
            "Delapan angka pertama bukan tanggal lahir yang ada (tahun, bulan, "
            f"tanggal). {_SOURCE}",
        )
    elif (
        born_on.year < _OLDEST_BIRTH_YEAR
        or _age(born_on, reading.today) < _YOUNGEST_AGE
    ):
        reading.refuse(
            "NIP_TGL_LAHIR_TIDAK_WAJAR",
            f"Tahun lahir {born_on.year:04} tidak wajar untuk ASN. "
            f"Periksa delapan angka pertama pada SK atau MyASN.",
        )


def _check_block(reading: _Reading) -> None:
    if reading.kind is None:
        reading.refuse(
            "NIP_BLOK",
            f"Angka ke-13 dan ke-14 ({reading.digits[12:14]}) tidak dikenal. Isinya "
            f"bulan pengangkatan 01–12 (PNS) atau 21 ke atas (PPPK). {_SOURCE}",
        )


def _check_pns(reading: _Reading) -> None:
    today, year, month = reading.today, reading.year, reading.block
    ahead = (year - today.year) * 12 + month - today.month
    born_on = reading.born_on
    age = None
    if born_on is not None:
        # Appointments start on the first of the month.
        age = year - born_on.year - ((month, 1) < (born_on.month, born_on.day))
    if (
        year < _FIRST_PNS_YEAR
        or ahead > _FURTHEST_PNS_MONTHS
        or (age is not None and age < _YOUNGEST_AGE)
    ):
        reading.refuse("NIP_TMT_TIDAK_WAJAR", _odd_start(f"{month:02}-{year:04}"))
    elif age is not None and age not in _USUAL_PNS_AGES:
        reading.warn(
            "NIP_UMUR_TMT_JARANG",
            f"Menurut NIP ini, umur saat diangkat {age} tahun. Ini jarang terjadi. "
            f"{_SOURCE}",
        )


def _check_pppk(reading: _Reading) -> None:
    year = reading.year
    if not _FIRST_PPPK_YEAR <= year <= reading.today.year + 1:
        reading.refuse(
            "NIP_TAHUN_PPPK",
            f"Tahun pengangkatan PPPK {year:04} tidak mungkin. PPPK diangkat sejak "
            f"{_FIRST_PPPK_YEAR}. Periksa angka ke-9 sampai ke-12 pada SK atau MyASN.",
        )
    if reading.born_on and year - reading.born_on.year < _LEAST_PPPK_YEARS:
        reading.refuse("NIP_TMT_TIDAK_WAJAR", _odd_start(f"{year:04}"))
    if reading.block > _LAST_USUAL_PPPK_BLOCK:
        reading.warn(
            "NIP_BLOK_PPPK_JARANG",
            f"Angka ke-13 dan ke-14 ({reading.block}) jarang dipakai. {_SOURCE}",
        )


def _odd_start(start: str) -> str:
    return (
        f"Waktu pengangkatan {start} tidak wajar untuk tanggal lahir dan hari ini. "
        "Periksa angka ke-9 sampai ke-14 pada SK atau MyASN."
    )


def _check_sex_and_serial(reading: _Reading) -> None:
    if reading.sex is None:
        reading.refuse(
            "NIP_JENIS_KELAMIN",
            f"Angka ke-15 harus 1 (laki-laki) atau 2 (perempuan). {_SOURCE}",
        )
    if reading.digits[15:] == "000":
        reading.refuse("NIP_URUT", f"Tiga angka terakhir tidak mungkin 000. {_SOURCE}")


def _check_status(reading: _Reading, expected_status: str | None) -> None:
    kind = reading.kind
    expected = _kind_of_status(expected_status or "")
    if kind is not None and expected is not None and kind != expected:
        reading.refuse(
            "NIP_TIDAK_COCOK_STATUS",
            f"Nomor ini berpola {kind}, sedangkan status kepegawaiannya {expected}. "
            "Perbaiki NIP atau statusnya.",
        )


def _kind_of_status(status: str) -> str | None:
    words = status.upper().split()
    if words in (["PNS"], ["CPNS"]):
        return PNS
    return PPPK if words[:1] == ["PPPK"] else None


def _check_record(reading: _Reading, born_on: date | None, sex: str | None) -> None:
    differs = []
    if born_on and reading.born_on and born_on != reading.born_on:
        differs.append("tanggal lahir")
    if sex and reading.sex and sex.strip().upper() != reading.sex:
        differs.append("jenis kelamin")
    if differs:
        reading.warn(
            "NIP_TIDAK_COCOK_DATA",
            f"Isi NIP berbeda dari {' dan '.join(differs)} pada data. "
            "Pastikan mana yang benar.",
        )


def _age(born_on: date, on: date) -> int:
    """Return full years; a birthday on 29 February falls on 1 March otherwise."""
    before = (on.month, on.day) < (born_on.month, born_on.day)
    return on.year - born_on.year - before
