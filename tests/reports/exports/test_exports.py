"""Files of a report: the same rows as the screen, made once, gone after a week."""

import csv
import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from accounts.models import AuditRecord, User
from certificates import actions as certificates_actions
from courses import actions as courses_actions
from elearning.celery import app as celery_app
from lib.spreadsheets import SpreadsheetProblem
from reports import actions, tasks
from reports.completion.report import COMPLETION_COLUMNS, Filters, completion_rows
from reports.exports import files
from reports.models import ExportJob
from tests.factories import complete, enroll, make_course, make_person

ASK = reverse("reports:export_ask")
LIST = reverse("reports:export_list")


@pytest.fixture
def hr(world):
    return world.people["hr"]


@pytest.fixture
def learning(world, now):
    """A finished course with a certificate, one begun, and an order."""
    course = make_course(unit=world.agency, now=now, title="Pola Pikir Digital")
    done = complete(course=course, person=world.people["learner"], now=now)
    certificates_actions.issue_certificate(enrollment_id=done.pk, by=None, now=now)
    names = ["=SUM(A1:A9)", '@"Budi", S.Kom.; baru', "-Dewi\nLestari", "+62 Nama"]
    for name in names:
        person = make_person(unit=world.section, now=now)
        # As older versions stored it: such a name is refused today.
        User.objects.filter(pk=person.pk).update(name=name)
        enroll(course=course, person=person, now=now)
    courses_actions.assign_course(
        course=course,
        unit=world.office,
        due_on=now.date() + timedelta(days=9),
        by=None,
        now=now,
    )
    return course


def ask(hr, now, *, format="xlsx", filters=None):
    return actions.ask_for_export(
        report="completion",
        format=format,
        filters=(filters or Filters()).as_json(),
        by=hr,
        now=now,
    )


def workbook_of(job):
    with default_storage.open(job.path) as content:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content.read()))
    return {
        name: workbook.get_sheet_by_name(name).to_python()
        for name in workbook.sheet_names
    }


def text_of(job):
    with default_storage.open(job.path) as content:
        return content.read().decode()


# --- the same rows -----------------------------------------------------------------
def test_workbook_holds_exactly_the_rows_of_the_screen(learning, hr, now):
    table = workbook_of(ask(hr, now))["Penyelesaian"]
    screen = list(completion_rows(Filters(), hr, now))

    header, *cells = table
    assert header == [str(column.title) for column in COMPLETION_COLUMNS]
    assert len(cells) == len(screen) == 6
    for read, row in zip(cells, screen, strict=True):
        shown: list[object] = ["" if value is None else value for value in row]
        shown[6] = float(row.final_percent) if row.final_percent is not None else ""
        assert read == shown


def test_nip_is_text_and_days_are_days(learning, hr, world, now):
    table = workbook_of(ask(hr, now))["Penyelesaian"]
    row = next(row for row in table if row[0] == "Sari Percobaan")

    assert row[1] == world.people["learner"].nip
    assert isinstance(row[1], str)
    assert row[7:10] == [
        date(2026, 11, 21),
        date(2026, 11, 21),
        date(2026, 11, 30),
    ]


def test_text_that_looks_like_a_formula_stays_text(learning, hr, now):
    names = {row[0] for row in workbook_of(ask(hr, now))["Penyelesaian"]}

    assert {"=SUM(A1:A9)", "-Dewi\nLestari", "+62 Nama"} <= names


def test_second_sheet_tells_what_the_first_one_is(learning, hr, now):
    filters = Filters(unit="seksi-uji", status="learning", words="nama")
    explained = dict(workbook_of(ask(hr, now, filters=filters))["Keterangan"][1:])

    assert explained["Laporan"] == "Penyelesaian kursus"
    assert explained["Dibuat oleh"] == "Hr Contoh"
    assert explained["Dibuat pada"] == "21 November 2026, 08.30 WIB"
    assert explained["Unit kerja"] == "Seksi Uji dan di bawahnya"
    assert explained["Status"] == "Sedang dipelajari"
    assert explained["Pencarian"] == "nama"
    assert explained["Keanggotaan unit"] == "Menurut keadaan 21 November 2026"
    assert explained["Jumlah baris"] == "1"
    assert {f"Kolom {column.title}" for column in COMPLETION_COLUMNS} <= set(explained)


