"""Hypothesis strategies: valid questions of every type, and answers to them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from quizzes.questions.content import OptionContent, QuestionContent
from quizzes.questions.types import NONE, TYPES, Place, QuestionView

Draw = Callable[[st.SearchStrategy[Any]], Any]

_TEXTS = st.text("abcdefghijklmnop", min_size=1, max_size=9)
_KEYS = st.text("abcdefghij0123456789-_", min_size=1, max_size=8).filter(
    lambda key: key != NONE
)
_STEM = "Apa yang tepat?"
_ZERO, _ONE = Decimal(0), Decimal(1)
_BITS = st.sampled_from([_ZERO, _ONE])
_PARTS = st.decimals(0, 1, places=3)
_WEIGHTS = (["1"], ["0.5", "0.5"], ["0.75", "0.25"], ["0.333333"] * 3)


def questions(type: str) -> st.SearchStrategy[QuestionContent]:
    """Return valid questions of a type, under every one of its marking rules."""
    return _BUILDERS[type]()


@st.composite
def forms(draw: Draw, question: QuestionView) -> dict[str, list[str]]:
    """Return forms that a browser may post; any place may be blank."""
    form = {}
    for place in TYPES[question.type].places(question):
        said = draw(st.none() | _said_at(place))
        if said is not None:
            form[place.field] = said
    return form


@st.composite
def answers(draw: Draw, question: QuestionView) -> tuple[dict[str, list[str]], Any]:
    """Return a form and the value it is read as."""
    form = draw(forms(question))
    return form, TYPES[question.type].parse(question, form)


def _said_at(place: Place) -> st.SearchStrategy[list[str]]:
    keys = st.sampled_from([choice.key for choice in place.choices])
    if place.free:
        accepted = st.sampled_from([choice.text for choice in place.choices])
        return (accepted | st.text(max_size=30)).map(lambda text: [text])
    if place.many:
        return st.lists(keys, unique=True)
    return keys.map(lambda key: [key])


def _lists(values: st.SearchStrategy[Any], count: int) -> st.SearchStrategy[list[Any]]:
    return st.lists(values, min_size=count, max_size=count)


@st.composite
def _options(draw: Draw, least: int = 2, most: int = 6) -> list[OptionContent]:
    """Return options that differ in key and text and are worth nothing."""
    keys = draw(st.lists(_KEYS, min_size=least, max_size=most, unique=True))
    count = len(keys)
    texts = draw(st.lists(_TEXTS, min_size=count, max_size=count, unique=True))
    return [
        OptionContent(key, text, feedback=f"Tentang {text}.")
        for key, text in zip(keys, texts, strict=True)
    ]


def _question(type: str, options: Sequence[OptionContent], **over: Any) -> Any:
    return QuestionContent(
        **{
            "key": "soal",
            "type": type,
            "stem": _STEM,
            "options": list(options),
            "feedback": "Sebabnya begini.",
            **over,
        }
    )


def _worth(
    options: Sequence[OptionContent], fractions: Sequence[Decimal]
) -> list[OptionContent]:
    pairs = zip(options, fractions, strict=True)
    return [replace(option, fraction=fraction) for option, fraction in pairs]


def _scoring(draw: Draw, type: str) -> str:
    return draw(st.sampled_from(["", *TYPES[type].scorings]))


@st.composite
def _single_choice(draw: Draw) -> QuestionContent:
    options = draw(_options())
    parts = st.decimals(-1, Decimal("0.99"), places=2)
    fractions = [_ONE, *draw(_lists(parts, len(options) - 1))]
    return _question("single_choice", _worth(options, draw(st.permutations(fractions))))


@st.composite
def _multiple_response(draw: Draw) -> QuestionContent:
    options = draw(_options(least=3))
    scoring = _scoring(draw, "multiple_response")
    fractions = draw(_lists(_BITS, len(options)))
    if scoring == "fractions":
        right = [Decimal(weight) for weight in draw(st.sampled_from(_WEIGHTS))]
        wrong = draw(_lists(_PARTS, len(options) - len(right)))
        fractions = draw(st.permutations([*right, *(-weight for weight in wrong)]))
    return _question("multiple_response", _worth(options, fractions), scoring=scoring)


@st.composite
def _true_false_set(draw: Draw) -> QuestionContent:
    options = draw(_options(least=3))
    fractions = draw(_lists(_BITS, len(options)))
    scoring = _scoring(draw, "true_false_set")
    return _question("true_false_set", _worth(options, fractions), scoring=scoring)


@st.composite
def _matching(draw: Draw) -> QuestionContent:
    options = draw(_options(least=4, most=8))
    cut = draw(st.integers(2, len(options) - 2))
    choices = [replace(option, group="choice") for option in options[cut:]]
    keys = st.sampled_from([choice.key for choice in choices])
    rows = [replace(o, group="row", match=draw(keys)) for o in options[:cut]]
    return _question("matching", [*rows, *choices])


@st.composite
def _ordering(draw: Draw) -> QuestionContent:
    scoring = _scoring(draw, "ordering")
    return _question("ordering", draw(_options()), scoring=scoring)


@st.composite
def _short_text(draw: Draw) -> QuestionContent:
    options = draw(_options(least=1))
    scoring = _scoring(draw, "short_text")
    if scoring == "wildcard":
        options = [
            replace(o, text=draw(st.sampled_from(["{}", "*{}", "{}*"])).format(o.text))
            for o in options
        ]
    fractions = [_ONE, *draw(_lists(_PARTS, len(options) - 1))]
    return _question("short_text", _worth(options, fractions), scoring=scoring)


@st.composite
def _numeric(draw: Draw) -> QuestionContent:
    options = draw(_options(least=1))
    count = len(options)
    numbers = st.decimals(-9999, 9999, places=1).map(lambda n: format(n + 0, "f"))
    texts = draw(st.lists(numbers, min_size=count, max_size=count, unique_by=Decimal))
    matches = draw(_lists(st.sampled_from(["", "0", "0.5", "5%"]), count))
    fractions = [_ONE, *draw(_lists(_PARTS, count - 1))]
    return _question(
        "numeric",
        [
            replace(option, text=text, match=match)
            for option, text, match in zip(
                _worth(options, fractions), texts, matches, strict=True
            )
        ],
        settings=draw(st.sampled_from([{}, {"unit": "surat"}])),
    )


@st.composite
def _situational(draw: Draw) -> QuestionContent:
    options = draw(_options())
    worths = st.integers(0, 5).map(lambda points: Decimal(points) / 5)
    fractions = [_ONE, *draw(_lists(worths, len(options) - 1))]
    return _question("situational", _worth(options, fractions))


@st.composite
def _gap_select(draw: Draw) -> QuestionContent:
    options = draw(_options(least=4, most=8))
    cut = draw(st.integers(2, len(options) - 2))
    groups = [
        [replace(option, group="satu") for option in options[:cut]],
        [replace(option, group="dua") for option in options[cut:]],
    ]
    keys = [draw(st.sampled_from(group)).key for group in groups]
    keys += draw(st.lists(st.sampled_from([o.key for o in options]), max_size=3))
    stem = "Isi " + " lalu ".join(f"[[{key}]]" for key in keys) + " dengan tepat."
    return _question("gap_select", [*groups[0], *groups[1]], stem=stem)


@st.composite
def _mark_text(draw: Draw) -> QuestionContent:
    options = draw(_options())
    fractions = draw(_lists(_BITS, len(options)))
    passages = draw(st.permutations([f"[[{option.key}]]" for option in options]))
    return _question(
        "mark_text",
        _worth(options, fractions),
        stem=f"Tandai: {' dan '.join(passages)}.",
        scoring=_scoring(draw, "mark_text"),
    )


@st.composite
def _dialogue(draw: Draw) -> QuestionContent:
    """Build scenes that an earlier one leads to, each with a reply that ends."""
    count = draw(st.integers(1, 4))
    names = [f"adegan-{number}" for number in range(count)]
    ways = [(name, "") for name in names]
    ways += [(names[draw(st.integers(0, n - 1))], names[n]) for n in range(1, count)]
    options = draw(_options(least=len(ways), most=len(ways)))
    fractions = [_ONE, *draw(_lists(_PARTS, len(ways) - 1))]
    scenes = [{"key": name, "text": f"Ucapan {name}."} for name in names]
    return _question(
        "dialogue",
        [
            replace(option, group=group, match=match)
            for option, (group, match) in zip(
                _worth(options, fractions), ways, strict=True
            )
        ],
        settings={"scenes": scenes},
    )


_BUILDERS: dict[str, Callable[[], st.SearchStrategy[QuestionContent]]] = {
    "single_choice": _single_choice,
    "multiple_response": _multiple_response,
    "true_false_set": _true_false_set,
    "matching": _matching,
    "ordering": _ordering,
    "short_text": _short_text,
    "numeric": _numeric,
    "situational": _situational,
    "gap_select": _gap_select,
    "mark_text": _mark_text,
    "dialogue": _dialogue,
}
