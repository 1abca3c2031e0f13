"""The formats by name, and which of them a file is in."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

from lib.archives import ArchiveProblem, check_archive
from quizzes.exchange.formats import aiken
from quizzes.exchange.formats.docx import format as docx
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
from quizzes.exchange.formats.qti_in import format as qti_in
from quizzes.exchange.formats.table import format as table
from quizzes.exchange.formats.table.format import Arranged
from quizzes.exchange.formats.table.reading import grid_of
from quizzes.exchange.formats.xlsx import format as xlsx
from quizzes.exchange.formats.xlsx.columns import OPTION, STEM, TYPE
from quizzes.exchange.formats.yaml import file
from quizzes.questions.content import QuestionContent

Said = Mapping[str, Any] | None
"""How the author said that a file is laid out; None where nothing was said."""
Read = Callable[[bytes, Said], Reading]
Render = Callable[[Sequence[QuestionContent], ImageReader], Rendering]

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_MOST_MEMBERS = 3_000
_MOST_UNPACKED = 300_000_000
# A letter alone: "Jawaban: {=a ~b}" is a line of GIFT.
_ANSWER_LINE = re.compile(
    rb"^[ \t]*(?:ANSWER|JAWABAN)[ \t]*:[ \t]*[A-Z][.)]?[ \t]*\r?$", re.M | re.I
)
_QTI = re.compile(
    rb"<(?:\w+:)?(?:questestinterop|assessmentItem|qti-assessment-item)\b"
)
_QUESTIONS_KEY = re.compile(rb"^questions[ \t]*:", re.M)


@dataclass(frozen=True)
class Format:
    """A format: its name in commands, what people call it, and for whom it is.

    Without `reader` it is for export alone, without `writer` for import. `arrange`
    gives the table whose columns its author may name.
    """

    name: str
    label: str
    note: str
    writer: Render | None = None
    reader: Read | None = None
    arrange: Callable[[bytes, Said], Arranged | None] | None = None

    def read(self, data: bytes, said: Said = None) -> Reading:
        """Return what a file of this format holds. Raises UnreadableFile."""
        if self.reader is None:
            raise UnreadableFile(
                f"{self.label} hanya untuk ekspor. Pilih format lain untuk impor."
            )
        return self.reader(data, said)

    def render(
        self, questions: Sequence[QuestionContent], image: ImageReader = no_images
    ) -> Rendering:
        """Return the questions as a file. Raises LookupError: for import alone."""
        if self.writer is None:
            raise LookupError(self.name)
        return self.writer(questions, image)

    def arranged(self, data: bytes, said: Said = None) -> Arranged | None:
        """Return the table to choose columns of; None where there is no choice.

        Raises UnreadableFile.
        """
        return self.arrange(data, said) if self.arrange else None


def _alone(read: Callable[[bytes], Reading]) -> Read:
    def reader(data: bytes, _said: Said = None) -> Reading:
        return read(data)

    return reader


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
                _alone(file.read),
            ),
            Format(
                "xlsx",
                "XLSX (Excel)",
                "Utuh: semua jenis soal, satu baris per pilihan, disunting di Excel.",
                _without_images(xlsx.render),
                _alone(xlsx.read),
            ),
            Format(
                "moodlexml",
                "Moodle XML",
                "Untuk Moodle, dengan gambar. Semua jenis dapat kembali ke sini.",
                moodle_xml.render,
                _alone(moodle_xml.read),
            ),
            Format(
                "gift",
                "GIFT",
                "Untuk Moodle, berupa teks. Semua jenis dapat kembali ke sini.",
                _without_images(format.render),
                _alone(format.read),
            ),
            Format(
                "aiken",
                "Aiken",
                "Hanya pilihan ganda satu jawaban, tanpa umpan balik.",
                _without_images(aiken.render),
                _alone(aiken.read),
            ),
            Format(
                "table",
                "Excel atau CSV susunan sendiri",
                "Hanya impor: kolomnya Anda pilih sendiri.",
                reader=table.read,
                arrange=table.arranged,
            ),
            Format(
                "docx",
                "Word",
                "Hanya impor: soal bernomor dengan pilihan berhuruf.",
                reader=docx.read,
            ),
            Format(
                "qti21",
                "QTI 2.1",
                "Paket untuk sistem lain. Impor juga dari QTI 1.2, 2.2, dan 3.0.",
                qti21.render,
                qti_in.read,
            ),
        )
    }
)
READABLE = tuple(name for name, one in FORMATS.items() if one.reader)
WRITABLE = tuple(name for name, one in FORMATS.items() if one.writer)


def format_of(data: bytes, filename: str) -> Format:
    """Return the format of a file by its content, and by its name where that is open.

    Raises UnreadableFile where neither tells.
    """
    suffix = PurePath(filename).suffix.lower()
    start = data[:200_000].replace(b"\x00", b"")
    if data.startswith(_OLE):
        raise UnreadableFile(
            "Berkas ini dikunci dengan kata sandi, atau berformat Office lama (.xls, "
            ".doc). Hapus kata sandinya, simpan sebagai .xlsx atau .docx, lalu unggah."
        )
    if data.startswith(_ZIP):
        return FORMATS[_by_members(data, suffix)]
    name = _by_content(start) or {".yml": "yaml", ".yaml": "yaml"}.get(suffix)
    name = name or ("table" if suffix == ".csv" else None)
    name = name or ("gift" if suffix in {".gift", ".txt"} and b"{" in start else None)
    if name is None:
        raise UnreadableFile(
            "Format berkas ini tidak dikenali. Pilih formatnya, atau unggah Word, "
            "Excel, CSV, GIFT, Moodle XML, Aiken, QTI, atau YAML."
        )
    return FORMATS[name]


def _by_members(data: bytes, suffix: str) -> str:
    """Return the format of an archive by what lies in it."""
    try:
        names = check_archive(
            BytesIO(data),
            most_members=_MOST_MEMBERS,
            most_bytes=_MOST_UNPACKED,
            ending=suffix or ".zip",
        )
    except ArchiveProblem as problem:
        raise UnreadableFile(str(problem)) from problem
    if "word/document.xml" in names:
        return "docx"
    if "imsmanifest.xml" in names:
        return "qti21"
    return "xlsx" if _is_own_workbook(data) else "table"


def _is_own_workbook(data: bytes) -> bool:
    """Whether the first row holds the titles of the template."""
    titles = {" ".join(cell.split()).lower() for cell in grid_of(data).rows[0].cells}
    return titles >= {one.title.lower() for one in (TYPE, STEM, OPTION)}


def _by_content(start: bytes) -> str | None:
    words = start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if words.startswith(b"<"):
        return "qti21" if _QTI.search(words) else "moodlexml"
    if _QUESTIONS_KEY.search(words):
        return "yaml"
    if _ANSWER_LINE.search(words):
        return "aiken"
    return "gift" if words.startswith((b"::", b"//", b"$CATEGORY")) else None