def test_file_as_of_a_past_day_says_of_which(learning, hr, now):
    filters = Filters(completed_to=date(2026, 6, 30))
    explained = dict(workbook_of(ask(hr, now, filters=filters))["Keterangan"][1:])

    assert explained["Tanggal selesai"] == "Sampai 30 Juni 2026"
    assert explained["Keanggotaan unit"] == "Menurut keadaan 30 Juni 2026"
    assert explained["Jumlah baris"] == "0"


def test_csv_holds_the_same_rows_and_nothing_that_runs(learning, hr, now):
    text = text_of(ask(hr, now, format="csv"))
    header, *read = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    screen = list(completion_rows(Filters(), hr, now))

    assert header == [str(column.title) for column in COMPLETION_COLUMNS]
    assert len(read) == len(screen)
    for cells, row in zip(read, screen, strict=True):
        assert cells[0].removeprefix("'") == row.name
        assert cells[0][0] not in "=+-@"
        assert cells[1] == row.nip
        started_on = row.started_on.isoformat() if row.started_on else ""
        assert cells[7] == started_on


def test_leading_zeros_of_a_number_survive(world, hr, now):
    person = world.people["learner"]
    person.nip = "000012345"
    person.save(update_fields=["nip"])
    course = make_course(unit=world.agency, now=now)
    enroll(course=course, person=person, now=now)

    assert workbook_of(ask(hr, now))["Penyelesaian"][1][1] == "000012345"
    assert ";000012345;" in text_of(ask(hr, now, format="csv"))


def test_file_takes_as_many_queries_for_30_rows_as_for_3(
    world, hr, now, django_assert_num_queries
):
    course = make_course(unit=world.agency, now=now)

    def add(count):
        for _ in range(count):
            enroll(
                course=course, person=make_person(unit=world.section, now=now), now=now
            )

    def read():
        return list(completion_rows(Filters(), hr, now))

    add(3)
    # The reader's roles were asked for before; the rows are one query, their units
    # another one for every two thousand.
    read()
    with django_assert_num_queries(2):
        assert len(read()) == 3
    add(27)
    with django_assert_num_queries(2):
        assert len(read()) == 30


# --- states ------------------------------------------------------------------------
def test_small_export_is_made_at_once(learning, hr, now):
    job = ask(hr, now)

    assert job.state == ExportJob.State.DONE
    assert job.row_count == 6
    assert job.byte_size == default_storage.size(job.path)
    assert len(job.sha256) == 64
    assert job.expires_at - job.finished_at == timedelta(days=7)


def test_large_export_is_queued_on_commit(
    learning, hr, now, settings, monkeypatch, django_capture_on_commit_callbacks
):
    settings.ELEARNING_INLINE_EXPORT_ROWS = 5
    queued = []
    monkeypatch.setattr(
        celery_app, "send_task", lambda _name, kwargs, **_: queued.append(kwargs)
    )

    with django_capture_on_commit_callbacks(execute=True):
        job = ask(hr, now)

    assert job.state == ExportJob.State.WAITING
    assert queued == [{"job_id": job.pk}]

    tasks.run_export(**queued[0])
    job.refresh_from_db()
    assert (job.state, job.row_count) == (ExportJob.State.DONE, 6)


def test_running_an_export_twice_makes_one_file(learning, hr, now):
    job = ask(hr, now)

    again = actions.run_export(job_id=job.pk, now=now + timedelta(hours=1))

    assert (again.path, again.finished_at) == (job.path, job.finished_at)
    assert AuditRecord.objects.filter(verb="reports.export.made").count() == 1


def test_export_that_somebody_works_on_is_left_alone(learning, hr, now, settings):
    settings.ELEARNING_INLINE_EXPORT_ROWS = 0
    job = ask(hr, now)
    ExportJob.objects.filter(pk=job.pk).update(state="running", started_at=now)

    early = actions.run_export(job_id=job.pk, now=now + timedelta(minutes=14))
    late = actions.run_export(job_id=job.pk, now=now + timedelta(minutes=16))

    assert early.state == ExportJob.State.RUNNING
    assert late.state == ExportJob.State.DONE


