"""One mail a day about reviews: what waits, what was decided, what was said.

What is told was not told before: a digest covers the time since the one before it,
and a week at most. `courses.AuthorMail` keeps that it went out; a mail may be lost, but
never sent twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import as_of, scope_q
from accounts.models import RoleAssignment, User
from courses.models import (
    AuthorMail,
    Course,
    CourseVersion,
    DraftReview,
    PlannedPublication,
    ReviewComment,
)
from courses.policy import COURSE
from lib.queueing import EVERY_HOUR
from studio import jobs
from studio.fetching import AUTHOR_COURSE, DECIDE_REVIEW, REVIEW_COURSE
from studio.publishing.mailing import mail_once, site_address

_LONGEST = timedelta(days=7)
_HERE = "digest"


@dataclass(frozen=True)
class DigestLine:
    """A draft and what is to be said of it."""

    title: str
    said: str
    url: str


@dataclass(frozen=True)
class Digest:
    """What one person is told today."""

    waiting: Sequence[DigestLine]
    decided: Sequence[DigestLine]
    said: Sequence[DigestLine]
    stopped: Sequence[DigestLine]
    is_new: bool

    def __bool__(self) -> bool:
        return self.is_new


def ask_for_digests(*, now: datetime) -> int:
    """Send a message for everybody who works in Studio, and return how many."""
    roles = RoleAssignment.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=now),
        starts_at__lte=now,
        role__in=("author", "reviewer", "admin"),
        person__is_active=True,
        person__email__isnull=False,
    )
    ids = sorted(set(roles.values_list("person", flat=True)))
    for pk in ids:
        jobs.SEND_DIGEST.send(expires=EVERY_HOUR, person_id=pk)
    return len(ids)


def send_digest(*, person_id: int, now: datetime) -> bool:
    """Tell one person what is new since the last time; True when a mail went out.

    At most once a day of hers. Nothing new is no mail.
    """
    person = User.objects.select_related("unit").filter(pk=person_id).first()
    if person is None or not person.email or not person.is_active:
        return False
    as_of(person, now)
    zone = ZoneInfo(person.time_zone)
    digest = digest_for(person, since=_since(person, now), now=now)
    if not digest:
        return False
    today = now.astimezone(zone).date()
    with timezone.override(zone):
        return mail_once(
            key=f"{_HERE}:{person.pk}:{today.isoformat()}",
            person=person,
            subject=_("Kabar Studio hari ini"),
            template="email/studio_digest.txt",
            context={"digest": digest},
            now=now,
        )


def _since(person: User, now: datetime) -> datetime:
    last = (
        AuthorMail.objects.filter(person=person, key__startswith=f"{_HERE}:")
        .order_by("-sent_at")
        .values_list("sent_at", flat=True)
        .first()
    )
    return max(last or now - _LONGEST, now - _LONGEST)


def digest_for(person: User, *, since: datetime, now: datetime) -> Digest:
    """Return what happened since then that concerns this person; five queries.

    Reviewers are told what waits in their units, whoever asked or writes what was
    decided and said about it by others, as long as she may read the draft, and what did
    not come about at its time.
    """
    waiting = _waiting(person)
    decided = _decided(person).filter(decided_at__gt=since, decided_at__lte=now)
    comments = _comments(person).filter(written_at__gt=since, written_at__lte=now)
    stopped = PlannedPublication.objects.filter(
        planned_by=person,
        state=PlannedPublication.State.STOPPED,
        ended_at__gt=since,
        ended_at__lte=now,
    ).select_related("course", "version")
    lines = Digest(
        waiting=[_line(row, _asked(row)) for row in waiting],
        decided=[_line(row, str(row.get_state_display())) for row in decided],
        said=[_line(row.review, _comment_in_words(row)) for row in comments],
        stopped=[_stopped_line(row) for row in stopped],
        is_new=False,
    )
    news = any(row.asked_at > since for row in waiting)
    is_new = bool(news or lines.decided or lines.said or lines.stopped)
    return Digest(lines.waiting, lines.decided, lines.said, lines.stopped, is_new)


def _waiting(person: User) -> list[DraftReview]:
    mine = Course.objects.filter(scope_q(person, DECIDE_REVIEW, COURSE))
    return list(
        DraftReview.objects.filter(state=DraftReview.State.OPEN, course__in=mine)
        .exclude(asked_by=person)
        .select_related("course", "version", "asked_by")
        .order_by("asked_at", "pk")
    )


def _decided(person: User) -> "QuerySet[DraftReview]":
    return (
        DraftReview.objects.filter(asked_by=person, course__in=_readable(person))
        .exclude(state__in=[DraftReview.State.OPEN, DraftReview.State.WITHDRAWN])
        .select_related("course", "version", "decided_by")
        .order_by("decided_at", "pk")
    )


def _comments(person: User) -> Any:
    """Return what others say about drafts she asked about, or may write."""
    hers = Course.objects.filter(scope_q(person, AUTHOR_COURSE, COURSE))
    spoke = ReviewComment.objects.filter(written_by=person).values("review")
    return (
        ReviewComment.objects.filter(
            Q(review__asked_by=person) | Q(review__in=spoke, review__course__in=hers),
            review__course__in=_readable(person),
            review__version__state=CourseVersion.State.DRAFT,
        )
        .exclude(written_by=person)
        .select_related("review__course", "review__version", "written_by")
        .order_by("written_at", "pk")
    )


def _readable(person: User) -> "QuerySet[Course]":
    """Return the courses whose drafts she may read now, wherever she was before."""
    readable: QuerySet[Course] = Course.objects.filter(
        scope_q(person, REVIEW_COURSE, COURSE)
    )
    return readable


def _line(review: DraftReview, said: str) -> DigestLine:
    return DigestLine(review.version.title, said, _address(review.course))


def _stopped_line(planned: PlannedPublication) -> DigestLine:
    return DigestLine(planned.version.title, planned.problem, _address(planned.course))


def _asked(review: DraftReview) -> str:
    return _("diminta %(name)s") % {"name": review.asked_by.full_name}


def _comment_in_words(comment: ReviewComment) -> str:
    return f"{comment.written_by.full_name}: {comment.text}"


def _address(course: Course) -> str:
    return site_address("studio:review_detail", course.key)
