"""An author repairs a question: she sees how many it touches, and no names."""

import pytest

from quizzes.models import Repair
from tests.factories import enroll as enroll_in
from tests.factories import make_course, make_person, read_lessons, sit


@pytest.fixture
def sat(world, now):
    """A post-test of two right answers out of four, by a person named Budi."""
    course = make_course(unit=world.agency, now=now, key="ujian", pool=4)
    person = make_person(unit=world.section, now=now, name="Budi Tersembunyi")
    place = enroll_in(course=course, person=person, now=now)
    sit(enrollment=place, quiz_key="pretest", right=1, now=now)
    read_lessons(enrollment=place, now=now)
    return sit(enrollment=place, quiz_key="posttest", right=2, now=now)


@pytest.fixture
def version(sat):
    """The wording that was answered wrong."""
    return sat.items.get(position=3).question_version


@pytest.fixture
def url(version):
    """Return the address of the page."""
    question = version.question
    return f"/studio/ujian/soal/{question.bank.key}/{question.key}/perbaikan/"


def said(asked, /, **over) -> dict[str, str]:
    """Return what the form sends."""
    return {
        "version": str(asked.pk),
        "kind": "all_right",
        "reason": "Dua pilihan benar",
        "command": "preview",
        **over,
    }


def test_the_preview_counts_and_changes_nothing(client_as, url, version, sat):
    page = client_as("author").post(url, said(version))

    preview = page.context["preview"]
    assert (preview.attempts, preview.people) == (1, 1)
    assert [len(preview.rising), len(preview.passing), len(preview.completing)] == [
        1,
        1,
        1,
    ]
    assert not Repair.objects.exists()


def test_an_author_reads_counts_and_an_admin_reads_names(client_as, url, version):
    author = client_as("author").post(url, said(version)).content.decode()
    admin = client_as("admin").post(url, said(version)).content.decode()

    assert "Budi Tersembunyi" not in author
    assert "Nama tidak ditampilkan di sini." in author
    assert "Budi Tersembunyi" in admin


def test_applying_is_recorded_once(client_as, url, version):
    author = client_as("author")

    for _ in range(2):
        assert author.post(url, said(version, command="apply"))["Location"] == url

    row = Repair.objects.get()
    assert (row.kind, row.reason) == ("all_right", "Dua pilihan benar")
    page = author.get(url).content.decode()
    assert "Dua pilihan benar" in page
    assert "1 menunggu." in page


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"kind": "corrected"}, "__all__"),
        ({"kind": "lain"}, "kind"),
        ({"reason": " "}, "reason"),
        ({"version": "999999"}, "version"),
    ],
)
def test_what_makes_no_sense_is_said(client_as, url, version, over, field):
    page = client_as("author").post(url, said(version, **over))

    assert field in page.context["form"].errors
    assert page.context["preview"] is None
    assert not Repair.objects.exists()


def test_a_question_nobody_got_needs_no_repair(client_as, sat):
    page = client_as("author").get(
        "/studio/ujian/soal/ujian-practice/ujian-practice-1/perbaikan/"
    )

    assert "Soal ini belum pernah dikerjakan." in page.content.decode()
