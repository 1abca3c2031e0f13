"""A document's lines sorted into questions."""

import html
import re
from collections.abc import Iterator, Sequence

from lib.documents import Document, DocumentTable, Paragraph
from quizzes.exchange.formats.choice_keys import letter_of
from quizzes.exchange.formats.docx import answer_keys
from quizzes.exchange.formats.docx.answer_keys import AnswerKeys
from quizzes.exchange.formats.docx.draft import Draft
from quizzes.exchange.formats.docx.lines import Line, lines_of
from quizzes.exchange.formats.docx.tables import lines_in, options_in, table_html
from quizzes.exchange.formats.docx.told import losses_of, problems_in
from quizzes.exchange.formats.exchange import Budget

_KEY = re.compile(
    r"(?:kunci(?:\s+jawaban)?|jawaban(?:\s+(?:yang\s+)?benar)?|answer|key|jwb?)"
    r"\s*[:=]\s*(?P<words>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_FEEDBACK = re.compile(
    r"(?:pembahasan|penjelasan|alasan|feedback|explanation)\s*[:=]\s*", re.IGNORECASE
)
_PLACE = re.compile(
    r"(?P<name>tujuan|tingkat|level(?:\s+kognitif)?)\s*[:=]\s*(?P<words>\S.*)",
    re.IGNORECASE,
)
_MOST_TOLD = 6


class Sorter:
    """Takes a document block by block and gathers its questions."""

    def __init__(self, budget: Budget) -> None:
        self.drafts: list[Draft] = []
        self.keys: AnswerKeys | None = None
        self.preface: list[str] = []
        self.headings: list[str] = []
        self._budget = budget
        self._in_keys = False
        # What stands between two questions and may belong to either.
        self._unclear: list[str] = []

    def take_all(self, document: Document) -> None:
        """Take every block."""
        for block in document.blocks:
            if isinstance(block, Paragraph):
                for line in lines_of(block):
                    self._take(line)
            else:
                self._take_table(block)

    @property
    def _open(self) -> Draft | None:
        return self.drafts[-1] if self.drafts else None

    def _take(self, line: Line) -> None:
        self._budget.check(line.number)
        if line.is_empty:
            return
        title = answer_keys.TITLE.fullmatch(line.words)
        if self.keys is not None and self._in_keys and self._leaves_keys(line):
            self._in_keys = False
        if self.keys is not None and self._in_keys:
            self.keys.take(line)
        elif title and line.count is None and (self.drafts or line.heading):
            self.keys = self.keys or AnswerKeys(bool(title["explained"]))
            self._in_keys = True
        elif line.heading and line.count is None:
            self.headings.append(line.words[:60])
            self._mind(line)
        elif line.count is not None and self._begins(line, line.count):
            self._begin(line, line.count)
        elif self._open is None:
            self._before(line)
        else:
            self._inside(self._open, line)

    def _leaves_keys(self, line: Line) -> bool:
        """Whether questions go on below a list of keys, and say that it is doubtful."""
        draft, keys = self._open, self.keys
        goes_on = draft is not None and line.count == draft.count + 1
        if draft is None or keys is None or not goes_on or keys.can_take(line):
            return False
        self._doubt(draft, line)
        return True

    def _before(self, line: Line) -> None:
        self.preface.append(line.words[:60])
        self._mind(line)

    def _mind(self, line: Line) -> None:
        """Keep what is no plain text outside of questions, to be told with the file."""
        self.preface += [*losses_of(line), *problems_in(line)]

    def _begins(self, line: Line, count: int) -> bool:
        """Whether a numbered line begins a question, and no list inside the stem."""
        draft = self._open
        if draft is None:
            return True
        if draft.series and line.series == draft.series:
            return True
        if draft.options or draft.said:
            return True
        if draft.series != line.series or (draft.inner and count == draft.inner + 1):
            return False
        return count == draft.count + 1

    def _begin(self, line: Line, count: int) -> None:
        self._budget.spend(line.number)
        draft = Draft(count, line.number, line.series)
        draft.problems += self._unclear
        self._unclear = []
        self.drafts.append(draft)
        if line.words or line.pictures:
            draft.take(line)
        else:
            draft.note(line)

    def _inside(self, draft: Draft, line: Line) -> None:
        key = _KEY.fullmatch(line.words)
        place = _PLACE.fullmatch(line.words)
        feedback = _FEEDBACK.match(line.words)
        if key and not line.letter and line.count is None:
            draft.note(line)
            draft.said.append((f"paragraf {line.number}", key["words"].strip(" .")))
            draft.is_done = True
        elif feedback:
            draft.note(line)
            words = line.words[feedback.end() :]
            draft.feedback.append(f"<p>{html.escape(words)}</p>")
            draft.is_done = True
        elif place:
            self._place(draft, place)
        elif line.letter and (draft.options or line.letter == letter_of(0)):
            draft.take_option(line)
        elif not draft.options:
            self._stem(draft, line)
        elif draft.feedback:
            draft.note(line)
            draft.feedback.append(f"<p>{line.html()}</p>")
            draft.losses.append(
                f"Paragraf {line.number} “{line.words[:30]}” dibaca sebagai lanjutan "
                "pembahasan."
            )
        else:
            self._doubt(draft, line)

    def _place(self, draft: Draft, found: "re.Match[str]") -> None:
        if found["name"].lower() == "tujuan":
            draft.objective = found["words"].strip(" .")
        else:
            draft.level = found["words"].strip(" .").upper()

    def _stem(self, draft: Draft, line: Line) -> None:
        """Take a line of the stem, with the number, letter or sign that it has."""
        if line.count is not None:
            draft.inner = line.count
        mark = f"{line.count}. " if line.count is not None else ""
        mark = f"{line.letter}. " if line.letter else mark
        mark = "• " if line.is_bullet else mark
        draft.take(line, f"<p>{mark}{line.html()}</p>")

    def _doubt(self, draft: Draft, line: Line) -> None:
        """Refuse both questions between which something stands."""
        message = (
            f"Paragraf {line.number} “{line.words[:40]}” tidak jelas milik soal yang "
            "mana. Taruh di bawah nomor soalnya, sebelum pilihan; atau awali dengan "
            "“Pembahasan:”."
        )
        draft.problems.append(message)
        self._unclear = [message]

    def _take_table(self, table: DocumentTable) -> None:
        draft = self._open
        if self._in_keys or (draft and answer_keys.pairs_of(table)):
            self.keys = self.keys or AnswerKeys()
            self._in_keys = True
            before = len(self.keys.keys)
            self.keys.take_table(table)
            if len(self.keys.keys) == before:
                self.keys.unread.append(f"tabel di paragraf {table.number}")
            return
        options = options_in(table)
        if draft and options and not draft.options:
            for line in options:
                self._take(line)
        elif draft and not draft.options and not draft.said:
            for line in lines_in(table):
                draft.note(line)
            draft.stem.append(table_html(table))
        elif draft is None:
            self.preface.append(f"tabel di paragraf {table.number}")
        else:
            words = " ".join(line.words for line in lines_in(table))[:60]
            self._doubt(draft, Line(table.number, (), found=()))
            self.preface.append(f"tabel “{words}”")


