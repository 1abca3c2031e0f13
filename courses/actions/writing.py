"""What is typed and not saved: kept as it comes in, closed when it is dealt with."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from accounts.models import User
from courses.models import Course, LessonWriting

# How long what was saved or put aside can still be brought back.
KEPT_CLOSED = timedelta(days=7)
# How long what was never dealt with is offered after its last letter.
KEPT_OPEN = timedelta(days=180)


@dataclass(frozen=True)
class Typed:
    """The fields of a lesson as they stand in a form, right or wrong.

    `base` is the fingerprint of the lesson as the form opened it.
    """

    base: str
    title: str
    summary: str
    minutes: str
    is_required: bool
    text: str


def keep_writing(
    *,
    course: Course,
    lesson_key: str,
    sitting: UUID,
    sequence: int,
    typed: Typed,
    by: User,
    now: datetime,
) -> bool:
    """Keep what an author has typed; return whether it is the newest of its sitting.

    What comes late or twice changes nothing: the database compares the numbers, so no
    lock is taken. What is typed on after saving opens a closed sitting again.
    """
    row, is_new = LessonWriting.objects.get_or_create(
        course=course,
        lesson_key=lesson_key,
        author=by,
        sitting=sitting,
        defaults={**asdict(typed), "sequence": sequence, "written_at": now},
    )
    if is_new:
        return True
    older = LessonWriting.objects.filter(pk=row.pk, sequence__lt=sequence)
    changed = older.update(
        sequence=sequence,
        written_at=now,
        closed_at=None,
        base=typed.base,
        title=typed.title,
        summary=typed.summary,
        minutes=typed.minutes,
        is_required=typed.is_required,
        text=typed.text,
    )
    return changed == 1


def close_writing(
    *,
    course: Course,
    lesson_key: str,
    sitting: UUID,
    sequence: int,
    by: User,
    now: datetime,
) -> bool:
    """Say that a sitting was saved or put aside up to this number.

    Returns whether there was something to close. What was typed later stays open, and
    what was typed earlier and arrives later stays closed, also where nothing of the
    sitting had arrived before.
    """
    row, is_new = LessonWriting.objects.get_or_create(
        course=course,
        lesson_key=lesson_key,
        author=by,
        sitting=sitting,
        defaults={"sequence": sequence, "written_at": now, "closed_at": now},
    )
    upto = LessonWriting.objects.filter(pk=row.pk, sequence__lte=sequence)
    upto = upto.filter(Q(closed_at=None) | Q(sequence__lt=sequence))
    return upto.update(sequence=sequence, closed_at=now) == 1 and not is_new


def sweep_writings(*, now: datetime) -> int:
    """Put aside what nobody has come back to for half a year, and delete what was put
    aside or saved long enough ago; return how many rows changed or went.

    What was put aside now goes with a later sweep. A row that is typed into meanwhile
    stays: each statement looks at the times itself.
    """
    gone, _by_model = LessonWriting.objects.filter(
        closed_at__lt=now - KEPT_CLOSED
    ).delete()
    left = LessonWriting.objects.filter(closed_at=None, written_at__lt=now - KEPT_OPEN)
    return gone + left.update(closed_at=now)
