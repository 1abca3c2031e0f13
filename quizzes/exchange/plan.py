"""What a file of questions would change in a bank; plain Python.

A plan is made twice: to be shown, and again under lock when it is confirmed; its
digest tells whether both are the same.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Literal

from quizzes.exchange.formats import Reading, ReadItem
from quizzes.exchange.formats.keys import letters, renamed
from quizzes.questions.content import OptionContent, QuestionContent
from quizzes.questions.types import TYPES
from quizzes.questions.types.shares import stored_share

PlannedKind = Literal["new", "changed", "unchanged", "refused"]
_IMAGE = re.compile(r"!\[[^\]\n]*\]\((?P<path>[^\s()]+)[^()\n]*\)")
_FIELDS = {
    "stem": "pertanyaan",
    "options": "pilihan",
    "feedback": "pembahasan",
    "scoring": "aturan nilai",
    "settings": "pengaturan",
    "objective_key": "tujuan",
    "level": "tingkat",
    "pillar": "pilar",
    "tags": "tanda",
    "source_keys": "sumber",
    "checked_on": "tanggal periksa",
    "composition": "taksiran dan soal yang tidak boleh bersama",
}
# Kept as they are where the file says nothing of them.
_KEPT = ("objective_key", "level", "pillar", "tags", "source_keys", "checked_on")


@dataclass(frozen=True)
class StoredQuestion:
    """A question of the bank: its newest wording and every option key it ever had."""

    content: QuestionContent
    option_keys: Collection[str]
    is_retired: bool = False


@dataclass(frozen=True)
class PlannedItem:
    """One question of the file and what becomes of it.

    `question` is what would be stored; `changes` names the parts that differ.
    """

    kind: PlannedKind
    item: ReadItem
    question: QuestionContent | None = None
    changes: Sequence[str] = ()
    reasons: Sequence[str] = ()


@dataclass(frozen=True)
class ImportPlan:
    """Everything that a file would change in a bank.

    `counted` is what the lines of its items count: rows, or paragraphs.
    """

    items: Sequence[PlannedItem]
    notes: Sequence[str] = ()
    counted: str = "Baris"

    @property
    def counts(self) -> dict[PlannedKind, int]:
        """How many questions there are of each kind."""
        counted = Counter(item.kind for item in self.items)
        kinds: tuple[PlannedKind, ...] = ("new", "changed", "unchanged", "refused")
        return {kind: counted[kind] for kind in kinds}

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be stored."""
        return not any(item.kind in {"new", "changed"} for item in self.items)

    @property
    def digest(self) -> str:
        """A hash of what would be stored and what would not."""
        lines = [
            f"{item.kind} {_said(item.question) if item.question else item.reasons}"
            for item in self.items
        ]
        return sha256("\n".join(lines).encode()).hexdigest()


def make_plan(
    reading: Reading,
    stored: Mapping[str, StoredQuestion],
    has_image: Callable[[str], bool],
) -> ImportPlan:
    """Compare a file with the questions of a bank, by key.

    What the file does not say of a known question stays: what it tests, its sources,
    the keys of options whose words are the same. Enemies are added, never taken away.
    """
    known = {*reading.images}
    keys = {*stored, *(item.question.key for item in reading.items if item.question)}

    def is_there(path: str) -> bool:
        return path in known or has_image(path)

    return ImportPlan(
        [_planned(item, stored, keys, is_there) for item in reading.items],
        tuple(reading.notes),
        reading.counts,
    )


def _planned(
    item: ReadItem,
    stored: Mapping[str, StoredQuestion],
    keys: Collection[str],
    has_image: Callable[[str], bool],
) -> PlannedItem:
    question = item.question
    if question is None or item.problems:
        return PlannedItem("refused", item, reasons=item.problems)
    reasons = [
        f"Gambar {path[:60]} tidak ada di situs ini. Impor dari Moodle XML yang "
        "memuat gambarnya, atau hapus gambarnya dari soal."
        for path in _images(question)
        if not has_image(path)
    ]
    reasons += [
        f"Soal “{key}” di enemies tidak ada di berkas dan di bank ini. Periksa "
        "kuncinya, atau hapus."
        for key in question.composition.enemies
        if key not in keys
    ]
    before = stored.get(question.key)
    if before is None:
        kind: PlannedKind = "refused" if reasons else "new"
        return PlannedItem(kind, item, question, reasons=reasons)
    return _compared(item, question, before, reasons)


def _said(question: QuestionContent) -> str:
    return f"{question.digest()} {question.composition}"


def _images(question: QuestionContent) -> list[str]:
    texts = f"{question.stem}\n{question.feedback}"
    return [found["path"] for found in _IMAGE.finditer(texts)]


def _compared(
    item: ReadItem,
    question: QuestionContent,
    before: StoredQuestion,
    reasons: list[str],
) -> PlannedItem:
    if before.is_retired:
        reasons.append(
            "Soal dengan kunci ini sudah ditarik. Kembalikan soalnya dulu, atau pakai "
            "kunci lain."
        )
    if before.content.type != question.type:
        label = TYPES[before.content.type].label
        reasons.append(
            f"Kunci ini sudah dipakai soal jenis “{label}”. Pakai kunci lain."
        )
    if reasons:
        return PlannedItem("refused", item, question, reasons=reasons)
    merged = _with_kept(question, before.content)
    if not item.has_own_keys:
        merged = _with_known_keys(merged, before)
    changes = tuple(_changes(before.content, merged))
    return PlannedItem("changed" if changes else "unchanged", item, merged, changes)


def _with_kept(question: QuestionContent, before: QuestionContent) -> QuestionContent:
    kept = {
        name: getattr(before, name) for name in _KEPT if not getattr(question, name)
    }
    composition = question.composition.joined(before.composition)
    return replace(question, **kept, composition=composition)


def _with_known_keys(
    question: QuestionContent, before: StoredQuestion
) -> QuestionContent:
    """Give options the keys they had: by their words, new ones to new words."""
    keys_by_words: dict[tuple[str, str], list[str]] = {}
    for option in before.content.options:
        keys_by_words.setdefault((option.group, option.text), []).append(option.key)
    taken = {*before.option_keys, *(option.key for option in before.content.options)}
    free = iter(key for key in letters(len(taken) + 1000) if key not in taken)
    names = {}
    for option in question.options:
        same = keys_by_words.get((option.group, option.text))
        names[option.key] = same.pop(0) if same else next(free)
    return renamed(question, names)


def _changes(before: QuestionContent, after: QuestionContent) -> list[str]:
    old, new = _comparable(before), _comparable(after)
    return [word for name, word in _FIELDS.items() if old[name] != new[name]]


def _comparable(question: QuestionContent) -> dict[str, object]:
    """Return the content so that equal content is equal: no lists beside tuples."""
    return {
        **asdict(question),
        "options": [_plain(option) for option in question.options],
        "tags": list(question.tags),
        "composition": question.composition,
        "source_keys": list(question.source_keys),
        "scoring": question.scoring or _default_scoring(question.type),
    }


def _default_scoring(type: str) -> str:
    return next(iter(TYPES[type].scorings), "")


def _plain(option: OptionContent) -> OptionContent:
    return replace(option, fraction=stored_share(option.fraction))
