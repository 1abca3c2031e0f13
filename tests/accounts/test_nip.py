import json
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.nip import check_nip, is_test_nip, mask_nip, normalise_nip
from tests.every_case import every_case

TODAY = date(2026, 11, 21)
VECTORS = json.loads(Path(__file__).with_name("nip_vectors.json").read_text())


def codes(problems):
    return [problem.code for problem in problems]


def problem_of(raw, **more):
    check = check_nip(raw, today=TODAY, **more)
    assert check.ok is False
    assert check.value is None
    return check.errors[0]


def test_there_are_24_vectors():
    assert len(VECTORS) == 24


@every_case("vector", VECTORS, ids=lambda vector: vector["input"])
def test_every_vector_is_judged_and_read_as_written(vector):
    check = check_nip(vector["input"], today=TODAY)
    assert check.ok is vector["ok"]
    assert codes(check.errors) == vector["errors"]
    assert codes(check.warnings) == vector["warnings"]
    assert check.kind == vector["jenis"]
    parts = vector["r"]
    if parts is None:
        assert (check.masked, check.born_on) == ("", None)
        return
    assert (check.born_on.isoformat() if check.born_on else None) == parts["lahir"]
    assert check.year == parts["tahun"]
    assert check.block == parts["blok"]
    assert check.sex == parts["jk"]
    assert check.serial == parts["urut"]
    assert check.masked == parts["samar"]


def test_an_accepted_number_is_given_back_without_separators():
    assert check_nip("19851231 201012 2 902", today=TODAY).value == "198512312010122902"


@every_case(
    ("raw", "clean"),
    [
        ("'199001172015041901", "199001172015041901"),
        ("\u2019199001172015041901", "199001172015041901"),
        ("\ufeff 19900117\u00a0201504-1.901\u200b\n", "199001172015041901"),
        ("19900117\u202f201504\u20111\u2013901", "199001172015041901"),
        ("AB 12", "AB12"),
    ],
)
def test_normalising_drops_what_stands_between_the_digits(raw, clean):
    assert normalise_nip(raw) == clean


@every_case("digits", ["１９９００１１７２０１５０４１９０１", "١٩٩٠٠١١٧٢٠١٥٠٤١٩٠١"])
def test_digits_of_other_scripts_are_refused(digits):
    assert problem_of(digits).code == "NIP_BUKAN_ANGKA"


@every_case("raw", ["1.99001E+17", "1,99001e+17", "'1.99E17", "2E+17"])
def test_a_number_destroyed_by_a_spreadsheet_says_how_to_repair_the_column(raw):
    problem = problem_of(raw)
    assert problem.code == "NIP_NOTASI_ILMIAH"
    assert "kolom NIP menjadi Teks" in problem.message


@every_case(
    ("raw", "message"),
    [
        (
            "19900117201504190",
            "Baru 17 angka. NIP terdiri dari 18 angka. Periksa pada SK atau MyASN.",
        ),
        (
            "1990011720150419011",
            "Ada 19 angka. NIP terdiri dari 18 angka. Periksa pada SK atau MyASN.",
        ),
        ("  ", "NIP belum diisi. Isi 18 angka NIP."),
        (
            "19900117201504I901",
            "NIP hanya berisi angka. Urutan ke-15 berupa huruf I. "
            "Ganti dengan angka 1 bila itu yang dimaksud.",
        ),
        (
            "19900117201504?901",
            "NIP hanya berisi angka 0 sampai 9. Periksa urutan ke-15, lalu ketik lagi.",
        ),
    ],
)
def test_the_message_says_what_to_do(raw, message):
    assert problem_of(raw).message == message


@every_case(
    ("raw", "code"),
    [
        ("193912311961011901", "NIP_TGL_LAHIR_TIDAK_WAJAR"),
        ("200911222026121901", "NIP_TGL_LAHIR_TIDAK_WAJAR"),
        ("194001011960121901", "NIP_TMT_TIDAK_WAJAR"),
        ("199001172027021901", "NIP_TMT_TIDAK_WAJAR"),
        ("199001170000041901", "NIP_TMT_TIDAK_WAJAR"),
        ("200706302025211904", "NIP_TMT_TIDAK_WAJAR"),
        ("198806302018211904", "NIP_TAHUN_PPPK"),
        ("198806302028211904", "NIP_TAHUN_PPPK"),
        ("198806302021201904", "NIP_BLOK"),
        ("190002291961011901", "NIP_TGL_LAHIR"),
    ],
)
def test_impossible_dates_are_refused(raw, code):
    assert problem_of(raw).code == code


