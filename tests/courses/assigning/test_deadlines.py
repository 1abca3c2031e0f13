"""More time: for one person, for a unit, and after an outage; told with its reason."""

from datetime import date, timedelta

import pytest

from accounts.models import User
from courses import actions
from courses.actions import OrderContent, OrderTarget
from courses.exceptions import OrderNotAccepted
from courses.models import Assignment, Course, DeadlineExtension
from lib.indonesian import format_date
from tests.factories import make_person, make_reading

DUE = date(2026, 12, 10)
LATER = date(2026, 12, 20)


@pytest.fixture
def reading(world, now):
    return make_reading(unit=world.agency, now=now, key="bacaan")


@pytest.fixture
def order(world, reading, now):
    return actions.assign_course(
        course=reading, unit=world.agency, due_on=DUE, by=None, now=now
    )


@pytest.fixture
def extend(order, world, now):
    def more_time(**said):
        return actions.extend_deadline(
            **{
                "assignment_id": order.pk,
                "due_on": LATER,
                "reason": "Cuti",
                "by": world.people["hr"],
                "now": now,
                **said,
            }
        )

    return more_time


def hers(person, course):
    person = User.objects.select_related("unit").get(pk=person.pk)
    return Course.objects.with_due_day(person).get(pk=course.pk)


def test_one_person_gets_more_time_and_reads_why(extend, world, learner, reading, now):
    other = make_person(unit=world.section, now=now)

    extend(person=learner)

    assert hers(learner, reading).due_on == LATER
    assert hers(learner, reading).due_reason == "Cuti"
    assert hers(other, reading).due_on == DUE
    assert hers(other, reading).due_reason is None


def test_a_unit_and_all_below_get_more_time(extend, world, learner, reading):
    extend(unit=world.office)

    assert hers(learner, reading).due_on == LATER
    assert hers(world.people["author"], reading).due_on == DUE


def test_said_twice_it_is_one_row(extend, learner):
    assert extend(person=learner).pk == extend(person=learner).pk


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"due_on": DUE}, "not_later"),
        ({"reason": " "}, "no_reason"),
    ],
)
def test_what_is_no_extension_is_refused(extend, learner, said, code):
    with pytest.raises(OrderNotAccepted) as refusal:
        extend(person=learner, **said)

    assert refusal.value.code == code


def test_others_than_those_concerned_get_nothing(extend, world):
    with pytest.raises(OrderNotAccepted, match="not_hers"):
        extend(person=world.outsider)
    with pytest.raises(OrderNotAccepted, match="not_there"):
        extend(unit=world.other_office)


def test_an_order_that_ended_is_not_extended(extend, order, world, learner, now):
    actions.cancel_assignment(assignment_id=order.pk, by=world.people["hr"], now=now)

    with pytest.raises(OrderNotAccepted, match="no_deadline"):
        extend(person=learner)


def test_hr_extends_in_the_browser(client_as, order, learner, reading):
    browser = client_as("hr")
    # The order of the whole agency is the admin's: hers are those of her units.
    assert browser.get(f"/sdm/penugasan/{order.pk}/").status_code == 404

    browser = client_as("admin")
    said = {"number": learner.nip, "due_on": LATER.isoformat(), "reason": "Cuti"}
    page = browser.post(f"/sdm/penugasan/{order.pk}/", said, follow=True)

    assert hers(learner, reading).due_on == LATER
    assert f"Tenggat {learner.full_name} diperpanjang" in page.content.decode()
    assert "Cuti" in page.content.decode()


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({}, "Isi pegawai atau kode unit, salah satu"),
        ({"number": "123"}, "Tidak ada di unit Anda: 123"),
        ({"code": "kabupaten-lain"}, "Tidak ada unit dengan kode kabupaten-lain"),
    ],
)
def test_what_hr_mistypes_is_told(client_as, order, said, message):
    said |= {"due_on": LATER.isoformat(), "reason": "Cuti"}

    page = client_as("admin").post(f"/sdm/penugasan/{order.pk}/", said)

    assert message in page.content.decode()
    assert not DeadlineExtension.objects.exists()


