"""Our questions in Moodle's terms, and what Moodle will not see of them."""

from collections.abc import Callable, Collection, Sequence
from decimal import Decimal

from quizzes.exchange.formats.keys import replace_gaps
from quizzes.exchange.formats.moodle.question import (
    FALSE_TEXT,
    TRUE_TEXT,
    MoodleAnswer,
    MoodlePair,
)
from quizzes.exchange.formats.moodle.typed import numeric, short_text
from quizzes.exchange.formats.moodle.written import (
    AS,
    RULE,
    Target,
    WrittenQuestion,
    alike_loss,
    feedback_loss,
    offered,
    with_listed_weights,
    written,
)
from quizzes.questions.content import QuestionContent
from quizzes.questions.types import gaps
from quizzes.questions.types.parts import ALL_OR_NOTHING

_GRADINGS = {
    "all_or_nothing": "ALL_OR_NOTHING",
    "absolute": "ABSOLUTE_POSITION",
    "relative_to_correct": "RELATIVE_TO_CORRECT",
    "": "RELATIVE_TO_CORRECT",
}
_UNTOUCHED = (
    "Moodle menilai urutan awal yang acak bila peserta tidak menyentuhnya; di sini "
    "jawaban itu kosong dan bernilai 0."
)


def to_moodle(question: QuestionContent, target: Target) -> WrittenQuestion:
    """Return the question as the nearest kind that files of the target can say."""
    return with_listed_weights(_WRITERS[question.type](question, target))


def _single_choice(question: QuestionContent, _target: Target) -> WrittenQuestion:
    return written(question, "choice", answers=offered(question.options))


def _situational(question: QuestionContent, _target: Target) -> WrittenQuestion:
    return written(
        question,
        "choice",
        answers=offered(question.options),
        losses=[AS.format("pilihan ganda dengan bobot")],
    )


def _multiple_response(question: QuestionContent, _target: Target) -> WrittenQuestion:
    if question.scoring == "fractions":
        return written(question, "choices", answers=offered(question.options))
    return written(
        question, "choices", answers=_shared(question), losses=_shared_losses(question)
    )


def _shared(question: QuestionContent) -> list[MoodleAnswer]:
    """Weigh right and wrong options so that Moodle's sum is our balanced rule.

    Where all must be right, one that is wrong takes everything away.
    """
    right = sum(option.fraction > 0 for option in question.options)
    wrong = len(question.options) - right
    takes_all = question.scoring == ALL_OR_NOTHING
    return [
        MoodleAnswer(
            o.text,
            Decimal(1) / right
            if o.fraction > 0
            else Decimal(-1) / (1 if takes_all else wrong),
            o.feedback,
        )
        for o in question.options
    ]


def _shared_losses(question: QuestionContent) -> list[str]:
    """Say what Moodle's sum cannot be."""
    right = sum(option.fraction > 0 for option in question.options)
    if not right:
        return [
            "Moodle tidak mengenal soal tanpa pilihan benar: di sana tidak ada jawaban "
            "yang bernilai. Sunting di sana."
        ]
    if question.scoring == ALL_OR_NOTHING and right > 1:
        return [RULE.format("sebagian pilihan benar mendapat bagian nilai")]
    return []


def _true_false_set(question: QuestionContent, _target: Target) -> WrittenQuestion:
    pairs = [
        MoodlePair(o.text, TRUE_TEXT if o.fraction > 0 else FALSE_TEXT)
        for o in question.options
    ]
    said = {pair.match for pair in pairs}
    # Where all are true, false must be offered all the same.
    pairs += [MoodlePair("", one) for one in (TRUE_TEXT, FALSE_TEXT) if one not in said]
    return written(
        question,
        "match",
        pairs=pairs,
        beside=("group", "match", "feedback"),
        losses=[
            AS.format("soal menjodohkan dengan Benar dan Salah"),
            *_parts_losses(question),
            feedback_loss(question, "pernyataan"),
        ],
    )


def _parts_losses(question: QuestionContent) -> list[str]:
    """Say where Moodle gives a part for each that is right and this site does not."""
    if question.scoring in {"", "parts"}:
        return []
    return [RULE.format("tiap pernyataan yang tepat mendapat bagian nilai")]


