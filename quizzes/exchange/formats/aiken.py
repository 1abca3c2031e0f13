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

# Without a space, as Moodle takes it, but not the initials of "A.N. Kepala".
_OPTION = re.compile(
    r"(?P<letter>[A-Za-z])[.)](?:[ \t]+(?P<words>.*)|(?P<tight>(?![A-Za-z][.)]).*))"
)
_NAMES = r"(?:ANSWER|JAWABAN|KUNCI(?:[ \t]+JAWABAN)?|KEY)"
_ANSWER = re.compile(r"(?:ANSWER|JAWABAN)[ \t]*:[ \t]*(?P<letter>[A-Za-z])[.)]?", re.I)
# What was meant as the answer line and tells no letter, below the options.
_UNREADABLE = re.compile(
    rf"{_NAMES}(?:[ \t]*[:=].*|[ \t]*[-\N{{EN DASH}}.]?[ \t]*\(?[A-Z]?[.)]?)", re.I
)
_REMARK = re.compile(
    r"(?:PEMBAHASAN|PENJELASAN|ALASAN|UMPAN BALIK|FEEDBACK|EXPLANATION|RATIONALE|"
    r"SKOR|SCORE|POIN|POINTS?|BOBOT|TINGKAT|LEVEL|TAGS?)[ \t]*:.*",
    re.I,
)
# As Moodle tells an option, an answer line and a line that it skips.
_NO_STEM = re.compile(r"[A-Z][.)]|ANSWER:")
# Below the headings of a table; on one line it says nothing.
_TABLE_RULE = re.compile(r"^[ :]*\|?[ :]*-[-| :]*\|[-| :]*$", re.MULTILINE)
_SHORTEST_LINE = 2
_MOST_OPTIONS = 26
_REST = (
    "Aiken hanya memuat soal, pilihan, dan huruf kuncinya: kode, umpan balik, "
    "pembahasan, dan keterangan lain tidak ikut. Pakai YAML atau XLSX agar utuh."
)
_NO_ANSWER = "Tidak ada baris ANSWER. Tulis misalnya ANSWER: B di bawah pilihan."


@dataclass
class _Draft:
    """What was gathered since the last answer line, which stood on line `after`."""

    after: int = 0
    line: int = 0
    stem: list[str] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    is_apart: bool = False
    """Whether an empty line stands above the line that is to be taken."""

    def take(self, words: str, number: int) -> None:
        """Take a line: of the stem until the first option, of the last one after."""
        self._check(words, number)
        self.line = self.line or number
        option = _OPTION.fullmatch(words)
        if option and option["letter"].upper() == self._due():
            text = option["words"] or option["tight"] or ""
            self.options.append((self._due(), text))
        elif self.options:
            letter, before = self.options.pop()
            self.options.append((letter, f"{before} {words}"))
        else:
            self.stem.append(words)
        self.is_apart = False

    def ends_before(self, words: str) -> bool:
        """Whether a line behind an empty one begins the next question."""
        option = _OPTION.fullmatch(words)
        is_due = option is not None and option["letter"].upper() == self._due()
        return bool(self.options) and self.is_apart and not is_due

    def _due(self) -> str:
        return chr(ord("A") + len(self.options))

    def _check(self, words: str, number: int) -> None:
        """Note where what follows would be taken for part of another question."""
        option = _OPTION.fullmatch(words)
        if self.options and option and option["letter"].upper() != self._due():
            self.problems.append(
                f"Baris {number}: setelah pilihan {self.options[-1][0]} diharapkan "
                f"{self._due()} atau baris ANSWER. Bila di sini sudah soal lain, "
                "lengkapi baris ANSWER di atasnya. Tulis tiap pilihan dalam satu baris."
            )
        is_below = bool(self.after) and self.line == self.after + 1
        is_first = bool(self.after) and not self.line
        is_torn = is_below and self.is_apart and not self.options
        if is_torn or (is_first and _REMARK.fullmatch(words)):
            self.problems.append(
                f"Baris {self.line or number}: baris di bawah ANSWER menyatu dengan "
                "soal berikutnya. Hapus bila itu keterangan soal di atasnya, atau beri "
                "baris kosong di bawah ANSWER dan jangan di tengah soal."
            )


