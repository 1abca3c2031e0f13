"""YAML files of questions behind the interface of every format.

docs/question-yaml.md describes them; `yaml_format` reads and writes.
"""

from bisect import bisect_right
from collections.abc import Sequence

from lib.findings import FileProblem, Findings
from quizzes.exchange.formats.decoding import decode
from quizzes.exchange.formats.exchange import (
    MAX_ITEMS,
    Budget,
    Reading,
    ReadItem,
    Rendering,
    UnreadableFile,
)
from quizzes.exchange.formats.yaml.format import (
    ReadQuestion,
    read_questions,
    render_questions,
)
from quizzes.questions.content import QuestionContent

_FILE = "berkas"


def read(data: bytes) -> Reading:
    """Return the questions of a YAML file. Raises UnreadableFile."""
    text, notes = decode(data)
    if text.count("\n- ") + text.count("\n  - ") > MAX_ITEMS * 40:
        raise UnreadableFile(
            "Berkas ini terlalu besar. Bagi menjadi beberapa berkas, lalu impor "
            "satu per satu."
        )
    findings = Findings()
    found = read_questions(text, _FILE, findings, is_complete=False)
    lines = [question.row.line for question in found]
    # A problem belongs to the last question that begins above it.
    by_question: dict[int, list[FileProblem]] = {}
    for problem in findings.in_order():
        at = bisect_right(lines, problem.line) - 1
        by_question.setdefault(at, []).append(problem)
    for problem in by_question.get(-1, ()):
        raise UnreadableFile(
            f"Baris {problem.line}: {problem.message} {problem.remedy}", problem.line
        )
    budget = Budget()
    items = []
    for at, question in enumerate(found):
        budget.spend(question.row.line)
        items.append(_item(question, by_question.get(at, ())))
    return Reading(items, notes)


def _item(question: ReadQuestion, problems: Sequence[FileProblem]) -> ReadItem:
    content = question.content
    told = [f"Baris {one.line}: {one.message} {one.remedy}" for one in problems]
    name = content.key or content.stem[:60]
    return ReadItem(content, name, question.row.line, [], told)


def render(questions: Sequence[QuestionContent]) -> Rendering:
    """Return the questions as YAML; nothing of them is lost."""
    return Rendering(
        render_questions(questions).encode(), "soal.yaml", "application/yaml"
    )
