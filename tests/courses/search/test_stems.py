"""Forms of one word meet, and words that only look alike stay apart."""

from courses.search.stems import stems_of
from tests.courses.search.pairs import APART, TOGETHER, pairs


def meet(pair: tuple[str, str]) -> bool:
    first, second = map(stems_of, pair)
    return not first.isdisjoint(second)


def test_there_are_pairs_enough_to_tell():
    assert len(pairs(TOGETHER)) >= 100
    assert len(pairs(APART)) >= 60


def test_forms_of_one_word_meet():
    missed = {pair for pair in pairs(TOGETHER) if not meet(pair)}

    # "Sama" is four letters of a compound; nothing of "kerja" leads there.
    assert missed == {("sama", "kerjasama")}


def test_words_that_look_alike_stay_apart():
    joined = {pair for pair in pairs(APART) if meet(pair)}

    # Their roots are one; only a dictionary knows that their meanings parted.
    assert joined == {
        ("hukum", "hukuman"),
        ("nilai", "nila"),
        ("pakai", "pakaian"),
        ("rapat", "rapatan"),
    }


def test_what_is_short_or_holds_a_digit_has_no_forms():
    for word in ("ai", "jp", "apik", "2017", "pp11a", "k3"):
        assert stems_of(word) == {word}
