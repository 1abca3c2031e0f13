"""Requests about one's own data: asked, answered in time, and what they lead to."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts import actions as accounts_actions
from accounts.actions import data_requests as actions
from accounts.exceptions import DataRequestNotAccepted
from accounts.models import AuditRecord, DataRequest, Notice, PlannedErasure, User
from accounts.tasks import ask_for_due_erasures, erase_person, plan_retention
from lib.queueing import Job
from tests.factories import complete, make_person
from tests.queries import assert_same_queries

HERS, QUEUE = "/akun/data/permintaan/", "/sdm/permintaan-data/"
HOUR = timedelta(hours=1)


def ask(person, now, kind="correction", words="Gelar saya S.Sos."):
    """Ask for something."""
    return actions.ask_about_data(person=person, kind=kind, words=words, now=now)


def answer(client, asked, button, words=""):
    """Press a button of the page of a request."""
    said = {"keputusan": button, "jawaban": words}
    return client.post(f"{QUEUE}{asked.key}/", said, follow=True).content.decode()


def verbs():
    """Return what the trail says of requests and what came of them."""
    rooms = ("data_request", "restriction", "erasure")
    rows = AuditRecord.objects.order_by("pk").values_list("verb", flat=True)
    return [verb for verb in rows if verb.split(".")[1] in rooms]


def test_she_asks_on_her_page_and_reads_by_when_she_is_answered(
    client_of, learner, now
):
    her = client_of(learner)
    assert "Tulis data mana" in her.post(HERS, {"jenis": "correction"}).content.decode()

    said = {"jenis": "correction", "keterangan": "Gelar saya S.Sos."}
    page = her.post(HERS, said, follow=True).content.decode()

    assert "dijawab paling lambat" in page
    assert "24 Nov 2026" in page or "24 November 2026" in page
    assert DataRequest.objects.get().due_at == now + 72 * HOUR
    assert "sudah menunggu" in her.post(HERS, said).content.decode()
    assert DataRequest.objects.count() == 1


def test_the_queue_shows_the_clock_and_what_is_overdue_in_the_officers_zone(
    client_as, world, learner, clock, now
):
    ask(learner, now)
    ask(world.outsider, now)

    page = client_as("hr").get(QUEUE).content.decode()
    assert "Sisa 72 jam" in page
    assert "08.30 WIB" in page
    assert "Sari Percobaan" in page
    assert "Orang Luar" not in page

    world.people["hr"].time_zone = "Asia/Jayapura"
    world.people["hr"].save()
    clock.move_to(now + 77 * HOUR)
    late = client_as("hr").get(QUEUE).content.decode()
    assert "Lewat tenggat 5 jam" in late
    assert "10.30 WIT" in late


def test_the_queue_asks_as_often_for_3_as_for_300(client_as, world, now):
    def grow(count):
        for _ in range(count):
            ask(make_person(unit=world.section, now=now), now)

    assert_same_queries(client_as("hr"), QUEUE, grow, few=3, many=40)


def test_a_refusal_needs_its_reason_and_is_told(client_as, client_of, learner, now):
    asked = ask(learner, now, kind="erasure")
    hr = client_as("hr")
    assert "Alasan masih kosong" in answer(hr, asked, "tolak", " ")

    page = answer(hr, asked, "tolak", "UU 20/2023: catatan wajib disimpan.")

    assert "Ditolak" in page
    assert "Penghapusan data: Ditolak" in Notice.objects.get(person=learner).text
    assert "catatan wajib" in client_of(learner).get(HERS).content.decode()
    assert "sudah dijawab" in answer(hr, asked, "kabulkan")
    assert verbs() == ["accounts.data_request.asked", "accounts.data_request.refused"]
    with pytest.raises(IntegrityError), transaction.atomic():
        DataRequest.objects.update(answer="")


def test_a_correction_is_made_by_hand_and_then_said_to_be_done(
    client_as, client_of, learner, now
):
    asked = ask(learner, now)
    hr = client_as("hr")

    page = hr.get(f"{QUEUE}{asked.key}/").content.decode()
    assert f"/sdm/pegawai/{learner.key}/ubah/" in page
    assert "Dikabulkan" in answer(hr, asked, "kabulkan", "Sudah kami ubah.")
    assert "Sudah kami ubah." in client_of(learner).get(HERS).content.decode()


def test_nobody_answers_her_own(client_as, world, now):
    asked = ask(world.people["hr"], now)

    page = client_as("hr").get(f"{QUEUE}{asked.key}/").content.decode()
    assert "Pengelola lain" in page
    with pytest.raises(DataRequestNotAccepted):
        actions.accept_data_request(
            request_id=asked.pk, answer="", by=world.people["hr"], now=now
        )


def test_taking_back_is_hers_alone(client_of, world, learner, now):
    asked = ask(learner, now)

    other = client_of(world.outsider).post(f"{HERS}{asked.key}/batal/")
    client_of(learner).post(f"{HERS}{asked.key}/batal/")

    assert other.status_code == 404
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    assert verbs()[-1] == "accounts.data_request.withdrawn"


# --- restriction --------------------------------------------------------------------
def restrict(person, by, now):
    """Let somebody's data rest."""
    asked = ask(person, now, kind="restriction", words="")
    actions.accept_data_request(request_id=asked.pk, answer="", by=by, now=now)
    person.refresh_from_db()


