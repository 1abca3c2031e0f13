"""questions/*.yaml as values."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from courses.models.catalogue import CognitiveLevel
from lib import markdown
from quizzes.question_content import OptionContent, QuestionContent
from quizzes.question_types import TYPES
from studio.course_folder.course_file import report_repeated
from studio.course_folder.entries import Entry, open_entry, read_yaml
from studio.course_folder.files import FolderFiles
from studio.course_folder.problems import Findings
from studio.lesson_checking import images_in

_REQUIRED = (
    *("key", "type", "objective", "level", "stem", "options", "source", "checked_on"),
)
# A question's key is also the key of its fixed slot in a quiz.
_KEY_LENGTH = 40


@dataclass(frozen=True)
class BankFile:
    """The questions of one file, and the line of each."""

    path: str
    questions: tuple[QuestionContent, ...] = ()
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Known:
    """The keys that questions may name."""

    objectives: Collection[str]
    sources: Collection[str]


def read_bank_file(
    path: str, files: FolderFiles, known: Known, findings: Findings
) -> BankFile:
    """Read one file of questions."""
    text = files.text(path, findings)
    node = None if text is None else read_yaml(text, path, findings)
    if node is None:
        return BankFile(path)
    rows = open_entry(node, path, findings, required=("questions",)).entries(
        "questions", required=_REQUIRED, optional=("feedback",)
    )
    questions = tuple(_question(row, known) for row in rows)
    report_repeated(rows, [question.key for question in questions])
    return BankFile(path, questions, tuple(row.line_of("key") for row in rows))


def _question(row: Entry, known: Known) -> QuestionContent:
    sources = row.texts("source")
    for source in sources:
        if source.value not in known.sources:
            row.report(
                "source",
                f"Sumber “{source.value}” tidak ada di sources.yaml.",
                "Tambahkan sumbernya, atau periksa ejaan kuncinya.",
            )
    question = QuestionContent(
        key=row.key("key", _KEY_LENGTH),
        type=row.choice("type", sorted(TYPES)),
        stem=_markdown(row, "stem"),
        options=_options(row),
        objective_key=row.choice("objective", sorted(known.objectives)),
        level=row.choice("level", CognitiveLevel.values),
        feedback=_markdown(row, "feedback"),
        source_keys=tuple(source.value for source in sources),
        checked_on=row.day("checked_on"),
    )
    question_type = TYPES.get(question.type)
    if question_type and "options" in row:
        for problem in question_type.problems(question.view()):
            message, _stop, remedy = problem.partition(". ")
            row.report("options", f"{message}." if remedy else message, remedy)
    if "stem" in row and not question.stem:
        row.report("stem", "Pertanyaan masih kosong.", "Tulis soalnya.")
    return question


def _markdown(row: Entry, key: str) -> str:
    text = row.markdown(key)
    for problem in markdown.find_problems(text.value, first_line=text.line):
        row.report_at(problem.line, problem.message, problem.remedy)
    for image in images_in(text.value, text.line):
        row.report_at(
            image.line,
            "Gambar belum dapat dipakai di soal.",
            "Ceritakan isinya dengan kata-kata.",
        )
    return text.value


def _options(row: Entry) -> tuple[OptionContent, ...]:
    rows = row.entries(
        "options", required=("key", "text", "feedback"), optional=("correct",)
    )
    options = tuple(
        OptionContent(
            key=option.key("key", 40),
            text=_line(option, "text"),
            fraction=Decimal(1) if option.flag("correct") else Decimal(0),
            feedback=_line(option, "feedback"),
        )
        for option in rows
    )
    report_repeated(rows, [option.key for option in options])
    return options


def _line(row: Entry, key: str) -> str:
    text = row.line_text(key, 2000)
    for problem in markdown.find_inline_problems(text):
        row.report(key, problem.message, problem.remedy)
    return text
