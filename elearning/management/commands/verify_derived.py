"""`manage.py verify_derived`: recompute what is stored for speed; 0 is right."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts import audit
from accounts.actions import rebuild_paths
from accounts.models import RoleAssignment, UnitMembership, User
from courses import completion
from courses.actions import lock_enrollment, refresh_rollup, update_completion
from courses.actions.rollups import count_people
from courses.models import Enrollment, UnitCourseRollup
from courses.selectors.facts import completion_inputs
from lib.transactions import atomic_with_retry
from quizzes.actions import (
    refresh_statistics,
    verify_cards,
    verify_follow_ups,
    verify_scores,
)
from quizzes.selectors import wrong_statistics


class Command(BaseCommand):
    """Print every difference between a derivation and its facts."""

    help = "Menghitung ulang data turunan dan mencetak setiap selisih."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer to repair what differs."""
        parser.add_argument("--repair", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check every derivation, and the audit seals."""
        repair: bool = options["repair"]
        total = 0
        for line in (
            *self._paths(repair),
            *self._units(repair),
            *self._roles(repair),
            *self._progress(repair),
            *self._rollups(repair),
            *self._statistics(repair),
            *(f"score of attempt {row}" for row in self._scores(repair)),
            *(f"review card {row}" for row in verify_cards(repair=repair)),
            *(f"follow-up {row}" for row in verify_follow_ups(repair=repair)),
            *(f"audit seal {row}: hash" for row in audit.broken_seals()),
        ):
            total += 1
            self.stdout.write(line)
        self.stdout.write(f"Selisih: {total}")

    def _paths(self, repair: bool) -> Iterator[str]:
        for pk, stored, computed in rebuild_paths(apply=repair):
            yield f"unit {pk}: path {stored} ≠ {computed}"

    def _units(self, repair: bool) -> Iterator[str]:
        for person in User.objects.exclude(unit=None).iterator():
            latest = (
                UnitMembership.objects.filter(person=person)
                .order_by("-starts_on", "-recorded_at", "-pk")
                .first()
            )
            if latest and latest.unit_id != person.unit_id:
                yield f"person {person.pk}: unit {person.unit_id} ≠ {latest.unit_id}"
                if repair:
                    User.objects.filter(pk=person.pk).update(unit=latest.unit_id)

    def _roles(self, repair: bool) -> Iterator[str]:
        now = timezone.now()
        holding = RoleAssignment.objects.filter(person=OuterRef("pk")).filter(
            Q(ends_at__isnull=True) | Q(ends_at__gt=now)
        )
        missing = User.objects.filter(Exists(holding), has_role=False)
        for person in missing:
            yield f"person {person.pk}: has_role is off"
            if repair:
                User.objects.filter(pk=person.pk).update(has_role=True)

    def _progress(self, repair: bool) -> Iterator[str]:
        enrollments = Enrollment.objects.select_related("version", "person")
        for enrollment in enrollments.iterator(chunk_size=500):
            requirements, facts = completion_inputs(enrollment)
            computed = completion.progress(requirements, facts)
            is_late = completion.is_complete(requirements, facts) and not (
                enrollment.completed_at
            )
            # Shown progress never falls, so only too little is a difference.
            if computed > enrollment.progress or is_late:
                yield (
                    f"enrollment {enrollment.pk}: "
                    f"{enrollment.progress} % ≠ {computed} %"
                )
                if repair:
                    _decide_again(enrollment.pk)

    def _rollups(self, repair: bool) -> Iterator[str]:
        for row in UnitCourseRollup.objects.iterator():
            counted = count_people(unit_id=row.unit_id, course_id=row.course_id)
            stored = {"enrolled": row.enrolled, "completed": row.completed}
            if stored != counted:
                yield f"rollup {row}: {stored} ≠ {counted}"
                if repair:
                    refresh_rollup(unit_id=row.unit_id, course_id=row.course_id)

    def _scores(self, repair: bool) -> Iterator[str]:
        return verify_scores(repair=repair, now=timezone.now())

    def _statistics(self, repair: bool) -> Iterator[str]:
        for row in list(wrong_statistics()):
            yield f"statistics {row}: differ from their attempts"
            if repair:
                refresh_statistics(
                    course_id=row.course_id,
                    quiz_key=row.quiz_key,
                    selection=row.selection,
                    now=timezone.now(),
                )


@atomic_with_retry
def _decide_again(enrollment_id: int) -> None:
    enrollment = lock_enrollment(enrollment_id)
    update_completion(enrollment, by=None, now=timezone.now())
