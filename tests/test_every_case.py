"""Many cases in one test: none is passed over, and each that fails is named."""

import pytest

from tests.every_case import every_case


def test_every_case_is_tried_and_the_failing_ones_are_named():
    tried = []

    @every_case("number", [1, 2, 3, pytest.param(4, id="empat")])
    def is_odd(number):
        tried.append(number)
        assert number % 2, f"{number} is even"

    with pytest.raises(pytest.fail.Exception) as failure:
        is_odd()

    assert tried == [1, 2, 3, 4]
    assert "2 of 4 cases fail" in str(failure.value)
    assert "[2] AssertionError: 2 is even" in str(failure.value)
    assert "[empat] AssertionError: 4 is even" in str(failure.value)
    assert "[1]" not in str(failure.value)


def test_decorators_one_above_the_other_try_every_pair():
    tried = []

    @every_case("first", "ab")
    @every_case(("second", "third"), [(1, 2), (3, 4)], ids=str)
    def pair(first, second, third):
        tried.append(f"{first}{second}{third}")
        assert first == "a"

    with pytest.raises(pytest.fail.Exception, match="1 of 2 cases") as failure:
        pair()

    assert tried == ["a12", "a34", "b12", "b34"]
    assert "[3-4]" in str(failure.value)


@every_case("number", [1, 2])
def test_fixtures_are_there_beside_the_case(number, now):
    assert now.day > number


def test_without_a_case_there_is_no_test():
    with pytest.raises(ValueError, match="no case"):
        every_case("number", [])
