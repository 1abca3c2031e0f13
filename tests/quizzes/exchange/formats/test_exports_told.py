"""What another system marks otherwise is said of the question, in one sentence."""

from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

from quizzes.exchange.formats import FORMATS
from quizzes.exchange.formats.exchange import no_images
from quizzes.questions.content import OptionContent
from tests.every_case import every_case
from tests.quizzes.exchange.formats.comparing import only, said
from tests.quizzes.questions.examples import EXAMPLES


def told(format, question) -> str:
    return " ".join(
        loss for _key, loss in FORMATS[format].render([question], no_images).losses
    )


def answers(*texts: str, worths: tuple[str, ...] = ()) -> list[OptionContent]:
    shares = [*map(Decimal, worths), *[Decimal(1)] * len(texts)]
    return [
        OptionContent(f"j{at}", text, share)
        for at, (text, share) in enumerate(zip(texts, shares, strict=False))
    ]


@every_case(
    "type, over, formats, words",
    [
        ("true_false_set", {"scoring": "kprim"}, "moodlexml gift", "tiap pernyataan"),
        (
            "true_false_set",
            {"scoring": "all_or_nothing"},
            "moodlexml gift",
            "tiap pernyataan",
        ),
        (
            "ordering",
            {"scoring": "absolute"},
            "moodlexml gift",
            "urutan awal yang acak",
        ),
        ("short_text", {"scoring": "exact"}, "gift", "menyamakan huruf besar"),
        ("short_text", {"options": answers("a -> b")}, "gift", "ditulis -*>"),
        (
            "short_text",
            {"scoring": "exact", "options": answers("dua kata")},
            "moodlexml gift",
            "spasi ganda",
        ),
        (
            "short_text",
            {"scoring": "casefold", "options": answers("jum’at")},
            "moodlexml gift",
            "tanda petik",
        ),
        ("numeric", {}, "moodlexml gift qti21", "koma"),
        ("numeric", {}, "moodlexml gift", "1.500 terbaca 1,5"),
        ("numeric", {}, "moodlexml gift", "12 minggu"),
        ("numeric", {"options": answers("12345678901234567890")}, "gift", "15 angka"),
        (
            "single_choice",
            {"options": answers("a", "b", worths=("1", "0.35"))},
            "moodlexml gift",
            "bobot 35%; di berkas ini dipakai 33,3333%",
        ),
        (
            "multiple_response",
            {"options": answers("a", "b", "c"), "scoring": "all_or_nothing"},
            "moodlexml gift",
            "sebagian pilihan benar",
        ),
        (
            "multiple_response",
            {"options": answers("a", "b", worths=("0", "0"))},
            "moodlexml gift",
            "tidak ada jawaban yang bernilai",
        ),
        (
            "mark_text",
            {"stem": "[[j0]] [[j1]]", "options": answers("a", "b", worths=("0", "0"))},
            "moodlexml gift",
            "tidak ada jawaban yang bernilai",
        ),
        (
            "mark_text",
            {"stem": "[[j0]] [[j1]]", "options": answers("a", "a", worths=("1", "0"))},
            "moodlexml gift",
            "dua bagian tampil sama",
        ),
        (
            "multiple_response",
            {
                "scoring": "balanced",
                "options": answers(*"abcdefghijkl", worths=("1",) * 11 + ("0",)),
            },
            "moodlexml gift",
            "bobot 9,0909%; di berkas ini dipakai 5%, 10%",
        ),
        (
            "short_text",
            {"scoring": "wildcard", "options": answers("a*b")},
            "qti21",
            "*",
        ),
        ("short_text", {"scoring": "exact"}, "qti21", "spasi berlebih"),
        ("short_text", {"scoring": "normalized"}, "qti21", "tanda baca"),
        (
            "short_text",
            {"scoring": "casefold", "options": answers("Jum'at")},
            "qti21",
            "membedakan huruf besar",
        ),
        (
            "mark_text",
            {
                "stem": "Tandai [[j0]] atau [[j1]].",
                "options": answers("a", "b", worths=("0", "0")),
            },
            "qti21",
            "tidak menjawab",
        ),
    ],
)
def test_a_difference_is_told(type, over, formats, words):
    question = replace(EXAMPLES[type], **over)

    for format in formats.split():
        assert words in told(format, question), (format, told(format, question))


