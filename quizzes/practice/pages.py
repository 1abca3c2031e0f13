"""What Ulangan shows: a question, its answer, and the end of a round.

A round is three questions. It is kept nowhere: the page carries which one it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import Course
from lib.indonesian import format_score
from quizzes.bank.rows import wording_of
from quizzes.models import (
    FollowUp,
    FollowUpItem,
    PracticeResponse,
    QuestionVersion,
    ReviewCard,
)
from quizzes.practice.queue import ROUND, ReviewDay, course_title, follow_up_title
from quizzes.questions.controls import Control, control_of
from quizzes.questions.explanation import Explanation, explain
from quizzes.questions.order import order_of


@dataclass(frozen=True)
class ReviewPage:
    """A question of Ulangan; with `explanation` it was answered, without it is asked.

    `title` is that of the round, `number` the question's place in it. `returns_on` is
    the day on which the question comes up again, `outcome` what a whole follow-up came
    to. `token` is empty where the answer needs none.
    """

    title: str
    course_title: str
    course_url: str
    number: int
    total: int
    action_url: str
    token: str
    control: Control
    explanation: Explanation | None = None
    problem: str = ""
    outcome: str = ""
    returns_on: date | None = None
    next_url: str = ""
    is_last: bool = False

    @property
    def is_follow_up(self) -> bool:
        """Say whether the title names the course already."""
        return not self.token


@dataclass(frozen=True)
class RestPage:
    """Why there is nothing to answer: off, resting, or nothing is due.

    `next_on` is the day on which something is due again, if that is known.
    """

    is_off: bool
    rests_until: date | None
    next_on: date | None


def position_in_round(data: Mapping[str, str]) -> tuple[int, int]:
    """Return which question of how many the page says it is: (1, 3) in doubt."""
    try:
        number, total = int(data.get("ke", "1")), int(data.get("total", str(ROUND)))
    except ValueError:
        return 1, ROUND
    return (number, total) if 1 <= number <= total <= ROUND else (1, ROUND)


def question_page(person: User, *, number: int, now: datetime) -> ReviewPage | None:
    """Return the next question of the round; None when there is nothing to ask.

    A follow-up comes first. `number` is the place in the round that the page asks for.
    """
    her_day = ReviewDay.of(person, now)
    if her_day.preference():
        return None
    item = her_day.items().first()
    if item is not None:
        return follow_up_page(item, person=person, now=now)
    cards = list(her_day.cards()[: ROUND + 1 - number])
    if not cards:
        return None
    return card_page(
        cards[0], number=number, total=number - 1 + len(cards), person=person, now=now
    )


def card_page(
    card: ReviewCard,
    *,
    number: int,
    total: int,
    person: User,
    now: datetime,
    token: UUID | None = None,
    response: PracticeResponse | None = None,
    problem: str = "",
) -> ReviewPage:
    """Return a card's question, or with `response` its explanation.

    `token` is that of the form which was sent, so that its order stays.
    """
    version = _answered(response) if response else _asked(card)
    token = token or uuid4()
    value = response.value if response else None
    her_day = ReviewDay.of(person, now)
    goes_on = bool(response) and number < total and her_day.cards().exists()
    wording, order = wording_of(version), _shown_order(version, token)
    return ReviewPage(
        title=_("Ulangan"),
        course_title=course_title(card.question.bank.course),
        course_url=_address(card.question.bank.course),
        number=number,
        total=total,
        action_url=reverse("quizzes:review_answer", args=[card.key]),
        token=str(token),
        control=control_of(wording, value, order=order),
        explanation=explain(wording, value, order=order) if response else None,
        problem=problem,
        returns_on=_date_there(person, card.due_at) if response else None,
        next_url=f"{reverse('quizzes:review_next')}?ke={number + 1}"
        if goes_on
        else reverse("quizzes:review_done"),
        is_last=not goes_on,
    )


def follow_up_page(
    item: FollowUpItem,
    *,
    person: User,
    now: datetime,
    response: PracticeResponse | None = None,
    problem: str = "",
) -> ReviewPage:
    """Return a follow-up's question, or with `response` its explanation."""
    follow_up, version = item.follow_up, item.question_version
    value = response.value if response else None
    following = ReviewDay.of(person, now).items().first() if response else None
    goes_on = following is not None and following.follow_up_id == follow_up.pk
    wording, order = wording_of(version), _shown_order(version, item.token)
    return ReviewPage(
        title=follow_up_title(follow_up),
        course_title=course_title(follow_up.enrollment.course),
        course_url=_address(follow_up.enrollment.course),
        number=item.position,
        total=follow_up.items.count(),
        action_url=reverse(
            "quizzes:follow_up_answer", args=[follow_up.key, item.position]
        ),
        token="",
        control=control_of(wording, value, order=order),
        explanation=explain(wording, value, order=order) if response else None,
        problem=problem,
        outcome=_outcome(follow_up) if response and not goes_on else "",
        next_url=reverse("quizzes:review_next" if goes_on else "quizzes:review_done"),
        is_last=not goes_on,
    )


def rest_page(person: User, *, now: datetime) -> RestPage:
    """Return why nothing is asked, and when something is due again."""
    wish = ReviewDay.of(person, now).preference()
    later = ReviewCard.objects.usable().filter(person=person).order_by("due_at").first()
    return RestPage(
        is_off=wish is not None and wish.is_off,
        rests_until=wish.rests_until if wish else None,
        next_on=_date_there(person, later.due_at) if later else None,
    )


def _date_there(person: User, moment: datetime) -> date:
    """Return the date of a moment where she is."""
    return moment.astimezone(ZoneInfo(person.time_zone)).date()


def has_more(person: User, *, now: datetime) -> bool:
    """Say whether another round could begin."""
    her_day = ReviewDay.of(person, now)
    return her_day.items().exists() or her_day.cards().exists()


def chosen_mode(person: User, *, now: datetime) -> str:
    """Return the choice of the settings page that holds today."""
    wish = ReviewDay.of(person, now).preference()
    if wish is None:
        return "aktif"
    return "mati" if wish.is_off else "jeda"


def _answered(response: PracticeResponse) -> QuestionVersion:
    versions = QuestionVersion.objects.prefetch_related("options")
    version: QuestionVersion = versions.get(pk=response.question_version_id)
    return version


def _asked(card: ReviewCard) -> QuestionVersion:
    version: QuestionVersion = (
        QuestionVersion.objects.latest_ready()
        .prefetch_related("options")
        .get(question=card.question_id)
    )
    return version


def _shown_order(version: QuestionVersion, token: UUID) -> tuple[str, ...]:
    """Return option keys in an order that belongs to the token; never the stored one.

    The stored order tells the key of an ordering, and people remember places.
    """
    stored = [option.key for option in version.options.all()]
    return order_of(stored, seed=token.int, hides_order=True)


def _address(course: Course | None) -> str:
    return course.get_absolute_url() if course else ""


def _outcome(follow_up: FollowUp) -> str:
    follow_up.refresh_from_db(fields=["points", "max_points"])
    points = follow_up.points
    if points is None:
        return ""
    return _("Anda masih ingat %(points)s dari %(total)d.") % {
        "points": format_score(points),
        "total": follow_up.max_points,
    }
