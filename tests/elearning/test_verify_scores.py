"""Stored scores can be recomputed, and too little is found and made good."""

from io import StringIO

from django.core.management import call_command

from courses.selectors.facts import current_grades
from quizzes.models import Attempt, Repair
from tests.factories import read_lessons, sit


def differences(*arguments: str) -> list[str]:
    """Return what the command prints."""
    out = StringIO()
    call_command("verify_derived", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_a_score_that_lost_points_gets_them_back(place, now, clock):
    read_lessons(enrollment=place, now=now)
    done = sit(enrollment=place, quiz_key="posttest", right=3, now=now)
    assert differences() == ["Selisih: 0"]
    Attempt.objects.filter(pk=done.pk).update(points=1)

    found = differences()
    assert found == [
        f"score of attempt {done.pk}: 1/4.000 ≠ 3/4.000",
        "Selisih: 1",
    ]

    differences("--repair")
    assert differences() == ["Selisih: 0"]
    assert Attempt.objects.get(pk=done.pk).points == 3
    assert current_grades(place)["posttest"] == 75


def test_a_repair_that_was_never_applied_is_found(place, now, clock):
    read_lessons(enrollment=place, now=now)
    done = sit(enrollment=place, quiz_key="posttest", right=3, now=now)
    Repair.objects.create(
        question_version=done.items.get(position=4).question_version,
        kind=Repair.Kind.ALL_RIGHT,
        reason="Keliru",
        repaired_at=now,
    )

    assert differences()[-1] == "Selisih: 1"
    differences("--repair")
    assert Attempt.objects.get(pk=done.pk).points == 4
