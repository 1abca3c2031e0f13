"""The formats by name, and which of them a file is in."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from types import MappingProxyType

from quizzes.exchange.formats import aiken
from quizzes.exchange.formats.exchange import (
    ImageReader,
    Reading,
    Rendering,
    UnreadableFile,
    no_images,
)
from quizzes.exchange.formats.gift import format
from quizzes.exchange.formats.moodle_xml import format as moodle_xml
from quizzes.exchange.formats.qti import format as qti21
from quizzes.exchange.formats.xlsx import format as xlsx
from quizzes.exchange.formats.yaml import file
from quizzes.questions.content import QuestionContent

Read = Callable[[bytes], Reading]
Render = Callable[[Sequence[QuestionContent], ImageReader], Rendering]

_ZIP = b"PK\x03\x04"
_ANSWER_LINE = re.compile(rb"^[ \t]*(?:ANSWER|JAWABAN)[ \t]*:", re.M | re.I)
_QUESTIONS_KEY = re.compile(rb"^questions[ \t]*:", re.M)


@dataclass(frozen=True)
class Format:
    """A format: its name in commands, what people call it, and for whom it is.

    Without `reader` it is for export alone.
    """

    name: str
    label: str
    note: str
    render: Render
    reader: Read | None = None

    def read(self, data: bytes) -> Reading:
        """Return what a file of this format holds. Raises UnreadableFile."""
        if self.reader is None:
            raise UnreadableFile(
                f"{self.label} hanya untuk ekspor. Pilih format lain untuk impor."
            )
        return self.reader(data)


def _without_images(render: Callable[[Sequence[QuestionContent]], Rendering]) -> Render:
    def rendered(
        questions: Sequence[QuestionContent], _image: ImageReader = no_images
    ) -> Rendering:
        return render(questions)

    return rendered


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        one.name: one
        for one in (
            Format(
                "yaml",
                "YAML",
                "Utuh: semua jenis soal dan keterangannya.",
                _without_images(file.render),
                file.read,
            ),
            Format(
                "xlsx",
                "XLSX (Excel)",
                "Utuh: semua jenis soal, satu baris per pilihan, disunting di Excel.",
                _without_images(xlsx.render),
                xlsx.read,
            ),
            Format(
                "moodlexml",
                "Moodle XML",
                "Untuk Moodle, dengan gambar. Semua jenis dapat kembali ke sini.",
                moodle_xml.render,
                moodle_xml.read,
            ),
            Format(
                "gift",
                "GIFT",
                "Untuk Moodle, berupa teks. Semua jenis dapat kembali ke sini.",
                _without_images(format.render),
                format.read,
            ),
            Format(
                "aiken",
                "Aiken",
                "Hanya pilihan ganda satu jawaban, tanpa umpan balik.",
                _without_images(aiken.render),
                aiken.read,
            ),
            Format(
                "qti21",
                "QTI 2.1",
                "Paket untuk sistem lain. Hanya ekspor.",
                qti21.render,
            ),
        )
    }
)
READABLE = tuple(name for name, one in FORMATS.items() if one.reader)


def format_of(data: bytes, filename: str) -> Format:
    """Return the format of a file by its content, and by its name where that is open.

    Raises UnreadableFile where neither tells.
    """
    suffix = PurePath(filename).suffix.lower()
    start = data[:200_000].replace(b"\x00", b"")
    name = _by_content(start) or {".yml": "yaml", ".yaml": "yaml"}.get(suffix)
    name = name or ("gift" if suffix in {".gift", ".txt"} and b"{" in start else None)
    if name is None:
        raise UnreadableFile(
            "Format berkas ini tidak dikenali. Pilih formatnya, atau unggah GIFT, "
            "Moodle XML, Aiken, XLSX, atau YAML."
        )
    return FORMATS[name]


def _by_content(start: bytes) -> str | None:
    if start.startswith(_ZIP):
        return "xlsx"
    words = start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if words.startswith(b"<"):
        return "moodlexml"
    if _QUESTIONS_KEY.search(words):
        return "yaml"
    if _ANSWER_LINE.search(words):
        return "aiken"
    return "gift" if words.startswith((b"::", b"//", b"$CATEGORY")) else None