def test_worker_that_was_thought_lost_throws_its_file_away(
    learning, hr, now, settings, monkeypatch
):
    settings.ELEARNING_INLINE_EXPORT_ROWS = 0
    job = ask(hr, now)
    make_file = files.make_file
    made = []

    def overtaken(claimed, *, now, told):
        file = make_file(claimed, now=now, told=told)
        made.append(file.path)
        if len(made) == 1:
            actions.run_export(job_id=job.pk, now=now + timedelta(minutes=16))
        return file

    monkeypatch.setattr(files, "make_file", overtaken)
    finished = actions.run_export(job_id=job.pk, now=now)

    assert finished.path == made[1]
    assert default_storage.exists(made[1]) is True
    assert default_storage.exists(made[0]) is False


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (OperationalError("disk"), "Coba lagi"),
        (SpreadsheetProblem("Terlalu banyak baris.", "Saring dulu."), "Saring dulu."),
    ],
)
def test_failed_export_says_what_to_do_and_can_be_tried_again(
    learning, hr, now, monkeypatch, caplog, trouble, words
):
    def fail(_job, *, now, told):
        raise trouble

    with monkeypatch.context() as patched:
        patched.setattr(files, "make_file", fail)
        job = ask(hr, now)
    assert job.state == ExportJob.State.FAILED
    assert words in job.message
    assert job.path == ""

    waiting = actions.retry_export(job_id=job.pk, by=hr, now=now)
    assert (waiting.state, waiting.message) == (ExportJob.State.WAITING, "")
    assert actions.run_export(job_id=job.pk, now=now).state == ExportJob.State.DONE


def test_only_a_failed_export_is_tried_again(learning, hr, now):
    job = ask(hr, now)

    assert actions.retry_export(job_id=job.pk, by=hr, now=now).state == job.state


def test_sweep_queues_what_was_left_behind(learning, hr, now, settings, monkeypatch):
    settings.ELEARNING_INLINE_EXPORT_ROWS = 0
    waiting = ask(hr, now)
    settings.ELEARNING_INLINE_EXPORT_ROWS = 100
    ask(hr, now)
    queued = []
    monkeypatch.setattr(tasks.run_export, "delay", lambda **kw: queued.append(kw))

    assert tasks.run_waiting_exports() == 1
    assert queued == [{"job_id": waiting.pk}]


def test_file_is_deleted_after_a_week_and_the_search_is_forgotten(learning, hr, now):
    job = ask(hr, now, filters=Filters(words="sari", status="done"))
    path = job.path
    left_behind = default_storage.save(f"{path}.part", ContentFile(b"rows"))
    week = job.expires_at - now

    assert actions.delete_expired_exports(now=now + week - timedelta(seconds=1)) == 0
    assert default_storage.exists(path) is True
    assert actions.delete_expired_exports(now=now + week) == 1
    assert actions.delete_expired_exports(now=now + week) == 0

    job.refresh_from_db()
    assert default_storage.exists(path) is False
    assert default_storage.exists(left_behind) is False
    assert (job.path, job.state) == ("", ExportJob.State.DONE)
    assert job.filters == {"status": "done"}


def test_export_made_later_reads_what_its_owner_may_read_then(
    learning, hr, now, clock, settings
):
    settings.ELEARNING_INLINE_EXPORT_ROWS = 0
    job = ask(hr, now)
    hr.role_assignments.update(ends_at=now + timedelta(minutes=1))
    clock.move_to(now + timedelta(minutes=2))

    assert actions.run_export(job_id=job.pk, now=timezone.now()).row_count == 0


def test_audit_tells_that_a_file_was_asked_for_without_its_filters(learning, hr, now):
    job = ask(hr, now, filters=Filters(words="sari"))

    record = AuditRecord.objects.get(verb="reports.export.asked")
    assert (record.actor_id, record.object_id) == (hr.pk, job.pk)
    assert record.detail == {"report": "completion", "format": "xlsx"}


