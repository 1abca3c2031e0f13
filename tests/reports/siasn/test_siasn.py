"""Handing courses on to SIASN: once each, with their certificates, and the way back."""

import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from python_calamine import CalamineWorkbook

from accounts.models import AuditRecord
from certificates import actions as certificates_actions
from certificates import storage
from certificates.models import Certificate, CertificateFile
from lib.spreadsheets import SpreadsheetProblem
from reports import actions as reports_actions
from reports.models import ExportJob, SiasnAnswer, SiasnItem
from reports.siasn import actions
from reports.siasn.actions import NothingToSend, Said
from reports.siasn.answers import read_answers
from reports.siasn.rows import FIELDS
from tests.factories import complete, make_course, make_person
from tests.queries import assert_same_queries

URL = reverse("reports:siasn")
YEAR = 2026


@pytest.fixture
def hr(world):
    return world.people["hr"]


@pytest.fixture
def course(world, now):
    return make_course(unit=world.agency, now=now, title="Pola Pikir Digital")


def certify(course, person, now):
    """Return a certificate with its file."""
    done = complete(course=course, person=person, now=now)
    certificate = certificates_actions.issue_certificate(
        enrollment_id=done.pk, by=None, now=now
    )
    sha256, path = storage.write(f"%PDF {certificate.number}".encode())
    CertificateFile.objects.create(
        certificate=certificate,
        sha256=sha256,
        path=path,
        byte_size=default_storage.size(path),
        input_hash="x",
        created_at=now,
    )
    return certificate


@pytest.fixture
def certificate(course, world, now):
    """The learner's certificate, and one of another agency."""
    certify(course, world.outsider, now)
    return certify(course, world.people["learner"], now)


def send(hr, now):
    return actions.make_batch(year=YEAR, by=hr, now=now)


def say(hr, now, *answers):
    return actions.record_answers(
        answers=[Said(*answer) for answer in answers], by=hr, now=now
    )


# --- once --------------------------------------------------------------------------
def test_a_batch_holds_hr_s_people_and_is_sent_once(certificate, hr, now):
    batch = send(hr, now)

    assert [item.certificate for item in batch.items.all()] == [certificate]
    with pytest.raises(NothingToSend):
        send(hr, now)


