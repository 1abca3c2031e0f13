"""What lets people guess: long keys, favored places, words without exceptions."""

import pytest

from studio.folders.checks import absolute_words, key_length, key_positions
from tests.studio.folders.checks.good_course import posttest, write_good

GRADED = "questions/posttest.yaml"


@pytest.fixture
def posttest_of(tmp_path, course):
    """Return a function that reads the good course with questions changed."""

    def read(change):
        return course(write_good(tmp_path / "k", **{GRADED: posttest(change)}))

    return read


def first(count, **said):
    """Return a change to the first so many questions."""
    return lambda number: said if number < count else {}


LONG = "Cara yang paling lengkap di antara semuanya"


@pytest.mark.parametrize(("long_keys", "problems"), [(7, 0), (8, 1), (21, 2)])
def test_more_than_35_in_100_long_keys_are_told(posttest_of, long_keys, problems):
    # 8 of 21 are 38 %, and 8 of the course's 24 are 33 %.
    course = posttest_of(first(long_keys, key_text=LONG))
    told = list(key_length.check(course))
    assert len(told) == problems
    if told:
        assert (told[0].file, told[0].line) == (GRADED, 2)
        assert f"terpanjang pada {long_keys} dari 21 soal" in told[0].message
        assert "post-1, post-2" in told[0].remedy


def test_long_keys_are_counted_over_all_courses(posttest_of):
    few = posttest_of(first(8, key_text=LONG))
    assert list(key_length.check_between([few, few])) == []
    many = posttest_of(first(21, key_text=LONG))
    (told,) = key_length.check_between([few, many])
    assert "terpanjang pada 29 dari 48 soal" in told.message


def test_a_key_as_long_as_another_option_is_not_the_longest(posttest_of):
    course = posttest_of(first(21, key_text=LONG, wrong_text=LONG[:-2]))
    assert list(key_length.check(course)) == []


def test_marks_do_not_make_an_option_longer(posttest_of):
    course = posttest_of(first(21, key_text="**Cara e**", wrong_text="Cara"))
    assert list(key_length.check(course)) == []


@pytest.mark.parametrize(("at_a", "is_told"), [(0, False), (2, False), (3, True)])
def test_keys_that_crowd_at_one_place_are_told(posttest_of, at_a, is_told):
    # Questions 1, 5, 9 … have their key at a anyhow: 6 of 21, and up to 40 % is well.
    moved = [1, 2, 3, 5, 6, 7][:at_a]
    course = posttest_of(lambda number: {"key_at": 0} if number in moved else {})
    told = list(key_positions.check(course))
    assert bool(told) is is_told
    if told:
        assert told[0].message == "Letak kunci tidak merata: a 9, b 4, c 4, d 4."


def test_a_place_that_keys_avoid_is_told(posttest_of):
    course = posttest_of(lambda number: {"key_at": number % 2})
    (told,) = key_positions.check(course)
    assert told.message == "Letak kunci tidak merata: a 11, b 10, c 0, d 0."


@pytest.mark.parametrize("word", ["Selalu kirim", "Hanya lapor", "Tidak pernah hadir"])
def test_absolute_words_in_distractors_alone_are_told(posttest_of, word):
    course = posttest_of(first(2, wrong_text=word))
    told = list(absolute_words.check(course))
    assert [problem.line for problem in told] == [2, 16]
    assert word.rpartition(" ")[0].lower() in told[0].message
    assert "pengecoh" in told[0].remedy


def test_one_absolute_word_is_no_pattern(posttest_of):
    assert list(absolute_words.check(posttest_of(first(1, wrong_text="Selalu")))) == []


def test_absolute_words_in_keys_as_well_betray_nothing(posttest_of):
    course = posttest_of(first(9, wrong_text="Selalu kirim", key_text="Selalu simpan"))
    assert list(absolute_words.check(course)) == []
