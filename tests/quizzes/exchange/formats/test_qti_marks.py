"""A QTI engine gives the marks that we give, response by response.

The engine here follows the standard; what two others were seen to do is written down
in docs/question-files.md.
"""

import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from itertools import islice, permutations, product
from xml.etree import ElementTree

import pytest

from quizzes.exchange.formats.qti import format
from quizzes.exchange.formats.qti.writing import NAMESPACE
from quizzes.questions.content import OptionContent
from quizzes.questions.marking import mark_response
from quizzes.questions.types import TYPES
from tests.every_case import every_case
from tests.quizzes.exchange.formats.qti_engine import Engine
from tests.quizzes.questions.examples import ALL, EXAMPLES

Q = f"{{{NAMESPACE}}}"
CHOSEN = ("single_choice", "situational", "multiple_response", "mark_text")
PAIRED = ("true_false_set", "matching")
NONE = "o-tidak-ada"


def item_of(question):
    archive = zipfile.ZipFile(BytesIO(format.render([question]).data))
    (name,) = (name for name in archive.namelist() if name.startswith("items/"))
    return ElementTree.fromstring(archive.read(name))


def ours(question, form):
    view, type = question.view(), TYPES[question.type]
    return float(mark_response(view, type.parse(view, form)).fraction)


def theirs(item, said):
    return float(Engine(item).outcomes(said)["SCORE"])


def answers(question):
    """Give forms as they are posted here, and the same answers in QTI."""
    places = TYPES[question.type].places(question.view())
    if question.type in CHOSEN:
        return choices(question, places[0])
    if question.type in PAIRED:
        return pairs(places)
    if question.type == "gap_select":
        return gaps(places)
    return orders(places)


def choices(question, place):
    keys = [choice.key for choice in place.choices]
    if not place.many:
        for key in keys:
            yield {"answer": [key]}, {"RESPONSE": f"o-{key}"}
        return
    for said in product([False, True], repeat=len(keys)):
        chosen = [key for key, is_said in zip(keys, said, strict=True) if is_said]
        if question.type == "mark_text" and "-" in chosen:
            continue
        if chosen:
            named = [NONE if key == "-" else f"o-{key}" for key in chosen]
            yield {"answer": chosen}, {"RESPONSE": named}


def said_at(places, most=400):
    offers = [[None, *(choice.key for choice in place.choices)] for place in places]
    for said in islice(product(*offers), most):
        if any(said):
            yield {p.field: [key] for p, key in zip(places, said, strict=True) if key}


def pairs(places):
    for form in said_at(places):
        yield (
            form,
            {
                "RESPONSE": [
                    f"o-{place.key} o-{form[place.field][0]}"
                    for place in places
                    if place.field in form
                ]
            },
        )


def gaps(places):
    for form in said_at(places):
        yield (
            form,
            {
                f"RESPONSE_{number}": f"o-{form[place.field][0]}"
                for number, place in enumerate(places, 1)
                if place.field in form
            },
        )


def orders(places):
    for length in range(1, len(places) + 1):
        for order in permutations(places, length):
            form = {place.field: [str(at)] for at, place in enumerate(order, 1)}
            yield form, {"RESPONSE": [f"o-{place.key}" for place in order]}


def options(*shares):
    return [
        OptionContent(f"p{at}", f"Pilihan {at}", Decimal(share))
        for at, share in enumerate(shares)
    ]


MORE = [
    replace(EXAMPLES["single_choice"], options=options("1", "0.142857", "-0.5")),
    replace(EXAMPLES["multiple_response"], options=options("1", "1", "1")),
    replace(
        EXAMPLES["multiple_response"],
        scoring="all_or_nothing",
        options=options("0", "0"),
    ),
    replace(
        EXAMPLES["multiple_response"],
        scoring="fractions",
        options=options("0.333333", "0.333333", "0.333333", "-1"),
    ),
    *(
        replace(EXAMPLES["ordering"], scoring=scoring, options=options(*"00000"))
        for scoring in ("relative_to_correct", "absolute", "all_or_nothing")
    ),
    *(
        replace(EXAMPLES["true_false_set"], scoring=scoring, options=options(*"01101"))
        for scoring in ("parts", "all_or_nothing", "kprim")
    ),
]
MARKED = [
    question
    for question in (*ALL, *MORE)
    if question.type in (*CHOSEN, *PAIRED, "gap_select", "ordering")
]


@pytest.mark.parametrize("at", range(len(MARKED)))
def test_every_answer_earns_what_it_earns_here(at):
    question = MARKED[at]
    item = item_of(question)

    wrong = [
        (form, ours(question, form), theirs(item, said))
        for form, said in answers(question)
        if abs(ours(question, form) - theirs(item, said)) > 1e-6
    ]

    assert not wrong[:3]


