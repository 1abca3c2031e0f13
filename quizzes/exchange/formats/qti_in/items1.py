"""Items of QTI 1.2 as questions: Canvas, Blackboard and whatever writes plain 1.2."""

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from xml.etree.ElementTree import Element

from quizzes.exchange.formats.keys import letters
from quizzes.exchange.formats.qti_in.conditions import (
    Worth,
    accepted_numbers,
    named_by,
    worths_of,
)
from quizzes.exchange.formats.qti_in.item import (
    NotTaken,
    ReadingItem,
    question_of,
    shares_of,
)
from quizzes.exchange.formats.qti_in.refused import CANVAS, refusal_of
from quizzes.questions.content import OptionContent, QuestionContent

_BLANK = re.compile(r"\[(?P<name>[^\[\]\n]{1,60})\]")
_STRANGE = ("mataudio", "matvideo", "matapplet", "matapplication", "render_hotspot")


@dataclass(frozen=True)
class AskedResponse:
    """A response of an item: its name, its words, and its choices by identifier."""

    name: str
    words: str
    choices: Mapping[str, Element]
    is_several: bool
    is_typed: bool


def read_item_of_qti1(item: ReadingItem) -> QuestionContent:
    """Return the question of an item. Raises NotTaken with the reason."""
    root = item.root
    kind = _kind(root)
    if kind in CANVAS:
        raise NotTaken(refusal_of(CANVAS[kind]))
    for name in _STRANGE:
        if next(root.iter(name), None) is not None:
            raise NotTaken("Suara, video, atau titik pada gambar tidak dapat dibaca.")
    presentation = root.find("presentation")
    asked = [] if presentation is None else list(_asked(presentation))
    if presentation is None or not asked:
        raise NotTaken("Tidak ada yang ditanyakan di soal ini. Hapus dari paket.")
    question = _reader(kind, asked)(item, _stem(item, presentation), asked)
    return replace(question, feedback=_feedback(item))


def _kind(root: Element) -> str:
    """Return what Canvas or Blackboard calls the kind of a question, "" elsewhere."""
    for one in root.iter("qtimetadatafield"):
        if one.findtext("fieldlabel", "").strip() in {"question_type", "cc_profile"}:
            return one.findtext("fieldentry", "").strip()
    found = next(root.iter("bbmd_questiontype"), None)
    return "" if found is None else (found.text or "").strip()


_Reader = Callable[[ReadingItem, str, Sequence[AskedResponse]], QuestionContent]


def _reader(kind: str, asked: Sequence[AskedResponse]) -> _Reader:
    if any(one.is_typed for one in asked):
        if len(asked) > 1:
            raise NotTaken(refusal_of("beberapa isian ketik"))
        return _numeric if kind in {"numerical_question", "Numeric"} else _typed
    if kind == "multiple_dropdowns_question":
        return _dropdowns
    if kind in {"matching_question", "Matching"}:
        return _matching
    if len(asked) == 1:
        return _choice
    raise NotTaken(
        "Soal ini menanyakan beberapa hal sekaligus. Pecah menjadi soal tersendiri."
    )


def _asked(presentation: Element) -> list[AskedResponse]:
    found = []
    for one in presentation.iter():
        if one.tag not in {"response_lid", "response_str", "response_num"}:
            if one.tag in {"response_xy", "response_grp"}:
                raise NotTaken(refusal_of("titik atau benda pada gambar"))
            continue
        labels = list(one.iter("response_label"))
        is_typed = next(one.iter("render_fib"), None) is not None
        material = one.find("material")
        found.append(
            AskedResponse(
                one.get("ident", ""),
                "" if material is None else _html(material),
                {} if is_typed else {label.get("ident", ""): label for label in labels},
                one.get("rcardinality", "Single").lower() == "multiple",
                is_typed,
            )
        )
    return found


def _stem(item: ReadingItem, presentation: Element) -> str:
    """Return the words that stand before the responses, as HTML."""
    pieces: list[str] = []

    def walk(element: Element) -> None:
        for child in element:
            if child.tag == "material":
                pieces.append(_html(child))
            elif not child.tag.startswith("response_"):
                walk(child)

    walk(presentation)
    return "".join(pieces)


