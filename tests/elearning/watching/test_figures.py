"""Figures of the site: right, and there while what they speak of is not."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import DatabaseError

from certificates.models import CertificateWork
from elearning.celery import app
from elearning.models import FailedTask
from elearning.watching import figures, heartbeats
from elearning.watching.parts import site_parts
from elearning.watching.queue_lengths import queue_lengths
from lib import queueing
from reports.models import ExportJob
from tests.factories import finish_reading, make_reading


@pytest.fixture(autouse=True)
def no_heartbeats():
    cache.clear()
    yield
    cache.clear()


def test_a_queue_is_worked_off_while_beat_is_heard_through_it(db, now):
    heartbeats.note_heartbeat(queue="mail", now=now)

    def worked(moment) -> set[str]:
        queues = figures.site_figures(now=moment).queues
        return {queue.name for queue in queues if queue.is_worked_off}

    assert worked(now + timedelta(minutes=4)) == {"mail"}
    assert worked(now + timedelta(minutes=5)) == set()


def test_the_task_hears_by_which_queue_it_came(db, monkeypatch):
    app.loader.import_default_modules()
    task = app.tasks["elearning.note_heartbeat"]
    task.push_request(delivery_info={"routing_key": "exports"})

    task.run()

    task.pop_request()
    heard = heartbeats.last_heartbeats()
    assert [queue for queue, at in heard.items() if at] == ["exports"]


def test_beat_is_heard_by_way_of_every_queue():
    routes = {
        entry["options"]["queue"]
        for entry in app.conf.beat_schedule.values()
        if entry["task"] == "elearning.note_heartbeat"
    }

    assert routes == set(heartbeats.QUEUES)


def test_messages_that_wait_are_counted():
    before = queue_lengths()
    queueing.Job("mail.nothing").send(expires=60)

    after = queue_lengths()

    assert before is not None
    assert after == {**before, "mail": before["mail"] + 1}
    with app.connection_for_write() as connection:
        connection.default_channel.queue_purge("mail")


def test_what_is_stored_is_counted(world, learner, now):
    ExportJob.objects.create(
        report="completion", format="csv", asked_by=learner, asked_at=now
    )
    FailedTask.objects.create(
        task="a.b", arguments="{}", error="E", first_failed_at=now, last_failed_at=now
    )

    stored = figures.site_figures(now=now + timedelta(minutes=20)).stored

    assert (stored.exports.count, stored.exports.oldest) == (1, timedelta(minutes=20))
    assert stored.failed_tasks == 1
    assert stored.open_attempts == 0
    assert stored.certificates.oldest == timedelta(0)


def test_a_certificate_that_fails_ages_from_its_completion(world, learner, now):
    course = make_reading(unit=world.agency, now=now, key="ringan")
    enrollment = finish_reading(course=course, person=learner, now=now)
    CertificateWork.objects.filter(enrollment=enrollment).delete()
    CertificateWork.objects.create(
        enrollment=enrollment, failures=5, failed_at=now, kind="bug"
    )

    moment = enrollment.completed_at + timedelta(hours=2)
    backlog = figures.site_figures(now=moment).stored.certificates

    assert backlog.oldest == timedelta(hours=2)
    assert (backlog.waiting, backlog.failed, backlog.hopeless) == (1, 1, 1)


def test_without_a_database_the_rest_is_still_told(db, now, monkeypatch):
    def away():
        raise DatabaseError("away")

    monkeypatch.setattr(figures, "count_open_attempts", away)

    said = figures.site_figures(now=now)

    assert said.stored is None
    assert "data" in [disk.name for disk in said.disks]
    parts = {part.name: part.is_well for part in site_parts(said)}
    assert parts["Belajar dan kuis"] is False


# --- for everybody -----------------------------------------------------------------
def test_everybody_reads_in_words_what_works(client, db, clock, now):
    for queue in heartbeats.QUEUES:
        heartbeats.note_heartbeat(queue=queue, now=now)

    html = client.get("/status/").content.decode()

    assert html.count("Berjalan</span>") == 4
    assert "Terganggu" not in html


def test_a_silent_queue_is_told_kindly_and_without_a_figure(client, db, clock, now):
    heartbeats.note_heartbeat(queue="mail", now=now)

    html = client.get("/status/").content.decode()

    assert html.count("Terganggu</span>") == 2
    assert "Terbit lebih lambat" in html
