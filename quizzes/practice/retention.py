"""What lasted: the answers to follow-ups, added up per unit and course."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

from quizzes.models import FollowUp


@dataclass(frozen=True)
class Kept:
    """The people of one unit who answered the follow-up of a course on one day.

    `final` and `kept` are sums of percent as shown over the `answers`: the final grade
    of the course, and what was known on that day. Both are of the same people.
    """

    path: str
    course_id: int
    day: int
    people: int
    answers: int
    final: Decimal
    kept: Decimal


def kept_by_unit(user: Any, capability: str) -> list[Kept]:
    """Return the sums of the units on which `user` holds `capability`; one query.

    Of people who still sign in, in the unit they belong to today. Courses without a
    grade have nothing to compare with and are left out.
    """
    rows = (
        FollowUp.objects.visible_to(user, capability)
        .answered()
        .filter(enrollment__final_percent__isnull=False, person__is_active=True)
        .order_by()
        .values_list("person__unit__path", "enrollment__course_id", "day")
        .annotate(
            people=Count("person", distinct=True),
            answers=Count("pk"),
            final=Sum("enrollment__final_percent"),
            kept=Sum("percent"),
        )
    )
    return [Kept(*row) for row in rows]
