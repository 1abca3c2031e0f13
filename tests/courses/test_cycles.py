"""Several cycles of one course: nothing begun is hidden, JP is credited once."""

from datetime import timedelta

import pytest

from certificates.actions import issue_certificate
from certificates.snapshot import take
from courses import actions
from courses.models import Enrollment, JpEntry
from courses.selectors.course_page import course_page
from tests.factories import complete, enroll, read_lessons, republish, sit

COURSE = "/kursus/contoh/"


@pytest.fixture
def begun(place, now):
    """Half the lessons done."""
    actions.complete_lesson(
        enrollment_id=place.pk, lesson_key="pelajaran-1", by=place.person, now=now
    )
    place.refresh_from_db()
    return place


@pytest.fixture
def again(course, learner, now):
    """The second cycle of somebody who has finished the first."""
    complete(course=course, person=learner, now=now)
    republish(course=course, change="cycle", now=now)
    return enroll(course=course, person=learner, now=now)


def finish(place: Enrollment, now) -> Enrollment:
    """Go the whole way from wherever she is."""
    sit(enrollment=place, quiz_key="pretest", right=1, now=now)
    read_lessons(enrollment=place, now=now)
    sit(enrollment=place, quiz_key="posttest", right=4, now=now)
    return Enrollment.objects.get(pk=place.pk)


def test_who_is_learning_goes_on_where_she_is(course, begun, client_as, now):
    republish(course=course, change="cycle", now=now)

    # An old tab, and a form made by hand.
    for data in ({}, {"starts_over": "1"}):
        client_as("learner").post(f"{COURSE}ikuti/", data)

    assert list(Enrollment.objects.filter(person=begun.person)) == [begun]
    page = course_page(course, begun.person)
    assert (page.done, page.percent, page.may_start_over) == (1, begun.progress, False)
    assert "Siklus baru" in page.action.note


def test_what_was_given_up_is_found_again_in_a_later_cycle(
    course, begun, client_as, now
):
    her = client_as("learner")
    her.post(f"{COURSE}berhenti/")
    republish(course=course, change="cycle", now=now)

    page = her.get(COURSE).context["page"]
    assert (page.action.label, page.may_start_over) == ("Lanjutkan kursus", True)
    her.post(f"{COURSE}ikuti/")

    assert list(Enrollment.objects.active().filter(person=begun.person)) == [begun]


def test_what_was_given_up_may_be_left_behind(course, begun, client_as, now):
    her = client_as("learner")
    her.post(f"{COURSE}berhenti/")
    republish(course=course, change="cycle", now=now)
    assert b'name="starts_over"' in her.get(COURSE).content

    for _twice in range(2):
        her.post(f"{COURSE}ikuti/", {"starts_over": "1"})

    mine = Enrollment.objects.filter(person=begun.person).order_by("cycle")
    assert [(row.cycle, row.state, row.completed_at) for row in mine] == [
        (1, "withdrawn", None),
        (2, "active", None),
    ]


def test_coming_back_within_a_cycle_offers_no_other_one(course, begun, client_as):
    her = client_as("learner")
    her.post(f"{COURSE}berhenti/")

    page = her.get(COURSE).context["page"]

    assert (page.action.label, page.may_start_over) == ("Lanjutkan kursus", False)
    assert page.action.note.endswith(f"{begun.progress} %.")


def test_a_finished_cycle_never_returns(course, again, learner, now):
    finish(again, now)

    assert enroll(course=course, person=learner, now=now) == again
    assert Enrollment.objects.filter(person=learner).count() == 2


def test_a_second_certificate_says_no_jp_that_is_not_credited(again, learner, now):
    page = course_page(again.course, learner)
    assert page.steps[-1].title == "Sertifikat"
    assert "JP kursus ini sudah tercatat" in page.steps[-1].note

    done = finish(again, now + timedelta(days=1))
    first, second = (
        issue_certificate(enrollment_id=place.pk, by=None, now=now)
        for place in Enrollment.objects.filter(person=learner).order_by("cycle")
    )

    assert (first.data["jp"], second.data["jp"]) == (1, 0)
    assert JpEntry.objects.filter(person=learner).count() == 1
    assert take(done)["jp"] == 0


def test_pages_tell_that_a_second_certificate_brings_no_jp(again, client_as, now):
    finish(again, now)
    her = client_as("learner")
    assert "tanpa tambahan JP" in her.get("/sertifikat/").content.decode()
    for place in Enrollment.objects.filter(person=again.person):
        issue_certificate(enrollment_id=place.pk, by=None, now=now)

    assert her.get("/sertifikat/").content.decode().count("tanpa tambahan JP") == 1
    code = again.certificates.get().code
    assert (
        "Penyegaran, tanpa tambahan JP"
        in her.get(f"/verifikasi/{code}/", follow=True).content.decode()
    )
    assert her.get("/").status_code == 200


def test_a_finished_person_is_never_offered_another_attempt(
    course, learner, client_as, now
):
    place = enroll(course=course, person=learner, now=now)
    Enrollment.objects.filter(pk=place.pk).update(
        completed_at=now, completed_version=place.version_id, progress=100
    )
    her = client_as("learner")

    for key in ("pretest", "posttest"):
        html = her.get(f"{COURSE}kuis/{key}/").content.decode()
        assert "Mulai mengerjakan" not in html
        assert "Kursus ini sudah Anda selesaikan" in html
        her.post(f"{COURSE}kuis/{key}/mulai/")

    assert not learner.attempts.exists()
