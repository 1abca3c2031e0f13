"""Every type as QTI 2.1 assessment items.

Shares are mapped to each value and summed within 0 and 1 (`mapResponse`): for several
answers this is the balanced rule itself, max(0, h/|C| − f/|W|).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement

from quizzes.exchange.formats.qti import marking
from quizzes.exchange.formats.qti.gaps import put_choices, put_passages
from quizzes.exchange.formats.qti.item import QtiItem, WrittenItem
from quizzes.exchange.formats.qti.writing import (
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
_FEEDBACK = (
    "Umpan balik tiap {} tidak ikut ke QTI. Bila perlu, pindahkan ke pembahasan."
)
_RULE = "QTI menilai soal ini dengan cara lain: {}. Periksa di sistem tujuan."


def items_of(question: QuestionContent) -> WrittenItem:
    """Return the items of a question: one, or one for each scene of a dialogue."""
    if question.type == "dialogue":
        return _dialogue(question)
    item = QtiItem(question.key, question)
    _WRITERS[question.type](item)
    item.close()
    return WrittenItem([item], tuple(dict.fromkeys(item.losses)))


def _say_lost_feedback(item: QtiItem, what: str) -> None:
    if any(option.feedback for option in item.question.options):
        item.losses.append(_FEEDBACK.format(what))


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
    _add_choices(interaction, "simpleChoice", options)
    processing = item.processing()
    marking.mapped(processing)
    _finish_feedback(item, processing)


def _multiple_response(item: QtiItem) -> None:
    question = item.question
    is_parts = question.scoring == "fractions"
    right = [identifier(o.key) for o in question.options if o.fraction > 0]
    shares = _weights(question)
    offers_none = not is_parts
    if offers_none and not right:
        right, shares = [_NONE], {**shares, _NONE: Decimal(1)}
    declare_response(item.root, RESPONSE, "multiple", "identifier", right, shares)
    body = _with_option_feedback(item, "multiple")
    interaction = SubElement(
        body, "choiceInteraction", responseIdentifier=RESPONSE, shuffle="true"
    )
    interaction.set("maxChoices", "0")
    _add_choices(interaction, "simpleChoice", question.options)
    if offers_none:
        none = SubElement(interaction, "simpleChoice", identifier=_NONE, fixed="true")
        none.text = "Tidak ada yang benar"
    processing = item.processing()
    _mark_choices(processing, question)
    _finish_feedback(item, processing)


def _weights(question: QuestionContent) -> dict[str, Decimal]:
    """Return what each option adds: its own share, or its part of right or wrong."""
    options = question.options
    if question.scoring == "fractions":
        return {identifier(o.key): o.fraction for o in options}
    right = sum(option.fraction > 0 for option in options)
    wrong = len(options) - right
    return {
        identifier(o.key): Decimal(1) / right if o.fraction > 0 else Decimal(-1) / wrong
        for o in options
    }


def _mark_choices(processing: Element, question: QuestionContent) -> None:
    if question.scoring == "all_or_nothing":
        marking.all_or_nothing(processing)
    else:
        marking.mapped(processing)


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
    body = item.body()
    if any(option.feedback for option in item.question.options):
        index = list(item.root).index(body)
        declare_outcome(item.root, "FEEDBACK", cardinality, "identifier")
        outcome = item.root[-1]
        item.root.remove(outcome)
        item.root.insert(index, outcome)
    return body


def _finish_feedback(item: QtiItem, processing: Element) -> None:
    """Show the feedback of every option that was chosen."""
    said = [option for option in item.question.options if option.feedback]
    if not said:
        return
    rule = SubElement(processing, "setOutcomeValue", identifier="FEEDBACK")
    SubElement(rule, "variable", identifier=RESPONSE)
    for option in said:
        feedback = SubElement(
            item.root,
            "modalFeedback",
            outcomeIdentifier="FEEDBACK",
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
        marking.kprim(processing, len(pairs))
    else:
        marking.mapped(processing)
    _say_lost_feedback(item, "pernyataan")


def _matching(item: QtiItem) -> None:
    options = item.question.options
    rows = [option for option in options if option.group == "row"]
    choices = [option for option in options if option.group != "row"]
    pairs = [f"{identifier(row.key)} {identifier(row.match)}" for row in rows]
    _pair_up(item, pairs, rows, choices)
    marking.mapped(item.processing())
    _say_lost_feedback(item, "baris")


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
    )
    left = SubElement(interaction, "simpleMatchSet")
    _add_choices(left, "simpleAssociableChoice", rows, matchMax="1")
    right = SubElement(interaction, "simpleMatchSet")
    _add_choices(
        right, "simpleAssociableChoice", choices, matchMax=str(max(1, len(rows)))
    )


def _ordering(item: QtiItem) -> None:
    options = item.question.options
    names = [identifier(option.key) for option in options]
    declare_response(item.root, RESPONSE, "ordered", "identifier", names)
    interaction = SubElement(
        item.body(), "orderInteraction", responseIdentifier=RESPONSE, shuffle="true"
    )
    _add_choices(interaction, "simpleChoice", options)
    processing = item.processing()
    if item.question.scoring == "absolute":
        marking.places(processing, names)
    else:
        marking.all_or_nothing(processing)
        if item.question.scoring != "all_or_nothing":
            item.losses.append(_RULE.format("semua urutan benar, atau nol"))
    _say_lost_feedback(item, "langkah")


def _gap_select(item: QtiItem) -> None:
    question = item.question
    by_key = {option.key: option for option in question.options}
    keys = [key for key in gaps.keys_in(question.stem) if key in by_key]
    names = [f"{RESPONSE}_{number}" for number in range(1, len(keys) + 1)]
    for name, key in zip(names, keys, strict=True):
        right = identifier(key)
        declare_response(item.root, name, "single", "identifier", [right])
    body = item.body()
    put_choices(
        body,
        [
            (name, [o for o in question.options if o.group == by_key[key].group])
            for name, key in zip(names, keys, strict=True)
        ],
    )
    marking.parts(item.processing(), names)
    _say_lost_feedback(item, "pilihan")


def _mark_text(item: QtiItem) -> None:
    question = item.question
    by_key = {option.key: option for option in question.options}
    right = [identifier(o.key) for o in question.options if o.fraction > 0]
    declare_response(
        item.root, RESPONSE, "multiple", "identifier", right, _weights(question)
    )
    body = item.body(with_stem=False)
    interaction = SubElement(
        body, "hottextInteraction", responseIdentifier=RESPONSE, maxChoices="0"
    )
    inside = SubElement(interaction, "div")
    item.losses += add_stem(inside, question)
    put_passages(inside, [by_key[key] for key in gaps.keys_in(question.stem)])
    processing = item.processing()
    if right:
        _mark_choices(processing, question)
    else:
        marking.nothing_chosen(processing)
    _say_lost_feedback(item, "bagian")


def _short_text(item: QtiItem) -> None:
    question = item.question
    scoring = question.scoring or "normalized"
    best = [o.text for o in question.options if o.fraction == 1]
    shares = {o.text: o.fraction for o in question.options}
    is_exact = scoring == "exact"
    declare_response(
        item.root,
        RESPONSE,
        "single",
        "string",
        [] if scoring == "wildcard" else best[:1],
        None if scoring == "wildcard" else shares,
        caseSensitive="true" if is_exact else "false",
    )
    _entry(item)
    if scoring == "wildcard":
        marking.patterns(item.processing(), question.options)
    else:
        marking.mapped(item.processing())
    if scoring == "normalized":
        item.losses.append(_RULE.format("ejaan yang dirapikan tidak disamakan"))
    _say_lost_feedback(item, "jawaban")


def _numeric(item: QtiItem) -> None:
    options = item.question.options
    best = [option.text for option in options if option.fraction == 1]
    declare_response(item.root, RESPONSE, "single", "float", best[:1])
    body = _entry(item)
    unit = str(item.question.settings.get("unit", ""))
    if unit:
        body[-1][0].tail = f" {unit}"
    marking.tolerances(item.processing(), options)
    _say_lost_feedback(item, "jawaban")


def _entry(item: QtiItem) -> Element:
    body = item.body()
    paragraph = SubElement(body, "p")
    SubElement(
        paragraph,
        "textEntryInteraction",
        responseIdentifier=RESPONSE,
        expectedLength="40",
    )
    return body


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
    "numeric": _numeric,
    "short_text": _short_text,
    "mark_text": _mark_text,
}
