"""A course as the files of a folder, from what the database holds.

What is written here is read back by `studio.folders.reading` as the same values; so a
course that goes to another site and comes back is the same to the last byte. Names are
in order, nothing tells when or by whom.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from courses.content_types import LessonContent, VersionContent
from courses.file_store import read_bytes
from courses.models import Course, CourseFile, CourseVersion
from courses.selectors.content import version_content
from courses.selectors.files import files_of
from quizzes.actions import PlanLine, QuizPlan
from quizzes.exchange.formats import as_yaml, render_questions
from quizzes.models import QuestionBank, Quiz
from quizzes.questions import QuestionContent
from quizzes.selectors import contents_of, planned_quizzes, read_image, ready_contents
from studio.fetching import banks_of
from studio.folders.reading.images import pictures_of_question
from studio.folders.reading.places import COURSE_FILE, SOURCES_FILE
from studio.lessons.text import join_parts

_MINUTE, _HOUR = 60, 3600


def course_files(
    course: Course, version: CourseVersion, *, only_published: bool = False
) -> dict[str, bytes]:
    """Return the files of a course folder by their paths, in order.

    Questions come in the wording that publishing would make current or, for others than
    its authors, in the one that is; those that were withdrawn stay behind.
    """
    content = version_content(version)
    plans = planned_quizzes(version)
    banks = {
        bank: list(ready_contents(bank).values())
        if only_published
        else contents_of(bank)
        for bank in banks_of(course)
    }
    media = files_of(course)
    said = _course(course, content, plans, list(banks), media)
    texts = {
        COURSE_FILE: as_yaml(said),
        SOURCES_FILE: _sources(content),
        **_lessons(content),
        **{
            f"questions/{_bank_name(course, bank.key)}.yaml": render_questions(
                questions, is_complete=True
            )
            for bank, questions in banks.items()
        },
    }
    files = {path: text.encode() for path, text in texts.items()}
    files |= _media(media)
    files |= _question_pictures(one for many in banks.values() for one in many)
    return dict(sorted(files.items()))


def _line(text: str) -> str:
    """Return a text as it is read back from one line."""
    return " ".join(text.split())


# --- course.yaml ---------------------------------------------------------------------
def _course(
    course: Course,
    content: VersionContent,
    plans: Iterable[QuizPlan],
    banks: Iterable[QuestionBank],
    media: Iterable[CourseFile],
) -> dict[str, Any]:
    plans = list(plans)
    return {
        "key": course.key,
        "code": _line(course.code),
        "title": _line(content.title),
        "summary": _line(content.summary),
        "pillar": str(content.pillar),
        "digcomp": list(content.digcomp),
        "jp": content.jp,
        "jp_basis": _line(content.jp_basis),
        **_if_any("prerequisites", [_line(text) for text in content.prerequisites]),
        **_if_any(
            "glossary",
            [{"term": row.term, "meaning": row.meaning} for row in content.glossary],
        ),
        "objectives": [
            {"key": row.key, "level": str(row.level), "text": _line(row.text)}
            for row in content.objectives
        ],
        "modules": [
            {
                "key": module.key,
                "title": _line(module.title),
                "lessons": [lesson.key for lesson in module.lessons],
            }
            for module in content.modules
        ],
        "minutes": _minutes(content, plans),
        "quizzes": [_quiz(course, content, plan) for plan in plans],
        "banks": [
            {
                "key": _bank_name(course, bank.key),
                "use": str(bank.use),
                "title": _line(bank.title),
            }
            for bank in banks
        ],
        **_plan(content),
        **_if_any(
            "pictures",
            [{"name": row.name, "alt": _line(row.alt)} for row in media if row.alt],
        ),
    }


def _if_any(key: str, rows: list[Any]) -> dict[str, Any]:
    return {key: rows} if rows else {}


def _minutes(content: VersionContent, plans: Iterable[QuizPlan]) -> dict[str, int]:
    planned = {row.key: row.minutes for row in content.requirements}
    minutes = {plan.key: planned[plan.key] for plan in plans}
    if _plan(content):
        minutes["plan"] = content.plan_minutes
    return minutes


def _plan(content: VersionContent) -> dict[str, Any]:
    if not content.plan_title and not content.plan_source:
        return {}
    # Below a "|", as authors write it; the reader takes the line end away.
    text = content.plan_source.strip("\n")
    return {"plan": {"title": _line(content.plan_title), "text": f"{text}\n"}}


def _quiz(course: Course, content: VersionContent, plan: QuizPlan) -> dict[str, Any]:
    """Return a quiz; what is as it always is stays unsaid."""
    rules = plan.rules
    passed = next(row for row in content.requirements if row.key == plan.key)
    usual = 1 if plan.purpose == Quiz.Purpose.PRETEST else 0
    attempts = rules.attempts_per_block or 0
    said: dict[str, tuple[Any, Any]] = {
        "time_limit_minutes": ((rules.time_limit_seconds or 0) // _MINUTE, 0),
        "pass_mark": (int(passed.pass_mark or 0), 0),
        "attempts": (attempts, usual),
        "cooldown_hours": (rules.cooldown_seconds // _HOUR if attempts else 0, 0),
        "counting": (str(rules.counting), str(Quiz.Counting.BEST)),
        "review": (str(rules.review), str(Quiz.Review.TEST)),
        "shuffle_questions": (rules.shuffles_questions, True),
        "shuffle_options": (rules.shuffles_options, True),
    }
    # A rest needs the number of tries beside it.
    needs_attempts = bool(said["cooldown_hours"][0])
    asked = (
        {"slots": "all"}
        if plan.asks_all
        else {"draw": [_draw(line) for line in plan.lines]}
    )
    return {
        "key": plan.key,
        "purpose": str(plan.purpose),
        "title": _line(plan.title),
        "bank": _bank_name(course, plan.bank_key),
        **{
            name: value
            for name, (value, default) in said.items()
            if value != default or (name == "attempts" and needs_attempts)
        },
        **asked,
    }


def _draw(line: PlanLine) -> dict[str, Any]:
    if line.question_key:
        return {"question": line.question_key}
    said = {
        "objective": line.objective_key,
        "levels": list(line.levels),
        "types": list(line.types),
    }
    return {**{key: value for key, value in said.items() if value}, "count": line.count}


def _bank_name(course: Course, key: str) -> str:
    """Return what a bank's file is called; banks are named after their course."""
    return key.removeprefix(f"{course.key}-")


