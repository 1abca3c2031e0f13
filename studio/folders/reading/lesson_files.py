"""lessons/*.md as values: front matter, then Markdown in parts."""

import re
from dataclasses import dataclass

from courses.content_types import LessonContent
from lib.findings import Findings
from lib.yaml_entries import Entry, open_entry
from lib.yaml_nodes import Text, read_yaml
from studio.folders.reading.files import FolderFiles
from studio.lessons.checking import Citable, find_lesson_problems
from studio.lessons.text import split_lesson

_FRONT = re.compile(r"---[ \t]*\n(?P<front>.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_REQUIRED = ("key", "title", "minutes", "required")


@dataclass(frozen=True)
class LessonFile:
    """A lesson, the file it came from and the text below its front matter."""

    path: str
    content: LessonContent
    body: Text


def read_lesson_file(
    path: str, files: FolderFiles, citable: Citable, findings: Findings
) -> LessonFile | None:
    """Read one lesson; None after reporting that it has no front matter."""
    text = files.text(path, findings)
    if text is None:
        return None
    front = _FRONT.match(text)
    if front is None:
        findings.add(
            path,
            1,
            "Pelajaran ini belum punya kepala.",
            "Mulai dengan baris ---, lalu key, title, minutes, required, summary, ---.",
        )
        return None
    # The empty line stands for the "---", so that lines are counted as in the file.
    node = read_yaml(f"\n{front['front']}", path, findings)
    if node is None:
        return None
    row = open_entry(node, path, findings, required=_REQUIRED, optional=("summary",))
    first_line = text.count("\n", 0, front.end()) + 1
    body = Text(text[front.end() :], first_line)
    return LessonFile(path, _lesson(row, body, citable, findings), body)


def _lesson(
    row: Entry, body: Text, citable: Citable, findings: Findings
) -> LessonContent:
    problems = find_lesson_problems(body.value, citable, first_line=body.line)
    for problem in problems:
        findings.add(row.file, problem.line, problem.message, problem.remedy)
    return LessonContent(
        key=row.key("key", 80),
        title=row.line_text("title", 120),
        minutes=row.whole("minutes", 1, 600),
        summary=row.line_text("summary", 300),
        is_required=row.flag("required"),
        parts=() if problems else split_lesson(body.value),
    )