def _matching(question: QuestionContent, _target: Target) -> WrittenQuestion:
    texts = {o.key: o.text for o in question.options if o.group != "row"}
    rows = [option for option in question.options if option.group == "row"]
    used = {row.match for row in rows}
    pairs = [MoodlePair(row.text, texts.get(row.match, "")) for row in rows]
    pairs += [MoodlePair("", text) for key, text in texts.items() if key not in used]
    return written(
        question,
        "match",
        pairs=pairs,
        beside=("group", "match", "feedback", "fraction"),
        losses=[alike_loss(texts.values()), feedback_loss(question, "baris")],
    )


def _ordering(question: QuestionContent, _target: Target) -> WrittenQuestion:
    return written(
        question,
        "order",
        answers=[MoodleAnswer(option.text) for option in question.options],
        grading=_GRADINGS.get(question.scoring, ""),
        beside=("group", "match", "feedback", "fraction"),
        losses=[_UNTOUCHED, feedback_loss(question, "langkah")],
    )


def _gap_select(question: QuestionContent, target: Target) -> WrittenQuestion:
    losses = [_alike_in_a_gap(question), feedback_loss(question, "pilihan")]
    beside = ("group", "match", "feedback", "fraction")
    if target == "xml":
        return _with_numbered_answers(question, beside, losses)
    texts = {option.key: option.text for option in question.options}
    named = [key for key in gaps.keys_in(question.stem) if key in texts]
    pairs = [MoodlePair(f"[[{at}]]", texts[key]) for at, key in enumerate(named, 1)]
    pairs += [MoodlePair("", text) for key, text in texts.items() if key not in named]
    return written(
        question,
        "match",
        stem=_numbered(question.stem, texts),
        pairs=pairs,
        beside=beside,
        extras={"gaps": named},
        losses=[AS.format("soal menjodohkan dengan nomor isian"), *losses],
    )


def _alike_in_a_gap(question: QuestionContent) -> str:
    groups: dict[str, list[str]] = {}
    for option in question.options:
        groups.setdefault(option.group, []).append(option.text)
    return next(filter(None, map(alike_loss, groups.values())), "")


def _with_numbered_answers(
    question: QuestionContent, beside: Sequence[str], losses: Sequence[str]
) -> WrittenQuestion:
    """Name the answers by their number and the groups by theirs, as gapselect does."""
    numbers = {o.key: str(at) for at, o in enumerate(question.options, 1)}
    groups = list(dict.fromkeys(option.group for option in question.options))
    return written(
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


def _mark_text(question: QuestionContent, _target: Target) -> WrittenQuestion:
    numbers = {o.key: (o.text, at) for at, o in enumerate(question.options, 1)}

    def shown(key: str) -> str:
        text, number = numbers.get(key, ("", 0))
        return f"{text} [[{number}]]" if number else f"[[{key}]]"

    return written(
        question,
        "choices",
        stem=replace_gaps(question.stem, shown),
        answers=_shared(question),
        losses=[
            AS.format("pilihan ganda dengan beberapa jawaban"),
            *_shared_losses(question),
            *_alike_passages(question),
        ],
    )


def _alike_passages(question: QuestionContent) -> list[str]:
    """Say where only the numbers in the stem tell two passages apart."""
    if len({option.text for option in question.options}) == len(question.options):
        return []
    return [
        "Di Moodle dua bagian tampil sama di daftar pilihan. Tambahkan nomornya di "
        "sana, seperti pada teks."
    ]


def _dialogue(question: QuestionContent, _target: Target) -> WrittenQuestion:
    settings = dict(question.settings)
    scenes: Sequence[dict[str, str]] = settings.pop("scenes", ())
    told = [f"[[{at}]] {scene['text']}" for at, scene in enumerate(scenes, 1)]
    return written(
        question,
        "choice",
        stem="\n\n".join([question.stem, *told]),
        answers=offered(question.options),
        extras={"settings": settings, "scenes": [scene["key"] for scene in scenes]},
        losses=[
            "Moodle tidak mengenal percakapan: di sana semua balasan menjadi satu "
            "pilihan ganda, dan perlu disunting. Berkas ini tetap utuh bila diimpor "
            "kembali ke sini; ekspor dari Moodle tidak."
        ],
    )


_Writer = Callable[[QuestionContent, Target], WrittenQuestion]
_WRITERS: dict[str, _Writer] = {
    "single_choice": _single_choice,
    "multiple_response": _multiple_response,
    "true_false_set": _true_false_set,
    "matching": _matching,
    "ordering": _ordering,
    "gap_select": _gap_select,
    "numeric": numeric,
    "short_text": short_text,
    "situational": _situational,
    "mark_text": _mark_text,
    "dialogue": _dialogue,
}