def with_keys(drafts: Sequence[Draft], keys: AnswerKeys | None) -> None:
    """Give every question what the list of keys says of its number.

    A number that two questions bear says nothing of either.
    """
    numbers = [draft.count for draft in drafts]
    for draft in drafts:
        is_twice = numbers.count(draft.count) > 1
        if is_twice:
            message = f"Nomor {draft.count} dipakai oleh lebih dari satu soal."
            if keys is None:
                draft.losses.append(message)
            else:
                draft.problems.append(
                    f"{message} Kuncinya tidak dapat dipasangkan; beri nomor yang lain."
                )
        if keys is None:
            continue
        said = keys.keys.get(draft.count, [])
        draft.said += [("daftar kunci", words) for words in said]
        if draft.count in keys.feedback:
            for words in keys.feedback[draft.count].split("\n\n"):
                draft.feedback.append(f"<p>{html.escape(words)}</p>")
        if not said and not draft.said and not is_twice:
            draft.problems.append(
                f"Soal {draft.count} tidak ada di daftar kunci. Lengkapi kuncinya."
            )


def notes_of(sorter: Sorter, document: Document) -> Iterator[str]:
    """Say what of the document is not read."""
    if sorter.preface:
        yield f"Di luar soal tidak dibaca: {_some(sorter.preface)}."
    if sorter.headings:
        yield f"Judul tidak dibaca: {_some(sorter.headings)}."
    if document.margins:
        yield f"Kepala dan kaki halaman tidak dibaca: {_some(document.margins)}."
    if sorter.keys is not None:
        known = {draft.count for draft in sorter.drafts}
        yield from answer_keys.unread_of(sorter.keys, known)


def _some(words: Sequence[str]) -> str:
    told = list(dict.fromkeys(one for one in words if one))
    rest = len(told) - _MOST_TOLD
    more = f"; dan {rest} lagi" if rest > 0 else ""
    return "; ".join(f"“{one}”" for one in told[:_MOST_TOLD]) + more
