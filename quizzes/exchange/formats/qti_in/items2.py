"""Items of QTI 2.1, 2.2 and 3.0 as questions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from xml.etree.ElementTree import Element

from quizzes.exchange.formats.keys import letters
from quizzes.exchange.formats.moodle.kinds import is_balanced
from quizzes.exchange.formats.qti_in.item import (
    NotTaken,
    ReadingItem,
    inside,
    question_of,
    shares_of,
)
from quizzes.exchange.formats.qti_in.refused import INTERACTIONS, refusal_of
from quizzes.exchange.formats.qti_in.scoring import (
    Response,
    accepted_by_rules,
    responses_of,
    template_of,
)
from quizzes.questions.content import OptionContent, QuestionContent

_OWN_RULE = (
    "Aturan nilai di berkas ini ditulis khusus dan tidak dibaca; yang dipakai kunci "
    "dan bobotnya. Periksa aturan nilainya."
)
NONE_OF_THEM = "o-tidak-ada"
"""The choice of none of the others, as this site writes it."""
_MATHS = "math"
_TRUTHS = ({"benar", "salah"}, {"true", "false"}, {"ya", "tidak"})
_TRUE = frozenset({"benar", "true", "ya"})
# Beside these nothing is asked, and what they say is no part of the question.
_ASIDE = frozenset({"rubricBlock", "feedbackInline", "feedbackBlock", "templateInline"})


def read_item_of_qti2(item: ReadingItem) -> QuestionContent:
    """Return the question of an item. Raises NotTaken with the reason."""
    root = item.root
    body = root.find("itemBody")
    if body is None:
        raise NotTaken("Soal ini tidak punya isi (itemBody). Ekspor ulang.")
    _refuse_whole(root)
    asked = [one for one in body.iter() if one.tag.endswith("Interaction")]
    if not asked:
        raise NotTaken("Tidak ada yang ditanyakan di soal ini. Hapus dari paket.")
    for one in asked:
        if one.tag not in _READERS:
            raise NotTaken(refusal_of(INTERACTIONS.get(one.tag, one.tag)))
    names = {one.tag for one in asked}
    if len(asked) > 1 and names != {"inlineChoiceInteraction"}:
        raise NotTaken(
            "Soal ini menanyakan beberapa hal sekaligus. Pecah menjadi soal "
            "tersendiri di sistem asal."
        )
    responses = responses_of(root)
    question = _READERS[asked[0].tag](item, body, asked, responses)
    if template_of(root) == "own":
        item.losses.append(_OWN_RULE)
    return replace(question, feedback=_feedback(item, question))


def _refuse_whole(root: Element) -> None:
    if root.get("adaptive") == "true":
        raise NotTaken("Soal adaptif tidak dapat dinilai di sini. Tulis ulang soalnya.")
    if root.find("templateDeclaration") is not None:
        raise NotTaken("Soal dengan angka acak (template) tidak dapat dibaca.")
    if root.find("assessmentStimulusRef") is not None:
        raise NotTaken(
            "Bacaan soal ini berdiri di berkas lain. Salin bacaannya ke dalam soal."
        )
    if next(root.iter(_MATHS), None) is not None:
        raise NotTaken("Rumus (MathML) tidak dapat dibaca. Tulis sebagai teks biasa.")
    for name in ("object", "video", "audio", "iframe"):
        if next(root.iter(name), None) is not None:
            raise NotTaken(
                f"Media <{name}> tidak dapat dibaca. Ganti dengan gambar atau teks."
            )


def _stem(
    item: ReadingItem, body: Element, instead: Callable[[Element], str | None]
) -> str:
    def replaced(element: Element) -> str | None:
        if element.tag in _ASIDE:
            item.losses.append(
                "Rubrik atau umpan balik di dalam soal tidak ikut. Bila perlu, tulis "
                "di pembahasan."
            )
            return ""
        if element.tag.endswith("Interaction"):
            own = instead(element)
            return own if own is not None else _prompt(element)
        return instead(element)

    return item.block(inside(body, replaced))


def _prompt(interaction: Element) -> str:
    prompt = interaction.find("prompt")
    return "" if prompt is None else f"<p>{inside(prompt, _nothing)}</p>"


def _nothing(_element: Element) -> str | None:
    return None


def _without_feedback(element: Element) -> str | None:
    return "" if element.tag in _ASIDE else None


def _words(item: ReadingItem, choice: Element) -> str:
    return item.line(inside(choice, _without_feedback))


def _of(
    responses: Mapping[str, Response], interaction: Element, *, needs: bool = True
) -> Response:
    found = responses.get(interaction.get("responseIdentifier", ""))
    if found is None or (needs and not found.correct and not found.mapping):
        raise NotTaken(
            "Kunci soal ini tidak ada di berkas (correctResponse). Ekspor ulang dengan "
            "kuncinya."
        )
    return found


def _inline_feedback(item: ReadingItem, choice: Element) -> str:
    said = [
        item.line(inside(one, _nothing)) for one in choice.iterfind("feedbackInline")
    ]
    name = choice.get("identifier", "")
    said += [
        item.line(inside(one, _nothing))
        for one in item.root.iterfind("modalFeedback")
        if one.get("identifier") == name and one.get("showHide", "show") == "show"
    ]
    return " ".join(filter(None, said))


def _choice(
    item: ReadingItem,
    body: Element,
    asked: Sequence[Element],
    responses: Mapping[str, Response],
) -> QuestionContent:
    interaction = asked[0]
    response = _of(responses, interaction)
    choices = [
        one
        for one in interaction.findall("simpleChoice")
        if one.get("identifier") != NONE_OF_THEM
    ]
    response = replace(
        response, correct=[one for one in response.correct if one != NONE_OF_THEM]
    )
    names = [one.get("identifier", "") for one in choices]
    _check_known(response, names)
    options = [
        OptionContent(key, _words(item, one), feedback=_inline_feedback(item, one))
        for key, one in zip(letters(len(choices)), choices, strict=True)
    ]
    stem = _stem(item, body, _nothing)
    is_single = interaction.get("maxChoices", "1") == "1"
    if is_single:
        return question_of(
            "single_choice", stem, _single(response, names, options, item.root)
        )
    return _several(response, names, options, stem, item.root)


def _check_known(response: Response, names: Sequence[str]) -> None:
    unknown = [one for one in response.correct if one not in names]
    if unknown:
        raise NotTaken(
            f"Kuncinya “{unknown[0][:40]}” tidak ada di antara pilihannya. Perbaiki di "
            "sistem asal."
        )


def _is_mapped(response: Response, root: Element) -> bool:
    """Whether marks come from the mapping rather than from what is correct."""
    template = template_of(root)
    return bool(response.mapping) and template != "match_correct"


def _single(
    response: Response,
    names: Sequence[str],
    options: Sequence[OptionContent],
    root: Element,
) -> list[OptionContent]:
    if not _is_mapped(response, root):
        if len(response.correct) != 1:
            raise NotTaken(
                "Hanya satu pilihan dapat dijawab, tetapi kuncinya lebih dari satu. "
                "Perbaiki di sistem asal."
            )
        right = set(response.correct)
        return [
            replace(option, fraction=Decimal(name in right))
            for option, name in zip(options, names, strict=True)
        ]
    best = max(response.mapping.values(), default=Decimal(0))
    shares = shares_of(response.mapping, best)
    return [
        replace(option, fraction=shares.get(name, Decimal(0)))
        for option, name in zip(options, names, strict=True)
    ]


def _several(
    response: Response,
    names: Sequence[str],
    options: Sequence[OptionContent],
    stem: str,
    root: Element,
) -> QuestionContent:
    right = set(response.correct)
    if not _is_mapped(response, root):
        told = [
            replace(option, fraction=Decimal(name in right))
            for option, name in zip(options, names, strict=True)
        ]
        return question_of("multiple_response", stem, told, "all_or_nothing")
    if not right and all(response.mapping.get(name, 0) <= 0 for name in names):
        return question_of("multiple_response", stem, list(options), "balanced")
    shares = shares_of(response.mapping, response.upper)
    worths = [shares.get(name, Decimal(0)) for name in names]
    if is_balanced(worths):
        told = [
            replace(option, fraction=Decimal(worth > 0))
            for option, worth in zip(options, worths, strict=True)
        ]
        return question_of("multiple_response", stem, told, "balanced")
    told = [
        replace(option, fraction=worth)
        for option, worth in zip(options, worths, strict=True)
    ]
    return question_of("multiple_response", stem, told, "fractions")


def _match(
    item: ReadingItem,
    body: Element,
    asked: Sequence[Element],
    responses: Mapping[str, Response],
) -> QuestionContent:
    sets = asked[0].findall("simpleMatchSet")
    if len(sets) != 2:
        raise NotTaken("Soal menjodohkan ini tidak punya dua daftar. Ekspor ulang.")
    rows, choices = (one.findall("simpleAssociableChoice") for one in sets)
    response = _of(responses, asked[0])
    said = response.correct or [one for one, worth in response.mapping.items() if worth]
    pairs = [tuple(one.split()) for one in said]
    match_of = {pair[0]: pair[1] for pair in pairs if len(pair) == 2}
    names = [one.get("identifier", "") for one in rows]
    if len(match_of) != len(pairs) or set(match_of) != set(names):
        raise NotTaken(
            "Tiap baris soal menjodohkan harus punya tepat satu pasangan. Tulis ulang "
            "soal ini."
        )
    keys = letters(len(rows) + len(choices))
    key_of = {
        one.get("identifier", ""): key
        for one, key in zip(choices, keys[len(rows) :], strict=True)
    }
    if not set(match_of.values()) <= set(key_of):
        raise NotTaken("Kuncinya menunjuk pasangan yang tidak ada. Ekspor ulang.")
    stem = _stem(item, body, _nothing)
    texts = {one.get("identifier", ""): _words(item, one) for one in choices}
    truth = _truths(item, rows, match_of, texts)
    if truth:
        return question_of("true_false_set", stem, truth)
    options = [
        OptionContent(key, _words(item, row), group="row", match=key_of[match_of[name]])
        for key, row, name in zip(keys, rows, names, strict=False)
    ]
    options += [
        OptionContent(key, texts[name], group="choice") for name, key in key_of.items()
    ]
    return question_of("matching", stem, options)


def _truths(
    item: ReadingItem,
    rows: Sequence[Element],
    match_of: Mapping[str, str],
    texts: Mapping[str, str],
) -> list[OptionContent]:
    """Return statements where the pairs are true and false, none where not."""
    words = {name: text.casefold() for name, text in texts.items()}
    if len(words) != 2 or set(words.values()) not in _TRUTHS:
        return []
    return [
        OptionContent(
            key,
            _words(item, row),
            Decimal(words[match_of[row.get("identifier", "")]] in _TRUE),
        )
        for key, row in zip(letters(len(rows)), rows, strict=True)
    ]


def _order(
    item: ReadingItem,
    body: Element,
    asked: Sequence[Element],
    responses: Mapping[str, Response],
) -> QuestionContent:
    choices = {one.get("identifier", ""): one for one in asked[0].iter("simpleChoice")}
    response = _of(responses, asked[0])
    if sorted(response.correct) != sorted(choices):
        raise NotTaken("Urutan yang benar tidak memuat semua langkah. Ekspor ulang.")
    options = [
        OptionContent(key, _words(item, choices[name]))
        for key, name in zip(letters(len(choices)), response.correct, strict=True)
    ]
    is_strict = template_of(item.root) == "match_correct"
    scoring = "all_or_nothing" if is_strict else ""
    return question_of("ordering", _stem(item, body, _nothing), options, scoring)


def _inline(
    item: ReadingItem,
    body: Element,
    asked: Sequence[Element],
    responses: Mapping[str, Response],
) -> QuestionContent:
    count = sum(len(one.findall("inlineChoice")) for one in asked)
    free = iter(letters(count))
    options: list[OptionContent] = []
    key_of: dict[str, str] = {}
    lists: dict[tuple[str, ...], list[str]] = {}
    for one in asked:
        response = _of(responses, one)
        choices = one.findall("inlineChoice")
        names = [choice.get("identifier", "") for choice in choices]
        _check_known(response, names)
        if len(response.correct) != 1:
            raise NotTaken("Tiap isian harus punya tepat satu kunci. Ekspor ulang.")
        right = names.index(response.correct[0])
        words = tuple(_words(item, choice) for choice in choices)
        keys = lists.get(words)
        # Gaps of the same list share it, but no answer serves two of them.
        if keys is None or keys[right] in key_of.values():
            keys = [next(free) for _ in words]
            group = f"g{len(lists) + 1}" if len(asked) > 1 else ""
            lists[words] = keys
            options += [
                OptionContent(key, text, group=group)
                for key, text in zip(keys, words, strict=True)
            ]
        key_of[response.name] = keys[right]

    def gap(element: Element) -> str | None:
        if element.tag != "inlineChoiceInteraction":
            return None
        return f"[[{key_of[element.get('responseIdentifier', '')]}]]"

    return question_of("gap_select", _stem(item, body, gap), options)


def _hottext(
    item: ReadingItem,
    body: Element,
    asked: Sequence[Element],
    responses: Mapping[str, Response],
) -> QuestionContent:
    response = _of(responses, asked[0], needs=False)
    passages = list(asked[0].iter("hottext"))
    names = [one.get("identifier", "") for one in passages]
    _check_known(response, names)
    key_of = dict(zip(names, letters(len(names)), strict=True))
    options = [
        OptionContent(
            key_of[name], _words(item, one), Decimal(name in set(response.correct))
        )
        for one, name in zip(passages, names, strict=True)
    ]

    def passage(element: Element) -> str | None:
        if element.tag == "hottext":
            return f"[[{key_of[element.get('identifier', '')]}]]"
        if element.tag == "hottextInteraction":
            rest = [one for one in element if one.tag != "prompt"]
            kept = Element("div")
            kept.extend(rest)
            return _prompt(element) + inside(kept, passage)
        return None

    is_strict = template_of(item.root) == "match_correct"
    scoring = "all_or_nothing" if is_strict else ""
    return question_of("mark_text", _stem(item, body, passage), options, scoring)


def _typed(
    item: ReadingItem,
    body: Element,
    asked: Sequence[Element],
    responses: Mapping[str, Response],
) -> QuestionContent:
    response = _of(responses, asked[0])

    def gap(element: Element) -> str | None:
        return " … " if element.tag == "textEntryInteraction" else None

    stem = _stem(item, body, gap).removesuffix("…").strip()
    if response.base_type in {"float", "integer"}:
        accepted = accepted_by_rules(item.root, response)
        options = [
            OptionContent(key, one.value, one.worth, match=one.tolerance)
            for key, one in zip(letters(len(accepted)), accepted, strict=True)
        ]
        return question_of("numeric", stem, options)
    worths = {one: Decimal(1) for one in response.correct}
    if response.mapping and template_of(item.root) != "match_correct":
        best = max(response.mapping.values())
        worths = shares_of(response.mapping, best) | {
            one: worth for one, worth in worths.items() if one not in response.mapping
        }
    if response.default:
        raise NotTaken(
            "Jawaban yang tidak terdaftar diberi nilai. Tulis ulang soalnya."
        )
    options = [
        OptionContent(key, words, worth)
        for key, (words, worth) in zip(
            letters(len(worths)), worths.items(), strict=True
        )
    ]
    return question_of(
        "short_text", stem, options, "exact" if response.is_exact else "casefold"
    )


def _feedback(item: ReadingItem, question: QuestionContent) -> str:
    """Return what is said of the whole question; what is said of marks is told."""
    choices = {one.get("identifier") for one in item.root.iter("simpleChoice")}
    general = [
        one
        for one in item.root.iterfind("modalFeedback")
        if one.get("identifier") not in choices
    ]
    if len(general) > 1:
        item.losses.append(
            "Umpan balik menurut nilai tidak ikut. Bila perlu, tulis di pembahasan."
        )
    return item.block(inside(general[0], _nothing)) if len(general) == 1 else ""


_Reader = Callable[
    [ReadingItem, Element, Sequence[Element], Mapping[str, Response]], QuestionContent
]
_READERS: Mapping[str, _Reader] = {
    "choiceInteraction": _choice,
    "matchInteraction": _match,
    "orderInteraction": _order,
    "inlineChoiceInteraction": _inline,
    "hottextInteraction": _hottext,
    "textEntryInteraction": _typed,
}
