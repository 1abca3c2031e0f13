"""The same rows in every format, each with what its reader must know of them."""

import json
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from accounts.models import User
from certificates import actions as certificates_actions
from reports import actions
from reports.exports import files
from reports.models import ExportJob
from tests.certificates.pages import opened
from tests.factories import complete, enroll, make_course, make_person


@pytest.fixture
def hr(world):
    return world.people["hr"]


@pytest.fixture
def learning(world, now):
    """A finished course with a certificate, and names that are hard to write."""
    course = make_course(unit=world.agency, now=now, title="Pola Pikir Digital")
    done = complete(course=course, person=world.people["learner"], now=now)
    certificates_actions.issue_certificate(enrollment_id=done.pk, by=None, now=now)
    for name in ("=SUM(A1:A9)", 'Petrus "Bin" \\ Baru', "山田 Contoh", "A" * 120):
        person = make_person(unit=world.section, now=now)
        # As older versions stored it: such a name is refused today.
        User.objects.filter(pk=person.pk).update(name=name)
        enroll(course=course, person=person, now=now)
    return course


def made(hr, now, *, format, report="jp", filters=None):
    """Return an export with its file, also where a worker has to make it."""
    job = actions.ask_for_export(
        report=report, format=format, filters=filters or {}, by=hr, now=now
    )
    return actions.run_export(job_id=job.pk, now=now)


def content_of(job):
    assert job.state == ExportJob.State.DONE, job.message
    with default_storage.open(job.path) as content:
        return content.read()


def printed(job):
    return [page.get_text() for page in opened(content_of(job))]


# --- JSON --------------------------------------------------------------------------
def test_json_has_rows_by_keys_and_numbers_as_numbers(learning, hr, now):
    job = made(hr, now, format="json")
    told = json.loads(content_of(job))

    row = next(row for row in told["baris"] if row["nama"] == "Sari Percobaan")
    assert set(row) == set(told["kolom"])
    assert (row["jp"], row["nip"]) == (1, User.objects.get(name="Sari Percobaan").nip)
    assert told["keterangan"]["Nomor"] == job.number
    assert told["keterangan"]["Jumlah baris"] == str(len(told["baris"]))
    assert told["keterangan"]["Jumlah JP"] == "1"
    assert {row["nama"] for row in told["baris"]} >= {"=SUM(A1:A9)", "山田 Contoh"}


def test_json_that_ends_early_is_no_json(learning, hr, now):
    text = content_of(made(hr, now, format="json")).decode()

    lines = text.splitlines(keepends=True)
    for end in range(1, len(lines)):
        with pytest.raises(json.JSONDecodeError):
            json.loads("".join(lines[:end]))


# --- PDF ---------------------------------------------------------------------------
def test_attachment_has_letterhead_number_and_signatory(learning, hr, now, settings):
    settings.ELEARNING_LETTER_ADDRESS = "Jalan Contoh Nomor 1"
    job = made(hr, now, format="pdf")

    page = "".join(printed(job))

    assert settings.ELEARNING_AGENCY_NAME.upper() in page
    for words in (
        "Jalan Contoh Nomor 1",
        f"Nomor: {job.number}",
        settings.ELEARNING_SIGNER_NAME,
        f"{settings.ELEARNING_ISSUE_PLACE}, 21 November 2026",
        "Halaman 1 dari ",
        "Sari Percobaan",
    ):
        assert words in page
    assert job.rows_sha256 in page.replace("\n", "")
    assert User.objects.get(name="Sari Percobaan").nip in page


def test_letters_that_no_font_has_are_printed_as_question_marks(learning, hr, now):
    page = "".join(printed(made(hr, now, format="pdf")))

    assert "?? Contoh" in page


def test_heads_come_again_on_every_page(world, hr, now):
    for number in range(60):
        make_person(unit=world.section, now=now, name=f"Pegawai {number}")

    pages = printed(made(hr, now, format="pdf"))

    assert len(pages) > 1
    with_rows = [page for page in pages if "Pegawai " in page]
    assert all("Capaian" in page for page in with_rows)
    assert f"Halaman 1 dari {len(pages)}" in pages[0]


@pytest.mark.parametrize("report", ["completion", "scores", "deadlines"])
def test_attachment_without_rows_says_so(hr, now, report):
    (page,) = printed(made(hr, now, format="pdf", report=report))

    assert "Tidak ada baris." in page


def test_attachment_waits_for_a_worker_however_small(learning, hr, now):
    job = actions.ask_for_export(report="jp", format="pdf", filters={}, by=hr, now=now)

    assert job.state == ExportJob.State.WAITING


