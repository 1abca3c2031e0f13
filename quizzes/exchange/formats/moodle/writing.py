"""Our questions in Moodle's terms, and what Moodle will not see of them."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from quizzes.exchange.formats.keys import replace_gaps
from quizzes.exchange.formats.moodle.question import (
    FALSE_TEXT,
    TRUE_TEXT,
    MoodleAnswer,
    MoodleKind,
    MoodlePair,
    MoodleQuestion,
)
from quizzes.questions.content import OptionContent, QuestionContent
from quizzes.questions.types import gaps
from quizzes.questions.types.shares import plain_number

_AS = "Di Moodle soal ini menjadi {}. Bila diimpor kembali ke sini, ia tetap utuh."
_FEEDBACK = (
    "Moodle tidak menampilkan umpan balik tiap {}. Bila perlu, pindahkan isinya ke "
    "pembahasan."
)
_RULE = "Moodle menilai soal ini dengan cara lain: {}. Periksa nilainya di sana."
_GRADINGS = {
    "all_or_nothing": "ALL_OR_NOTHING",
    "absolute": "ABSOLUTE_POSITION",
    "relative_to_correct": "RELATIVE_TO_CORRECT",
    "": "RELATIVE_TO_CORRECT",
}


@dataclass(frozen=True)
class WrittenQuestion:
    """A question in Moodle's terms and what is lost to Moodle."""

    question: MoodleQuestion
    losses: Sequence[str]


def to_moodle(
    question: QuestionContent, kinds: Collection[MoodleKind]
) -> WrittenQuestion:
    """Return the question as one of the `kinds` that the format knows."""
    return _WRITERS[question.type](question, kinds)


def _written(
    question: QuestionContent,
    kind: MoodleKind,
    *,
    losses: Iterable[str] = (),
    beside: Sequence[str] = ("group", "match"),
    stem: str | None = None,
    answers: Sequence[MoodleAnswer] = (),
    pairs: Sequence[MoodlePair] = (),
    extras: dict[str, Any] | None = None,
    **said: Any,
) -> WrittenQuestion:
    """Put the parts together; `beside` are the fields of options that go along."""
    moodle = MoodleQuestion(
        kind=kind,
        name=question.key,
        stem=question.stem if stem is None else stem,
        answers=answers,
        pairs=pairs,
        feedback=question.feedback,
        idnumber=question.key,
        tags=tuple(question.tags),
        extras={
            **_extras(question),
            "options": [_row(option, beside) for option in question.options],
            **(extras or {}),
        },
        **said,
    )
    return WrittenQuestion(moodle, tuple(filter(None, losses)))


def _extras(question: QuestionContent) -> dict[str, Any]:
    """Return what Moodle has no place for, in any type."""
    found = {
        "type": question.type,
        "scoring": question.scoring,
        "objective": question.objective_key,
        "level": question.level,
        "pillar": question.pillar,
        "sources": list(question.source_keys),
        "checked": question.checked_on.isoformat() if question.checked_on else "",
        "settings": dict(question.settings),
    }
    return {name: value for name, value in found.items() if value}


def _row(option: OptionContent, fields: Sequence[str]) -> dict[str, str]:
    row = {"key": option.key}
    for name in fields:
        value = getattr(option, name)
        if value:
            is_number = isinstance(value, Decimal)
            row[name] = f"{plain_number(value):f}" if is_number else value
    return row


def _feedback_loss(question: QuestionContent, what: str) -> str:
    has_any = any(option.feedback for option in question.options)
    return _FEEDBACK.format(what) if has_any else ""


def _offered(options: Iterable[OptionContent]) -> list[MoodleAnswer]:
    return [MoodleAnswer(o.text, o.fraction, o.feedback) for o in options]


def _shared(options: Sequence[OptionContent]) -> list[MoodleAnswer]:
    """Weigh right and wrong options so that Moodle's sum is our balanced rule."""
    right = sum(option.fraction > 0 for option in options)
    wrong = len(options) - right
    return [
        MoodleAnswer(
            o.text,
            Decimal(1) / right if o.fraction > 0 else Decimal(-1) / wrong,
            o.feedback,
        )
        for o in options
    ]


