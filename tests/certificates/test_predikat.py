from decimal import Decimal

import pytest

from certificates.predikat import (
    DEFAULT_TABLE,
    PredikatTableInvalid,
    check_table,
    predikat_for,
)
from tests.every_case import every_case


@every_case(
    ("score", "word"),
    [
        ("100", "Sangat Memuaskan"),
        ("90.01", "Sangat Memuaskan"),
        ("90", "Memuaskan"),
        ("80.5", "Memuaskan"),
        ("80", "Baik"),
        ("70", "Cukup"),
        ("60", "Kurang"),
        ("0", "Kurang"),
    ],
)
def test_a_score_on_a_bound_belongs_to_the_row_below(score, word):
    assert predikat_for(Decimal(score)) == word


def test_an_agency_s_own_table_is_used():
    table = [(84, "Amat baik"), (-1, "Baik")]
    assert predikat_for(Decimal("84.5"), table) == "Amat baik"
    assert predikat_for(Decimal(84), table) == "Baik"


@every_case("score", ["-0.1", "100.1"])
def test_a_score_outside_the_scale_has_no_word(score):
    with pytest.raises(ValueError, match="not a score"):
        predikat_for(Decimal(score))


@every_case(
    ("table", "hint"),
    [
        ([], "bawah nol"),
        ([(60, "Lulus"), (0, "Kurang")], "bawah nol"),
        ([(-1, "Lulus"), (-2, "Kurang")], "0 sampai 99"),
        ([(100, "Lulus"), (-1, "Kurang")], "0 sampai 99"),
        ([(60, "Cukup"), (90, "Baik"), (-1, "Kurang")], "tertinggi"),
        ([(60, "Cukup"), (60, "Baik"), (-1, "Kurang")], "tertinggi"),
        ([(60, " "), (-1, "Kurang")], "predikat"),
    ],
)
def test_a_table_with_a_gap_or_an_overlap_says_what_is_wrong(table, hint):
    with pytest.raises(PredikatTableInvalid, match=hint):
        check_table(table)
    with pytest.raises(PredikatTableInvalid, match=hint):
        predikat_for(Decimal(70), table)


def test_the_default_table_covers_every_score():
    check_table(DEFAULT_TABLE)
    assert all(predikat_for(Decimal(score)) for score in range(101))