@every_case(
    "type, over, format, words",
    [
        ("true_false_set", {"scoring": ""}, "moodlexml", "cara lain"),
        ("ordering", {"scoring": "absolute"}, "gift", "cara lain"),
        ("ordering", {"scoring": "all_or_nothing"}, "gift", "cara lain"),
        (
            "short_text",
            {"scoring": "exact", "options": answers("PPID")},
            "moodlexml",
            "cara lain",
        ),
        (
            "single_choice",
            {"options": answers("a", "b", worths=("1", "-0.5"))},
            "moodlexml",
            "bobot",
        ),
        (
            "multiple_response",
            {
                "options": answers("a", "b", worths=("1", "0")),
                "scoring": "all_or_nothing",
            },
            "moodlexml",
            "cara lain",
        ),
        (
            "single_choice",
            {"options": answers("a", "b", worths=("1", "0.333333"))},
            "moodlexml",
            "bobot",
        ),
        ("single_choice", {"options": answers("a -> b", "c")}, "gift", "->"),
        ("ordering", {"scoring": "relative_to_correct"}, "qti21", "cara lain"),
        ("numeric", {}, "qti21", "toleransi"),
        (
            "short_text",
            {"scoring": "wildcard", "options": answers("*aman*")},
            "qti21",
            "pola *",
        ),
        ("short_text", {"scoring": "casefold"}, "qti21", "membedakan huruf besar"),
        ("mark_text", {}, "qti21", "cara lain"),
    ],
)
def test_what_is_the_same_is_not_told(type, over, format, words):
    assert words not in told(format, replace(EXAMPLES[type], **over))


def test_an_ordering_question_says_what_moodle_needs():
    data = FORMATS["moodlexml"].render([EXAMPLES["ordering"]], no_images).data

    (question,) = ElementTree.fromstring(data).iter("question")
    assert question.findtext("shownumcorrect") == "1"


@every_case("format", ["moodlexml", "gift"])
@every_case("scoring", ["exact", "casefold", "normalized"])
@every_case("text", ["C*", r"a\*b", "**", "bebas"])
def test_a_star_that_is_a_letter_is_one_in_moodle_and_comes_back(format, scoring, text):
    question = replace(
        EXAMPLES["short_text"], scoring=scoring, options=answers(text), settings={}
    )

    data = FORMATS[format].render([question], no_images).data.decode()
    item = only(FORMATS[format].read(data.encode()))

    assert said(item.question) == said(question)
    escaped = text.replace("*", r"\*")
    shown = escaped.replace("\\", "\\\\") if format == "gift" else escaped
    assert shown in data


@every_case("text, kept", [(r"C\*", "C*"), ("C", "C")])
def test_a_letter_star_of_moodle_is_no_pattern(text, kept):
    xml = (
        '<quiz><question type="shortanswer"><questiontext><text>Apa?</text>'
        f'</questiontext><answer fraction="100"><text>{text}</text></answer>'
        "</question></quiz>"
    )

    question = only(FORMATS["moodlexml"].read(xml.encode())).question

    assert (question.scoring, question.options[0].text) == ("casefold", kept)


def test_an_arrow_in_a_choice_stays_an_arrow():
    question = replace(EXAMPLES["single_choice"], options=answers("a -> b", "c"))
    options = [replace(question.options[0]), replace(question.options[1], fraction=0)]
    question = replace(
        question, options=[options[0], replace(options[1], fraction=Decimal(0))]
    )

    data = FORMATS["gift"].render([question], no_images).data

    assert b"=a -> b" in data
    assert said(only(FORMATS["gift"].read(data)).question) == said(question)
