"""A report of a past day tells what held on that day, and never changes afterwards."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from accounts import actions as accounts_actions
from accounts import details
from accounts.actions import PersonContent
from accounts.models import PersonDetail, PersonIdentifier, User
from certificates import actions as certificates_actions
from courses import actions as courses_actions
from courses.selectors.content import version_content
from quizzes import actions as quizzes_actions
from reports.completion.report import (
    Filters,
    completion_in_words,
    completion_rows,
)
from reports.units.reach import reach_of
from tests.factories import enroll, make_course, make_nip, read_lessons, republish, sit

MARCH = datetime(2026, 3, 10, 3, tzinfo=UTC)


@pytest.fixture
def course(world, now):
    return make_course(unit=world.agency, now=MARCH, title="Pola Pikir Digital")


def order(course, unit, moment, due_on):
    """Order a unit to take the course."""
    return courses_actions.assign_course(
        course=course, unit=unit, due_on=due_on, by=None, now=moment
    )


@pytest.fixture
def place(world, course):
    """Somebody who finished in March with 75, certified, under a deadline in April."""
    order(course, world.office, MARCH, date(2026, 4, 30))
    place = enroll(course=course, person=world.people["learner"], now=MARCH)
    sit(enrollment=place, quiz_key="pretest", right=1, now=MARCH)
    read_lessons(enrollment=place, now=MARCH)
    sit(enrollment=place, quiz_key="posttest", right=3, now=MARCH)
    certificates_actions.issue_certificate(
        enrollment_id=place.pk, by=None, now=MARCH + timedelta(minutes=1)
    )
    return place


def report(world, day, now):
    """Return the report of a past day."""
    hr = world.people["hr"]
    return list(completion_rows(Filters(completed_to=day), hr, now))


def raise_the_grade(place, moment):
    """Repair what she got wrong."""
    wrong = place.attempts.get(quiz_key="posttest").items.get(share_numerator=0)
    quizzes_actions.repair_question(
        version=wrong.question_version,
        kind="all_right",
        correction=None,
        reason="Soal keliru",
        by=None,
        now=moment,
    )
    for repair_id, attempt_id in quizzes_actions.unfinished_repairs(moment, limit=9):
        quizzes_actions.apply_repair(
            repair_id=repair_id, attempt_id=attempt_id, now=moment
        )


def change_everything(world, course, place, moment):
    """Let everything that a row shows become something else."""
    admin = world.people["admin"]
    raise_the_grade(place, moment)
    order(course, world.office, moment, date(2026, 9, 30))
    order(course, world.agency, moment, date(2026, 3, 20))
    first = place.certificates.get()
    second = certificates_actions.replace_certificate(
        certificate_id=first.pk, reason="Nama", by=admin, now=moment
    )
    certificates_actions.revoke_certificate(
        certificate_id=second.pk,
        reason="mistake",
        note="",
        by=admin,
        now=moment + timedelta(days=10),
    )
    content = version_content(course.current_version)
    for change, title in (("wording", "Kata lebih baik"), ("cycle", "Siklus lain")):
        republish(
            course=course,
            change=change,
            now=moment,
            content=replace(content, title=title),
        )
    enroll(course=course, person=place.person, now=moment)
    nip = make_nip()
    PersonIdentifier.objects.create(
        person=place.person, kind="NIP", value=nip, starts_on=moment.date()
    )
    User.objects.filter(pk=place.person_id).update(nip=nip)


def test_a_past_report_never_changes(world, course, place, now):
    days = [date(2026, 3, 10), date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 14)]
    before = [report(world, day, now) for day in days]

    change_everything(world, course, place, datetime(2026, 5, 15, 3, tzinfo=UTC))

    assert [report(world, day, now) for day in days] == before
    (row,) = before[0]
    assert (row.course, row.final_percent) == ("Pola Pikir Digital", 75)
    assert (row.due_on, row.certificate_number) == (
        date(2026, 4, 30),
        place.certificates.get(replaces=None).number,
    )


def test_each_day_tells_its_own_grade_deadline_and_certificate(
    world, course, place, now
):
    moment = datetime(2026, 5, 15, 3, tzinfo=UTC)
    change_everything(world, course, place, moment)

    (replaced,) = report(world, date(2026, 5, 15), now)
    (revoked,) = report(world, date(2026, 5, 25), now)

    second = place.certificates.exclude(replaces=None).get()
    assert (replaced.final_percent, replaced.due_on) == (100, date(2026, 3, 20))
    assert replaced.certificate_number == second.number
    assert replaced.nip == User.objects.get(pk=place.person_id).nip
    assert revoked.certificate_number is None
    assert replaced.course == "Pola Pikir Digital"


def test_what_was_issued_after_the_day_is_not_told(world, course, now):
    place = enroll(course=course, person=world.people["learner"], now=MARCH)
    sit(enrollment=place, quiz_key="pretest", right=1, now=MARCH)
    read_lessons(enrollment=place, now=MARCH)
    sit(enrollment=place, quiz_key="posttest", right=4, now=MARCH)
    certificates_actions.issue_certificate(
        enrollment_id=place.pk, by=None, now=MARCH + timedelta(days=1)
    )

    (that_day,) = report(world, date(2026, 3, 10), now)
    (next_day,) = report(world, date(2026, 3, 11), now)

    assert that_day.certificate_number is None
    assert next_day.certificate_number == place.certificates.get().number


def test_an_order_that_was_cancelled_since_held_on_the_day(world, course, place, now):
    given = course.assignments.get()
    courses_actions.cancel_assignment(
        assignment_id=given.pk,
        by=world.people["hr"],
        now=datetime(2026, 5, 1, tzinfo=UTC),
    )

    (then,) = report(world, date(2026, 4, 30), now)
    (later,) = report(world, date(2026, 5, 2), now)

    assert (then.due_on, later.due_on) == (date(2026, 4, 30), None)


def test_pages_and_files_of_a_past_day_agree(world, course, place, now):
    change_everything(world, course, place, datetime(2026, 5, 15, 3, tzinfo=UTC))
    rows = completion_rows(
        Filters(completed_to=date(2026, 3, 31)), world.people["hr"], now
    )

    assert list(rows) == rows[0:50]
    assert rows.count() == 1


def test_a_day_ends_where_the_reader_is(world, now):
    reach = reach_of(world.people["hr"], now=now, day=date(2026, 3, 31))

    assert reach.day_ends_at == datetime(2026, 3, 31, 17, tzinfo=UTC)


def promote(person, moment, **over):
    """Let HR say something new of a person."""
    content = PersonContent(
        nip=person.nip, name=person.name, employment_status="PNS", **over
    )
    accounts_actions.update_person(person=person, content=content, by=None, now=moment)


def test_each_day_tells_its_own_name_and_job(world, place, now):
    person = place.person
    before = (person.name, person.golongan, person.jabatan)
    first, second = (datetime(2026, month, 15, 3, tzinfo=UTC) for month in (5, 7))
    promote(person, first, golongan="III/b", jabatan="Analis")
    promote(person, second, golongan="III/c", jabatan="Analis", title_suffix="M.Si.")

    days = [date(2026, 5, 14), date(2026, 5, 15), date(2026, 7, 15)]
    rows = [report(world, day, now)[0] for day in days]

    told = [(row.name, row.golongan, row.jabatan) for row in rows]
    assert told == [
        before,
        (person.name, "III/b", "Analis"),
        (f"{person.name}, M.Si.", "III/c", "Analis"),
    ]


def test_a_number_noted_wrongly_is_told_of_no_day(world, place, now):
    person = place.person
    right, wrong, moment = person.nip, make_nip(), datetime(2026, 3, 12, 3, tzinfo=UTC)
    accounts_actions.change_number(
        person=person, nip=wrong, starts_on=moment.date(), by=None, now=moment
    )
    assert report(world, moment.date(), now)[0].nip == wrong

    accounts_actions.correct_number(
        person_id=person.pk,
        wrong=wrong,
        right=right,
        reason="SK orang lain",
        by=None,
        now=now,
    )

    assert report(world, moment.date(), now)[0].nip == right


def test_what_was_said_last_of_a_day_holds(world, place, now):
    """As with moves: a sheet may say from which day something held."""
    person = place.person
    for field, value, starts_on, moment in (
        ("golongan", "III/b", date(2026, 6, 1), datetime(2026, 6, 2, tzinfo=UTC)),
        ("golongan", "III/c", date(2026, 5, 1), datetime(2026, 6, 9, tzinfo=UTC)),
    ):
        details.note_changes(
            [details.Changed(person.pk, {field: ("III/a", value)})],
            starts_on=starts_on,
            now=moment,
        )

    days = [date(2026, 4, 30), date(2026, 5, 1), date(2026, 6, 1)]
    told = [report(world, day, now)[0].golongan for day in days]

    assert told == ["III/a", "III/c", "III/c"]


def test_days_before_changes_were_kept_are_told_so(world, place, now):
    hr = world.people["hr"]
    PersonDetail.objects.create(
        person=place.person,
        field="golongan",
        value="III/b",
        recorded_at=datetime(2026, 5, 1, 3, tzinfo=UTC),
        is_assumed=True,
    )

    def words(day):
        return dict(completion_in_words(Filters(completed_to=day), hr, now))

    assert "1 Mei 2026" in words(date(2026, 4, 30))["Nama dan jabatan"]
    assert "Nama dan jabatan" not in words(date(2026, 5, 1))
    assert "Nama dan jabatan" not in words(None)