def test_the_database_refuses_a_course_twice(certificate, hr, now):
    batch = send(hr, now)
    item = batch.items.get()

    same = SiasnItem(
        batch=batch,
        enrollment=item.enrollment,
        certificate=certificate,
        attempt=1,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        same.save()


def test_two_officers_at_once_send_each_course_once(
    certificate, hr, world, now, monkeypatch
):
    """The second has read what waits before the first has sent it."""
    waiting = list(Certificate.objects.filter(pk=certificate.pk))
    send(hr, now)
    seen = Certificate.objects.filter(pk__in=[one.pk for one in waiting])
    monkeypatch.setattr(actions, "eligible", lambda _user, *, year: seen)

    with pytest.raises(NothingToSend):
        send(world.people["admin"], now)

    assert SiasnItem.objects.count() == 1


def test_what_does_not_hold_or_brings_nothing_is_not_sent(
    course, certificate, hr, world, now
):
    certificates_actions.revoke_certificate(
        certificate_id=certificate.pk,
        reason="mistake",
        note="",
        by=world.people["admin"],
        now=now,
    )

    with pytest.raises(NothingToSend):
        send(hr, now)
    with pytest.raises(NothingToSend):
        actions.make_batch(year=2025, by=hr, now=now)


# --- the file ----------------------------------------------------------------------
def archive_of(batch, hr, now):
    job = reports_actions.ask_for_export(
        report="siasn", format="zip", filters={"batch": str(batch.key)}, by=hr, now=now
    )
    job = reports_actions.run_export(job_id=job.pk, now=now)
    assert job.state == ExportJob.State.DONE, job.message
    with default_storage.open(job.path) as content:
        return zipfile.ZipFile(io.BytesIO(content.read()))


def test_the_archive_has_the_fields_and_the_certificates_under_their_names(
    certificate, hr, now
):
    archive = archive_of(send(hr, now), hr, now)

    book = CalamineWorkbook.from_filelike(io.BytesIO(archive.read("siasn.xlsx")))
    heads, row = book.get_sheet_by_name("SIASN").to_python()
    told = dict(zip(heads, row, strict=True))
    assert tuple(heads) == FIELDS
    assert told["nomorSertipikat"] == certificate.number
    assert told["jenisDiklatId"] == "16"
    assert (told["tahunKursus"], told["jumlahJam"]) == (2026, 1)
    assert told["tanggalSelesaiKursus"] == "21-11-2026"
    assert told["nipBaru"] == certificate.person.nip
    assert told["path"] == "[]"
    assert "/" not in told["berkas"]
    assert archive.read(told["berkas"]).startswith(b"%PDF")
    assert sorted(archive.namelist()) == sorted(["siasn.xlsx", told["berkas"]])


def test_json_keeps_the_types_of_the_interface(certificate, hr, now):
    import json

    job = reports_actions.ask_for_export(
        report="siasn",
        format="json",
        filters={"batch": str(send(hr, now).key)},
        by=hr,
        now=now,
    )
    with default_storage.open(job.path) as content:
        (row,) = json.loads(content.read())["baris"]

    assert list(row) == list(FIELDS)
    assert (row["id"], row["path"], row["lokasiId"]) == (None, [], "")
    assert (row["jumlahJam"], row["jenisDiklatId"]) == (1, "16")


# --- the way back ------------------------------------------------------------------
def test_an_accepted_course_is_reported_and_saying_so_again_changes_nothing(
    certificate, hr, now
):
    send(hr, now)
    said = (certificate.number, "RW-1", "")

    first, second = say(hr, now, said), say(hr, now, said)

    assert (first.accepted, first.refused, first.known) == (1, 0, 0)
    assert (second.accepted, second.known, second.strangers) == (0, 1, ())
    assert SiasnAnswer.objects.get().rw_kursus_id == "RW-1"
    with pytest.raises(NothingToSend):
        send(hr, now)
    verbs = AuditRecord.objects.filter(verb__startswith="reports.siasn")
    assert list(verbs.values_list("verb", "actor_id").order_by("pk")) == [
        ("reports.siasn.sent", hr.pk),
        ("reports.siasn.answered", hr.pk),
    ]


def test_a_refused_course_is_shown_with_its_reason_and_sent_again(
    certificate, hr, now, client_as
):
    send(hr, now)
    say(hr, now, (certificate.number, "", "NIP tidak ditemukan"))

    assert "NIP tidak ditemukan" in client_as("hr").get(URL).content.decode()
    again = send(hr, now)
    assert again.items.get().attempt == 2
    assert "Dikirim lagi" in client_as("hr").get(URL).content.decode()
    assert say(hr, now, (certificate.number, "RW-2", "")).accepted == 1


def test_answers_about_others_or_otherwise_are_told_and_not_written(
    course, certificate, hr, world, now
):
    other = certify(course, make_person(unit=world.section, now=now), now)
    send(hr, now)
    say(hr, now, (certificate.number, "RW-1", ""))
    foreign = Certificate.objects.get(person=world.outsider)

    told = say(
        hr,
        now,
        ("800/1/X/2026", "RW-9", ""),
        (foreign.number, "RW-8", ""),
        (certificate.number, "RW-7", ""),
        (other.number, "RW-1", ""),
    )

    assert (told.accepted, told.refused) == (0, 0)
    assert len(told.strangers) == 4
    assert SiasnAnswer.objects.count() == 1


def answers_in(text):
    return read_answers(io.BytesIO(text.encode()), "jawaban.csv")


def test_answers_are_read_by_their_heads_and_empty_ones_left_out():
    read = answers_in(
        "nama;No Sertipikat;RwKursusId;message\nA;1/A;77;\nB;2/A;;\nC;3/A;;x\n"
    )

    assert read == [Said("1/A", "77", ""), Said("3/A", "", "x")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nama;nip\nA;1\n", "tidak ditemukan"),
        ("nomorSertipikat;rwKursusId\n1/A;\n", "Belum ada jawaban"),
        ("nomorSertipikat;rwKursusId;alasan\n1/A;7;x\n", "sekaligus"),
        ("nomorSertipikat;rwKursusId\n1/A;7\n1/A;8\n", "mengulang"),
        ("nomorSertipikat;rwKursusId\n1/A;7\n2/A;7\n", "beberapa sertifikat"),
        (f"nomorSertipikat;rwKursusId\n1/A;{'7' * 65}\n", "terlalu panjang"),
    ],
)
def test_answers_that_cannot_be_are_refused_in_words(text, words):
    with pytest.raises(SpreadsheetProblem, match=words):
        answers_in(text)


# --- pages -------------------------------------------------------------------------
def test_the_way_through_the_pages(certificate, client_as, hr):
    client = client_as("hr")
    assert "Buat berkas 1 kursus" in client.get(URL).content.decode()

    sent = client.post(reverse("reports:siasn_send"))
    assert sent.url == reverse("reports:export_list")
    assert ExportJob.objects.get(report="siasn").state == "waiting"
    upload = f"nomorSertipikat;rwKursusId\n{certificate.number};RW-1\n".encode()
    page = client.post(
        reverse("reports:siasn_answers"),
        {"berkas": SimpleUploadedFile("j.csv", upload)},
        follow=True,
    ).content.decode()

    assert "1 diterima, 0 ditolak" in page
    again = client.post(reverse("reports:siasn_send"), follow=True).content.decode()
    assert "Tidak ada kursus baru" in again
    assert (
        "Pilih berkas"
        in client.post(reverse("reports:siasn_answers"), follow=True).content.decode()
    )


def test_a_batch_belongs_to_whoever_made_it(certificate, hr, now, client_as):
    url = reverse("reports:siasn_download", args=[send(hr, now).key])

    assert client_as("admin").post(url).status_code == 404
    assert client_as("hr").post(url).status_code == 302


def test_the_page_takes_as_many_queries_for_12_refusals_as_for_3(
    course, world, hr, now, client_as
):
    def grow(count):
        numbers = [
            certify(course, make_person(unit=world.section, now=now), now).number
            for _ in range(count)
        ]
        send(hr, now)
        say(hr, now, *((number, "", "Ditolak") for number in numbers))

    assert_same_queries(client_as("hr"), URL, grow, many=12)
