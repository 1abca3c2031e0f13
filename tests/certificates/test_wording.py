from datetime import date
from decimal import Decimal

from certificates import wording
from tests.every_case import every_case

NBSP = "\N{NO-BREAK SPACE}"


@every_case(
    ("jp", "text"),
    [(1, "1 (satu)"), (11, "11 (sebelas)"), (24, "24 (dua puluh empat)")],
)
def test_credit_hours_are_written_in_figures_and_words(jp, text):
    shown = wording.credit_hours(jp).replace(NBSP, " ")
    assert shown == f"{text} Jam Pelajaran (JP)"


@every_case(
    ("first", "last", "text"),
    [
        (date(2026, 11, 3), date(2026, 11, 9), "3–9 November 2026"),
        (date(2026, 11, 3), date(2026, 11, 3), "3 November 2026"),
        (date(2026, 10, 28), date(2026, 11, 3), "28 Oktober – 3 November 2026"),
    ],
)
def test_a_line_may_break_between_two_dates_but_not_within_one(first, last, text):
    shown = wording.period(first, last)
    assert shown.replace(NBSP, " ") == text
    assert shown.split(" – ") == text.replace(" ", NBSP).split(f"{NBSP}–{NBSP}")


@every_case(
    ("score", "text"),
    [
        ("80", "80"),
        ("80.00", "80"),
        ("100", "100"),
        ("82.5", "82,5"),
        ("66.667", "66,67"),
    ],
)
def test_a_score_has_a_decimal_comma_and_no_needless_zeros(score, text):
    assert wording.score_text(Decimal(score)) == text


def sentence(runs):
    return "".join(run.text for run in runs)


def test_the_score_is_said_only_when_it_is_wanted():
    assert sentence(wording.result_runs("Baik", None)).endswith(
        "lulus dengan predikat Baik"
    )
    assert sentence(wording.result_runs("Baik", Decimal(80))).endswith(
        "predikat Baik (nilai 80)"
    )
    assert sentence(wording.result_runs("", Decimal(80))).endswith(
        "lulus dengan nilai 80"
    )
    assert sentence(wording.result_runs("", None)).endswith("dinyatakan lulus")


def test_a_signature_is_claimed_only_when_there_is_one():
    plain = wording.check_runs("Melek ASN", signed_electronically=False)
    signed = wording.check_runs("Melek ASN", signed_electronically=True)
    assert "diterbitkan oleh sistem Melek ASN" in plain[0]
    assert "tanda" not in "".join(plain).lower()
    assert "ditandatangani secara elektronik" in signed[0]
    assert wording.seal_lines("Melek ASN", signed_electronically=False) == [
        "Diterbitkan oleh",
        "sistem Melek ASN",
    ]
    assert wording.seal_lines("Melek ASN", signed_electronically=True) == [
        "Ditandatangani",
        "secara elektronik",
    ]


@every_case(
    "url",
    [
        "https://melek.contoh.example/verifikasi/7KQ4M-2XD9R/",
        "https://melek.contoh.example/verifikasi/7KQ4M-2XD9R",
        "http://melek.contoh.example/verifikasi/",
    ],
)
def test_the_address_shown_is_the_one_to_type(url):
    assert (
        wording.shown_address(url, "7KQ4M-2XD9R") == "melek.contoh.example/verifikasi"
    )