def _single_choice(
    question: QuestionContent, _kinds: Collection[MoodleKind]
) -> WrittenQuestion:
    return _written(question, "choice", answers=_offered(question.options))


def _situational(
    question: QuestionContent, _kinds: Collection[MoodleKind]
) -> WrittenQuestion:
    return _written(
        question,
        "choice",
        answers=_offered(question.options),
        losses=[_AS.format("pilihan ganda dengan bobot")],
    )


def _multiple_response(
    question: QuestionContent, _kinds: Collection[MoodleKind]
) -> WrittenQuestion:
    if question.scoring == "fractions":
        return _written(question, "choices", answers=_offered(question.options))
    return _written(
        question,
        "choices",
        answers=_shared(question.options),
        losses=[*_whole_losses(question), *_none_right_losses(question)],
    )


def _whole_losses(question: QuestionContent) -> list[str]:
    is_whole = question.scoring == "all_or_nothing"
    return [_RULE.format("tiap pilihan berbobot, bukan semua atau nol")] * is_whole


def _none_right_losses(question: QuestionContent) -> list[str]:
    if any(option.fraction > 0 for option in question.options):
        return []
    return ["Moodle tidak mengenal soal tanpa pilihan benar. Sunting di sana."]


def _true_false_set(
    question: QuestionContent, _kinds: Collection[MoodleKind]
) -> WrittenQuestion:
    return _written(
        question,
        "match",
        pairs=[
            MoodlePair(o.text, TRUE_TEXT if o.fraction > 0 else FALSE_TEXT)
            for o in question.options
        ],
        beside=("group", "match", "feedback"),
        losses=[
            _AS.format("soal menjodohkan dengan Benar dan Salah"),
            _feedback_loss(question, "pernyataan"),
        ],
    )


def _matching(
    question: QuestionContent, _kinds: Collection[MoodleKind]
) -> WrittenQuestion:
    texts = {o.key: o.text for o in question.options if o.group != "row"}
    rows = [option for option in question.options if option.group == "row"]
    used = {row.match for row in rows}
    pairs = [MoodlePair(row.text, texts.get(row.match, "")) for row in rows]
    pairs += [MoodlePair("", text) for key, text in texts.items() if key not in used]
    return _written(
        question,
        "match",
        pairs=pairs,
        beside=("group", "match", "feedback", "fraction"),
        losses=[_feedback_loss(question, "baris")],
    )


def _ordering(
    question: QuestionContent, kinds: Collection[MoodleKind]
) -> WrittenQuestion:
    losses = [_feedback_loss(question, "langkah")]
    beside = ("group", "match", "feedback", "fraction")
    if "order" in kinds:
        return _written(
            question,
            "order",
            answers=[MoodleAnswer(option.text) for option in question.options],
            grading=_GRADINGS.get(question.scoring, ""),
            beside=beside,
            losses=losses,
        )
    return _written(
        question,
        "match",
        pairs=[
            MoodlePair(option.text, str(position))
            for position, option in enumerate(question.options, 1)
        ],
        beside=beside,
        losses=[_AS.format("soal menjodohkan dengan nomor urut"), *losses],
    )


def _gap_select(
    question: QuestionContent, kinds: Collection[MoodleKind]
) -> WrittenQuestion:
    losses = [_feedback_loss(question, "pilihan")]
    beside = ("group", "match", "feedback", "fraction")
    if "gaps" in kinds:
        return _with_numbered_answers(question, beside, losses)
    texts = {option.key: option.text for option in question.options}
    named = [key for key in gaps.keys_in(question.stem) if key in texts]
    pairs = [MoodlePair(f"[[{at}]]", texts[key]) for at, key in enumerate(named, 1)]
    pairs += [MoodlePair("", text) for key, text in texts.items() if key not in named]
    return _written(
        question,
        "match",
        stem=_numbered(question.stem, texts),
        pairs=pairs,
        beside=beside,
        extras={"gaps": named},
        losses=[_AS.format("soal menjodohkan dengan nomor isian"), *losses],
    )


