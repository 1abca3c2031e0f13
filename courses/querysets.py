"""Named filters over courses and enrolments."""

from typing import Any, Self

from django.db import models
from django.db.models import Value
from django.db.models.expressions import RawSQL

from accounts import access
from courses import policy
from courses.assigning import concern
from courses.kinds import EnrollmentState
from lib.facts import FactQuerySet
from lib.paths import ancestor_paths

_NUMBERS = "SELECT order_id FROM ({orders}) hers"


def _raw(piece: concern.SqlPiece, field: "models.Field[Any, Any]") -> RawSQL:
    # Text of ours alone; what people say is in the parameters.
    return RawSQL(*piece, output_field=field)  # noqa: S611


class CourseQuerySet(models.QuerySet[Any]):
    """Courses."""

    def listed(self) -> Self:
        """Keep courses that people can take: published and not archived."""
        return self.filter(is_archived=False, current_version__isnull=False)

    def with_due_day(self, person: Any) -> Self:
        """Add what HR asks of her: `due_on`, `due_reason` and `is_suggested`.

        `due_on` is the earliest day by which an order wants it done, None where nobody
        has ordered it; `due_reason` says why it ends later than it was to. Her unit is
        read if it is not at hand.
        """
        if person.unit is None or not person.unit.path:
            return self.annotate(
                due_on=Value(None, output_field=models.DateField()),
                due_reason=Value(None, output_field=models.CharField()),
                is_suggested=Value(False),
            )
        hers = concern.of_person(person.pk, ancestor_paths(person.unit.path))
        return self.annotate(
            due_on=_raw(hers.due_on, models.DateField()),
            due_reason=_raw(hers.reason, models.CharField()),
            is_suggested=_raw(hers.suggested, models.BooleanField()),
        )

    def visible_to(self, user: Any, capability: str) -> Self:
        """Keep courses whose unit gives `user` this capability."""
        return self.filter(access.scope_q(user, capability, policy.COURSE))


class ReviewCommentQuerySet(models.QuerySet[Any]):
    """Comments on drafts."""

    def unsettled(self) -> Self:
        """Keep what nobody has dealt with yet."""
        return self.filter(settled_at__isnull=True)


class InquiryQuerySet(models.QuerySet[Any]):
    """What learners ask and report."""

    def visible_to(self, user: Any, capability: str) -> Self:
        """Keep what was asked about courses of `user`'s units."""
        return self.filter(access.scope_q(user, capability, policy.INQUIRY))


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


class OfUnitQuerySet(models.QuerySet[Any]):
    """Rows that belong to a unit: groups, programmes, orders."""

    def visible_to(self, user: Any, capability: str) -> Self:
        """Keep the rows of units on which `user` holds `capability`."""
        return self.filter(access.scope_q(user, capability, policy.OF_UNIT))

    def current(self) -> Self:
        """Keep what was not put away."""
        return self.filter(archived_at__isnull=True)


class OutageQuerySet(FactQuerySet):
    """Outages of units."""

    def visible_to(self, user: Any, capability: str) -> Self:
        """Keep the outages of units on which `user` holds `capability`."""
        return self.filter(access.scope_q(user, capability, policy.OF_UNIT))


class AssignmentQuerySet(OfUnitQuerySet):
    """Orders of HR."""

    def open(self) -> Self:
        """Keep orders that were not withdrawn or replaced."""
        return self.filter(cancelled_at__isnull=True)

    def concerning(self, person: Any) -> Self:
        """Keep the open and required orders that concern this person."""
        text, params = concern.everybody("u.id = %s", (person.pk,))
        hers = _raw((_NUMBERS.format(orders=text), params), models.BigIntegerField())
        return self.filter(pk__in=hers)


class ReminderMailQuerySet(models.QuerySet[Any]):
    """Mails about deadlines."""

    def visible_to(self, user: Any, capability: str) -> Self:
        """Keep the mails to people about whom `user` holds `capability`."""
        return self.filter(access.scope_q(user, capability, policy.MAIL))
