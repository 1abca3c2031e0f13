"""What a file must say so that Moodle marks as this site does, or imports it at all.

Each right value was seen in a running Moodle (docs/question-files.md): its own import
read the file, its question engine marked the responses.
"""

import re
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

from quizzes.exchange.formats import FORMATS
from quizzes.exchange.formats.exchange import no_images
from quizzes.exchange.formats.moodle.weights import listed_weights
from quizzes.questions.content import OptionContent, QuestionContent
from tests.every_case import every_case
from tests.quizzes.exchange.formats.comparing import only, said
from tests.quizzes.questions.examples import EXAMPLES

BOTH = ["moodlexml", "gift"]


def options(*texts: str, worths: str = "") -> list[OptionContent]:
    shares = [Decimal(one) for one in worths.split()] or [Decimal(0)] * len(texts)
    return [
        OptionContent(f"o{at}", text, share)
        for at, (text, share) in enumerate(zip(texts, shares, strict=True))
    ]


def asked(type: str, options: list[OptionContent], **over) -> QuestionContent:
    over = {"feedback": "", "settings": {}, **over}
    return replace(EXAMPLES[type], options=tuple(options), **over)


def written(format: str, question: QuestionContent) -> str:
    return FORMATS[format].render([question], no_images).data.decode()


def losses(format: str, question: QuestionContent) -> list[str]:
    return [text for _k, text in FORMATS[format].render([question], no_images).losses]


def comes_back(format: str, question: QuestionContent) -> bool:
    item = only(FORMATS[format].read(written(format, question).encode()))
    return not item.problems and said(item.question) == said(question)


def percents(question: QuestionContent) -> list[str]:
    root = ElementTree.fromstring(written("moodlexml", question))
    return [answer.get("fraction", "") for answer in root.iter("answer")]


def gift_lines(question: QuestionContent) -> list[str]:
    return written("gift", question).strip().split("\n")[2:]


@every_case(
    "kind, shares, expected",
    [
        ("choice", "1 0.35 0", "1 0.3333333 0"),
        ("choice", "1 -0.5 -0.35", "1 0 0"),
        ("choice", "0.6 0.2", "1 0.3333333"),
        ("choice", "1 0.98 0.02", "1 0.90 0.05"),
        ("text", "1 0.35 0", "1 0.3333333 0"),
        ("number", "1 0.333333", "1 0.333333"),
        ("choices", "0.35 0.65 -0.35", "0.3333333 0.6666667 -0.3333333"),
        ("choices", "0.45 0.35 0.2", "0.50 0.3333333 0.1666667"),
        ("choices", "0.333333 0.333333 0.333333", "0.333333 0.333333 0.333333"),
        ("choices", " ".join(["0.090909"] * 11), " ".join(["0.05"] * 2 + ["0.10"] * 9)),
        ("choices", " ".join(["0.0625"] * 16), " ".join(["0.10"] * 4 + ["0.05"] * 12)),
        ("choices", " ".join(["0.04"] * 25), " ".join(["0.05"] * 25)),
        ("choices", "1 -0.090909 -0.02", "1 -0.10 -0.05"),
        ("choices", "-1 -1", "-1 -1"),
    ],
)
def test_a_weight_that_moodle_refuses_gives_way_to_one_it_takes(kind, shares, expected):
    found = listed_weights(kind, [Decimal(one) for one in shares.split()])

    assert [round(one, 7) for one in found] == [
        round(Decimal(one), 7) for one in expected.split()
    ]


@every_case("count", range(1, 21))
def test_the_right_ones_together_earn_everything(count):
    found = listed_weights("choices", [Decimal(1) / count] * count)

    assert round(sum(found), 3) == 1


@every_case("format", BOTH)
@every_case(
    "type, worths",
    [
        ("single_choice", "1 0.35 -0.5"),
        ("multiple_response", " ".join(["1"] * 11 + ["0"])),
        ("mark_text", " ".join(["1"] * 12 + ["0"] * 13)),
        ("short_text", "1 0.35 0.07"),
        ("numeric", "1 0.35 0.07"),
    ],
)
def test_its_own_weight_comes_back(format, type, worths):
    count = len(worths.split())
    texts = [str(at) if type == "numeric" else f"kata{at}" for at in range(count)]
    question = asked(type, options(*texts, worths=worths))
    if type == "mark_text":
        stem = " ".join(f"[[o{at}]]" for at in range(count))
        question = replace(question, stem=stem)

    assert comes_back(format, question)


def test_what_was_weighed_anew_outside_keeps_the_new_weight():
    question = asked("single_choice", options("a", "b", worths="1 0.35"))
    data = written("moodlexml", question).replace("33.3333", "50")

    found = only(FORMATS["moodlexml"].read(data.encode())).question

    assert [option.fraction for option in found.options] == [1, Decimal("0.5")]


def test_all_or_nothing_takes_everything_for_one_that_is_wrong():
    question = asked(
        "multiple_response",
        options("a", "b", "c", worths="1 0 0"),
        scoring="all_or_nothing",
    )

    assert percents(question) == ["100", "-100", "-100"]
    assert losses("moodlexml", question) == []


@every_case("format", BOTH)
@every_case("worths, offered", [("1 1 1", "Salah"), ("0 0 0", "Benar")])
def test_where_all_statements_are_true_false_is_offered_too(format, worths, offered):
    question = asked("true_false_set", options("a", "b", "c", worths=worths))
    data = written(format, question)

    if format == "gift":
        assert f"\n= -> {offered}\n" in data
    else:
        rows = list(ElementTree.fromstring(data).iter("subquestion"))
        assert [row.findtext("text") for row in rows] == ["a", "b", "c", ""]
        assert rows[-1].findtext("answer/text") == offered
    assert comes_back(format, question)