@every_case("type", [*CHOSEN, *PAIRED, "gap_select", "ordering"])
def test_no_answer_earns_nothing_and_is_explained(type):
    outcomes = Engine(item_of(EXAMPLES[type])).outcomes({})

    assert float(outcomes["SCORE"]) == 0
    assert outcomes["PEMBAHASAN"] == "ada"


def numbers(*rows):
    return replace(
        EXAMPLES["numeric"],
        options=[
            OptionContent(f"j{at}", text, Decimal(share), match=tolerance)
            for at, (text, share, tolerance) in enumerate(rows)
        ],
        settings={},
    )


@every_case(
    "rows, typed",
    [
        ([("3", "1", "0.1")], "2.95 3.1 2.9 3.11 3"),
        ([("3.14", "1", "0.01")], "3.13 3.15 3.16 3.14"),
        ([("200", "1", "5%")], "190 210 189.9 211"),
        ([("-5.5", "1", "0.5")], "-5 -6 -6.1 5.5"),
        ([("9.6", "1", ""), ("9.6", "0.5", "0.5")], "9.6 9.1 10.1 10.2"),
        ([("10", "0.5", ""), ("10", "1", "1")], "10 11 12"),
        ([("48", "1", "")], "48 48.0 48.01"),
    ],
)
def test_a_number_earns_what_it_earns_here(rows, typed):
    question = numbers(*rows)
    item = item_of(question)

    for text in typed.split():
        expected = ours(question, {"answer": [text]})
        assert theirs(item, {"RESPONSE": text}) == expected, text
    assert theirs(item, {}) == 0


def texts(scoring, *rows):
    return replace(
        EXAMPLES["short_text"],
        scoring=scoring,
        options=[
            OptionContent(f"j{at}", text, Decimal(share))
            for at, (text, share) in enumerate(rows)
        ],
    )


@every_case(
    "scoring, rows, typed",
    [
        ("exact", [("Jum'at", "1"), ("AT&T", "0.25")], "Jum'at|jum'at|AT&T|at&t"),
        ("casefold", [("Jum'at", "1"), ("a < b", "0.5")], "JUM'AT|A < b|Jumat"),
        ("normalized", [("SPBE", "1"), ("e-gov", "0.5")], "spbe|E-GOV|SPBE pusat"),
        ("wildcard", [("SPBE", "1")], "spbe|SPBE pusat|pusat SPBE"),
        ("wildcard", [(r"C\*", "1"), ("C", "0.5")], "C*|c*|c|CC"),
        (
            "wildcard",
            [("*aman*", "0.5"), ("sangat aman", "1"), ("2*fa", "0.25")],
            "Sangat Aman|tidak aman|2-FA|2fa|pakai 2fa",
        ),
        ("wildcard", [("aman", "0.5"), ("*aman*", "1")], "aman|kurang aman|bahaya"),
        ("wildcard", [("$5 (*) ^[x]", "1")], "$5 (lima) ^[X]|$5 (lima)"),
    ],
)
def test_a_text_earns_what_it_earns_here(scoring, rows, typed):
    question = texts(scoring, *rows)
    item = item_of(question)

    for text in typed.split("|"):
        expected = ours(question, {"answer": [text]})
        assert theirs(item, {"RESPONSE": text}) == expected, text
    assert theirs(item, {}) == 0


def test_marking_nothing_is_right_where_there_is_nothing_to_mark():
    item = item_of(
        replace(
            EXAMPLES["mark_text"], stem="[[p0]] dan [[p1]]", options=options("0", "0")
        )
    )

    # Blank and "none of them" are one answer in QTI: that is told.
    given = [{}, {"RESPONSE": []}, {"RESPONSE": ["o-p0"]}, {"RESPONSE": ["o-p1"]}]
    assert [theirs(item, said) for said in given] == [1, 1, 0, 0]


def test_every_score_is_written_out():
    """What an engine computes it may round, and write with a comma."""
    for question in (*MARKED, *ALL):
        if question.type == "dialogue":
            continue
        for rule in item_of(question).iter(f"{Q}setOutcomeValue"):
            if rule.get("identifier") == "SCORE":
                assert rule[0].tag == f"{Q}baseValue", question.key


def test_free_weights_of_many_options_stay_a_small_item():
    shares = [f"0.{at}37" for at in range(1, 8)] + [f"-0.{at}11" for at in range(1, 8)]
    question = replace(
        EXAMPLES["multiple_response"], scoring="fractions", options=options(*shares)
    )

    item = item_of(question)

    assert len(list(item.iter(f"{Q}responseElseIf"))) <= 1000
    form = {"answer": ["p0", "p1", "p7"]}
    said = {"RESPONSE": ["o-p0", "o-p1", "o-p7"]}
    assert theirs(item, said) == pytest.approx(ours(question, form), abs=0.0005)