def declare(world, now, unit, **said):
    return actions.declare_outage(
        **{
            "unit": unit,
            "first_day": DUE - timedelta(days=1),
            "last_day": DUE + timedelta(days=2),
            "reason": "Banjir",
            "by": world.people["hr"],
            "now": now,
            **said,
        }
    )


def test_an_outage_moves_deadlines_by_its_days_where_it_was(
    world, order, learner, reading, now
):
    declare(world, now, world.office)

    assert hers(learner, reading).due_on == DUE + timedelta(days=4)
    assert hers(learner, reading).due_reason == "Banjir"
    assert hers(world.people["author"], reading).due_on == DUE


def test_deadlines_outside_it_stay(world, order, learner, reading, now):
    declare(world, now, world.office, first_day=DUE + timedelta(days=1))

    assert hers(learner, reading).due_on == DUE


def test_a_second_outage_counts_from_the_moved_deadline(
    world, order, learner, reading, now
):
    declare(world, now, world.office)
    declare(
        world,
        now,
        world.section,
        first_day=DUE + timedelta(days=4),
        last_day=DUE + timedelta(days=4),
    )

    assert hers(learner, reading).due_on == DUE + timedelta(days=5)


def test_an_outage_declared_twice_moves_once(world, order, learner, reading, now):
    declare(world, now, world.office)
    declare(world, now, world.office)

    assert hers(learner, reading).due_on == DUE + timedelta(days=4)


def test_an_outage_of_a_unit_reaches_the_orders_below_it(world, learner, reading, now):
    actions.assign_course(
        course=reading, unit=world.section, due_on=DUE, by=None, now=now
    )

    declare(world, now, world.office)

    assert hers(learner, reading).due_on == DUE + timedelta(days=4)


def test_deadlines_from_a_placement_move_for_whom_they_fall_into_it(
    world, learner, reading, now
):
    starts_on = now.date()
    content = OrderContent(
        [reading],
        [OrderTarget(world.agency)],
        due_days=(DUE - starts_on).days,
        starts_on=starts_on,
    )
    actions.give_orders(content=content, by=None, now=now)

    declare(world, now, world.office)

    assert hers(learner, reading).due_on == DUE + timedelta(days=4)
    assert hers(world.people["author"], reading).due_on == DUE


@pytest.mark.parametrize(
    ("said", "code"),
    [({"reason": ""}, "no_reason"), ({"last_day": date(2026, 1, 1)}, "wrong_way")],
)
def test_an_outage_that_says_nothing_is_refused(world, now, said, code):
    with pytest.raises(OrderNotAccepted, match=code):
        declare(world, now, world.office, **said)


def test_hr_declares_an_outage_in_the_browser(client_as, world, learner, reading, now):
    actions.assign_course(
        course=reading, unit=world.section, due_on=DUE, by=None, now=now
    )
    said = {
        "unit": world.section.code,
        "first_day": DUE.isoformat(),
        "last_day": DUE.isoformat(),
        "reason": "Listrik padam",
    }

    page = client_as("hr").post("/sdm/penugasan/gangguan/", said, follow=True)

    assert "Tenggat 1 penugasan diperpanjang" in page.content.decode()
    assert hers(learner, reading).due_on == DUE + timedelta(days=1)


def test_the_learner_reads_the_reason_on_the_course_page(
    client_of, world, order, learner, reading, now
):
    declare(world, now, world.office)

    page = client_of(learner).get(f"/kursus/{reading.key}/").content.decode()

    assert format_date(DUE + timedelta(days=4), style="medium") in page
    assert "Banjir" in page


def test_orders_keep_their_own_day(world, order, now):
    declare(world, now, world.office)

    assert Assignment.objects.get().due_on == DUE
