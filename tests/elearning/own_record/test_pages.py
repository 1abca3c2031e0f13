"""The JP ledger, the history, and the workbook of a person's own record."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from accounts.models import AuditRecord
from certificates import actions as certificates_actions
from courses.models import JpEntry
from tests.factories import complete, finish_reading, make_reading
from tests.queries import assert_same_queries


@pytest.fixture
def her(client_of, learner):
    """Return the learner's browser."""
    return client_of(learner)


@pytest.fixture
def done(course, learner, now):
    """The learner has finished the course."""
    return complete(course=course, person=learner, now=now)


def ledger(her, **asked):
    response = her.get("/jp/", asked)
    assert response.status_code == 200
    return response.context["page"]


def test_every_hour_stands_in_the_ledger_with_its_reason(done, her):
    page = ledger(her)

    (row,) = page.rows
    assert (row.title, row.jp, row.reason) == (
        "Kursus Contoh",
        1,
        "Kursus selesai dengan nilai 100.",
    )
    assert page.label == "Tahun 2026"
    assert page.status.label == "1 dari 20 JP"
    assert row.fields == []


def test_fields_for_myasn_are_those_of_the_certificate(done, her, now):
    paper = certificates_actions.issue_certificate(
        enrollment_id=done.pk, by=None, now=now
    )

    (row,) = ledger(her).rows

    assert [(field.label, field.value) for field in row.fields] == [
        ("Jenis diklat", "16 E-Learning"),
        ("Nama kursus", "Kursus Contoh"),
        ("Institusi penyelenggara", paper.design.settings["body_name"]),
        ("Nomor sertifikat", paper.number),
        ("Tanggal mulai", "21-11-2026"),
        ("Tanggal selesai", "21-11-2026"),
        ("Tahun kursus", "2026"),
        ("Jumlah jam (JP)", "1"),
    ]


def test_an_agreement_counts_from_its_anniversary(done, learner, her, now, clock):
    type(learner).objects.filter(pk=learner.pk).update(
        employment_status="PPPK", status_starts_on=date(2023, 11, 22)
    )

    page = ledger(her)

    assert page.label == "Tahun perjanjian 22 November 2025 – 21 November 2026"
    assert page.status.label == "1 dari paling banyak 24 JP"
    assert her.get("/").context["page"].jp.earned == 1
    clock.move_to(now + timedelta(days=1))
    assert ledger(her).rows == []
    assert her.get("/").context["page"].jp.earned == 0
    assert [row.jp for row in ledger(her, tahun="2025").rows] == [1]


def test_without_a_beginning_an_agreement_counts_by_the_calendar(done, learner, her):
    type(learner).objects.filter(pk=learner.pk).update(employment_status="PPPK")

    page = ledger(her)

    assert (page.label, page.is_agreement, page.status.earned) == (
        *("Tahun 2026", False),
        1,
    )


@pytest.mark.parametrize("asked", ["", "x", "0000", "9999", "１２３４", "-202"])
def test_a_year_without_entries_is_this_one(done, her, asked):
    assert ledger(her, tahun=asked).label == "Tahun 2026"


def test_the_history_tells_attempts_scores_and_certificates(done, her, now):
    paper = certificates_actions.issue_certificate(
        enrollment_id=done.pk, by=None, now=now
    )

    (row,) = her.get("/riwayat/").context["page"].rows

    assert (row.title, row.state, row.score) == ("Kursus Contoh", "done", "100")
    assert [(line.title, line.score, line.passed) for line in row.attempts] == [
        ("Pre-test", "50", None),
        ("Post-test", "100", True),
    ]
    assert [(one.number, one.state) for one in row.papers] == [
        (paper.number, "Berlaku")
    ]


def test_both_pages_are_there_before_anything_was_taken(her):
    assert ledger(her).rows == []
    assert her.get("/riwayat/").context["page"].rows == []


def test_nobody_reads_the_record_of_another(done, client_as):
    other = client_as("hr")

    assert ledger(other).rows == []
    assert other.get("/riwayat/").context["page"].rows == []


def test_the_workbook_says_what_the_pages_say(done, her):
    response = her.post("/riwayat/unduh/")

    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    sheets = {
        name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names
    }
    assert sheets["JP"][1][1:3] == ["Kursus Contoh", 1.0]
    assert sheets["Kursus"][1][4] == "100"
    assert sheets["Percobaan"][-1][4:] == ["100", "Lulus"]
    assert AuditRecord.objects.filter(verb="elearning.record.downloaded").count() == 1


@pytest.mark.parametrize("url", ["/jp/", "/riwayat/"])
def test_more_courses_are_no_more_questions(world, learner, her, now, url):
    def grow(count: int) -> None:
        first = JpEntry.objects.count()
        for number in range(first, first + count):
            course = make_reading(unit=world.agency, now=now, key=f"k{number}")
            finish_reading(course=course, person=learner, now=now)

    assert_same_queries(her, url, grow, few=3, many=15)
