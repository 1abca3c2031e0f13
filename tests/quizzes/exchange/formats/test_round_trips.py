"""What every format writes, it reads back: `read(render(q)) == q` for every type."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.exchange.formats import FORMATS
from quizzes.exchange.formats.exchange import no_images
from quizzes.questions.composition import Composition, Expected
from quizzes.questions.content import OptionContent
from quizzes.questions.types import TYPES
from tests.every_case import every_case
from tests.examples import some
from tests.quizzes.exchange.formats.comparing import only, said
from tests.quizzes.questions.examples import ALL
from tests.quizzes.questions.strategies import questions

WHOLE = ["yaml", "xlsx", "moodlexml", "gift"]
# Signs that mean something in one of the formats or in Markdown.
SIGNS = "ab 1.~={}#:\\%*_[]()<>&!|`-+/'\"\u00e9"


def there_and_back(format, question):
    rendering = FORMATS[format].render([question], no_images)
    return only(FORMATS[format].read(rendering.data))


def is_refused(format, question) -> bool:
    losses = FORMATS[format].render([question], no_images).losses
    return any("tidak ditulis" in loss for _key, loss in losses)


@every_case("format", WHOLE)
@every_case("question", ALL, ids=lambda question: question.key)
def test_every_example_comes_back_whole(format, question):
    question = replace(
        question,
        pillar="aman",
        tags=("kata sandi", "loket [1]"),
        source_keys=("uu-27-2022",),
        checked_on=date(2026, 11, 21),
    )

    item = there_and_back(format, question)

    assert not item.problems
    assert not item.losses
    assert item.has_own_keys
    assert said(item.question) == said(question)


@every_case("type", TYPES)
def test_any_question_comes_back_whole(type):
    @settings(
        max_examples=some(40),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(questions(type))
    def check(question):
        for format in ("yaml", "moodlexml", "gift"):
            if is_refused(format, question):
                # A talk of one reply, which Moodle has no question for.
                assert (type, len(question.options)) == ("dialogue", 1)
                continue
            item = there_and_back(format, question)
            assert not item.problems, format
            assert said(item.question) == said(question), format

    check()


# A workbook is read by a process of its own: a question of every type in each.
@settings(
    max_examples=some(20),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.tuples(*map(questions, TYPES)))
def test_any_questions_come_back_whole_from_a_workbook(asked):
    asked = [replace(one, key=f"q{at}") for at, one in enumerate(asked)]
    data = FORMATS["xlsx"].render(asked, no_images).data

    items = FORMATS["xlsx"].read(data).items

    assert [item.problems for item in items if item.problems] == []
    assert [said(item.question) for item in items] == [said(one) for one in asked]


@every_case("format", ["gift", "moodlexml"])
def test_any_words_come_back_as_they_were(format):
    words = st.text(SIGNS, min_size=1, max_size=30).map(str.strip).filter(bool)
    base = ALL[0]

    @settings(max_examples=some(300), deadline=None)
    @given(words, words, words)
    def check(stem, text, feedback):
        options = [
            replace(base.options[0], text=text, feedback=feedback),
            *base.options[1:],
        ]
        question = replace(base, stem=stem, options=options)
        item = there_and_back(format, question)
        # What cannot be used as Markdown is a problem, and still the same words.
        assert said(item.question) == said(question)

    check()


def test_many_questions_keep_their_order():
    for format in WHOLE:
        rendering = FORMATS[format].render(ALL, no_images)
        items = FORMATS[format].read(rendering.data).items
        assert [item.question.key for item in items] == [one.key for one in ALL]


def test_edited_words_are_read_and_the_keys_stay():
    written = FORMATS["gift"].render([ALL[0]], no_images).data.decode()
    edited = written.replace("Membalas pesan itu", "Menjawab pesan itu")

    item = only(FORMATS["gift"].read(edited.encode()))

    assert item.question.options[2].text == "Menjawab pesan itu dan meminta fotonya"
    assert [o.key for o in item.question.options] == [o.key for o in ALL[0].options]


def test_an_option_added_outside_is_kept_and_said():
    written = FORMATS["gift"].render([ALL[0]], no_images).data.decode()
    edited = written.replace("####", "~Bertanya kepada rekan\n####")

    item = only(FORMATS["gift"].read(edited.encode()))

    assert [option.key for option in item.question.options] == ["a", "b", "c", "d", "e"]
    assert not item.has_own_keys
    assert "disunting di luar" in item.losses[0]


@every_case("type", ["short_text", "numeric"])
@every_case("format", ["moodlexml", "gift"])
def test_typed_answers_are_written_by_worth_and_come_back_in_their_own_order(
    format, type
):
    example = next(one for one in ALL if one.type == type)
    worths = [Decimal(0), Decimal(1), Decimal("0.5")]
    options = [
        OptionContent(f"j{number}", f"{number}1", worth, f"Tentang {number}.")
        for number, worth in enumerate(worths, 1)
    ]
    question = replace(example, options=tuple(options))

    written = FORMATS[format].render([question], no_images).data.decode()
    item = only(FORMATS[format].read(written.encode()))

    told = [written.index(f"Tentang {number}.") for number in (2, 3, 1)]
    assert told == sorted(told)
    assert not item.losses
    assert said(item.question) == said(question)


@every_case("order", [[], [0, 1], [0, 1, 1], [2, 0, 3], ["0", "1", "2"], None, 7])
def test_an_order_that_was_edited_is_no_order(order):
    example = next(one for one in ALL if one.type == "short_text")
    options = [
        OptionContent(f"j{number}", f"kata {number}", worth)
        for number, worth in enumerate([Decimal(0), Decimal(1), Decimal(0)], 1)
    ]
    written = FORMATS["gift"].render([replace(example, options=options)], no_images)
    edited = written.data.decode().replace(
        '"order":[1,0,2]', f'"order":{json.dumps(order)}'
    )
    assert edited != written.data.decode()

    item = only(FORMATS["gift"].read(edited.encode()))

    assert [option.key for option in item.question.options] == ["j2", "j1", "j3"]


def test_a_foreign_file_that_lists_the_lesser_answer_first_is_told():
    found = FORMATS["gift"].read(b"::a:: Apa? {=%0%*salah* =%100%*benar*}")

    assert "di sini yang nilainya paling tinggi" in " ".join(only(found).losses)


# --- what counts when papers are composed -------------------------------------------
@every_case("format", ["yaml", "xlsx", "moodlexml", "gift"])
@every_case("expected", [None, Expected(0, 0), Expected(40, 82), Expected(0, 100)])
def test_expected_difficulty_and_enemies_come_back(format, expected):
    composition = Composition(expected, ("lagi", "lain"))
    item = there_and_back(format, replace(ALL[0], composition=composition))

    assert not item.problems
    assert item.question.composition == composition


@every_case(
    ("old", "new", "told"),
    [
        ("[40,82]", "[82,40]", "melebihi"),
        ("[40,82]", "[40,101]", "0 sampai 100"),
        ("[40,82]", "[-1,40]", "0 sampai 100"),
        ('["lain"]', f'["{ALL[0].key}"]', "dirinya sendiri"),
    ],
)
def test_what_was_edited_into_nonsense_is_told(old, new, told):
    question = replace(ALL[0], composition=Composition(Expected(40, 82), ("lain",)))
    written = FORMATS["gift"].render([question], no_images).data.decode()
    assert old in written

    (item,) = FORMATS["gift"].read(written.replace(old, new).encode()).items

    assert any(told in problem for problem in item.problems)


@every_case("said", ["[40]", "40", '["40","82"]', "[true,true]", "[]", "null"])
def test_what_is_no_expected_difficulty_says_nothing(said):
    question = replace(ALL[0], composition=Composition(Expected(40, 82)))
    written = FORMATS["gift"].render([question], no_images).data.decode()

    (item,) = FORMATS["gift"].read(written.replace("[40,82]", said).encode()).items

    assert item.question.composition == Composition()