@every_case(
    ("raw", "warnings"),
    [
        ("199001172027011901", []),
        ("200911212026121901", ["NIP_UMUR_TMT_JARANG"]),
        ("194401011961011901", ["NIP_UMUR_TMT_JARANG"]),
        ("194001171987011901", []),
        ("194001171987021901", ["NIP_UMUR_TMT_JARANG"]),
        ("198806302027291904", []),
        ("198806302027301904", ["NIP_BLOK_PPPK_JARANG"]),
        ("200611302025211904", []),
    ],
)
def test_the_edge_of_what_is_possible_is_accepted(raw, warnings):
    check = check_nip(raw, today=TODAY)
    assert codes(check.errors) == []
    assert codes(check.warnings) == warnings


@every_case(
    ("status", "expected"),
    [
        ("PNS", []),
        ("CPNS", []),
        ("pppk paruh waktu", ["NIP_TIDAK_COCOK_STATUS"]),
        ("PPPK", ["NIP_TIDAK_COCOK_STATUS"]),
        ("Non-ASN", []),
        ("", []),
        (None, []),
    ],
)
def test_the_pattern_is_compared_with_the_employment_status(status, expected):
    check = check_nip("199001172015041901", today=TODAY, expected_status=status)
    assert codes(check.errors) == expected


def test_a_pppk_number_does_not_fit_a_pns():
    problem = problem_of("198806302021211904", expected_status="CPNS")
    assert problem.code == "NIP_TIDAK_COCOK_STATUS"


def test_a_recorded_birth_date_or_sex_only_warns():
    check = check_nip(
        "199001172015041901",
        today=TODAY,
        recorded_born_on=date(1990, 1, 18),
        recorded_sex="p",
    )
    assert check.ok is True
    assert codes(check.warnings) == ["NIP_TIDAK_COCOK_DATA"]
    assert "tanggal lahir dan jenis kelamin" in check.warnings[0].message


def test_matching_records_do_not_warn():
    check = check_nip(
        "199001172015041901",
        today=TODAY,
        recorded_born_on=date(1990, 1, 17),
        recorded_sex="L",
    )
    assert check.warnings == ()


@every_case(
    ("value", "expected"),
    [
        ("199001172015041899", False),
        ("199001172015041900", True),
        ("199001172015041999", True),
        ("900", False),
        ("19900117201504X901", False),
    ],
)
def test_serials_from_900_are_test_numbers(value, expected):
    assert is_test_nip(value) is expected


@every_case(
    ("value", "masked"),
    [("199001172015041901", "•" * 15 + "901"), ("1234", "•234"), ("123", "•••")],
)
def test_masking_keeps_the_last_three_at_most(value, masked):
    assert mask_nip(value) == masked


def grouped(digits: str) -> str:
    """Write a number as people type it."""
    return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"


@settings(deadline=None)
@given(
    born_on=st.dates(date(1944, 1, 1), date(2006, 1, 1)),
    age=st.integers(18, 46),
    sex=st.sampled_from("12"),
    serial=st.integers(1, 999),
)
def test_a_well_formed_pns_number_survives_grouping(born_on, age, sex, serial):
    started = born_on + timedelta(days=366 * age + 40)
    today = max(TODAY, started)
    digits = f"{born_on:%Y%m%d}{started:%Y%m}{sex}{serial:03}"
    check = check_nip(grouped(digits), today=today)
    assert check.errors == ()
    assert check.value == digits
    assert check.born_on == born_on
    assert len(check.masked) == 18


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_input_breaks_the_check(raw):
    check = check_nip(raw, today=TODAY)
    assert check.ok is (check.value is not None)
