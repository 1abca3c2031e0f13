"""Places that were found, as a person reads them: in the version that she sees."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from courses.models import Enrollment, LessonPart, SearchPlace, SearchPosting
from courses.published import LessonOutline, VersionOutline, outline_of
from courses.search.marking import Marker, Piece, text_of

# Part 0 holds titles and summaries.
NO_PART = 0


@dataclass(frozen=True)
class FoundRow:
    """Something found; `url` leads to the place in it. `number` is a lesson's."""

    title: list[Piece]
    number: str
    course_title: str
    part_title: str
    excerpt: list[Piece]
    url: str


def found_rows(
    places: Sequence[SearchPlace],
    *,
    words: Collection[int],
    marker: Marker,
    shown_query: str,
    user: User,
) -> list[FoundRow]:
    """Return the rows of a page of places, in a fixed number of queries.

    A lesson that her version does not have leads to its course.
    """
    outlines = _outlines(places, user)
    best = _best_parts(places, words)
    lessons = {
        place.pk: lesson
        for place in places
        if (lesson := outlines[place.course_id].lesson(place.lesson_key))
    }
    parts = _parts(lessons.values())
    question = urlencode({"cari": shown_query})
    rows = []
    for place in places:
        outline, lesson = outlines[place.course_id], lessons.get(place.pk)
        if lesson is None:
            rows.append(_course_row(place, outline, marker))
        else:
            part = _at(parts[lesson.pk], best.get(place.pk, NO_PART))
            rows.append(_lesson_row(place, outline, lesson, part, marker, question))
    return rows


def _course_row(
    place: SearchPlace, outline: VersionOutline, marker: Marker
) -> FoundRow:
    version = outline.version
    return FoundRow(
        title=marker.pieces(version.title),
        number="",
        course_title="",
        part_title="",
        excerpt=marker.excerpt(version.summary),
        url=place.course.get_absolute_url(),
    )


def _lesson_row(
    place: SearchPlace,
    outline: VersionOutline,
    lesson: LessonOutline,
    part: LessonPart | None,
    marker: Marker,
    question: str,
) -> FoundRow:
    url = reverse("courses:lesson_detail", args=[place.course.key, lesson.key])
    anchor = f"#{part.key}" if part and part.title else ""
    return FoundRow(
        title=marker.pieces(lesson.title),
        number=lesson.number,
        course_title=outline.version.title,
        part_title=part.title if part else "",
        excerpt=marker.excerpt(text_of(part.html) if part else lesson.summary),
        url=f"{url}?{question}{anchor}",
    )


def _outlines(places: Sequence[SearchPlace], user: User) -> dict[int, VersionOutline]:
    """Return by course the version that she takes, or the one she would get."""
    courses = {place.course_id: place.course for place in places}
    hers = Enrollment.objects.active().filter(person=user, course__in=courses)
    takes = dict(hers.order_by("cycle").values_list("course_id", "version_id"))
    return {
        pk: outline_of(takes.get(pk, course.current_version_id))
        for pk, course in courses.items()
    }


def _best_parts(
    places: Sequence[SearchPlace], words: Collection[int]
) -> Mapping[int, int]:
    """Return by place the part that tells most of what was asked for."""
    told: dict[int, Counter[int]] = defaultdict(Counter)
    postings = SearchPosting.objects.filter(
        place__in=[place.pk for place in places], word__in=sorted(words)
    ).exclude(part=NO_PART)
    for place, part, weight in postings.values_list("place_id", "part", "weight"):
        told[place][part] += weight
    return {
        place: min(parts, key=lambda part: (-parts[part], part))
        for place, parts in told.items()
    }


def _parts(lessons: Collection[LessonOutline]) -> dict[int, list[LessonPart]]:
    found: dict[int, list[LessonPart]] = {lesson.pk: [] for lesson in lessons}
    rows = LessonPart.objects.filter(lesson__in=found).defer("source")
    for part in rows.order_by("lesson", "position"):
        found[part.lesson_id].append(part)
    return found


def _at(parts: Sequence[LessonPart], number: int) -> LessonPart | None:
    """Return the part of this number, from 1; her version may have fewer."""
    return parts[number - 1] if NO_PART < number <= len(parts) else None
