"""Units that may be one: codes and names as sheets and hands spoil them."""

import pytest

from accounts.people_import.cells import CellProblem, read_code
from accounts.people_import.likeness import (
    KnownUnit,
    KnownUnits,
    is_mistyped,
    is_other_name,
)
from tests.every_case import every_case


def likes(known: str, code: str) -> bool:
    """Say whether a new unit of this code may be the known one."""
    units = KnownUnits()
    units.add(KnownUnit(known, "Lama", ""))
    return bool(units.like(KnownUnit(code, "Baru", "")))


@every_case(
    ("known", "code"),
    [
        ("contoh.dukcapil.loket", "CONTOH.DUKCAPIL.LOKET"),
        ("contoh.dukcapil.loket", "contoh-dukcapil_loket"),
        ("contoh.dukcapil.loket", "contoh dukcapil/loket"),
        ("contoh.dukcapil.loket", "dukcapil.loket"),
        ("dukcapil.loket", "contoh.dukcapil.loket"),
        ("01.02", "1.02"),
        ("01.10", "1.1"),
        ("001", "1"),
        ("01.02.03", "1.2.3"),
        ("upt-1", "UPT-l"),
        ("bkpsdm", "BKPSDM "),
        ("b0", "bo"),
    ],
)
def test_codes_that_may_be_one(known, code):
    assert likes(known, code)
    assert likes(code, known)


@every_case(
    ("known", "code"),
    [
        ("01.02", "01.02"),
        ("01.02", "01.03"),
        ("1.1", "1.11"),
        ("1.12", "11.2"),
        ("1.2.3", "2.3"),
        ("seksi-1", "seksi-2"),
        ("dukcapil", "contoh.dukcapil"),
    ],
)
def test_codes_that_differ(known, code):
    assert not likes(known, code)


@every_case(
    ("one", "other", "is_one"),
    [
        ("Bidang Layanan", "Bidang Layann", True),
        ("Bidang Layanan", "Bidnag Layanan", True),
        ("Seksi 1", "Seksi 2", False),
        ("Bagian II", "Bagian III", False),
        ("UPT 10012", "UPT 10013", False),
        ("Bidang Keuangan", "Bidang Kepegawaian", False),
        ("Bidang Layanan", "Layanan", False),
    ],
)
def test_names_with_slips(one, other, is_one):
    assert is_mistyped(one, other) is is_one


@every_case(
    ("old", "new", "is_other"),
    [
        ("Siti Aminah", "Siti Aminah Lubis", False),
        ("Nur’aini", "NURAINI", False),
        ("Siti Aminah", "Budi Santoso", True),
        ("Sukarno", "Suharto", True),
        ("", "Budi", False),
    ],
)
def test_another_name_has_no_word_of_the_old_one(old, new, is_other):
    assert is_other_name(old, new) is is_other


@every_case(
    "code",
    [
        *("2003-02-01", "2003-02-01 00:00:00", "01:02:00", "1 day, 6:15:00"),
        *("1.02E+17", "01/02/2003", "1,02E+17"),
    ],
)
def test_a_code_that_a_spreadsheet_has_changed_is_refused(code):
    with pytest.raises(CellProblem, match="KODE_BERUBAH"):
        read_code(code)
