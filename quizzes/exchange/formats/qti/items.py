"""Every type as QTI 2.1 assessment items.

Shares are mapped to each value and summed within 0 and 1 (`mapResponse`): for several
answers this is the balanced rule itself, max(0, h/|C| − f/|W|). What the sum is
worth is then written out (`marking`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement

from quizzes.exchange.formats.qti import marking
from quizzes.exchange.formats.qti.gaps import put_choices, put_passages
from quizzes.exchange.formats.qti.item import OPTION_FEEDBACK, QtiItem, WrittenItem
from quizzes.exchange.formats.qti.typed import (
    DIFFERS,
    write_numeric,
    write_short_text,
)
from quizzes.exchange.formats.qti.writing import (
    COUNT,
    RESPONSE,
    add_line,
    add_stem,
    declare_outcome,
    declare_response,
    identifier,
)
from quizzes.questions.content import OptionContent, QuestionContent
from quizzes.questions.types import gaps

_TRUE, _FALSE = "o-benar", "o-salah"
_NONE = "o-tidak-ada"
_BLANK = "yang tidak menandai apa pun mendapat nilai penuh, juga bila tidak menjawab"
# Thirds are written 0.333333: sums this near to 1 are 1.
_ALMOST_ONE = Decimal("0.999")
_FEW = 8


def items_of_question(question: QuestionContent) -> WrittenItem:
    """Return the items of a question: one, or one for each scene of a dialogue."""
    if question.type == "dialogue":
        return _dialogue(question)
    item = QtiItem(question.key, question)
    _WRITERS[question.type](item)
    item.close()
    return WrittenItem([item], tuple(dict.fromkeys(item.losses)))


def _choice(item: QtiItem) -> None:
    """One of several: each is worth its share, nothing less than zero."""
    options = item.question.options
    best = max((option.fraction for option in options), default=Decimal(0))
    right = [identifier(o.key) for o in options if o.fraction == best]
    shares = {identifier(o.key): o.fraction for o in options}
    declare_response(item.root, RESPONSE, "single", "identifier", right[:1], shares)
    body = _with_option_feedback(item, "single")
    interaction = SubElement(
        body, "choiceInteraction", responseIdentifier=RESPONSE, shuffle="true"
    )
    interaction.set("maxChoices", "1")
    interaction.set("minChoices", "0")
    _add_choices(interaction, "simpleChoice", options)
    processing = item.processing()
    earned = (share for share in shares.values() if share > 0)
    marking.summed(processing, marking.as_they_are(earned))
    _finish_feedback(item, processing)


def _multiple_response(item: QtiItem) -> None:
    question = item.question
    right = [identifier(o.key) for o in question.options if o.fraction > 0]
    shares = _shares(question)
    offers_none = question.scoring != "fractions"
    if offers_none and not right:
        right, shares = [_NONE], {**shares, _NONE: Decimal(1)}
    declare_response(item.root, RESPONSE, "multiple", "identifier", right, shares)
    body = _with_option_feedback(item, "multiple")
    interaction = SubElement(
        body, "choiceInteraction", responseIdentifier=RESPONSE, shuffle="true"
    )
    interaction.set("maxChoices", "0")
    interaction.set("minChoices", "0")
    _add_choices(interaction, "simpleChoice", question.options)
    if offers_none:
        none = SubElement(interaction, "simpleChoice", identifier=_NONE, fixed="true")
        none.text = "Tidak ada yang benar"
    processing = item.processing()
    marking.summed(processing, _worths(question, shares))
    _finish_feedback(item, processing)


def _shares(question: QuestionContent) -> dict[str, Decimal]:
    """Return what each option adds: its own share, or its part of right or wrong.

    Where only everything counts, or only "none of them", one wrong choice takes all:
    "none" beside other choices is not said here either.
    """
    options = question.options
    if question.scoring == "fractions":
        return {identifier(o.key): o.fraction for o in options}
    right = sum(option.fraction > 0 for option in options)
    wrong = len(options) - right
    is_strict = question.scoring == "all_or_nothing" or not right
    return {
        identifier(o.key): Decimal(1) / right
        if o.fraction > 0
        else Decimal(-1) / (1 if is_strict else wrong)
        for o in options
    }


def _worths(
    question: QuestionContent, shares: Mapping[str, Decimal]
) -> dict[Decimal, Decimal]:
    """Return what each sum of shares is worth."""
    if question.scoring == "all_or_nothing":
        count = sum(share > 0 for share in shares.values())
        return {
            Decimal(right) / count: Decimal(right == count)
            for right in range(count + 1)
        }
    # Free weights of many options have too many sums to be written out exactly.
    are_many = question.scoring == "fractions" and len(shares) > _FEW
    return marking.as_they_are(_sums(shares.values(), 3 if are_many else 9))


def _sums(shares: Iterable[Decimal], digits: int) -> set[Decimal]:
    """Return the sums that any choice can have, within 0 and 1; thirds make a whole."""
    sums = {Decimal(0)}
    for share in shares:
        sums |= {round(total + share, digits) for total in sums}
    return {Decimal(1) if total > _ALMOST_ONE else total for total in sums if total > 0}


def _add_choices(
    interaction: Element, name: str, options: Iterable[OptionContent], **said: str
) -> None:
    for option in options:
        choice = SubElement(
            interaction, name, {"identifier": identifier(option.key), **said}
        )
        add_line(choice, option.text)


def _with_option_feedback(item: QtiItem, cardinality: str) -> Element:
    """Open the body, with an outcome that names the feedback to show."""
    if any(option.feedback for option in item.question.options):
        item.show_chosen(cardinality)
    return item.body()


def _finish_feedback(item: QtiItem, processing: Element) -> None:
    """Show the feedback of every option that was chosen."""
    said = [option for option in item.question.options if option.feedback]
    if not said:
        return
    rule = SubElement(processing, "setOutcomeValue", identifier=OPTION_FEEDBACK)
    SubElement(rule, "variable", identifier=RESPONSE)
    for option in said:
        feedback = SubElement(
            item.root,
            "modalFeedback",
            outcomeIdentifier=OPTION_FEEDBACK,
            identifier=identifier(option.key),
            showHide="show",
        )
        add_line(feedback, option.feedback)


def _true_false_set(item: QtiItem) -> None:
    question = item.question
    pairs = [
        f"{identifier(o.key)} {_TRUE if o.fraction > 0 else _FALSE}"
        for o in question.options
    ]
    answers = [
        OptionContent("benar", "Benar"),
        OptionContent("salah", "Salah"),
    ]
    _pair_up(item, pairs, question.options, answers)
    processing = item.processing()
    if question.scoring == "all_or_nothing":
        marking.all_or_nothing(processing)
    elif question.scoring == "kprim":
        marking.summed(processing, _kprim(len(pairs)))
    else:
        marking.summed(processing, marking.parts(len(pairs)))
    item.say_lost_feedback("pernyataan")


def _kprim(count: int) -> dict[Decimal, Decimal]:
    """Return all for no error, half for one, nothing for more."""
    worths = dict.fromkeys(marking.parts(count), Decimal(0))
    return {
        **worths,
        Decimal(count - 1) / count: Decimal("0.5"),
        Decimal(1): Decimal(1),
    }


def _matching(item: QtiItem) -> None:
    options = item.question.options
    rows = [option for option in options if option.group == "row"]
    choices = [option for option in options if option.group != "row"]
    pairs = [f"{identifier(row.key)} {identifier(row.match)}" for row in rows]
    _pair_up(item, pairs, rows, choices)
    marking.summed(item.processing(), marking.parts(len(pairs)))
    item.say_lost_feedback("baris")


def _pair_up(
    item: QtiItem,
    pairs: Sequence[str],
    rows: Sequence[OptionContent],
    choices: Sequence[OptionContent],
) -> None:
    """Ask for one choice at each row, of which each may serve several."""
    part = Decimal(1) / max(1, len(pairs))
    declare_response(
        item.root,
        RESPONSE,
        "multiple",
        "directedPair",
        pairs,
        dict.fromkeys(pairs, part),
    )
    interaction = SubElement(
        item.body(),
        "matchInteraction",
        responseIdentifier=RESPONSE,
        shuffle="true",
        maxAssociations=str(len(rows)),
        minAssociations="0",
    )
    left = SubElement(interaction, "simpleMatchSet")
    _add_choices(left, "simpleAssociableChoice", rows, matchMax="1")
    right = SubElement(interaction, "simpleMatchSet")
    _add_choices(
        right, "simpleAssociableChoice", choices, matchMax=str(max(1, len(rows)))
    )


def _ordering(item: QtiItem) -> None:
    options, scoring = item.question.options, item.question.scoring
    names = [identifier(option.key) for option in options]
    declare_response(item.root, RESPONSE, "ordered", "identifier", names)
    is_counted = scoring != "all_or_nothing"
    if is_counted:
        declare_outcome(item.root, COUNT, "single", "integer", "0")
    interaction = SubElement(
        item.body(), "orderInteraction", responseIdentifier=RESPONSE, shuffle="true"
    )
    _add_choices(interaction, "simpleChoice", options)
    processing = item.processing()
    if is_counted:
        full = 1 if scoring == "absolute" else len(names) - 1
        points = [_points_at(place, names, full) for place in range(len(names))]
        marking.places(processing, points, full * len(names))
    else:
        marking.all_or_nothing(processing)
    item.say_lost_feedback("langkah")


def _points_at(place: int, names: Sequence[str], full: int) -> dict[str, int]:
    """Return what each element earns at a place: one less for each step away."""
    points = {name: full - abs(at - place) for at, name in enumerate(names)}
    return {name: earned for name, earned in points.items() if earned > 0}


def _gap_select(item: QtiItem) -> None:
    question = item.question
    by_key = {option.key: option for option in question.options}
    keys = [key for key in gaps.keys_in(question.stem) if key in by_key]
    names = [f"{RESPONSE}_{number}" for number in range(1, len(keys) + 1)]
    for name, key in zip(names, keys, strict=True):
        right = identifier(key)
        declare_response(item.root, name, "single", "identifier", [right])
    declare_outcome(item.root, COUNT, "single", "integer", "0")
    body = item.body()
    put_choices(
        body,
        [
            (name, [o for o in question.options if o.group == by_key[key].group])
            for name, key in zip(names, keys, strict=True)
        ],
    )
    marking.each_gap(item.processing(), names)
    item.say_lost_feedback("pilihan")


def _mark_text(item: QtiItem) -> None:
    question = item.question
    by_key = {option.key: option for option in question.options}
    right = [identifier(o.key) for o in question.options if o.fraction > 0]
    shares = _shares(question)
    declare_response(item.root, RESPONSE, "multiple", "identifier", right, shares)
    body = item.body(with_stem=False)
    interaction = SubElement(
        body, "hottextInteraction", responseIdentifier=RESPONSE, maxChoices="0"
    )
    interaction.set("minChoices", "0")
    inside = SubElement(interaction, "div")
    item.losses += add_stem(inside, question)
    put_passages(inside, [by_key[key] for key in gaps.keys_in(question.stem)])
    if right:
        marking.summed(item.processing(), _worths(question, shares))
    else:
        marking.nothing_chosen(item.processing())
        item.losses.append(DIFFERS.format(_BLANK))
    item.say_lost_feedback("bagian")


def _dialogue(question: QuestionContent) -> WrittenItem:
    """Write each scene by itself: QTI has no path through items."""
    items = []
    losses = [
        "QTI tidak mengenal percakapan: tiap adegan menjadi satu soal, tanpa jalannya."
    ]
    for scene in question.settings.get("scenes", ()):
        replies = [o for o in question.options if o.group == scene["key"]]
        part = replace(
            question,
            key=f"{question.key}.{scene['key']}",
            stem=f"{question.stem}\n\n{scene['text']}",
            options=replies,
        )
        item = QtiItem(part.key, part)
        _choice(item)
        item.close()
        losses += item.losses
        items.append(item)
    return WrittenItem(items, tuple(dict.fromkeys(losses)))


_WRITERS: dict[str, Callable[[QtiItem], None]] = {
    "single_choice": _choice,
    "situational": _choice,
    "multiple_response": _multiple_response,
    "true_false_set": _true_false_set,
    "matching": _matching,
    "ordering": _ordering,
    "gap_select": _gap_select,
    "numeric": write_numeric,
    "short_text": write_short_text,
    "mark_text": _mark_text,
}