def _html(element: Element) -> str:
    """Return material as HTML; plain words are escaped."""
    pieces = []
    for one in element.iter():
        if one.tag == "mattext":
            is_html = one.get("texttype", "text/plain").lower() == "text/html"
            pieces.append(_said(one, is_html=is_html))
        elif one.tag == "mat_formattedtext":
            pieces.append(_said(one, is_html=one.get("type", "").upper() == "HTML"))
        elif one.tag == "matimage":
            source = html.escape(one.get("uri", ""))
            pieces.append(f'<img src="{source}" alt="">')
    return "".join(pieces)


def _said(element: Element, *, is_html: bool) -> str:
    words = "".join(element.itertext())
    if is_html:
        return words
    return "".join(f"<p>{html.escape(one)}</p>" for one in words.split("\n") if one)


def _options(item: ReadingItem, asked: AskedResponse) -> list[OptionContent]:
    texts = [item.line(_html(label)) for label in asked.choices.values()]
    feedback = _feedback_of(item, asked)
    return [
        OptionContent(key, text, feedback=feedback.get(name, ""))
        for key, text, name in zip(
            letters(len(texts)), texts, asked.choices, strict=True
        )
    ]


def _choice(
    item: ReadingItem, stem: str, asked: Sequence[AskedResponse]
) -> QuestionContent:
    one = asked[0]
    options = _options(item, one)
    worths = worths_of(item.root, one.name)
    unknown = set().union(*(worth.chosen for worth in worths)) - {*one.choices}
    if unknown:
        raise NotTaken(
            f"Kuncinya “{sorted(unknown)[0][:40]}” tidak ada di antara pilihannya."
        )
    markdown = item.block(stem)
    if one.is_several or any(len(worth.chosen) > 1 for worth in worths):
        return _several(markdown, one, options, worths)
    points = {next(iter(w.chosen)): w.points for w in worths if len(w.chosen) == 1}
    shares = shares_of(points, max(points.values(), default=Decimal(0)))
    return question_of("single_choice", markdown, _with(options, one, shares))


def _with(
    options: Sequence[OptionContent],
    asked: AskedResponse,
    shares: Mapping[str, Decimal],
) -> list[OptionContent]:
    return [
        replace(option, fraction=shares.get(name, Decimal(0)))
        for option, name in zip(options, asked.choices, strict=True)
    ]


def _several(
    stem: str,
    asked: AskedResponse,
    options: Sequence[OptionContent],
    worths: Sequence[Worth],
) -> QuestionContent:
    """Return a question with several answers: all of them at once, or each its part."""
    at_once = [one for one in worths if one.is_whole and one.points > 0]
    if len(at_once) == 1 and len(worths) == 1:
        right = dict.fromkeys(at_once[0].chosen, Decimal(1))
        return question_of(
            "multiple_response", stem, _with(options, asked, right), "all_or_nothing"
        )
    parts = {
        next(iter(one.chosen)): one.points for one in worths if len(one.chosen) == 1
    }
    if len(parts) != len(worths) or not all(one.is_added for one in worths):
        raise NotTaken(
            "Aturan nilai pilihan bergandanya tidak dikenal. Tulis ulang soal ini."
        )
    shares = shares_of(parts, None)
    return question_of(
        "multiple_response", stem, _with(options, asked, shares), "fractions"
    )


def _typed(
    item: ReadingItem, stem: str, asked: Sequence[AskedResponse]
) -> QuestionContent:
    worths = worths_of(item.root, asked[0].name)
    texts = {next(iter(one.chosen)): one.points for one in worths if one.chosen}
    if any(len(one.chosen) > 1 for one in worths):
        raise NotTaken("Kunci isiannya tidak dikenal. Tulis ulang soal ini.")
    shares = shares_of(texts, max(texts.values(), default=Decimal(0)))
    is_exact = any(
        one.get("case", "No").lower() == "yes" for one in item.root.iter("varequal")
    )
    options = [
        OptionContent(key, words, share)
        for key, (words, share) in zip(
            letters(len(shares)), shares.items(), strict=True
        )
    ]
    scoring = "exact" if is_exact else "casefold"
    return question_of("short_text", item.block(stem), options, scoring)


