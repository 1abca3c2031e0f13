"""Aiken: a question, lettered options and the letter of the right one, nothing else.

https://docs.moodle.org/en/Aiken_format.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from lib import markdown
from quizzes.exchange.formats.checking import problems_of
from quizzes.exchange.formats.decoding import decode
from quizzes.exchange.formats.exchange import Budget, Reading, ReadItem, Rendering
from quizzes.exchange.formats.keys import KeyMaker
from quizzes.exchange.formats.plain_text import plain_to_line, plain_to_markdown
from quizzes.questions.content import OptionContent, QuestionContent

_OPTION = re.compile(r"(?P<letter>[A-Za-z])[.)][ \t]+(?P<words>.*)")
_ANSWER = re.compile(r"(?:ANSWER|JAWABAN)[ \t]*:[ \t]*(?P<letter>\S*)[ \t]*", re.I)
_REST = (
    "Aiken hanya memuat soal, pilihan, dan huruf kuncinya: kode, umpan balik, "
    "pembahasan, dan keterangan lain tidak ikut. Pakai YAML atau XLSX agar utuh."
)


@dataclass
class _Draft:
    """What was gathered since the last answer line."""

    line: int = 0
    stem: list[str] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)

    def take(self, words: str, number: int) -> None:
        """Take a line: of the stem until the first option, of the last one after."""
        self.line = self.line or number
        option = _OPTION.fullmatch(words)
        due = chr(ord("A") + len(self.options))
        if option and option["letter"].upper() == due:
            self.options.append((due, option["words"]))
        elif self.options:
            letter, before = self.options.pop()
            self.options.append((letter, f"{before} {words}"))
        else:
            self.stem.append(words)


def read(data: bytes) -> Reading:
    """Return the questions of an Aiken file. Raises UnreadableFile."""
    text, notes = decode(data)
    items, keys, budget, draft = [], KeyMaker(), Budget(), _Draft()
    for number, line in enumerate(text.split("\n"), 1):
        words = line.strip()
        answer = _ANSWER.fullmatch(words)
        if answer:
            budget.spend(draft.line or number)
            items.append(_item(draft, answer["letter"], keys, number))
            draft = _Draft()
        elif words:
            draft.take(words, number)
    if draft.line:
        missing = "Tidak ada baris ANSWER. Tulis misalnya ANSWER: B di bawah pilihan."
        items.append(_refused(draft, missing))
    return Reading(items, notes)


def _refused(draft: _Draft, problem: str) -> ReadItem:
    return ReadItem(None, " ".join(draft.stem)[:60], draft.line, [], [problem])


def _item(draft: _Draft, letter: str, keys: KeyMaker, number: int) -> ReadItem:
    if not draft.stem:
        draft.line = draft.line or number
        return _refused(draft, "Tidak ada pertanyaan di atas baris ANSWER. Tulis soal.")
    stem = "\n".join(draft.stem)
    options = [
        OptionContent(key.lower(), plain_to_line(words), Decimal(key == letter.upper()))
        for key, words in draft.options
    ]
    question = QuestionContent(
        key=keys.make(stem),
        type="single_choice",
        stem=plain_to_markdown(stem),
        options=tuple(options),
    )
    problems = problems_of(question)
    if letter.upper() not in {key for key, _words in draft.options}:
        problems.insert(
            0,
            f"Baris {number}: huruf “{letter[:10]}” bukan salah satu pilihan. "
            "Tulis huruf pilihan yang ada.",
        )
    return ReadItem(
        question, stem[:60], draft.line, problems=problems, has_own_keys=False
    )


def render(questions: Sequence[QuestionContent]) -> Rendering:
    """Return the single choices as Aiken; the others are left out and said so."""
    blocks, losses = [], []
    for question in questions:
        if question.type != "single_choice" or len(question.options) > 26:
            losses.append(
                (
                    question.key,
                    "Soal ini tidak ditulis: Aiken hanya mengenal pilihan ganda satu "
                    "jawaban sampai Z. Pakai format lain.",
                )
            )
            continue
        blocks.append(_block(question))
        losses += [(question.key, loss) for loss in _losses(question)]
    return Rendering(
        "\n\n".join([*blocks, ""]).encode(),
        "soal-aiken.txt",
        "text/plain; charset=utf-8",
        losses,
    )


def _block(question: QuestionContent) -> str:
    lines = [_plain(question.stem)]
    right = "A"
    for index, option in enumerate(question.options):
        letter = chr(ord("A") + index)
        lines.append(f"{letter}. {_plain(option.text)}")
        right = letter if option.fraction == 1 else right
    return "\n".join([*lines, f"ANSWER: {right}"])


def _plain(text: str) -> str:
    return " ".join(markdown.plain_line(text).split())


def _losses(question: QuestionContent) -> list[str]:
    losses = [_REST]
    texts = [question.stem, *(option.text for option in question.options)]
    if any(plain_to_line(_plain(text)) != text for text in texts):
        losses.append("Tanda tebal, daftar, dan gambar menjadi teks biasa.")
    if any(option.fraction not in {0, 1} for option in question.options):
        losses.append("Bobot sebagian tidak ikut: hanya kuncinya yang bernilai.")
    return losses
