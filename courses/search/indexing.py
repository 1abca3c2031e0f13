"""Filling the index from what is published; safe to repeat."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef, QuerySet

from courses.actions.locks import lock_course
from courses.models import (
    Course,
    CourseVersion,
    Lesson,
    SearchPlace,
    SearchPosting,
    SearchStem,
    SearchWord,
)
from courses.search.marking import text_of
from courses.search.stems import stems_of
from courses.search.words import counted
from lib.transactions import atomic_with_retry

# Raised whenever words, marks or stems are found otherwise: the sweep indexes anew.
RULES = 1
TITLE, PART_TITLE, SUMMARY, COURSE_TITLE = 12, 5, 3, 1
# Whatever a text repeats more often tells no more.
_MOST_REPEATED = 3
_AT_ONCE = 2_000
# The words of a place by part.
Postings = dict[int, Counter[str]]


@atomic_with_retry
def index_course(*, course_id: int) -> int:
    """Make the index of a course anew from its current version; return its places.

    A course that nobody may see has none afterwards. Locks the course.
    """
    course = lock_course(course_id)
    SearchPlace.objects.filter(course=course).delete()
    version = course.current_version
    if version is None:
        return 0
    postings = _postings(version)
    places = SearchPlace.objects.bulk_create(
        SearchPlace(
            course=course,
            version=version,
            lesson_key=key,
            sequence=sequence,
            rules=RULES,
        )
        for key, sequence in postings
    )
    _write(dict(zip((row.pk for row in places), postings.values(), strict=True)))
    return len(places)


def _postings(version: CourseVersion) -> dict[tuple[str, int], Postings]:
    """Return the words of every place, by its lesson and where that stands."""
    postings = {("", 0): _course_words(version)}
    for lesson in version.lessons.prefetch_related("parts"):
        postings[(lesson.key, lesson.sequence)] = _lesson_words(lesson, version)
    return postings


def is_indexed_wrongly(course: Course) -> bool:
    """Say whether its index is not what its words give; for one that was indexed."""
    if course.current_version is None:
        return False
    right = {
        (key, sequence, part, word, weight)
        for (key, sequence), parts in _postings(course.current_version).items()
        for part, found in parts.items()
        for word, weight in found.items()
    }
    stored = SearchPosting.objects.filter(place__course=course).values_list(
        "place__lesson_key", "place__sequence", "part", "word__word", "weight"
    )
    return right != set(stored)


def courses_to_index() -> "QuerySet[Course]":
    """Return courses whose index is missing, of another version, or of older rules."""
    indexed = SearchPlace.objects.filter(
        course=OuterRef("pk"),
        lesson_key="",
        version=OuterRef("current_version"),
        rules=RULES,
    )
    return Course.objects.filter(current_version__isnull=False).exclude(Exists(indexed))


def _course_words(version: CourseVersion) -> Postings:
    objectives = " ".join(version.objectives.values_list("text", flat=True))
    said = _weighed((version.title, TITLE), (version.summary, SUMMARY))
    return {0: said + _weighed((objectives, SUMMARY), (version.course.code, TITLE))}


def _lesson_words(lesson: Lesson, version: CourseVersion) -> Postings:
    found = {
        0: _weighed(
            (lesson.title, TITLE),
            (lesson.summary, SUMMARY),
            (version.title, COURSE_TITLE),
        )
    }
    for number, part in enumerate(lesson.parts.all(), start=1):
        found[number] = _weighed((part.title, PART_TITLE), (text_of(part.html), 1))
    return found


def _weighed(*texts: tuple[str, int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for text, weight in texts:
        for word, times in counted(text).items():
            found[word] += weight * min(times, _MOST_REPEATED)
    return found


def _write(postings: Mapping[int, Postings]) -> None:
    words = {
        word
        for parts in postings.values()
        for found in parts.values()
        for word in found
    }
    ids = _word_ids(words)
    SearchPosting.objects.bulk_create(
        (
            SearchPosting(place_id=place, word_id=ids[word], part=part, weight=weight)
            for place, parts in postings.items()
            for part, found in parts.items()
            for word, weight in found.items()
        ),
        batch_size=_AT_ONCE,
    )


def _word_ids(words: Iterable[str]) -> dict[str, int]:
    """Return the rows of words, made where there were none.

    In one order, so that two publications wait for each other and do not cross.
    """
    in_order = sorted(words)
    SearchWord.objects.bulk_create(
        (SearchWord(word=word) for word in in_order),
        ignore_conflicts=True,
        batch_size=_AT_ONCE,
    )
    ids: dict[str, int] = {}
    for start in range(0, len(in_order), _AT_ONCE):
        asked = in_order[start : start + _AT_ONCE]
        rows = SearchWord.objects.filter(word__in=asked)
        ids |= dict(rows.values_list("word", "pk"))
    _write_stems(ids)
    return ids


def _write_stems(ids: Mapping[str, int]) -> None:
    SearchStem.objects.bulk_create(
        (
            SearchStem(word_id=ids[word], stem=stem)
            for word in sorted(ids)
            for stem in sorted(stems_of(word))
        ),
        ignore_conflicts=True,
        batch_size=_AT_ONCE,
    )
