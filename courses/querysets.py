"""Named filters over courses and enrolments."""

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Subquery, Value

from accounts import access
from courses import policy
from courses.kinds import EnrollmentState
from lib.paths import ancestor_paths


class CourseQuerySet(models.QuerySet[Any]):
    """Courses."""

    def listed(self) -> Self:
        """Keep courses that people can take: published and not archived."""
        return self.filter(is_archived=False, current_version__isnull=False)

    def with_due_day(self, person: Any) -> Self:
        """Add `due_on`: the earliest day by which an order of her units wants it done.

        None where nobody has ordered it. Her unit is read if it is not at hand.
        """
        if person.unit is None or not person.unit.path:
            return self.annotate(due_on=Value(None, output_field=models.DateField()))
        orders = apps.get_model("courses", "Assignment").objects.filter(
            course=OuterRef("pk"),
            cancelled_at__isnull=True,
            unit__path__in=ancestor_paths(person.unit.path),
        )
        earliest = orders.order_by("due_on").values("due_on")[:1]
        return self.annotate(due_on=Subquery(earliest))

    def visible_to(self, user: Any, capability: str) -> Self:
        """Keep courses whose unit gives `user` this capability."""
        return self.filter(access.scope_q(user, capability, policy.COURSE))


class ReviewCommentQuerySet(models.QuerySet[Any]):
    """Comments on drafts."""

    def unsettled(self) -> Self:
        """Keep what nobody has dealt with yet."""
        return self.filter(settled_at__isnull=True)


class EnrollmentQuerySet(models.QuerySet[Any]):
    """Enrolments."""

    def active(self) -> Self:
        """Keep people who have not withdrawn."""
        return self.filter(state=EnrollmentState.ACTIVE)

    def completed(self) -> Self:
        """Keep finished enrolments."""
        return self.filter(completed_at__isnull=False)

    def visible_to(self, user: Any, capability: str) -> Self:
        """Keep enrolments of people in `user`'s units, and her own."""
        return self.filter(access.scope_q(user, capability, policy.ENROLLMENT))
