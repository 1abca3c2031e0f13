"""The glossary of the site and of a course, as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse

from courses.glossary.house import HOUSE_ENTRIES, course_entries
from courses.glossary.lines import read_entries_of
from courses.models import Course
from courses.published import outline_of
from courses.selectors.fetching import listed_courses
from lib.folding import fold

ENTRIES_PER_PAGE = 50


@dataclass(frozen=True)
class ListedTerm:
    """A term with its meaning, and the course that says so; none for the site's."""

    term: str
    meaning: str
    course_title: str = ""
    course_url: str = ""


@dataclass(frozen=True)
class GlossaryPage:
    """A page of terms; `course` is the one they are of, None for the whole site."""

    rows: Page[Any]
    query: str
    course: Course | None
    title: str


def site_glossary(*, query: str, number: str | None) -> GlossaryPage:
    """Return the terms of the site and of every course that can be taken.

    One query, whatever is asked: a few lines for each course.
    """
    told = listed_courses().exclude(current_version__glossary="")
    rows = [ListedTerm(entry.term, entry.meaning) for entry in HOUSE_ENTRIES]
    for key, title, lines in told.values_list(
        "key", "current_version__title", "current_version__glossary"
    ):
        url = reverse("courses:course_glossary", args=[key])
        rows += [
            ListedTerm(entry.term, entry.meaning, title, url)
            for entry in read_entries_of(lines)
        ]
    return GlossaryPage(_found(rows, query, number), query, None, "")


def course_glossary(
    course: Course, version_id: Any, *, query: str, number: str | None
) -> GlossaryPage:
    """Return the terms of a version of a course, those of the site after its own."""
    version = outline_of(version_id).version
    entries = course_entries(version.glossary)
    rows = [ListedTerm(entry.term, entry.meaning) for entry in entries]
    return GlossaryPage(_found(rows, query, number), query, course, version.title)


def _found(rows: Iterable[ListedTerm], query: str, number: str | None) -> Page[Any]:
    asked = fold(query)
    hits = (row for row in rows if asked in fold(f"{row.term} {row.meaning}"))
    in_order = sorted(hits, key=lambda row: (fold(row.term), row.course_title))
    return Paginator(in_order, ENTRIES_PER_PAGE).get_page(number)
