"""From a repaired question to the certificate that says what is true now."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail

from certificates import actions, jobs, work
from certificates.models import Certificate, CertificateWork
from certificates.selectors import verdict_on
from courses.actions import record_grade
from courses.models import JpEntry
from lib.queueing import Job
from quizzes import actions as quizzes_actions
from tests.factories import read_lessons, sit


@pytest.fixture
def three_of_four(place, learner, now, signing_key):
    """A post-test of three right answers and its certificate, 75 and "Baik"."""
    learner.email = "sari@contoh.example"
    learner.save(update_fields=["email"])
    sit(enrollment=place, quiz_key="pretest", right=1, now=now)
    read_lessons(enrollment=place, now=now)
    attempt = sit(enrollment=place, quiz_key="posttest", right=3, now=now)
    certificate = actions.issue_certificate(enrollment_id=place.pk, by=None, now=now)
    assert (certificate.data["score"], certificate.data["predikat"]) == (
        "75.00",
        "Baik",
    )
    return attempt, certificate


def repair_the_wrong_one(attempt, now, *, times: int = 1) -> None:
    """Count the question that was answered wrongly as right, for everybody."""
    wrong = next(item for item in attempt.items.all() if item.points != item.max_points)
    for _ in range(times):
        quizzes_actions.repair_question(
            version=wrong.question_version,
            kind="all_right",
            correction=None,
            reason="Dua pilihan benar",
            by=None,
            now=now,
        )
        for repair_id, attempt_id in quizzes_actions.unfinished_repairs(now, limit=9):
            quizzes_actions.apply_repair(
                repair_id=repair_id, attempt_id=attempt_id, now=now
            )


def beat(now, monkeypatch) -> None:
    """Let the sweep and the worker run twice, as if messages were doubled."""

    def at_once(job: Job, *, expires: float, **ids: int) -> None:
        for _ in range(2):
            if job == jobs.ISSUE_CERTIFICATE:
                work.make_certificate(now=now, **ids)
            else:
                work.make_file(now=now, **ids)
                work.tell_owner(now=now, **ids)

    monkeypatch.setattr(Job, "send", at_once)
    work.ask_for_what_is_missing(now=now)
    work.ask_for_what_is_missing(now=now + timedelta(minutes=2))


def test_a_repair_replaces_the_certificate_and_tells_its_owner_once(
    three_of_four, now, monkeypatch
):
    attempt, old = three_of_four
    later = now + timedelta(days=3)

    repair_the_wrong_one(attempt, later, times=2)
    for minutes in (1, 5, 9):
        beat(later + timedelta(minutes=minutes), monkeypatch)

    new = Certificate.objects.current().get()
    assert (new.replaces, new.data["score"]) == (old, "100.00")
    assert new.data["predikat"] == "Sangat Memuaskan"
    assert new.data["completed_on"] == old.data["completed_on"]
    assert verdict_on(old.code).verdict == "replaced"
    assert Certificate.objects.count() == 2
    assert JpEntry.objects.count() == 1
    assert not CertificateWork.objects.exists()
    (told,) = mail.outbox
    assert new.number in told.body
    assert "sudah diganti" in told.body


def test_without_a_repair_nothing_is_replaced(three_of_four, now, monkeypatch):
    for minutes in (2, 5):
        beat(now + timedelta(minutes=minutes), monkeypatch)

    assert Certificate.objects.count() == 1
    assert len(mail.outbox) == 1


def test_whatever_raises_the_final_grade_replaces_the_certificate(
    three_of_four, place, now, monkeypatch
):
    record_grade(
        enrollment_id=place.pk,
        grade_item=place.version.grade_items.get(key="posttest"),
        source="quiz:posttest",
        points=Decimal(4),
        max_points=Decimal(4),
        evidence="again",
        by=None,
        now=now,
    )
    beat(now + timedelta(minutes=2), monkeypatch)

    assert Certificate.objects.current().get().data["score"] == "100.00"