def _with_numbered_answers(
    question: QuestionContent, beside: Sequence[str], losses: Sequence[str]
) -> WrittenQuestion:
    """Name the answers by their number and the groups by theirs, as gapselect does."""
    numbers = {o.key: str(at) for at, o in enumerate(question.options, 1)}
    groups = list(dict.fromkeys(option.group for option in question.options))
    return _written(
        question,
        "gaps",
        stem=replace_gaps(question.stem, lambda key: f"[[{numbers.get(key, key)}]]"),
        answers=[
            MoodleAnswer(o.text, group=str(groups.index(o.group) + 1))
            for o in question.options
        ],
        beside=beside,
        losses=losses,
    )


def _numbered(stem: str, known: Collection[str]) -> str:
    """Return the stem with its gaps by number in the order of reading."""
    count = iter(range(1, len(stem)))
    return replace_gaps(
        stem, lambda key: f"[[{next(count)}]]" if key in known else f"[[{key}]]"
    )


def _mark_text(
    question: QuestionContent, _kinds: Collection[MoodleKind]
) -> WrittenQuestion:
    numbers = {o.key: (o.text, at) for at, o in enumerate(question.options, 1)}

    def shown(key: str) -> str:
        text, number = numbers.get(key, ("", 0))
        return f"{text} [[{number}]]" if number else f"[[{key}]]"

    return _written(
        question,
        "choices",
        stem=replace_gaps(question.stem, shown),
        answers=_shared(question.options),
        losses=[
            _AS.format("pilihan ganda dengan beberapa jawaban"),
            *_whole_losses(question),
        ],
    )


def _short_text(
    question: QuestionContent, _kinds: Collection[MoodleKind]
) -> WrittenQuestion:
    is_normal = question.scoring in {"", "normalized"}
    return _written(
        question,
        "text",
        answers=_offered(question.options),
        case_matters=question.scoring == "exact",
        losses=[_RULE.format("ejaan yang dirapikan tidak disamakan")] * is_normal,
    )


def _numeric(
    question: QuestionContent, _kinds: Collection[MoodleKind]
) -> WrittenQuestion:
    settings = dict(question.settings)
    unit = str(settings.pop("unit", ""))
    return _written(
        question,
        "number",
        answers=[
            MoodleAnswer(o.text, o.fraction, o.feedback, amount_of(o.text, o.match))
            for o in question.options
        ],
        unit=unit,
        extras={"settings": settings},
    )


def amount_of(text: str, tolerance: str) -> str:
    """Return a tolerance as an amount: 5% of 200 is "10", "" is "0"."""
    if not tolerance.endswith("%"):
        return tolerance or "0"
    amount = abs(Decimal(text)) * Decimal(tolerance[:-1]) / 100
    return f"{plain_number(amount):f}"


def _dialogue(
    question: QuestionContent, _kinds: Collection[MoodleKind]
) -> WrittenQuestion:
    settings = dict(question.settings)
    scenes: Sequence[dict[str, str]] = settings.pop("scenes", ())
    told = [f"[[{at}]] {scene['text']}" for at, scene in enumerate(scenes, 1)]
    return _written(
        question,
        "choice",
        stem="\n\n".join([question.stem, *told]),
        answers=_offered(question.options),
        extras={"settings": settings, "scenes": [scene["key"] for scene in scenes]},
        losses=[
            "Moodle tidak mengenal percakapan: di sana semua balasan menjadi satu "
            "pilihan ganda, dan perlu disunting. Bila diimpor kembali ke sini, "
            "percakapannya tetap utuh."
        ],
    )


_Writer = Callable[[QuestionContent, Collection[MoodleKind]], WrittenQuestion]
_WRITERS: dict[str, _Writer] = {
    "single_choice": _single_choice,
    "multiple_response": _multiple_response,
    "true_false_set": _true_false_set,
    "matching": _matching,
    "ordering": _ordering,
    "gap_select": _gap_select,
    "numeric": _numeric,
    "short_text": _short_text,
    "situational": _situational,
    "mark_text": _mark_text,
    "dialogue": _dialogue,
}
