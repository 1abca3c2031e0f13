"""Questions in YAML, as course folders and standalone files hold them.

docs/question-yaml.md describes the file. What `render_questions` writes,
`read_questions` reads back as the same questions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from lib import markdown
from lib.findings import Findings
from lib.yaml_entries import Entry, open_entry, report_repeated
from lib.yaml_nodes import read_yaml
from quizzes.exchange.formats.yaml.composition import (
    read_composition,
    report_unknown_enemies,
    written_composition,
)
from quizzes.exchange.formats.yaml.shapes import SHAPES
from quizzes.exchange.formats.yaml.writing import as_yaml
from quizzes.questions import tags
from quizzes.questions.composition import with_enemies_both_ways
from quizzes.questions.content import LEVELS, PILLARS, QuestionContent
from quizzes.questions.rendering import gap_problems
from quizzes.questions.tags import tag_problem
from quizzes.questions.types import TYPES

_REQUIRED = ("key", "type", "stem")
_OF_A_COURSE = ("objective", "level", "source", "checked_on")
_OPTIONAL = ("feedback", "scoring", "pillar", "tags", "expected", "enemies")
_BODIES = tuple(
    dict.fromkeys(
        name for shape in SHAPES.values() for name in (*shape.lists, *shape.extras)
    )
)
# A question's key is also the key of its fixed slot in a quiz.
_LONGEST_KEY = 40


@dataclass(frozen=True)
class ReadQuestion:
    """A question, and the mapping it came from for problems found later."""

    content: QuestionContent
    row: Entry


def read_questions(
    text: str, file: str, findings: Findings, *, is_complete: bool
) -> list[ReadQuestion]:
    """Return the questions of a file; whatever is wrong goes to `findings`.

    A complete question says its objective, level, sources and day, and has feedback
    on everything a learner can choose; that these exist is for the caller to check.
    Its file is the whole bank, so that every enemy it names must stand there.
    """
    node = read_yaml(text, file, findings)
    if node is None:
        return []
    said, unsaid = (_OF_A_COURSE, ()) if is_complete else ((), _OF_A_COURSE)
    rows = open_entry(node, file, findings, required=("questions",)).entries(
        "questions",
        required=(*_REQUIRED, *said),
        optional=(*_OPTIONAL, *unsaid, *_BODIES),
    )
    contents = [_question(row, is_complete) for row in rows]
    report_repeated(rows, [content.key for content in contents])
    if is_complete:
        report_unknown_enemies(rows, {content.key for content in contents})
    both_ways = with_enemies_both_ways(
        {content.key: content.composition for content in contents}
    )
    return [
        ReadQuestion(replace(content, composition=both_ways[content.key]), row)
        for content, row in zip(contents, rows, strict=True)
    ]


def _question(row: Entry, is_complete: bool) -> QuestionContent:
    name = row.choice("type", sorted(TYPES))
    shape = SHAPES.get(name)
    body = None
    if shape:
        _check_body(row, name)
        body = shape.read(row, is_complete=is_complete)
    checked_on = row.day("checked_on")
    question = QuestionContent(
        key=(row.key if is_complete else row.slug)("key", _LONGEST_KEY),
        type=name,
        stem=_markdown(row, "stem"),
        options=body.options if body else (),
        objective_key=row.slug("objective", _LONGEST_KEY),
        level=row.choice("level", LEVELS),
        feedback=_markdown(row, "feedback"),
        scoring=_scoring(row, name),
        source_keys=tuple(source.value for source in row.texts("source")),
        checked_on=None if checked_on == date.min else checked_on,
        settings=body.settings if body else {},
        pillar=row.choice("pillar", PILLARS),
        tags=_tags(row),
        composition=read_composition(row),
    )
    _check_question(row, question)
    return question


def _check_body(row: Entry, name: str) -> None:
    """Report lists of another type, and those that this one lacks."""
    shape = SHAPES[name]
    for body in _BODIES:
        if body in row and body not in (*shape.lists, *shape.extras):
            row.report(
                body,
                f"“{body}” tidak dipakai pada jenis {name}.",
                f"Pakai {' dan '.join(shape.lists)}.",
            )
    for body in shape.lists:
        if body not in row:
            row.report(body, f"Kunci “{body}” belum ada.", f"Tambahkan “{body}: …”.")


def _check_question(row: Entry, question: QuestionContent) -> None:
    if "stem" in row and not question.stem:
        row.report("stem", "Pertanyaan masih kosong.", "Tulis soalnya.")
    question_type, shape = TYPES.get(question.type), SHAPES.get(question.type)
    if question_type is None or shape is None or shape.lists[0] not in row:
        return
    for problem in question_type.problems(question.view()):
        _report(row, shape.lists[0], problem)
    if not markdown.find_problems(question.stem):
        for problem in gap_problems(question):
            _report(row, "stem", problem)


def _report(row: Entry, key: str, problem: str) -> None:
    message, _stop, remedy = problem.partition(". ")
    row.report(key, f"{message}." if remedy else message, remedy)


def _scoring(row: Entry, name: str) -> str:
    scorings = TYPES[name].scorings if name in TYPES else {}
    if "scoring" in row and not scorings:
        row.report(
            "scoring", f"Jenis {name} punya satu aturan nilai.", "Hapus scoring."
        )
        return ""
    return row.choice("scoring", list(scorings))


def _tags(row: Entry) -> tuple[str, ...]:
    found = tags.unique(tag.value for tag in row.texts("tags"))
    problem = tag_problem(found)
    if problem:
        _report(row, "tags", problem)
    return tuple(found)


def _markdown(row: Entry, key: str) -> str:
    text = row.markdown(key)
    for problem in markdown.find_problems(text.value, first_line=text.line):
        row.report_at(problem.line, problem.message, problem.remedy)
    return text.value


def render_questions(
    questions: Sequence[QuestionContent], *, is_complete: bool = False
) -> str:
    """Return a file with these questions, in an order that reads well.

    Replies of a dialogue stand at their scenes, rows of a matching before its choices.
    A complete question says also that it has no source.
    """
    said = [_written(question) for question in questions]
    for row in said if is_complete else ():
        row.setdefault("source", [])
    return as_yaml({"questions": said})


def _written(question: QuestionContent) -> dict[str, Any]:
    said = {
        "key": question.key,
        "type": question.type,
        "scoring": question.scoring,
        "objective": question.objective_key,
        "level": question.level,
        "pillar": question.pillar,
        "tags": list(question.tags),
        **written_composition(question.composition),
        # Below a "|", as authors write it; the reader takes the line end away.
        "stem": f"{question.stem}\n",
        **SHAPES[question.type].write(question),
        "feedback": question.feedback,
        "source": list(question.source_keys),
        "checked_on": question.checked_on,
    }
    return {key: value for key, value in said.items() if value not in ("", [], None)}
