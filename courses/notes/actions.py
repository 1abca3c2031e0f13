"""Writing notes and plans down, and asking how a plan went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions import News, tell
from accounts.models import NoticeKind, User
from courses.exceptions import NoteTooLong
from courses.models import ActionPlan, Course, PartNote
from courses.models.notes import LONGEST_NOTE, LONGEST_PLAN
from lib.indonesian import format_number
from lib.transactions import atomic_with_retry

ASKED_AFTER = timedelta(days=30)
_AT_ONCE = 500
_NOTHING = ("", False)


@dataclass(frozen=True)
class Written:
    """What somebody wrote on a part; nothing at all takes it away."""

    part_key: str
    text: str
    is_bookmarked: bool


@atomic_with_retry
def write_notes(
    *,
    person: User,
    course: Course,
    lesson_key: str,
    notes: Sequence[Written],
    now: datetime,
) -> int:
    """Store what she wrote on parts of a lesson; return how much changed.

    Of two devices the later one counts. Parts that are not named stay as they are.
    Raises NoteTooLong, and stores nothing then.
    """
    hers = PartNote.objects.filter(person=person, course=course, lesson_key=lesson_key)
    known = {row.part_key: (row.text, row.is_bookmarked) for row in hers}
    said = {note.part_key: (note.text.strip(), note.is_bookmarked) for note in notes}
    if too_long := [key for key, (text, _mark) in said.items() if is_too_long(text)]:
        raise NoteTooLong("too_long", too_long_in_words(), too_long)
    changed = {
        key: value
        for key, value in said.items()
        if known.get(key, ("", False)) != value
    }
    gone = [key for key, value in changed.items() if value == ("", False)]
    hers.filter(part_key__in=gone).delete()
    PartNote.objects.bulk_create(
        [
            PartNote(
                person=person,
                course=course,
                lesson_key=lesson_key,
                part_key=key,
                text=text,
                is_bookmarked=is_bookmarked,
                changed_at=now,
            )
            for key, (text, is_bookmarked) in changed.items()
            if key not in gone
        ],
        update_conflicts=True,
        unique_fields=["person", "course", "lesson_key", "part_key"],
        update_fields=["text", "is_bookmarked", "changed_at"],
    )
    return len(changed)


def is_too_long(text: str) -> bool:
    """Say whether a note has more characters than can be kept."""
    return len(text.strip()) > LONGEST_NOTE


def too_long_in_words() -> str:
    """Return what is said of a note that is too long."""
    return _(
        "Catatan ini lebih dari %(most)s karakter. Pendekkan, atau bagi ke bagian "
        "lain. Belum ada yang disimpan."
    ) % {"most": format_number(LONGEST_NOTE)}


@atomic_with_retry
def write_plan(*, enrollment_id: int, text: str, outcome: str, now: datetime) -> None:
    """Store her plan, and how it went; without a plan there is none any more.

    It is asked about thirty days after it was first written. Raises NoteTooLong.
    """
    text, outcome = text.strip(), outcome.strip()
    if max(len(text), len(outcome)) > LONGEST_PLAN:
        raise NoteTooLong("too_long", too_long_in_words())
    if not text:
        ActionPlan.objects.filter(enrollment=enrollment_id).delete()
        return
    plan = ActionPlan(
        enrollment_id=enrollment_id,
        text=text,
        outcome=outcome,
        written_at=now,
        changed_at=now,
    )
    ActionPlan.objects.bulk_create(
        [plan],
        update_conflicts=True,
        unique_fields=["enrollment"],
        update_fields=["text", "outcome", "changed_at"],
    )


def ask_how_plans_went(*, now: datetime) -> int:
    """Ask everybody whose plan is thirty days old how it went, once; return how many.

    Whoever has told already is not asked.
    """
    waiting = ActionPlan.objects.filter(
        asked_at__isnull=True, written_at__lte=now - ASKED_AFTER
    )
    ids = list(waiting.order_by("written_at").values_list("pk", flat=True)[:_AT_ONCE])
    for pk in ids:
        _ask(pk, now)
    return len(ids)


@atomic_with_retry
def _ask(plan_id: int, now: datetime) -> None:
    rows = ActionPlan.objects.select_related(
        "enrollment__course", "enrollment__version"
    )
    plan = rows.filter(pk=plan_id, asked_at__isnull=True).first()
    if plan is None:
        return
    ActionPlan.objects.filter(pk=plan_id).update(asked_at=now)
    if plan.outcome:
        return
    enrollment = plan.enrollment
    tell(
        News(
            person_id=enrollment.person_id,
            kind=NoticeKind.PLAN,
            key=f"plan:{plan.pk}",
            text=_(
                "Sudah 30 hari sejak Anda menulis rencana tindak “%(title)s”. "
                "Bagaimana jalannya?"
            )
            % {"title": enrollment.version.title},
            url=reverse("courses:action_plan", args=[enrollment.course.key]),
        ),
        now=now,
    )