def test_data_that_rest_can_be_read_and_are_not_processed(
    client_as, client_of, world, learner, place, now
):
    restrict(learner, world.people["hr"], now)
    her = client_of(learner)

    assert her.get("/kursus/contoh/").status_code == 200
    assert "Pemrosesan data Anda dibatasi" in her.get(HERS).content.decode()
    assert "sudah dibatasi" in her.post(HERS, {"jenis": "restriction"}).content.decode()

    her.post("/akun/data/pembatasan/cabut/")

    assert "Cabut pembatasan" not in her.get(HERS).content.decode()
    assert verbs()[1:] == [
        "accounts.restriction.begun",
        "accounts.data_request.accepted",
        "accounts.restriction.ended",
    ]


def test_marks_are_not_listed_by_name_while_data_rest_and_certificates_are(
    client_as, world, learner, course, now
):
    complete(course=course, person=learner, now=now)
    scores, finished = "/sdm/laporan/nilai/", "/sdm/penyelesaian/"
    assert "Sari Percobaan" in client_as("hr").get(scores).content.decode()

    restrict(learner, world.people["hr"], now)

    assert "Sari Percobaan" not in client_as("hr").get(scores).content.decode()
    # What the law wants counted stays.
    assert "Sari Percobaan" in client_as("hr").get(finished).content.decode()


# --- erasure ------------------------------------------------------------------------
def grant_erasure(person, by, now):
    """Accept that somebody be erased."""
    asked = ask(person, now, kind="erasure", words="Saya pensiun.")
    actions.accept_data_request(request_id=asked.pk, answer="Baik.", by=by, now=now)
    return asked


def test_an_accepted_erasure_happens_a_day_later_and_leaves_what_must_stay(
    client_of, world, learner, place, clock, now
):
    asked = grant_erasure(learner, world.people["hr"], now)
    assert verbs()[1] == "accounts.erasure.planned"
    assert "Identitas Anda dihapus" in client_of(learner).get(HERS).content.decode()

    clock.move_to(now + 23 * HOUR)
    assert erase_person(person_id=learner.pk) is False
    clock.move_to(now + 25 * HOUR)
    assert erase_person(person_id=learner.pk) is True
    assert erase_person(person_id=learner.pk) is False

    gone = User.objects.get(pk=learner.pk)
    assert (gone.name, gone.nip, gone.is_active) == ("Akun dihapus", None, False)
    asked.refresh_from_db()
    assert (asked.words, asked.state) == ("", "accepted")
    assert learner.enrollments.count() == 1
    assert not PlannedErasure.objects.exists()
    said = AuditRecord.objects.get(verb="accounts.person.anonymised")
    assert (said.actor_id, said.detail["reason"]) == (world.people["hr"].pk, "request")


def test_she_may_think_again_until_it_has_happened(
    client_of, world, learner, clock, now
):
    asked = grant_erasure(learner, world.people["hr"], now)

    client_of(learner).post(f"{HERS}{asked.key}/batal/")
    clock.move_to(now + 48 * HOUR)

    assert erase_person(person_id=learner.pk) is False
    assert User.objects.get(pk=learner.pk).name == "Sari Percobaan"


def test_whoever_holds_a_role_is_not_erased(client_as, world, now):
    asked = ask(world.people["author"], now, kind="erasure")

    page = answer(client_as("admin"), asked, "kabulkan")

    assert "memegang peran" in page
    assert not PlannedErasure.objects.exists()


# --- those who left -----------------------------------------------------------------
@pytest.fixture
def left(world, learner, now):
    """Two who left: five years ago all but a fortnight, and yesterday."""
    recent = make_person(unit=world.section, now=now, name="Baru Pergi")
    for person, days in ((learner, 5 * 365 - 14), (recent, 1)):
        accounts_actions.set_active(
            person=person, is_active=False, by=None, now=now - timedelta(days=days)
        )
    return learner


def test_nobody_is_erased_for_having_left_unless_the_site_says_so(left, clock):
    assert plan_retention() == 0
    assert not PlannedErasure.objects.exists()


def test_who_left_years_ago_is_shown_told_of_and_erased_a_month_later(
    left, client_as, world, settings, clock, now
):
    settings.ELEARNING_RETENTION_YEARS = 5
    assert (plan_retention(), plan_retention()) == (1, 0)

    page = client_as("hr").get(f"{QUEUE}dihapus/").content.decode()
    assert "Sari Percobaan" in page
    assert "Baru Pergi" not in page
    assert Notice.objects.get(person=world.people["admin"]).url == f"{QUEUE}dihapus/"

    clock.move_to(now + timedelta(days=29))
    assert erase_person(person_id=left.pk) is False
    clock.move_to(now + timedelta(days=31))
    assert erase_person(person_id=left.pk) is True
    assert User.objects.get(pk=left.pk).nip is None
    assert plan_retention() == 0


def test_whoever_comes_back_or_a_site_that_keeps_is_left_alone(
    left, settings, clock, now
):
    settings.ELEARNING_RETENTION_YEARS = 5
    plan_retention()
    accounts_actions.set_active(person=left, is_active=True, by=None, now=now)
    clock.move_to(now + timedelta(days=31))

    assert erase_person(person_id=left.pk) is False

    accounts_actions.set_active(person=left, is_active=False, by=None, now=now)
    plan_retention()
    settings.ELEARNING_RETENTION_YEARS = 0
    plan_retention()
    assert not PlannedErasure.objects.exists()


def test_the_sweep_asks_for_whoever_is_due(left, settings, clock, now, monkeypatch):
    settings.ELEARNING_RETENTION_YEARS = 5
    plan_retention()
    sent = []
    monkeypatch.setattr(
        Job, "send", lambda _job, **said: sent.append(said["person_id"])
    )
    clock.move_to(now + timedelta(days=31))

    assert ask_for_due_erasures() == 1
    assert sent == [left.pk]
