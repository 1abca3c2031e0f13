"""What every format writes, it reads back: `read(render(q)) == q` for every type."""

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.exchange.formats import FORMATS
from quizzes.exchange.formats.exchange import no_images
from quizzes.questions.types import TYPES
from tests.every_case import every_case
from tests.quizzes.exchange.formats.comparing import only, said
from tests.quizzes.questions.examples import ALL
from tests.quizzes.questions.strategies import questions

WHOLE = ["yaml", "xlsx", "moodlexml", "gift"]
# Signs that mean something in one of the formats or in Markdown.
SIGNS = "ab 1.~={}#:\\%*_[]()<>&!|`-+/'\"\u00e9"


def there_and_back(format, question):
    rendering = FORMATS[format].render([question], no_images)
    return only(FORMATS[format].read(rendering.data))


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


# A workbook is read by a process of its own, which takes its time.
@every_case(
    ("formats", "examples"), [(["yaml", "moodlexml", "gift"], 40), (["xlsx"], 8)]
)
@every_case("type", TYPES)
def test_any_question_comes_back_whole(formats, examples, type):
    @settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(questions(type))
    def check(question):
        for format in formats:
            item = there_and_back(format, question)
            assert not item.problems, format
            assert said(item.question) == said(question), format

    check()


@every_case("format", ["gift", "moodlexml"])
def test_any_words_come_back_as_they_were(format):
    words = st.text(SIGNS, min_size=1, max_size=30).map(str.strip).filter(bool)
    base = ALL[0]

    @settings(max_examples=300, deadline=None)
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
