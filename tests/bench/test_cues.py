"""The machine's eye on cues: it finds those there are and none where none are."""

from dataclasses import replace
from random import Random

import pytest

from bench.cues import (
    COURSES,
    LIMIT,
    PARTS,
    Found,
    Item,
    failures,
    guess,
    items_in,
    parts_of,
    summed,
    telling_words,
)

NOUNS = [
    "surat",
    "jembatan",
    "pasar",
    "kapal",
    "sekolah",
    "arsip",
    "jadwal",
    "laporan",
    "rapat",
    "antrean",
]
VERBS = [
    "mengirim",
    "menyimpan",
    "mencatat",
    "menghitung",
    "membuka",
    "menata",
    "memilih",
    "memotret",
]


def options(chance: Random) -> list[str]:
    """Return four different options that say nothing about which is right."""
    found: set[str] = set()
    while len(found) < 4:
        found.add(
            f"{chance.choice(VERBS)} {chance.choice(NOUNS)} {chance.random():.4f}"
        )
    return sorted(found)


def items(
    count: int, cue: str = "", *, course: str = "K1", seed: int = 1
) -> list[Item]:
    """Return questions whose key says `cue`, as no other option does."""
    chance = Random(seed)
    made = []
    for number in range(count):
        texts, right = options(chance), chance.randrange(4)
        texts[right] = f"{texts[right]} {cue}".strip()
        made.append(Item(course, f"{course}-{number}", tuple(texts), right))
    return made


def found_in(made: list[Item], parts=None) -> float:
    """Return the percent of keys that are found."""
    return summed(made, guess(made, parts or parts_of(made))).share


def test_a_word_that_keys_alone_say_is_found_and_named():
    made = items(60, "lewat jalur resmi")

    assert found_in(made) > 95
    assert ("resmi", 60, 60) in telling_words(made)


def test_where_nothing_tells_no_more_is_found_than_by_chance():
    """Of 200 questions chance finds 50, and 38 % hardly ever."""
    made = items(200)

    assert 12 < found_in(made) < 38
    # Words are told by 95 % intervals, so a few stand there by chance.
    assert len(telling_words(made)) <= 2


def test_a_cue_of_one_course_does_not_help_in_another():
    one, other = items(60, "resmi"), items(60, "segera", course="K2", seed=2)
    made = [*one, *other]
    by_course = guess(made, [item.course for item in made])

    assert summed(made, guess(made, parts_of(made))).share > 90
    assert summed(made, by_course).share < 45


def test_questions_that_share_an_option_stand_in_one_part():
    """A chain of three, written in large and small letters, and fifty others."""
    one, two, three, *others = items(53)
    two = replace(two, options=(one.options[0].upper(), *two.options[1:]))
    three = replace(three, options=(*three.options[:3], f" {two.options[1]}"))
    part = parts_of([*others[:20], one, *others[20:40], two, *others[40:], three])

    assert part[20] == part[41] == part[-1]
    sizes = [part.count(number) for number in range(PARTS)]
    assert max(sizes) - min(sizes) <= 1


def test_a_family_whose_keys_go_round_gives_nothing_away():
    """Four options, each the key of one question: seen as a key, it is none here."""
    chance = Random(5)
    made = []
    for family in range(50):
        texts = tuple(options(chance))
        made += [Item("K1", f"{family}-{at}", texts, at) for at in range(4)]

    assert found_in(made) == pytest.approx(25, abs=13)


def test_options_that_look_the_same_to_the_eye_count_by_their_share():
    """Nothing was learned of words that nobody said before."""
    made = items(20, "resmi")
    strange = Item("K2", "asing", ("qqqq", "wwww", "xxxx", "zzzz"), 2)
    credits = guess([*made, strange], [0] * 20 + [1])

    assert credits[-1] == 0.25


@pytest.mark.parametrize(
    ("found", "wrong"),
    [
        (Found(38, 100), []),
        (Found(39, 100), ["all courses: 39.0 %"]),
        (Found(0, 0), []),
    ],
)
def test_all_courses_fail_above_the_limit(found, wrong):
    assert failures([found], [], 38) == wrong


@pytest.mark.parametrize(("found", "is_wrong"), [(11, False), (14, False), (20, True)])
def test_a_course_fails_where_its_share_is_surely_higher(found, is_wrong):
    """Of 25 questions 11 are 44 %, which chance gives one course in thirty."""
    assert bool(failures([], [("K1", Found(found, 25))], 38)) is is_wrong


def test_the_options_of_the_shipped_courses_give_no_key_away():
    made = items_in(COURSES)
    codes = dict.fromkeys(item.course for item in made)
    by_item = guess(made, parts_of(made))
    by_course = guess(made, [item.course for item in made])
    whole = [summed(made, one) for one in (by_item, by_course)]
    courses = [(code, summed(made, by_item, code)) for code in codes]

    assert len(made) > 300
    assert failures(whole, courses, LIMIT) == [], telling_words(made)