# --- pages -------------------------------------------------------------------------
def test_asking_hands_the_file_over(learning, client_as):
    answer = client_as("hr").post(ASK, {"format": "xlsx", "status": "done"})

    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert ".xlsx" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "private, no-store"
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue()))
    sheet = workbook.get_sheet_by_name("Penyelesaian").to_python()
    assert [row[0] for row in sheet[1:]] == ["Sari Percobaan"]
    assert AuditRecord.objects.filter(verb="reports.export.downloaded").count() == 1


def test_csv_is_asked_for_by_its_own_button(learning, client_as):
    answer = client_as("hr").post(ASK, {"format": "csv"})

    assert ".csv" in answer["Content-Disposition"]
    assert answer.getvalue().decode().startswith("Nama;NIP;Unit kerja;")


def test_download_uses_the_stored_search_where_the_screen_does(learning, client_as):
    client = client_as("hr")
    client.post(reverse("reports:completion_search"), {"kata": "sari"})

    answer = client.post(ASK, {"format": "csv", "cari": "1"})

    assert answer.getvalue().decode().count("\r\n") == 2


def test_large_export_leads_to_the_list(learning, client_as, settings):
    settings.ELEARNING_INLINE_EXPORT_ROWS = 0
    client = client_as("hr")

    answer = client.post(ASK, {"format": "xlsx"}, follow=True)

    assert answer.redirect_chain == [(LIST, 302)]
    page = answer.content.decode()
    assert "Berkas sedang disiapkan" in page
    assert "Menunggu" in page
    assert "reports.js" in page


def test_list_without_waiting_exports_needs_no_script(learning, client_as, hr, now):
    ask(hr, now)

    page = client_as("hr").get(LIST).content.decode()

    assert "6 baris" in page
    assert "reports.js" not in page


def test_contradicting_filters_lead_back_to_the_screen(client_as):
    contradiction = {"format": "xlsx", "status": "late", "dari": "2026-05-01"}
    answer = client_as("hr").post(ASK, contradiction)

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("reports:completion"))
    assert ExportJob.objects.count() == 0


def test_foreign_unit_cannot_be_asked_for(client_as, world):
    answer = client_as("hr").post(ASK, {"unit": world.other_office.code})

    assert answer.status_code == 404


def test_file_is_handed_to_whoever_asked_for_it_and_to_nobody_else(
    learning, client_as, hr, now
):
    job = ask(hr, now)
    url = reverse("reports:export_download", args=[job.key])

    handed_over = client_as("hr").get(url)
    assert handed_over.status_code == 200
    assert len(handed_over.getvalue()) == job.byte_size
    assert client_as("admin").get(url).status_code == 404
    assert client_as("learner").get(url).status_code == 403
    missing = reverse("reports:export_download", args=[uuid4()])
    assert client_as("hr").get(missing).status_code == 404


def test_deleted_file_is_not_found_and_the_list_says_so(learning, client_as, hr, now):
    job = ask(hr, now)
    actions.delete_expired_exports(now=now + timedelta(days=8))

    url = reverse("reports:export_download", args=[job.key])
    assert client_as("hr").get(url).status_code == 404
    assert "Kedaluwarsa" in client_as("hr").get(LIST).content.decode()


def test_failed_export_is_retried_from_the_list(
    learning, client_as, hr, now, monkeypatch
):
    def fail(_job, *, now, told):
        raise SpreadsheetProblem("Terlalu banyak baris.", "Saring dulu.")

    with monkeypatch.context() as patched:
        patched.setattr(files, "make_file", fail)
        job = ask(hr, now)
    client = client_as("hr")
    assert "Saring dulu." in client.get(LIST).content.decode()

    retry = reverse("reports:export_retry", args=[job.key])
    assert client_as("admin").post(retry).status_code == 404
    assert client.post(retry).url == LIST
    job.refresh_from_db()
    assert job.state == ExportJob.State.WAITING


def test_dashboard_shows_the_file_that_is_ready(learning, client_as, hr, now):
    ask(hr, now)

    page = client_as("hr").get(reverse("reports:dashboard")).content.decode()

    assert "XLSX siap" in page


@pytest.mark.parametrize("role", ["learner", "author"])
def test_people_without_the_capability_are_refused(client_as, role):
    client = client_as(role)

    assert client.get(LIST).status_code == 403
    assert client.post(ASK, {"format": "xlsx"}).status_code == 403