def _numeric(
    item: ReadingItem, stem: str, asked: Sequence[AskedResponse]
) -> QuestionContent:
    accepted = accepted_numbers(item.root)
    if not accepted:
        raise NotTaken("Angka yang diterima tidak terbaca. Tulis ulang soal ini.")
    options = [
        OptionContent(key, f"{value:f}", Decimal(1), match=f"{tolerance:f}")
        for key, (value, tolerance) in zip(
            letters(len(accepted)), accepted, strict=True
        )
    ]
    return question_of("numeric", item.block(stem), options)


def _key_at(item: ReadingItem, asked: AskedResponse) -> str:
    right = [one for one in worths_of(item.root, asked.name) if one.points > 0]
    if len(right) != 1 or len(right[0].chosen) != 1:
        raise NotTaken("Tiap bagian soal harus punya tepat satu kunci. Tulis ulang.")
    (name,) = right[0].chosen
    if name not in asked.choices:
        raise NotTaken(f"Kuncinya “{name[:40]}” tidak ada di antara pilihannya.")
    return name


def _matching(
    item: ReadingItem, stem: str, asked: Sequence[AskedResponse]
) -> QuestionContent:
    texts = {
        name: item.line(_html(label))
        for one in asked
        for name, label in one.choices.items()
    }
    keys = letters(len(asked) + len(texts))
    key_of = dict(zip(texts, keys[len(asked) :], strict=True))
    options = [
        OptionContent(
            key,
            item.line(one.words),
            group="row",
            match=key_of[_key_at(item, one)],
        )
        for key, one in zip(keys, asked, strict=False)
    ]
    options += [
        OptionContent(key_of[name], text, group="choice")
        for name, text in texts.items()
    ]
    return question_of("matching", item.block(stem), options)


def _dropdowns(
    item: ReadingItem, stem: str, asked: Sequence[AskedResponse]
) -> QuestionContent:
    free = iter(letters(sum(len(one.choices) for one in asked)))
    options, gap_of = [], {}
    for number, one in enumerate(asked, 1):
        right = _key_at(item, one)
        for name, label in one.choices.items():
            key = next(free)
            options.append(
                OptionContent(key, item.line(_html(label)), group=f"g{number}")
            )
            if name == right:
                gap_of[one.name.removeprefix("response_")] = key

    def gap(found: "re.Match[str]") -> str:
        key = gap_of.get(found["name"])
        return found[0] if key is None else f"[[{key}]]"

    written = _BLANK.sub(gap, stem)
    if any(f"[[{key}]]" not in written for key in gap_of.values()):
        raise NotTaken("Tempat isiannya tidak ditemukan di soal. Tulis ulang soal ini.")
    return question_of("gap_select", item.block(written), options)


def _feedback_of(item: ReadingItem, asked: AskedResponse) -> dict[str, str]:
    """Return what is said of each choice."""
    texts = _texts_of_feedback(item)
    return {
        name: item.line(texts[feedback])
        for name, feedback in named_by(item.root, asked.name).items()
        if feedback in texts
    }


def _texts_of_feedback(item: ReadingItem) -> dict[str, str]:
    return {
        one.get("ident", ""): _html(one) for one in item.root.iterfind("itemfeedback")
    }


def _feedback(item: ReadingItem) -> str:
    """Return what is said of the whole question; what is said of marks is told."""
    texts = _texts_of_feedback(item)
    general = texts.get("general_fb", "")
    by_marks = [one for one in texts if one in {"correct", "incorrect"}]
    by_marks += [one for one in texts if one in {"correct_fb", "general_incorrect_fb"}]
    if any(re.sub(r"<[^>]*>", "", texts[one]).strip() for one in by_marks):
        item.losses.append(
            "Umpan balik menurut nilai tidak ikut. Bila perlu, tulis di pembahasan."
        )
    return item.block(general) if general else ""