@pytest.mark.parametrize("format", ["pdf", "xlsx"])
def test_more_rows_than_a_format_holds_are_refused_before_writing(
    learning, hr, now, format, monkeypatch
):
    monkeypatch.setitem(files._LIMITS, ExportJob.Format(format), 3)

    job = made(hr, now, format=format)

    assert job.state == ExportJob.State.FAILED
    assert "paling banyak 3 baris" in job.message
    assert "Unduh CSV" in job.message


# --- the same again ----------------------------------------------------------------
def test_every_format_has_the_same_hash_of_rows(learning, hr, now):
    jobs = [made(hr, now, format=format) for format in ExportJob.Format.values]

    assert len({job.rows_sha256 for job in jobs}) == 1
    assert len({job.row_count for job in jobs}) == 1
    assert len({job.number for job in jobs}) == len(jobs)


def test_a_deleted_file_is_made_again_and_told_whether_it_is_the_same(
    learning, hr, world, now
):
    past = {"as_of": "2026-11-20"}
    frozen = made(hr, now, format="csv", filters=past)
    live = made(hr, now, format="csv")
    week = now + timedelta(days=8)
    actions.delete_expired_exports(now=week)
    complete(course=learning, person=world.people["hr"], now=week)

    for job in (frozen, live):
        actions.retry_export(job_id=job.pk, by=hr, now=week)

    again = actions.run_export(job_id=frozen.pk, now=week)
    assert again.message == "Isinya sama dengan berkas sebelumnya."
    assert again.rows_sha256 == frozen.rows_sha256
    changed = actions.run_export(job_id=live.pk, now=week)
    assert changed.message == "Isinya berubah sejak berkas sebelumnya."


# --- on its way --------------------------------------------------------------------
@pytest.fixture
def queued(learning, hr, now, settings):
    """An export that waits for its worker."""
    settings.ELEARNING_INLINE_EXPORT_ROWS = 0
    return actions.ask_for_export(report="jp", format="csv", filters={}, by=hr, now=now)


def test_progress_is_told_while_rows_are_written(queued, now, monkeypatch):
    monkeypatch.setattr(files, "TOLD_EVERY", 2)

    actions.run_export(job_id=queued.pk, now=now)

    queued.refresh_from_db()
    assert (queued.rows_done, queued.row_count) == (6, 6)


def test_an_export_at_work_is_not_taken_for_lost(queued, hr, now):
    ExportJob.objects.filter(pk=queued.pk).update(
        state="running", started_at=now, seen_at=now + timedelta(minutes=30)
    )

    at_work = ExportJob.objects.waiting(now + timedelta(minutes=44))
    lost = ExportJob.objects.waiting(now + timedelta(minutes=46))

    assert (at_work.count(), lost.count()) == (0, 1)


def test_a_stopped_export_leaves_no_file_and_can_be_asked_again(
    queued, hr, now, monkeypatch
):
    monkeypatch.setattr(files, "TOLD_EVERY", 1)
    write = files._WRITERS[ExportJob.Format.CSV]

    def stopped_meanwhile(part, content):
        actions.stop_export(job_id=queued.pk, by=hr, now=now)
        write(part, content)

    with monkeypatch.context() as patched:
        patched.setitem(files._WRITERS, ExportJob.Format.CSV, stopped_meanwhile)
        stopped = actions.run_export(job_id=queued.pk, now=now)

    assert (stopped.state, stopped.path) == (ExportJob.State.STOPPED, "")
    assert not default_storage.exists(f"exports/{queued.key}")
    actions.retry_export(job_id=queued.pk, by=hr, now=now)
    done = actions.run_export(job_id=queued.pk, now=now)
    assert done.state == ExportJob.State.DONE


def test_stopping_what_is_done_changes_nothing(learning, hr, now):
    job = made(hr, now, format="csv")

    assert actions.stop_export(job_id=job.pk, by=hr, now=now).state == "done"


def test_an_export_that_kills_its_workers_fails_in_words(queued, now, monkeypatch):
    def killed(_job, **_):
        raise SystemExit

    monkeypatch.setattr(files, "make_file", killed)
    for number in range(actions.MOST_TRIES):
        with pytest.raises(SystemExit):
            actions.run_export(
                job_id=queued.pk, now=now + number * timedelta(minutes=20)
            )

    job = actions.run_export(job_id=queued.pk, now=now + timedelta(hours=2))

    assert job.state == ExportJob.State.FAILED
    assert "terhenti beberapa kali" in job.message
    assert job.path == ""


def test_the_list_offers_to_stop_and_to_ask_again(queued, client_as):
    client = client_as("hr")
    url = reverse("reports:export_list")
    stop = reverse("reports:export_stop", args=[queued.key])

    assert stop in client.get(url).content.decode()
    assert client_as("admin").post(stop).status_code == 404
    assert client.post(stop).url == url
    page = client.get(url).content.decode()
    assert "Dibatalkan" in page
    assert reverse("reports:export_retry", args=[queued.key]) in page
