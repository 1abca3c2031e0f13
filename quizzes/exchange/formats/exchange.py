"""What every format of questions gives and takes.

A format is a module with `read` and `render`. Reading never fails half-way: what is
wrong with one question stands with it, and what is wrong with the file as a whole is
raised as `UnreadableFile`. Nothing is ever left out silently: it is a loss, or a
problem, of the question it belongs to.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from lib.indonesian import format_number
from quizzes.questions.content import QuestionContent

MAX_BYTES = 10_000_000
MAX_ITEMS = 2_000
MAX_TEXT = 60_000
"""Characters of one text, as `lib.markdown` takes them."""
MAX_LINE = 10_000
"""Characters of a line, such as an option, as another system wrote it."""
MAX_SECONDS = 20.0

ImageReader = Callable[[str], bytes | None]
"""Gives the bytes of a picture by the path that a stem writes, None if unknown."""


class UnreadableFile(Exception):
    """The file as a whole cannot be read: what is wrong and what to do."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


@dataclass(frozen=True)
class ReadItem:
    """One question of a file, or why there is none.

    `name` is how the file calls it, `line` where it begins (a row in XLSX). `losses`
    say what did not come along, `problems` what keeps it from being used. Without
    `has_own_keys` the keys of its options were made here, a, b, c, and may give way
    to those that the same options have already.
    """

    question: QuestionContent | None
    name: str
    line: int | None = None
    losses: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    has_own_keys: bool = True


@dataclass(frozen=True)
class Reading:
    """A file as it was understood.

    `notes` say what was assumed of the file as a whole, `images` hold the pictures
    that came inside it, by the path that the stems write. `counts` is what the `line`
    of an item counts.
    """

    items: Sequence[ReadItem]
    notes: Sequence[str] = ()
    images: Mapping[str, bytes] = field(default_factory=dict)
    counts: str = "Baris"


@dataclass(frozen=True)
class Rendering:
    """A file, and per question (its key) what the format could not say."""

    data: bytes
    filename: str
    content_type: str
    losses: Sequence[tuple[str, str]] = ()


def no_images(_path: str) -> bytes | None:
    """Know no picture."""
    return None


def check_size(data: bytes) -> None:
    """Refuse what is too large before anything looks into it."""
    if len(data) > MAX_BYTES:
        raise UnreadableFile(
            "Berkas lebih besar dari 10 MB. Bagi menjadi beberapa berkas, "
            "lalu impor satu per satu."
        )
    if not data.strip():
        raise UnreadableFile("Berkas ini kosong. Pilih berkas yang berisi soal.")


class Budget:
    """How much one file may ask for: so many questions, so many seconds.

    Seconds of the processor, in the thread that makes it: on a busy machine a file is
    no more complicated than on a quiet one.
    """

    def __init__(self, seconds: float = MAX_SECONDS) -> None:
        self._ends = time.thread_time() + seconds
        self._items = 0

    def spend(self, line: int | None = None) -> None:
        """Count one question more; raises UnreadableFile when it is too much."""
        self._items += 1
        if self._items > MAX_ITEMS:
            raise UnreadableFile(
                f"Berkas berisi lebih dari {format_number(MAX_ITEMS)} soal. "
                "Bagi menjadi beberapa berkas, lalu impor satu per satu.",
                line,
            )
        self.check(line)

    def check(self, line: int | None = None) -> None:
        """Raise UnreadableFile when the time is up."""
        if time.thread_time() > self._ends:
            raise UnreadableFile(
                "Berkas ini terlalu rumit untuk dibaca sekaligus. "
                "Bagi menjadi beberapa berkas, lalu impor satu per satu.",
                line,
            )