# --- the other files -----------------------------------------------------------------
def _sources(content: VersionContent) -> str:
    rows = []
    for source in content.sources:
        said = {
            "key": source.key,
            "text": _line(source.text),
            "url": source.url,
            "dated_on": source.dated_on,
            "checked_on": source.checked_on,
        }
        rows.append({key: value for key, value in said.items() if value})
    return as_yaml(rows)


def _lessons(content: VersionContent) -> dict[str, str]:
    lessons = [lesson for module in content.modules for lesson in module.lessons]
    return {
        f"lessons/{number:02}-{lesson.key}.md": _lesson(lesson)
        for number, lesson in enumerate(lessons, 1)
    }


def _lesson(lesson: LessonContent) -> str:
    front = {
        "key": lesson.key,
        "title": _line(lesson.title),
        "minutes": lesson.minutes,
        "required": lesson.is_required,
        **({"summary": _line(lesson.summary)} if lesson.summary else {}),
    }
    body = join_parts([part.source for part in lesson.parts])
    return f"---\n{as_yaml(front)}---\n{body}"


def _media(rows: Iterable[CourseFile]) -> dict[str, bytes]:
    """Return pictures and files; one that is gone from the storage is left out."""
    found = {row.name: read_bytes(row.file.digest, row.file.ending) for row in rows}
    return {name: data for name, data in found.items() if data is not None}


def _question_pictures(questions: Iterable[QuestionContent]) -> Mapping[str, bytes]:
    paths = {path for one in questions for path in pictures_of_question(one)}
    found = {path: read_image(path) for path in paths}
    return {
        f"question-images/{path.rpartition('/')[2]}": data
        for path, data in found.items()
        if data is not None
    }
