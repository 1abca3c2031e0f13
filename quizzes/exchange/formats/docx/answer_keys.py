"""The list or table of keys at the end of a document."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lib.documents import DocumentTable
from quizzes.exchange.formats.docx.lines import Line
from quizzes.exchange.formats.table.roles import role_of

TITLE = re.compile(
    r"(?:tabel\s+)?(?:kunci(?:\s+jawaban)?|answer\s+key)"
    r"(?P<explained>\s+(?:dan|&)\s+pembahasan)?\s*[:.]?",
    re.IGNORECASE,
)
_PAIR = re.compile(r"(?P<number>\d{1,3})\s*[.):=-]?\s*(?P<letter>[A-Ja-j])(?![A-Za-z])")
_BETWEEN = re.compile(r"[\s,;|/]*")
_NUMBERED = re.compile(r"(?P<number>\d{1,3})\s*[.):=-]?\s+(?P<words>\S.*)", re.DOTALL)
_EXPLAINED = re.compile(
    r"(?P<key>[A-Ja-j](?:\s*(?:,|dan|&)\s*[A-Ja-j])*)\s*"
    r"(?:[.):–—-]\s*(?P<words>.+))?",
    re.DOTALL,
)


_LONGEST_KEY = 120


@dataclass
class AnswerKeys:
    """What a list of keys says of each number: its words, and explanations."""

    is_explained: bool = False
    keys: dict[int, list[str]] = field(default_factory=dict)
    feedback: dict[int, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    _last: int = 0

    def can_take(self, line: Line) -> bool:
        """Whether a numbered line is one of keys, and no question that follows."""
        if self.is_explained or line.count is None:
            return True
        return len(line.words) <= _LONGEST_KEY and not line.words.endswith("?")

    def add(self, number: int, words: str) -> None:
        """Take what is said of a number; another saying stands beside it."""
        said = self.keys.setdefault(number, [])
        if words not in said:
            said.append(words)
        self._last = number

    def take(self, line: Line) -> None:
        """Take a line below the title of the keys."""
        number = f"{line.count}. " if line.count is not None else ""
        letter = f"{line.letter}. " if line.letter else ""
        words = f"{number}{letter}{line.words}".strip()
        if not words or self._pairs(words):
            return
        found = _NUMBERED.fullmatch(words)
        if found:
            self._explained(int(found["number"]), found["words"])
        elif self.is_explained and self._last:
            before = self.feedback.get(self._last, "")
            self.feedback[self._last] = f"{before}\n\n{words}".strip()
        else:
            self.unread.append(f"paragraf {line.number} “{words[:40]}”")

    def _pairs(self, words: str) -> bool:
        """Take "1. B  2. C" where a line is nothing else."""
        found = list(_PAIR.finditer(words))
        between = _PAIR.sub("", words)
        if not found or not _BETWEEN.fullmatch(between):
            return False
        for one in found:
            self.add(int(one["number"]), one["letter"].upper())
        return True

    def _explained(self, number: int, words: str) -> None:
        """Take a key with its explanation; below a title without one it is a key."""
        found = _EXPLAINED.fullmatch(words) if self.is_explained else None
        if found is None:
            self.add(number, words)
            return
        self.add(number, found["key"])
        if found["words"]:
            self.feedback[number] = found["words"]

    def take_table(self, table: DocumentTable) -> None:
        """Take a table of keys."""
        for number, words, explained in pairs_of(table):
            self.add(number, words)
            if explained:
                self.feedback[number] = explained


def pairs_of(table: DocumentTable) -> list[tuple[int, str, str]]:
    """Return number, key and explanation of each pair in a table; none in another."""
    rows = [[" ".join(cell.words.split()) for cell in row] for row in table.rows]
    return _by_heading(rows) or _by_rows(rows) or _by_cells(rows)


def _by_heading(rows: Sequence[Sequence[str]]) -> list[tuple[int, str, str]]:
    """Read "No | Kunci | Pembahasan", also several times beside each other."""
    roles = [role_of(words) for words in rows[0]] if rows else []
    if "number" not in roles or "key" not in roles or "stem" in roles:
        return []
    found = []
    for row in rows[1:]:
        number = 0
        for role, words in zip(roles, row, strict=False):
            bare = words.rstrip(". )")
            if role == "number":
                number = int(bare) if bare.isdecimal() and len(bare) < 4 else 0
            elif role == "key" and number and words:
                found.append((number, words, ""))
            elif role == "feedback" and found and found[-1][0] == number:
                found[-1] = (*found[-1][:2], words)
    return found


def _by_rows(rows: Sequence[Sequence[str]]) -> list[tuple[int, str, str]]:
    """Read a row of numbers above a row of letters, with or without a heading."""
    if len(rows) < 2 or len(rows) % 2:
        return []
    found = []
    for upper, lower in zip(rows[::2], rows[1::2], strict=True):
        pairs = list(zip(upper, lower, strict=False))
        if pairs and role_of(pairs[0][0]) == "number":
            pairs = pairs[1:]
        for number, letter in pairs:
            bare = number.rstrip(". )")
            if not bare and not letter:
                continue
            if not bare.isdecimal() or not re.fullmatch(r"[A-Ja-j]?", letter):
                return []
            if letter:
                found.append((int(bare), letter.upper(), ""))
    return found


def _by_cells(rows: Sequence[Sequence[str]]) -> list[tuple[int, str, str]]:
    """Read cells of "1. B", or numbers and letters in turn."""
    found = []
    for row in rows:
        said = " ".join(words for words in row if words)
        pairs = list(_PAIR.finditer(said))
        if said and (not pairs or not _BETWEEN.fullmatch(_PAIR.sub("", said))):
            return []
        found += [(int(one["number"]), one["letter"].upper(), "") for one in pairs]
    return found


def unread_of(keys: AnswerKeys, known: set[int]) -> Iterator[str]:
    """Say what of the keys belongs to no question."""
    others = [str(number) for number in keys.keys if number not in known]
    if others:
        yield f"Kunci nomor {', '.join(others)[:100]} tidak punya soal di dokumen ini."
    if keys.unread:
        yield f"Di bagian kunci tidak terbaca: {', '.join(keys.unread)[:300]}."
