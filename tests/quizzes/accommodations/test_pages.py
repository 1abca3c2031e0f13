"""HR finds somebody and gives her more time."""

from datetime import timedelta
from uuid import uuid4

import pytest

from quizzes import actions
from quizzes.accommodations.actions import AccommodationContent
from quizzes.models import Accommodation, Attempt
from tests.factories import make_person
from tests.queries import assert_same_queries

LIST = "/sdm/kelonggaran/"


@pytest.fixture
def hr(client_as):
    """Return HR's browser."""
    return client_as("hr")


def said(**over) -> dict[str, str]:
    """Return what the form sends."""
    return {
        "quiz": "contoh/posttest",
        "extra_minutes": "5",
        "reason": "Surat 12/2026",
        "token": str(uuid4()),
        **over,
    }


def search(hr, words: str):
    """Search and return whom it found."""
    page = hr.post(f"{LIST}cari/", {"kata": words}, follow=True)
    return [person.name for person in page.context["people"]]


# --- finding -----------------------------------------------------------------------
def test_people_are_found_by_name_and_nip(hr, world, learner):
    assert search(hr, "sari") == ["Sari Percobaan"]
    assert search(hr, learner.nip) == ["Sari Percobaan"]
    assert search(hr, f" {learner.nip[:8]} {learner.nip[8:]} ") == ["Sari Percobaan"]
    assert search(hr, "tidak ada orangnya") == []


def test_nobody_of_another_agency_is_found(hr, world):
    assert search(hr, "luar") == []
    assert search(hr, world.outsider.nip) == []


def test_a_nip_never_stands_in_an_address(hr, learner):
    page = hr.post(f"{LIST}cari/", {"kata": learner.nip}, follow=True)

    assert page.redirect_chain == [(f"{LIST}?cari=1", 302)]
    assert learner.nip not in page.content.decode().replace(
        f'value="{learner.nip}"', ""
    )


# --- giving ------------------------------------------------------------------------
def test_more_time_reaches_the_running_attempt(hr, attempt, learner, now):
    url = f"{LIST}{learner.key}/"

    assert hr.post(url, said())["Location"] == url

    after = Attempt.objects.get(pk=attempt.pk)
    assert after.deadline_at == attempt.deadline_at + timedelta(minutes=5)
    row = Accommodation.objects.get()
    assert (row.course.key, row.quiz_key, row.extra_seconds) == (
        "contoh",
        "posttest",
        300,
    )
    page = hr.get(url).content.decode()
    assert "Tambahan 5 menit" in page
    assert "Post-test, Kursus Contoh" in page


def test_the_form_sent_twice_grants_once(hr, course, learner):
    data = said()

    for _ in range(2):
        hr.post(f"{LIST}{learner.key}/", data)

    assert Accommodation.objects.count() == 1


@pytest.mark.parametrize(
    ("quiz", "over", "where"),
    [
        ("", {}, ("", None)),
        ("contoh", {}, ("", "contoh")),
        ("contoh/pretest", {"extra_attempts": "1"}, ("pretest", "contoh")),
    ],
)
def test_it_holds_where_the_form_says(hr, course, learner, quiz, over, where):
    hr.post(f"{LIST}{learner.key}/", said(quiz=quiz, **over))

    row = Accommodation.objects.get()
    assert (row.quiz_key, row.course.key if row.course else None) == where


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"extra_minutes": ""}, "__all__"),
        ({"extra_minutes": "-5"}, "extra_minutes"),
        ({"quiz": "lain/kuis"}, "quiz"),
        ({"quiz": "contoh", "extra_attempts": "1"}, "__all__"),
        ({"token": "x"}, "token"),
    ],
)
def test_what_makes_no_sense_is_said(hr, course, learner, over, field):
    page = hr.post(f"{LIST}{learner.key}/", said(**over))

    assert field in page.context["form"].errors
    assert not Accommodation.objects.exists()


def test_nobody_gives_herself_anything(client_as, course, world):
    admin = client_as("admin")

    assert admin.post(f"{LIST}{world.people['admin'].key}/", said()).status_code == 404
    assert not Accommodation.objects.exists()


# --- revoking ----------------------------------------------------------------------
def test_revoking_needs_a_reason_and_happens_once(hr, course, learner, world, now):
    row = actions.grant_accommodation(
        person=learner,
        content=AccommodationContent("Surat 12", course, extra_minutes=5),
        token=uuid4(),
        by=world.people["hr"],
        now=now,
    )
    url = f"{LIST}{row.token}/cabut/"

    page = hr.post(url, {"reason": " "}, follow=True)
    assert "Alasan masih kosong." in page.content.decode()
    for _ in range(2):
        hr.post(url, {"reason": "Salah orang"})

    row.refresh_from_db()
    assert row.revocation.reason == "Salah orang"
    assert "Dicabut" in hr.get(LIST).content.decode()


# --- list --------------------------------------------------------------------------
def test_the_list_needs_as_many_queries_for_many(hr, course, world, now):
    def grow(count: int) -> None:
        for number in range(count):
            person = make_person(unit=world.section, now=now, name=f"Orang {number}")
            actions.grant_accommodation(
                person=person,
                content=AccommodationContent(
                    "Surat", course, "posttest", extra_minutes=5
                ),
                token=uuid4(),
                by=None,
                now=now,
            )

    assert_same_queries(hr, LIST, grow)
