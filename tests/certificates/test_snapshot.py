"""What a certificate says is frozen on the day of issue."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.actions import update_person
from accounts.actions.people import PersonContent
from certificates import actions, rendering, snapshot
from certificates.models import Certificate, CertificateDesign
from courses.models import Enrollment
from tests.factories import complete, enroll, finish_reading, make_reading


def printed(certificate: Certificate) -> rendering.CertificateData:
    """Return what the renderer gets."""
    return snapshot.certificate_data(
        certificate.data,
        number=certificate.number,
        code=certificate.code,
        design=certificate.design,
    )


def test_a_certificate_says_who_what_and_when(certificate, learner):
    data = certificate.data

    assert (data["name"], data["id_number"]) == ("Sari Percobaan", learner.nip)
    assert (data["id_label"], data["unit_name"]) == ("NIP", "Seksi Uji")
    assert data["agency"] == "Kabupaten Contoh"
    assert (data["course_title"], data["jp"]) == ("Bacaan ringan", 1)
    assert data["started_on"] == data["completed_on"] == "2026-11-21"
    assert data["issued_on"] == "2026-11-21"
    assert (data["score"], data["predikat"]) == (None, "")


def test_the_planned_minutes_make_the_jp(course, learner, now):
    place = complete(course=course, person=learner, now=now)

    data = snapshot.take(place)

    assert data["modules"] == [
        ["Pre-test", 5],
        ["Pelajaran 1", 15],
        ["Pelajaran 2", 15],
        ["Post-test", 10],
    ]
    assert (data["score"], data["predikat"]) == ("100.00", "Sangat Memuaskan")


def test_a_name_that_changes_later_changes_no_certificate(certificate, learner, now):
    before = certificate.data

    update_person(
        person=learner,
        content=PersonContent(nip="", name="Sari Baru", jabatan="Kepala"),
        by=None,
        now=now,
    )

    assert Certificate.objects.get(pk=certificate.pk).data == before


def test_dates_are_those_where_the_person_is(world, learner, now):
    learner.time_zone = "Asia/Jayapura"
    learner.save(update_fields=["time_zone"])
    course = make_reading(unit=world.agency, now=now, key="timur")
    # 00.30 on the next day in Jayapura, 22.30 in Jakarta.
    night = datetime(2026, 11, 21, 15, 30, tzinfo=UTC)
    place = finish_reading(course=course, person=learner, now=night)

    assert snapshot.take(place)["completed_on"] == "2026-11-22"


def test_a_move_to_another_zone_moves_no_day_of_learning(world, learner, now):
    # 23.30 in Jakarta: in Jayapura it was the next day already.
    night = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)
    course = make_reading(unit=world.agency, now=now, key="pindah")
    place = finish_reading(course=course, person=learner, now=night)
    learner.time_zone = "Asia/Jayapura"
    learner.save(update_fields=["time_zone"])

    data = snapshot.take(Enrollment.objects.get(pk=place.pk))

    assert data["started_on"] == data["completed_on"] == "2026-11-21"
    assert place.jp_entry.earned_on.isoformat() == data["completed_on"]


def test_an_unfinished_enrolment_has_no_snapshot(course, learner, now):
    place = enroll(course=course, person=learner, now=now)

    with pytest.raises(ValueError, match="not complete"):
        snapshot.take(place)


def test_what_was_stored_can_be_printed(certificate):
    data = printed(certificate)

    rendering.check_data(data)
    assert data.name == "Sari Percobaan"
    assert data.id_number == certificate.person.nip
    assert data.verify_url.endswith(
        f"/verifikasi/{certificate.code[:5]}-{certificate.code[5:]}/"
    )


def test_the_score_is_of_the_day_of_issue(course, learner, now):
    from courses.actions import record_grade

    place = complete(course=course, person=learner, now=now)
    certificate = actions.issue_certificate(enrollment_id=place.pk, by=None, now=now)
    record_grade(
        enrollment_id=place.pk,
        grade_item=place.version.grade_items.get(key="posttest"),
        source="quiz:posttest",
        points=0,
        max_points=4,
        evidence="test",
        by=None,
        now=now,
    )

    assert Enrollment.objects.get(pk=place.pk).final_percent == 0
    assert Certificate.objects.get(pk=certificate.pk).data["score"] == "100.00"


def test_a_design_is_stored_once_and_a_changed_setting_is_a_new_one(
    world, learner, now, settings
):
    def issue(key: str) -> Certificate:
        course = make_reading(unit=world.agency, now=now, key=key)
        place = finish_reading(course=course, person=learner, now=now)
        return actions.issue_certificate(enrollment_id=place.pk, by=None, now=now)

    first, second = issue("satu"), issue("dua")
    settings.ELEARNING_SIGNER_NAME = "Dr. Pejabat Baru"
    third = issue("tiga")

    assert first.design == second.design
    assert (first.design.number, third.design.number) == (1, 2)
    assert CertificateDesign.objects.count() == 2
    assert printed(first).signer.name == "Dra. Contoh Pejabat, M.Si."
    assert printed(third).signer.name == "Dr. Pejabat Baru"


def test_a_certificate_is_as_old_as_its_issue_not_its_course(finished, now):
    later = now + timedelta(days=40)

    certificate = actions.issue_certificate(
        enrollment_id=finished.pk, by=None, now=later
    )

    assert certificate.data["completed_on"] == "2026-11-21"
    assert certificate.data["issued_on"] == "2026-12-31"