@every_case(
    "scoring, word",
    [
        ("", "RELATIVE_TO_CORRECT"),
        ("absolute", "ABSOLUTE_POSITION"),
        ("all_or_nothing", "ALL_OR_NOTHING"),
    ],
)
def test_steps_stand_in_gift_as_moodle_writes_them(scoring, word):
    question = asked("ordering", options("satu", "dua", "tiga"), scoring=scoring)

    assert gift_lines(question)[0].endswith(f"{{>3 ALL VERTICAL {word} SHOW none")
    assert gift_lines(question)[1:] == ["satu", "dua", "tiga", "}"]


@every_case(
    "text, line",
    [
        # Moodle takes an empty() line for the end of the question.
        ("0", "&#48;"),
        ("//x", "&#47;/x"),
        ("$CATEGORY: x", "&#36;CATEGORY: x"),
        ("a {b} c", "a &#123;b&#125; c"),
        ("x####", "x&#35;&#35;&#35;&#35;"),
        ("**tebal** = ~", "<strong>tebal</strong> = ~"),
        ("a -> b", "a -&gt; b"),
        ("C:\\\\nama", "C:&#92;nama"),
    ],
)
def test_a_step_in_gift_has_no_sign_that_moodle_would_not_give_back(text, line):
    question = asked("ordering", options(text, "dua"), scoring="absolute")

    assert gift_lines(question)[1] == line
    assert comes_back("gift", question)


@every_case(
    "texts, lines",
    [
        # Behind "=" of a choice Moodle reads no weight, in front of a text a format.
        (("%50% naik", "b"), ["=[markdown]%50% naik", "~b"]),
        (("[html] a", "[markdown]"), ["=[markdown][html] a", "~[markdown][markdown]"]),
        (("b", "%5%"), ["=b", "~[markdown]%5%"]),
        # A line of Markdown alone would open a list, a heading or a quotation.
        (("2026. tahun", "# pagar"), ["=2026\\\\. tahun", "~\\\\\\# pagar"]),
    ],
)
def test_a_choice_in_gift_begins_with_its_own_words(texts, lines):
    question = asked("single_choice", options(*texts, worths="1 0"))

    assert gift_lines(question)[1:3] == lines
    assert comes_back("gift", question)


def test_an_arrow_parts_no_row_and_no_answer_in_gift():
    rows = [
        OptionContent("a", "`x -> y`", group="row", match="c"),
        OptionContent("b", "z", group="row", match="d"),
        OptionContent("c", "ke -> sana", group="choice"),
        OptionContent("d", "lain", group="choice"),
    ]
    matching = asked("matching", rows)
    typed = asked("short_text", options("a -> b", worths="1"), scoring="casefold")

    row = "=[html]<code>x -&gt; y</code> -> ke -> sana"
    assert gift_lines(matching)[1] == row
    assert gift_lines(typed)[1] == "=a -*> b"
    assert comes_back("gift", matching)
    assert comes_back("gift", typed)


@every_case("format", BOTH)
@every_case(
    "text, words",
    [
        ("<5 hari", "&lt;5 hari"),
        ("a < b", "a < b"),
        ("R&D", "R&D"),
        ("`&lt;`", "&amp;lt;"),
        ("**tebal**", "tebal"),
    ],
)
def test_a_choice_loses_no_word_that_looks_like_a_tag(format, text, words):
    rows = [
        OptionContent("a", "x", group="row", match="c"),
        OptionContent("b", "z", group="row", match="d"),
        OptionContent("c", text, group="choice"),
        OptionContent("d", "lain", group="choice"),
    ]
    question = asked("matching", rows)

    if format == "gift":
        assert gift_lines(question)[1] == f"=x -> {words}"
    else:
        root = ElementTree.fromstring(written(format, question))
        assert root.findtext("question/subquestion/answer/text") == words
    assert comes_back(format, question)


@every_case("format", BOTH)
def test_choices_that_look_the_same_are_told(format):
    gaps = [OptionContent(key, text) for key, text in (("a", "**x**"), ("b", "x"))]
    question = asked("gap_select", gaps, stem="Isi [[a]] dan [[b]].")

    assert any("dinilai sebagai satu" in loss for loss in losses(format, question))


def test_behind_z_options_are_numbered():
    few = asked("single_choice", options(*"ab", worths="1 0"))
    many = asked(
        "single_choice",
        options(*map(str, range(27)), worths=" ".join(["1"] + ["0"] * 26)),
    )

    assert "<answernumbering>abc<" in written("moodlexml", few)
    assert "<answernumbering>123<" in written("moodlexml", many)


def one_reply() -> QuestionContent:
    reply = OptionContent("r", "Salam", Decimal(1), group="s")
    scenes = [{"key": "s", "text": "Warga datang."}]
    return asked("dialogue", [reply], settings={"scenes": scenes})


def long_match() -> QuestionContent:
    rows = [
        OptionContent("a", "x", group="row", match="c"),
        OptionContent("b", "z", group="row", match="d"),
        OptionContent("c", "kata " * 51 + "!", group="choice"),
        OptionContent("d", "lain", group="choice"),
    ]
    return asked("matching", rows)


@every_case("format", BOTH)
@every_case("question", [one_reply(), long_match()], ids=lambda one: one.type)
def test_what_would_end_the_import_is_not_written_and_told(format, question):
    rendering = FORMATS[format].render([question, EXAMPLES["ordering"]], no_images)

    assert question.key not in re.findall(r"[\w-]+", rendering.data.decode())
    assert EXAMPLES["ordering"].key in rendering.data.decode()
    told = [loss for key, loss in rendering.losses if key == question.key]
    assert len(told) == 1
    assert told[0].startswith("Soal ini tidak ditulis: ")
