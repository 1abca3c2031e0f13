"""A real broker and a real worker: from the last step to the mail."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from celery.contrib.testing.worker import start_worker
from django.core import mail
from django.core.files.storage import default_storage
from django.utils import timezone
from kombu import pools

from certificates.models import CertificateFile, CertificateMail
from elearning.celery import app
from tests.certificates.conftest import signing_key  # noqa: F401 - a fixture
from tests.factories import enroll, make_person, make_reading, make_unit

# The worker has a connection of its own and must see what was committed.
pytestmark = [pytest.mark.broker, pytest.mark.postgres]
PATIENCE = 60.0


@pytest.fixture
def worker(transactional_db: None, valkey_url: str) -> Iterator[None]:
    """Run a worker for every queue, on a broker of its own."""
    before = app.conf.broker_url
    _use_broker(valkey_url)
    queues = ["certificates", "exports", "mail"]
    with start_worker(app, pool="solo", perform_ping_check=False, queues=queues):
        yield
    _use_broker(before)


def _use_broker(url: str) -> None:
    app.conf.broker_url = url
    app.pool.force_close_all()
    app._pool = None
    app.amqp._producer_pool = None
    pools.reset()


def wait_until(there: Any) -> None:
    """Wait until `there()` is true."""
    deadline = time.monotonic() + PATIENCE
    while not there():
        assert time.monotonic() < deadline, "The worker did not get there."
        time.sleep(0.1)


def test_the_last_lesson_brings_certificate_file_and_mail(
    worker,
    signing_key,  # noqa: F811
    client_of,
):
    now = timezone.now()
    unit = make_unit(name="Dinas Uji", now=now)
    person = make_person(unit=unit, now=now, email="sari@contoh.example")
    course = make_reading(unit=unit, now=now, key="ringan")
    enroll(course=course, person=person, now=now)

    client_of(person).post("/kursus/ringan/pelajaran/pelajaran-1/selesai/")
    wait_until(CertificateMail.objects.exists)
    wait_until(lambda: mail.outbox)

    file = CertificateFile.objects.get()
    assert default_storage.size(file.path) == file.byte_size
    assert file.certificate.person == person
    assert [message.to for message in mail.outbox] == [["sari@contoh.example"]]
