"""Where somebody stopped reading."""

from datetime import datetime

from courses.exceptions import LessonNotAvailable
from courses.models import Enrollment, ReadingPlace
from courses.published import outline_of, parts_of
from lib.transactions import atomic_with_retry

MOST_PARAGRAPHS = 1_000


@atomic_with_retry
def note_place(
    *,
    enrollment_id: int,
    lesson_key: str,
    part_key: str,
    now: datetime,
    paragraph: int = 0,
) -> None:
    """Note the last part that she read; a part the lesson does not have is its top.

    `paragraph` counts what she reached below the heading of the part, from 0.
    Of two devices the later one counts. Raises LessonNotAvailable for a lesson that
    her version does not have.
    """
    enrollment = Enrollment.objects.get(pk=enrollment_id)
    lesson = outline_of(enrollment.version_id).lesson(lesson_key)
    if lesson is None:
        raise LessonNotAvailable(
            "not_in_version", "Pelajaran ini tidak ada di kursus yang Anda ikuti."
        )
    known = {part.key for part in parts_of(lesson.pk)}
    is_there = part_key in known or not part_key
    place = ReadingPlace(
        enrollment=enrollment,
        lesson_key=lesson_key,
        part_key=part_key if is_there else "",
        paragraph=min(max(paragraph, 0), MOST_PARAGRAPHS) if is_there else 0,
        moved_at=now,
    )
    ReadingPlace.objects.bulk_create(
        [place],
        update_conflicts=True,
        unique_fields=["enrollment"],
        update_fields=["lesson_key", "part_key", "paragraph", "moved_at"],
    )