def read(data: bytes) -> Reading:
    """Return the questions of an Aiken file. Raises UnreadableFile."""
    text, notes = decode(data)
    reader = _FileReader()
    for number, line in enumerate(text.split("\n"), 1):
        reader.take(line.strip(), number)
    reader.end(_NO_ANSWER)
    return Reading(reader.items, notes)


class _FileReader:
    """Takes a file line by line and gathers its questions."""

    def __init__(self) -> None:
        self.items: list[ReadItem] = []
        self._keys = KeyMaker()
        self._budget = Budget()
        self._draft = _Draft()

    def take(self, words: str, number: int) -> None:
        """Take a line without outer space."""
        answer = _ANSWER.fullmatch(words)
        if answer:
            self._budget.spend(self._draft.line or number)
            item = _item(self._draft, answer["letter"], self._keys, number)
            self.items.append(item)
            self._draft = _Draft(after=number)
        elif self._draft.options and _UNREADABLE.fullmatch(words):
            self.end(
                f"Baris {number}: “{words[:40]}” tidak menyebut satu huruf kunci. "
                "Tulis misalnya ANSWER: B."
            )
            self._draft = _Draft(after=number)
        elif not words:
            self._draft.is_apart = True
        else:
            if self._draft.ends_before(words):
                self.end(_NO_ANSWER)
            self._draft.take(words, number)

    def end(self, problem: str) -> None:
        """End a question without its answer line."""
        if self._draft.line:
            self._budget.spend(self._draft.line)
            self.items.append(_refused(self._draft, problem))
        self._draft = _Draft()


def _refused(draft: _Draft, problem: str) -> ReadItem:
    problems = [*draft.problems, problem]
    return ReadItem(None, " ".join(draft.stem)[:60], draft.line, [], problems)


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
    problems = [*draft.problems, *problems_of(question)]
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
        refusal = _refusal(question)
        if refusal:
            losses.append((question.key, refusal))
            continue
        blocks.append(_block(question))
        losses += [(question.key, loss) for loss in _losses(question)]
    return Rendering(
        "\n\n".join([*blocks, ""]).encode(),
        "soal-aiken.txt",
        "text/plain; charset=utf-8",
        losses,
    )


def _refusal(question: QuestionContent) -> str:
    """Say why the question is left out; "" where Aiken can say it.

    Moodle refuses the whole file for a question of one letter or one that begins like
    an option or an answer line.
    """
    if question.type != "single_choice" or len(question.options) > _MOST_OPTIONS:
        return (
            "Soal ini tidak ditulis: Aiken hanya mengenal pilihan ganda satu jawaban "
            "sampai Z. Pakai format lain."
        )
    stem = _stem(question)
    if len(stem.encode()) < _SHORTEST_LINE or _NO_STEM.match(stem):
        return (
            f"Soal ini tidak ditulis: dalam Aiken awal “{stem[:10]}” terbaca sebagai "
            "pilihan atau kunci. Ubah awal kalimatnya, atau pakai format lain."
        )
    return ""


def _block(question: QuestionContent) -> str:
    lines = [_stem(question)]
    right = "A"
    for index, option in enumerate(question.options):
        letter = chr(ord("A") + index)
        lines.append(f"{letter}. {_plain(option.text)}")
        right = letter if option.fraction == 1 else right
    return "\n".join([*lines, f"ANSWER: {right}"])


def _stem(question: QuestionContent) -> str:
    return _plain(_TABLE_RULE.sub("", question.stem))


def _plain(text: str) -> str:
    return " ".join(markdown.plain_line(text).split())


def _losses(question: QuestionContent) -> list[str]:
    losses = [_REST]
    texts = [question.stem, *(option.text for option in question.options)]
    if any(plain_to_line(_plain(text)) != text for text in texts):
        losses.append("Tanda tebal, daftar, tabel, dan gambar menjadi teks biasa.")
    if any(option.fraction not in {0, 1} for option in question.options):
        losses.append("Bobot sebagian tidak ikut: hanya kuncinya yang bernilai.")
    return losses
