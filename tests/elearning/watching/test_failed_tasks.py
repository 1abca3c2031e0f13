"""Tasks that failed are kept once, said without a NIP, and done again on a press."""

from datetime import timedelta

import pytest
from billiard.exceptions import WorkerLostError
from django.db import DatabaseError

from accounts.models import AuditRecord
from elearning.celery import app, keep_failure
from elearning.models import FailedTask
from elearning.watching import failed_tasks
from reports import jobs
from tests.queries import assert_same_queries

NIP = "198503012010011901"


@pytest.fixture
def sent(monkeypatch) -> list[tuple]:
    kept: list[tuple] = []
    monkeypatch.setattr(
        app, "send_task", lambda name, **options: kept.append((name, options))
    )
    return kept


def fail(now, **arguments) -> None:
    failed_tasks.note_failure(
        task=jobs.RUN_EXPORT.name,
        arguments=arguments or {"job_id": 7},
        error=ValueError(f"no {NIP}"),
        now=now,
    )


def test_a_task_that_fails_twice_is_one_row_without_anybodys_number(db, now):
    fail(now)
    fail(now + timedelta(hours=1))

    (row,) = FailedTask.objects.all()
    assert (row.failures, row.first_failed_at, row.last_failed_at) == (
        2,
        now,
        now + timedelta(hours=1),
    )
    assert (row.error, row.message) == ("ValueError", "no [nip]")


def test_a_database_that_is_away_does_not_make_the_failure_worse(
    db, now, monkeypatch, caplog
):
    def away(*args, **kwargs):
        raise DatabaseError("away")

    monkeypatch.setattr(FailedTask.objects, "get_or_create", away)

    fail(now)

    assert "could not be kept" in caplog.text


def test_what_a_worker_reports_is_kept_and_a_killed_worker_is_not(db):
    task = type("Task", (), {"name": "reports.run_export"})

    keep_failure(sender=task, exception=WorkerLostError("9"), kwargs={"job_id": 1})
    keep_failure(sender=task, exception=OSError("full"), kwargs={"job_id": 2})

    assert [row.arguments for row in FailedTask.objects.all()] == ['{"job_id": 2}']


def test_pressing_again_sends_it_once_and_is_in_the_trail(
    world, now, sent, django_capture_on_commit_callbacks
):
    fail(now)
    failed_id, admin = FailedTask.objects.get().pk, world.people["admin"]

    with django_capture_on_commit_callbacks(execute=True):
        first = failed_tasks.do_again(failed_id=failed_id, by=admin, now=now)
        second = failed_tasks.do_again(failed_id=failed_id, by=admin, now=now)

    assert (first, second) == (True, False)
    assert sent == [("reports.run_export", {"kwargs": {"job_id": 7}, "retry": False})]
    assert AuditRecord.objects.filter(verb="elearning.task.retried").count() == 1
    assert not FailedTask.objects.exists()


def test_setting_aside_sends_nothing(world, now, sent):
    fail(now)
    failed_id, admin = FailedTask.objects.get().pk, world.people["admin"]

    assert failed_tasks.set_aside(failed_id=failed_id, by=admin, now=now)
    assert not failed_tasks.set_aside(failed_id=failed_id, by=admin, now=now)
    assert sent == []
    assert not FailedTask.objects.exists()


def test_what_has_not_failed_for_a_month_is_forgotten(db, now):
    fail(now, job_id=1)
    fail(now + timedelta(days=20), job_id=2)

    failed_tasks.delete_old_failures(now=now + timedelta(days=31))

    assert [row.arguments for row in FailedTask.objects.all()] == ['{"job_id": 2}']


# --- the page ----------------------------------------------------------------------
def test_the_page_shows_what_failed_and_asks_as_often_for_many(client_as, world, now):
    browser = client_as("admin")

    def more(rows: int) -> None:
        known = FailedTask.objects.count()
        for number in range(known, known + rows):
            fail(now, job_id=number)

    assert "Tidak ada. Yang tertunda" in browser.get("/operator/").content.decode()
    assert_same_queries(browser, "/operator/", more, many=300)
    html = browser.get("/operator/").content.decode()
    assert "reports.run_export" in html
    assert "[nip]" in html


def test_a_press_on_the_page_leads_back_to_it(client_as, world, now, sent):
    fail(now)
    failed_id = FailedTask.objects.get().pk

    answer = client_as("admin").post(
        f"/operator/tugas/{failed_id}/ulangi/", follow=True
    )

    assert answer.redirect_chain == [("/operator/", 302)]
    assert "dikirim lagi" in answer.content.decode()
