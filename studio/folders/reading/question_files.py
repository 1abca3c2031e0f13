"""questions/*.yaml as values: the questions of a course, and what they may name."""

from collections.abc import Collection
from dataclasses import dataclass

from lib.findings import Findings
from lib.yaml_entries import Entry
from quizzes.exchange.formats import read_questions
from quizzes.questions import PICTURE_PATH, QuestionContent
from studio.folders.reading.files import FolderFiles
from studio.lessons.checking import images_in


@dataclass(frozen=True)
class BankFile:
    """The questions of one file, and the line of each."""

    path: str
    questions: tuple[QuestionContent, ...] = ()
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class NameableKeys:
    """The keys that questions may name."""

    objectives: Collection[str]
    sources: Collection[str]


def read_bank_file(
    path: str, files: FolderFiles, known: NameableKeys, findings: Findings
) -> BankFile:
    """Read one file of questions."""
    text = files.text(path, findings)
    if text is None:
        return BankFile(path)
    found = read_questions(text, path, findings, is_complete=True)
    for question in found:
        _check_names(question.row, known)
        _check_images(question.row)
    return BankFile(
        path,
        tuple(question.content for question in found),
        tuple(question.row.line_of("key") for question in found),
    )


def _check_names(row: Entry, known: NameableKeys) -> None:
    row.choice("objective", sorted(known.objectives))
    for source in row.texts("source"):
        if source.value not in known.sources:
            row.report(
                "source",
                f"Sumber “{source.value}” tidak ada di sources.yaml.",
                "Tambahkan sumbernya, atau periksa ejaan kuncinya.",
            )


def _check_images(row: Entry) -> None:
    for key in ("stem", "feedback"):
        text = row.markdown(key)
        for image in images_in(text.value, text.line):
            if not PICTURE_PATH.fullmatch(image.name):
                row.report_at(
                    image.line,
                    "Gambar pelajaran belum dapat dipakai di soal.",
                    "Ceritakan isinya dengan kata-kata.",
                )
