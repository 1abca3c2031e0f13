"""`manage.py verify_derived`: recompute what is stored for speed; 0 is right."""

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts import audit
from accounts.seal_witness import seals_cut_off
from accounts.verify import (
    verify_names,
    verify_people,
    verify_roles,
    verify_subjects,
    verify_units,
)
from courses.verify import verify_enrollments, verify_rollups, verify_search
from quizzes.actions import (
    verify_cards,
    verify_follow_ups,
    verify_grades,
    verify_scores,
    verify_statistics,
)


class Command(BaseCommand):
    """Print every difference between a derivation and its facts."""

    help = "Menghitung ulang data turunan dan mencetak setiap selisih."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer to repair what differs."""
        parser.add_argument("--repair", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check every derivation, and the audit seals."""
        total = 0
        for line in _differences(repair=options["repair"], now=timezone.now()):
            total += 1
            self.stdout.write(line)
        self.stdout.write(f"Selisih: {total}")


def _differences(*, repair: bool, now: datetime) -> Iterator[str]:
    """Yield them in the order in which they are repaired: counts after what counts."""
    yield from verify_units(repair=repair)
    yield from verify_names(repair=repair)
    yield from verify_people(repair=repair, now=now)
    yield from verify_roles(repair=repair, now=now)
    yield from verify_subjects(repair=repair)
    for row in verify_scores(repair=repair, now=now):
        yield f"score of attempt {row}"
    for row in verify_grades(repair=repair, now=now):
        yield f"grade {row}"
    yield from verify_enrollments(repair=repair, now=now)
    yield from verify_rollups(repair=repair)
    yield from verify_search(repair=repair)
    for row in verify_statistics(repair=repair, now=now):
        yield f"statistics {row}"
    for row in verify_cards(repair=repair):
        yield f"review card {row}"
    for row in verify_follow_ups(repair=repair):
        yield f"follow-up {row}"
    for seal in audit.broken_seals():
        yield f"audit seal {seal}: hash"
    for line in seals_cut_off(settings.ELEARNING_SEAL_FILE):
        yield f"audit seal {line}: cut off"
