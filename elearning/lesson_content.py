"""A lesson's words with the quizzes' practice checks in between."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

from courses.content_types import GlossaryEntry
from courses.glossary.linking import LinkedTerm, TermLinker
from courses.models import Course, LessonPart
from courses.selectors.lesson_page import LessonPage
from lib import markdown
from quizzes.selectors import PracticeCheck, practice_check, versions_for


@dataclass(frozen=True)
class Block:
    """A piece of a part: HTML, or a practice check."""

    html: str = ""
    check: PracticeCheck | None = None


@dataclass(frozen=True, eq=False)
class Part:
    """A part of the lesson, cut where checks stand; the same object each time."""

    key: str
    title: str
    blocks: tuple[Block, ...]


def lesson_context(course: Course, page: LessonPage) -> dict[str, Any]:
    """Return what the template of a lesson draws."""
    plain = assemble(course, page.parts, lesson_key=page.key)
    parts, terms = _linked(plain, page.glossary)
    return {
        "page": page,
        "parts": parts,
        "terms": terms,
        "has_exercise": any(
            block.check and block.check.control.is_scripted
            for part in parts
            for block in part.blocks
        ),
        "has_film": has_film(parts),
    }


def has_film(parts: Iterable[Part]) -> bool:
    """Whether a film of another site is offered, whose player a script brings."""
    return any("data-embed" in block.html for part in parts for block in part.blocks)


def assemble(
    course: Course, parts: tuple[LessonPart, ...], *, lesson_key: str
) -> tuple[Part, ...]:
    """Put the practice checks where publishing left a place for them.

    What was published never changes, so the same parts are the same objects for as long
    as the process remembers them, and what is drawn of them can be kept.
    """
    return _assembled(
        course.pk,
        course.key,
        course.current_version_id,
        parts,
        lesson_key,
        get_language(),
    )


@lru_cache(maxsize=512)
def _assembled(
    course_id: int,
    course_key: str,
    current_version_id: int | None,
    parts: tuple[LessonPart, ...],
    lesson_key: str,
    _language: str | None,
) -> tuple[Part, ...]:
    course = Course(pk=course_id, key=course_key, current_version_id=current_version_id)
    pieces = [(part, list(markdown.split_at_checks(part.html))) for part in parts]
    keys = {
        piece.key
        for _part, cut in pieces
        for piece in cut
        if isinstance(piece, markdown.CheckSlot)
    }
    versions = versions_for(course, keys)

    def block(piece: Any) -> Block:
        if isinstance(piece, markdown.CheckSlot):
            version = versions.get(piece.key)
            check = (
                practice_check(course, version, lesson_key=lesson_key)
                if version
                else None
            )
            return Block(check=check)
        return Block(html=piece)

    return tuple(
        Part(part.key, part.title, tuple(block(piece) for piece in cut))
        for part, cut in pieces
    )


@lru_cache(maxsize=512)
def _linked(
    parts: tuple[Part, ...], glossary: tuple[GlossaryEntry, ...]
) -> tuple[tuple[Part, ...], tuple[LinkedTerm, ...]]:
    """Lead from terms to what they mean; the same objects for the same parts."""
    linker = TermLinker(glossary)
    linked = tuple(
        replace(
            part,
            blocks=tuple(
                replace(block, html=linker.html(block.html)) for block in part.blocks
            ),
        )
        for part in parts
    )
    return linked, linker.found


def forget() -> None:
    """Empty the memory; for tests, whose rows come and go."""
    _linked.cache_clear()
    _assembled.cache_clear()
