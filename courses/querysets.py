"""Named filters over courses and enrolments."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts import access
from courses import policy
from courses.kinds import EnrollmentState


class CourseQuerySet(models.QuerySet[Any]):
    """Courses."""

    def listed(self) -> Self:
        """Keep courses that people can take: published and not archived."""
        return self.filter(is_archived=False, current_version__isnull=False)

    def matching(self, text: str) -> Self:
        """Keep courses whose title, summary or code holds every word of `text`."""
        found = self
        for word in text.split():
            found = found.filter(
                Q(current_version__title__icontains=word)
                | Q(current_version__summary__icontains=word)
                | Q(code__iexact=word)
            )
        return found

    def visible_to(self, user: Any, capability: str) -> Self:
        """Keep courses whose unit gives `user` this capability."""
        return self.filter(access.scope_q(user, capability, policy.COURSE))


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
