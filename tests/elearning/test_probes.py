"""Probes, and a queue that is away: work is found again, and no request fails."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from unittest import mock

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from kombu import pools

from certificates import issuing_site, jobs, retrying, tasks
from certificates.models import Certificate
from courses.models import Enrollment
from elearning.celery import app
from lib import queueing
from tests.factories import enroll, make_reading, make_world

# Nothing listens on port 1.
NOWHERE = "redis://127.0.0.1:1/0"


def _use_broker(url: str) -> None:
    app.conf.update(broker_url=url, broker_write_url=None, broker_read_url=None)
    app.pool.force_close_all()
    app._pool = None
    app.amqp._producer_pool = None
    pools.reset()


@pytest.fixture
def no_broker() -> Iterator[list[object]]:
    """Point the site at an address where nobody listens; yield its tries to connect."""
    before, tries = app.conf.broker_url, []
    connect = socket.socket.connect

    def try_to_connect(self: socket.socket, address: object) -> None:
        tries.append(address)
        connect(self, address)

    _use_broker(NOWHERE)
    with mock.patch.object(socket.socket, "connect", try_to_connect):
        yield tries
    _use_broker(before)


# --- probes ------------------------------------------------------------------------
def test_the_site_serves_without_asking_anybody(client):
    # No `db`: the probe must not touch it.
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")


def test_probes_are_answered_under_whatever_host_a_supervisor_asks(client, db):
    for path in ("/healthz", "/readyz"):
        answer = client.get(path, headers={"host": "10.1.2.3:8000"})
        assert answer.status_code == 200
    assert client.get("/", headers={"host": "10.1.2.3:8000"}).status_code == 400


def test_probes_are_no_pages_to_be_framed_or_guessed_at(client):
    answer = client.get("/healthz")

    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_ready_means_the_database_answers(client, db):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {
        "database": "ok",
        "broker": "ok",
        "files": "ok",
        "mode": "demo",
    }


def test_a_broker_that_is_away_is_reported_and_keeps_nobody_out(client, db, no_broker):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json()["broker"] == "down"
    assert len(no_broker) == 1


def test_without_a_database_the_site_is_not_ready(client, db, monkeypatch):
    def away():
        raise DatabaseError("away")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", away)
        response = client.get("/readyz")

    assert (response.status_code, response.json()["database"]) == (503, "down")


# --- the queue ---------------------------------------------------------------------
@pytest.fixture
def finisher(transactional_db, client_of) -> tuple[Client, Enrollment]:
    """Somebody one lesson away from the end, in a world whose clock runs."""
    now = timezone.now()
    learner = make_world(now=now).people["learner"]
    course = make_reading(unit=learner.unit, now=now, key="ringan")
    return client_of(learner), enroll(course=course, person=learner, now=now)


LAST_LESSON = "/kursus/ringan/pelajaran/pelajaran-1/selesai/"


def test_a_queue_that_is_away_never_fails_the_request(finisher, no_broker, caplog):
    browser, place = finisher

    response = browser.post(LAST_LESSON)

    assert response.status_code == 302
    # Tried once for each job: nobody waits for a second try.
    assert len(no_broker) == 1
    assert Enrollment.objects.get(pk=place.pk).completed_at is not None
    assert "on_commit" in caplog.text


def test_what_a_lost_message_left_behind_is_done_by_the_sweep(
    finisher, no_broker, monkeypatch
):
    browser, _place = finisher
    browser.post(LAST_LESSON)
    assert not Certificate.objects.exists()
    monkeypatch.setattr(retrying, "GRACE", timedelta(0))
    monkeypatch.setattr(issuing_site, "obstacles", lambda **ignored: [])
    monkeypatch.setattr(
        queueing.Job,
        "send",
        lambda job, *, expires, **ids: app.tasks[job.name](**ids),
    )

    tasks.issue_missing_certificates()

    assert Certificate.objects.count() == 1


def test_nothing_is_queued_when_the_transaction_is_rolled_back(
    db, django_capture_on_commit_callbacks, monkeypatch
):
    queued: list[tuple] = []
    monkeypatch.setattr(
        app, "send_task", lambda name, **options: queued.append((name, options))
    )

    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            queueing.queue_on_commit(jobs.STORE_PDF, certificate_id=1)
            transaction.set_rollback(True)
        with transaction.atomic():
            queueing.queue_on_commit(jobs.STORE_PDF, certificate_id=2)

    assert queued == [
        ("certificates.store_pdf", {"kwargs": {"certificate_id": 2}, "retry": False})
    ]
