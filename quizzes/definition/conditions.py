"""Opening and closing a quiz from day to day, without publishing anything."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from courses.models import Course
from lib.queueing import queue_on_commit
from lib.transactions import atomic_with_retry
from quizzes import jobs
from quizzes.exceptions import ConditionNotAccepted
from quizzes.models import Attempt, QuizCondition


@dataclass(frozen=True)
class ConditionContent:
    """The condition of a quiz; each side of the window a moment or a day.

    `password`: None keeps the one there is, empty text takes it away.
    """

    opens_at: datetime | None = None
    opens_on: date | None = None
    closes_at: datetime | None = None
    closes_on: date | None = None
    password: str | None = None
    supervision: str = ""


_WINDOW = ("opens_at", "opens_on", "closes_at", "closes_on")


def set_condition(
    *, course: Course, quiz_key: str, content: ConditionContent, by: User, now: datetime
) -> QuizCondition:
    """Set the window, the password and the supervision of a quiz.

    Holds for everybody who starts from now on. Whoever is in the middle keeps her
    deadline; a window that closes later gives her the time up to there. The same
    content changes nothing. Raises ConditionNotAccepted for a window without a day.
    """
    _check_window(content)
    # Hashing is slow on purpose; nobody waits for it.
    hashed = make_password(content.password) if content.password else ""
    return _store(course, quiz_key, content, hashed, by=by, now=now)


@atomic_with_retry
def _store(
    course: Course,
    quiz_key: str,
    content: ConditionContent,
    hashed: str,
    *,
    by: User,
    now: datetime,
) -> QuizCondition:
    row, _is_new = QuizCondition.objects.get_or_create(
        course=course, quiz_key=quiz_key, defaults={"updated_at": now}
    )
    condition: QuizCondition = QuizCondition.objects.select_for_update(no_key=True).get(
        pk=row.pk
    )
    changed = _changed(condition, content)
    if not changed:
        return condition
    for name in (*_WINDOW, "supervision"):
        setattr(condition, name, getattr(content, name))
    if content.password is not None:
        condition.password = hashed
    condition.updated_at, condition.updated_by = now, by
    condition.save()
    audit.record("quizzes.condition.set", condition, by=by, now=now, changed=changed)
    if set(changed) & set(_WINDOW):
        for attempt_id in _running(course, quiz_key):
            queue_on_commit(jobs.EXTEND_ATTEMPT, attempt_id=attempt_id)
    return condition


def _check_window(content: ConditionContent) -> None:
    both = (content.opens_at and content.opens_on) or (
        content.closes_at and content.closes_on
    )
    if both:
        raise AssertionError("A side of the window is a moment or a day.")
    opens = content.opens_on or (content.opens_at and content.opens_at.date())
    closes = content.closes_on or (content.closes_at and content.closes_at.date())
    is_backwards = opens and closes and opens > closes
    if content.opens_at and content.closes_at:
        is_backwards = content.opens_at >= content.closes_at
    if is_backwards:
        raise ConditionNotAccepted(
            "closes_before_it_opens",
            _("Kuis ditutup sebelum dibuka. Pilih waktu tutup yang lebih akhir."),
        )


def _changed(condition: QuizCondition, content: ConditionContent) -> list[str]:
    said = asdict(content)
    changed = [
        name
        for name in (*_WINDOW, "supervision")
        if getattr(condition, name) != said[name]
    ]
    is_gone = content.password == "" and condition.password
    if content.password or is_gone:
        changed.append("password")
    return changed


def _running(course: Course, quiz_key: str) -> list[int]:
    return list(
        Attempt.objects.open()
        .filter(enrollment__course=course, quiz_key=quiz_key)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
