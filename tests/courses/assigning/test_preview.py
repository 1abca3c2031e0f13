"""Exceptions that HR reads before an order is saved, each with people and words."""

from datetime import date, timedelta

import pytest

from courses import actions
from courses.actions import OrderContent, OrderTarget
from courses.assigning.preview import preview_of
from courses.assigning.workdays import (
    after_working_days,
    holidays_between,
    listed_holidays,
    working_days,
)
from courses.models import JpEntry
from tests.factories import finish_reading, make_person, make_reading
from tests.queries import queries_in

TODAY = date(2026, 11, 21)
# Digits 13 and 14 make it the number of a PPPK.
PPPK = "199209142023212905"


@pytest.fixture
def reading(world, now):
    return make_reading(unit=world.agency, now=now, key="bacaan")


@pytest.fixture
def look(world, reading):
    def preview(**said):
        content = OrderContent(
            [reading],
            [OrderTarget(world.section)],
            **{"due_on": date(2026, 12, 21), **said},
        )
        hr = world.people["hr"]
        return preview_of(content, user=hr, today=TODAY)

    return preview


def found(preview):
    return {one.code: one for one in preview.findings}


def test_nothing_stands_out_where_nothing_does(look, learner):
    preview = look()

    assert preview.people == 1
    assert preview.sample == [learner.full_name]
    assert preview.findings == []
    assert not preview.must_confirm


def test_who_has_finished_is_named(look, reading, learner, now):
    finish_reading(course=reading, person=learner, now=now)

    finding = found(look())["finished"]

    assert (finding.people, finding.sample) == (1, [learner.full_name])


def test_accounts_out_of_use_are_told_and_not_counted(look, learner, now):
    from accounts import actions as accounts_actions

    accounts_actions.set_active(person=learner, is_active=False, by=None, now=now)
    preview = look()

    assert preview.people == 0
    assert found(preview)["inactive"].people == 1
    assert preview.must_confirm


def test_other_zones_are_told(look, world, now):
    east = make_person(unit=world.section, now=now, name="Yosef Timur")
    east.time_zone = "Asia/Jayapura"
    east.save(update_fields=["time_zone"])

    finding = found(look())["other_zone"]

    assert (finding.people, finding.sample) == (1, ["Yosef Timur"])


@pytest.mark.parametrize(
    ("starts_on", "earned_on", "jp", "is_over"),
    [
        # The year of the agreement began on 1 March 2026: December 2025 is another.
        (date(2023, 3, 1), date(2026, 10, 1), 24, True),
        (date(2023, 3, 1), date(2026, 10, 1), 23, False),
        (date(2023, 3, 1), date(2025, 12, 1), 24, False),
        # It began on 15 December 2025.
        (date(2023, 12, 15), date(2025, 12, 20), 24, True),
        (date(2023, 12, 15), date(2025, 12, 14), 24, False),
        # The day is not known: the calendar year counts.
        (None, date(2026, 1, 2), 24, True),
        (None, date(2025, 12, 31), 24, False),
    ],
)
def test_a_pppk_over_her_jp_is_told(
    look, world, now, starts_on, earned_on, jp, is_over
):
    person = make_person(
        unit=world.section,
        now=now,
        nip=PPPK,
        name="Rina Perjanjian",
        employment_status="PPPK",
    )
    person.status_starts_on = starts_on
    person.save(update_fields=["status_starts_on"])
    other = make_reading(unit=world.agency, now=now, key="lain")
    place = finish_reading(course=other, person=person, now=now)
    JpEntry.objects.filter(pk=place.jp_entry.pk)._raw_delete("default")
    JpEntry.objects.create(
        person=person,
        enrollment=place,
        version=place.version,
        jp=jp,
        earned_on=earned_on,
        year=earned_on.year,
        recorded_at=now,
    )

    assert ("over_jp" in found(look())) == is_over


def test_what_she_has_finished_brings_no_jp_again(look, world, reading, now):
    person = make_person(
        unit=world.section, now=now, nip=PPPK, employment_status="PPPK"
    )
    place = finish_reading(course=reading, person=person, now=now)
    JpEntry.objects.filter(pk=place.jp_entry.pk)._raw_delete("default")
    JpEntry.objects.create(
        person=person,
        enrollment=place,
        version=place.version,
        jp=24,
        earned_on=TODAY,
        year=2026,
        recorded_at=now,
    )

    assert "over_jp" not in found(look())


def test_too_little_time_is_told_in_working_days(look):
    """The twenty-first is a Saturday: there is no working day before Monday."""
    assert "short" in found(look(due_on=TODAY + timedelta(days=1)))
    assert "short" not in found(look(due_on=TODAY + timedelta(days=2)))
    assert "short" not in found(look(due_on=None, is_required=False))


def test_a_deadline_on_a_holiday_is_told_by_its_name(look):
    assert (
        "Hari Raya Natal"
        in found(look(due_on=date(2026, 12, 25)))["holiday"].consequence
    )
    assert (
        "akhir pekan" in found(look(due_on=date(2026, 12, 20)))["holiday"].consequence
    )


def test_orders_that_end_by_it_are_told(look, world, reading, now):
    actions.assign_course(
        course=reading, unit=world.section, due_on=date(2026, 12, 1), by=None, now=now
    )

    assert "1 penugasan" in found(look())["replaces"].consequence
    assert "replaces" not in found(look(due_on=date(2026, 12, 1)))


def test_an_outage_on_its_day_is_told(look, world, now):
    actions.declare_outage(
        unit=world.office,
        first_day=date(2026, 12, 21),
        last_day=date(2026, 12, 22),
        reason="Banjir",
        by=world.people["hr"],
        now=now,
    )

    assert "Banjir" in found(look())["outage"].consequence


def test_a_preview_asks_the_same_for_few_and_many(look, world, now):
    look()
    few = queries_in(look)
    for _number in range(20):
        make_person(unit=world.section, now=now)

    assert queries_in(look) == few


def test_cuti_bersama_is_no_working_day(db):
    """Discovered: python-holidays keeps it in the category `government`."""
    assert after_working_days(date(2026, 3, 17), 2) == date(2026, 3, 26)
    assert "Cuti Bersama" in listed_holidays(2026)[date(2026, 3, 20)]


def test_an_admin_says_what_a_day_is(world, now, client_as):
    browser = client_as("admin")
    address = "/sdm/penugasan/hari-libur/"
    browser.post(address, {"day": "2026-12-24", "is_holiday": "", "name": ""})
    browser.post(address, {"day": "2026-12-28", "is_holiday": "1", "name": "Pilkada"})

    off = holidays_between(date(2026, 12, 20), date(2026, 12, 31))

    assert off == {date(2026, 12, 25): "Hari Raya Natal", date(2026, 12, 28): "Pilkada"}
    assert working_days(date(2026, 12, 23), date(2026, 12, 29)) == 2
    assert "Pilkada" in browser.get(address).content.decode()


@pytest.mark.parametrize("number", [0, 401])
def test_so_many_working_days_are_not_counted(db, number):
    with pytest.raises(ValueError, match="not counted"):
        after_working_days(TODAY, number)
