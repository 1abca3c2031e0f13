"""Who has finished what: whose rows, which rows, and of which day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from accounts import actions as accounts_actions
from certificates import actions as certificates_actions
from courses import actions as courses_actions
from reports.completion.report import Filters, completion_rows
from tests.factories import complete, enroll, make_course, make_person

URL = reverse("reports:completion")


@pytest.fixture
def course(world, now):
    return make_course(unit=world.agency, now=now, title="Pola Pikir Digital")


def names(filters, user, now):
    return [row.name for row in completion_rows(filters, user, now)]


def order(course, unit, now, *, days):
    return courses_actions.assign_course(
        course=course,
        unit=unit,
        due_on=now.date() + timedelta(days=days),
        by=None,
        now=now,
    )


# --- whose rows --------------------------------------------------------------------
def test_hr_of_an_office_sees_the_section_below_and_not_the_other_agency(
    world, course, now
):
    enroll(course=course, person=world.people["learner"], now=now)
    enroll(course=course, person=world.outsider, now=now)

    assert names(Filters(), world.people["hr"], now) == ["Sari Percobaan"]


def test_hr_of_an_office_does_not_see_the_agency_above_it(world, course, now):
    enroll(course=course, person=world.people["admin"], now=now)

    assert names(Filters(), world.people["hr"], now) == []
    assert names(Filters(), world.people["admin"], now) == ["Admin Contoh"]


def test_somebody_without_a_role_reads_nothing_not_even_herself(world, course, now):
    learner = world.people["learner"]
    enroll(course=course, person=learner, now=now)

    assert names(Filters(), learner, now) == []


def test_a_unit_outside_ones_units_gives_no_rows_even_when_it_is_asked_for(
    world, course, now
):
    enroll(course=course, person=world.outsider, now=now)
    foreign = Filters(unit=world.other_office.code)

    assert names(foreign, world.people["hr"], now) == []


def test_learner_is_refused(client_as):
    assert client_as("learner").get(URL).status_code == 403


def test_foreign_unit_and_unknown_unit_are_alike_not_found(client_as, world):
    client = client_as("hr")

    assert client.get(URL, {"unit": world.section.code}).status_code == 200
    assert client.get(URL, {"unit": world.other_office.code}).status_code == 404
    assert client.get(URL, {"unit": world.agency.code}).status_code == 404
    assert client.get(URL, {"unit": "tidak-ada"}).status_code == 404


# --- which rows --------------------------------------------------------------------
def test_row_shows_everything_about_a_finished_course(world, course, now):
    learner = world.people["learner"]
    enrollment = complete(course=course, person=learner, now=now)
    certificate = certificates_actions.issue_certificate(
        enrollment_id=enrollment.pk, by=None, now=now
    )
    order(course, world.agency, now, days=9)

    (row,) = completion_rows(Filters(unit=world.section.code), world.people["hr"], now)

    assert row == (
        "Sari Percobaan",
        learner.nip,
        "Seksi Uji",
        "Pola Pikir Digital",
        "Selesai",
        100,
        enrollment.final_percent,
        date(2026, 11, 21),
        date(2026, 11, 21),
        date(2026, 11, 30),
        certificate.number,
        "seksi-uji",
        "Kabupaten Contoh / Dinas Percobaan / Seksi Uji",
        learner.golongan,
        learner.jabatan,
        "PNS",
    )


def test_two_units_of_one_name_are_told_apart(world, course, now):
    for number, parent in enumerate((world.section, world.office)):
        unit = accounts_actions.create_unit(
            code=f"tu-{number}",
            name="Tata Usaha",
            parent=parent,
            starts_on=now.date(),
            by=None,
            now=now,
        )
        person = make_person(
            unit=unit, now=now, golongan="III/c", jabatan="Analis Kebijakan"
        )
        enroll(course=course, person=person, now=now)

    rows = completion_rows(Filters(), world.people["hr"], now)

    assert {(row.unit, row.unit_code, row.unit_line) for row in rows} == {
        (
            "Tata Usaha",
            "tu-0",
            "Kabupaten Contoh / Dinas Percobaan / Seksi Uji / Tata Usaha",
        ),
        ("Tata Usaha", "tu-1", "Kabupaten Contoh / Dinas Percobaan / Tata Usaha"),
    }
    assert {row[13:] for row in rows} == {("III/c", "Analis Kebijakan", "PNS")}


def test_the_line_of_units_is_that_of_the_day(moved, world, now):
    before = Filters(completed_to=date(2026, 3, 31))
    accounts_actions.place_unit(
        unit=world.section, parent=world.agency, starts_on=now.date(), by=None, now=now
    )

    (then,) = completion_rows(before, world.people["admin"], now)

    assert then.unit_line.startswith("Kabupaten Contoh / Dinas Percobaan")


def test_names_are_sorted_the_same_in_every_database(world, course, now):
    said = ["Zoë", "Ánita", "ani Zulfa", "Ani", "Anisa", "D’Arc", "Darmi", "budi"]
    for name in said:
        person = make_person(unit=world.section, now=now, name=name)
        enroll(course=course, person=person, now=now)

    assert names(Filters(), world.people["hr"], now) == [
        *("Ani", "ani Zulfa", "Anisa", "Ánita", "budi", "D’Arc", "Darmi", "Zoë"),
    ]


@pytest.mark.parametrize(
    "words", ["nuraini", "NUR'AINI", "Nur’aini", "éfendi NURAINI", "  aini  efen"]
)
def test_names_are_found_without_accents_and_apostrophes(world, course, now, words):
    person = make_person(unit=world.section, now=now, name="Nur'Aini Éfendi")
    enroll(course=course, person=person, now=now)

    assert names(Filters(words=words), world.people["hr"], now) == ["Nur'Aini Éfendi"]


def test_a_number_that_was_given_up_still_leads_to_the_person(world, course, now):
    person = world.people["learner"]
    enroll(course=course, person=person, now=now)
    before = person.nip
    accounts_actions.change_number(
        person=person,
        nip="198806302021212955",
        starts_on=now.date(),
        by=None,
        now=now,
    )

    for words in (before, "198806302021212955"):
        assert names(Filters(words=words), world.people["hr"], now) == [person.name]


def test_name_is_written_with_degrees_as_the_person_carries_it(world, course, now):
    person = make_person(
        unit=world.section,
        now=now,
        name="Dewi Contoh",
        title_prefix="Dr.",
        title_suffix="M.Si.",
    )
    enroll(course=course, person=person, now=now)

    assert names(Filters(), world.people["hr"], now) == [person.full_name]


def test_replaced_certificate_gives_way_to_the_new_one(world, course, now):
    enrollment = complete(course=course, person=world.people["learner"], now=now)
    first = certificates_actions.issue_certificate(
        enrollment_id=enrollment.pk, by=None, now=now
    )
    second = certificates_actions.replace_certificate(
        certificate_id=first.pk, reason="Salah eja", by=world.people["admin"], now=now
    )

    (row,) = completion_rows(Filters(), world.people["hr"], now)

    assert row.certificate_number == second.number


def test_person_with_an_order_who_has_not_started_has_a_row(world, course, now):
    order(course, world.section, now, days=9)

    (row,) = completion_rows(Filters(), world.people["hr"], now)

    assert (row.name, row.status, row.progress) == (
        "Sari Percobaan",
        "Belum dimulai",
        0,
    )
    assert row.due_on == date(2026, 11, 30)
    assert row.started_on is None


def test_order_of_the_agency_reaches_people_of_the_section(world, course, now):
    order(course, world.agency, now, days=20)
    order(course, world.section, now, days=9)

    due = {
        row.name: row.due_on
        for row in completion_rows(Filters(), world.people["hr"], now)
    }

    assert due == {
        "Hr Contoh": date(2026, 12, 11),
        "Sari Percobaan": date(2026, 11, 30),
    }


def test_cancelled_order_leaves_no_row(world, course, now):
    given = order(course, world.section, now, days=9)
    courses_actions.cancel_assignment(
        assignment_id=given.pk, by=world.people["admin"], now=now
    )

    assert names(Filters(), world.people["hr"], now) == []


def test_whoever_has_started_is_late_after_the_day_and_not_on_it(world, course, now):
    enroll(course=course, person=world.people["learner"], now=now)
    order(course, world.section, now, days=0)
    hr = world.people["hr"]

    (today,) = completion_rows(Filters(), hr, now)
    (tomorrow,) = completion_rows(Filters(), hr, now + timedelta(days=1))

    assert today.status == "Sedang dipelajari"
    assert tomorrow.status == "Terlambat"


def test_the_day_ends_where_the_unit_is(world, course, now):
    section = world.section
    section.time_zone = "Asia/Jayapura"
    section.save(update_fields=["time_zone"])
    order(course, section, now, days=0)
    # 21 November, 23.30 in Jakarta, is half past one of the 22nd in Jayapura.
    late_evening = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)

    (row,) = completion_rows(Filters(), world.people["hr"], late_evening)

    assert row.status == "Terlambat"


def test_course_completed_in_an_earlier_cycle_is_not_late(world, course, now):
    learner = world.people["learner"]
    complete(course=course, person=learner, now=now)
    course.cycle = 2
    course.save(update_fields=["cycle"])
    enroll(course=course, person=learner, now=now)
    order(course, world.section, now, days=-1)

    statuses = [
        row.status for row in completion_rows(Filters(), world.people["hr"], now)
    ]

    assert statuses == ["Selesai", "Sedang dipelajari"]


def test_somebody_who_gave_the_course_up_is_gone_unless_it_is_ordered(
    world, course, now
):
    learner, hr = world.people["learner"], world.people["hr"]
    enrollment = enroll(course=course, person=learner, now=now)
    courses_actions.withdraw(enrollment_id=enrollment.pk, by=learner, now=now)

    assert names(Filters(), hr, now) == []

    order(course, world.section, now, days=9)
    (row,) = completion_rows(Filters(), hr, now)
    assert row.status == "Belum dimulai"


def test_person_who_left_the_service_is_not_listed_today(world, course, now):
    learner = world.people["learner"]
    enroll(course=course, person=learner, now=now)
    order(course, world.section, now, days=9)
    accounts_actions.set_active(person=learner, is_active=False, by=None, now=now)

    assert names(Filters(), world.people["hr"], now) == []


# --- filters -----------------------------------------------------------------------
@pytest.fixture
def four_states(world, course, now):
    """One person of the section in each state, and one of the office."""
    world.people["late"] = make_person(unit=world.section, now=now, name="Lambat Uji")
    done = make_person(unit=world.section, now=now, name="Rampung Uji")
    started = make_person(unit=world.office, now=now, name="Mulai Uji")
    complete(course=course, person=done, now=now)
    enroll(course=course, person=started, now=now)
    order(course, world.section, now, days=-3)
    second = make_course(unit=world.agency, now=now, key="kedua", title="Kursus Kedua")
    order(second, world.section, now, days=30)
    return world


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("done", {("Rampung Uji", "Pola Pikir Digital")}),
        ("learning", {("Mulai Uji", "Pola Pikir Digital")}),
        (
            "late",
            {
                ("Lambat Uji", "Pola Pikir Digital"),
                ("Sari Percobaan", "Pola Pikir Digital"),
            },
        ),
        (
            "todo",
            {
                ("Lambat Uji", "Kursus Kedua"),
                ("Rampung Uji", "Kursus Kedua"),
                ("Sari Percobaan", "Kursus Kedua"),
            },
        ),
    ],
)
def test_status_keeps_the_rows_that_show_it(four_states, now, status, expected):
    found = list(completion_rows(Filters(status=status), four_states.people["hr"], now))

    assert {(row.name, row.course) for row in found} == expected


def test_every_row_has_exactly_one_status(four_states, now):
    hr = four_states.people["hr"]
    parts = [
        len(list(completion_rows(Filters(status=status), hr, now)))
        for status in ("done", "learning", "late", "todo")
    ]

    assert parts == [1, 1, 2, 3]
    assert sum(parts) == len(list(completion_rows(Filters(), hr, now)))


def test_unit_and_course_narrow_the_rows(four_states, now):
    hr = four_states.people["hr"]

    assert names(Filters(unit="seksi-uji", course="kedua"), hr, now) == [
        "Lambat Uji",
        "Rampung Uji",
        "Sari Percobaan",
    ]
    assert "Mulai Uji" in names(Filters(unit="dinas-percobaan"), hr, now)


def test_words_are_looked_for_in_names_whatever_their_case(four_states, now):
    hr = four_states.people["hr"]

    assert names(Filters(words="uji LAMBAT", course="contoh"), hr, now) == [
        "Lambat Uji"
    ]
    assert names(Filters(words="100%"), hr, now) == []
    assert names(Filters(words="_"), hr, now) == []


def test_nip_is_found_with_spaces_and_in_part(four_states, now):
    hr = four_states.people["hr"]
    nip = four_states.people["late"].nip
    spaced = f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"

    assert names(Filters(words=spaced, course="contoh"), hr, now) == ["Lambat Uji"]
    assert "Lambat Uji" in names(Filters(words=nip[-9:]), hr, now)


def test_days_are_those_of_completion_in_the_readers_zone_and_both_count(
    world, course, now
):
    # Half past six in the morning of the 21st in Jakarta is still the 20th in UTC.
    early = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    complete(course=course, person=world.people["learner"], now=early)
    hr, day = world.people["hr"], date(2026, 11, 21)

    on_the_day = list(
        completion_rows(Filters(completed_from=day, completed_to=day), hr, now)
    )
    before = Filters(completed_to=day - timedelta(days=1))
    after = Filters(completed_from=day + timedelta(days=1))

    assert [row.completed_on for row in on_the_day] == [day]
    assert names(before, hr, now) == []
    assert names(after, hr, now) == []


def test_days_leave_out_whoever_has_not_completed(four_states, now):
    hr = four_states.people["hr"]

    assert names(Filters(completed_from=date(2026, 1, 1)), hr, now) == ["Rampung Uji"]


# --- the organisation as it was ----------------------------------------------------
@pytest.fixture
def moved(world, course, now):
    """The learner finished in March in the section and moved away in September."""
    march = datetime(2026, 3, 10, 3, tzinfo=UTC)
    learner = world.people["learner"]
    complete(course=course, person=learner, now=march)
    accounts_actions.move_person(
        person=learner,
        unit=world.other_office,
        starts_on=date(2026, 9, 1),
        by=None,
        now=now,
    )
    return world


def test_report_as_of_a_past_day_counts_people_where_they_were(moved, now):
    hr = moved.people["hr"]

    (row,) = completion_rows(Filters(completed_to=date(2026, 8, 31)), hr, now)

    assert (row.name, row.unit) == ("Sari Percobaan", "Seksi Uji")
    assert names(Filters(completed_to=date(2026, 9, 1)), hr, now) == []
    assert names(Filters(), hr, now) == []


def test_move_within_ones_units_neither_loses_nor_doubles(world, course, now):
    learner, hr = world.people["learner"], world.people["hr"]
    complete(course=course, person=learner, now=datetime(2026, 3, 10, tzinfo=UTC))
    accounts_actions.move_person(
        person=learner, unit=world.office, starts_on=date(2026, 9, 1), by=None, now=now
    )

    (then,) = completion_rows(Filters(completed_to=date(2026, 8, 31)), hr, now)
    (today,) = completion_rows(Filters(), hr, now)

    assert (then.unit, today.unit) == ("Seksi Uji", "Dinas Percobaan")
    section = Filters(unit="seksi-uji", completed_to=date(2026, 8, 31))
    assert names(section, hr, now) == ["Sari Percobaan"]


def test_unit_that_moved_is_read_by_whoever_had_it_then(world, course, now):
    learner, hr = world.people["learner"], world.people["hr"]
    complete(course=course, person=learner, now=datetime(2026, 3, 10, tzinfo=UTC))
    accounts_actions.place_unit(
        unit=world.section,
        parent=world.other_office,
        starts_on=date(2026, 9, 1),
        by=None,
        now=now,
    )

    assert names(Filters(completed_to=date(2026, 8, 31)), hr, now) == ["Sari Percobaan"]
    assert names(Filters(completed_to=date(2026, 9, 2)), hr, now) == []


def test_who_has_left_since_stays_in_the_report_of_that_day(world, course, now):
    learner, hr = world.people["learner"], world.people["hr"]
    complete(course=course, person=learner, now=datetime(2026, 3, 10, tzinfo=UTC))
    accounts_actions.set_active(person=learner, is_active=False, by=None, now=now)

    assert names(Filters(completed_to=date(2026, 8, 31)), hr, now) == ["Sari Percobaan"]


def test_last_day_of_today_is_todays_organisation(moved, now):
    today = Filters(completed_to=date(2026, 11, 21))

    assert names(today, moved.people["hr"], now) == []
