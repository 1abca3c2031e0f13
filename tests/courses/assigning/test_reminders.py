"""Reminders: planned once, sent once, not to whom they no longer concern."""

import smtplib
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from accounts import actions as accounts_actions
from accounts.models import User
from courses import actions
from courses.actions import OrderContent, OrderTarget
from courses.assigning.planning import plan_reminders
from courses.assigning.sending import ask_for_mails, send_mail
from courses.assigning.steps import is_daytime, step_of
from courses.models import Reminder, ReminderMail
from tests.factories import finish_reading, make_person, make_reading

WIB = ZoneInfo("Asia/Jakarta")
DUE = date(2026, 12, 10)
State = ReminderMail.State


def on(day, hour=9):
    """Return an hour of a day of December in Jakarta."""
    return datetime(2026, 12, day, hour, tzinfo=WIB)


@pytest.fixture
def person(world, now):
    return make_person(
        unit=world.section, now=now, name="Tuti Diingatkan", email="tuti@contoh.example"
    )


@pytest.fixture
def reading(world, now):
    return make_reading(unit=world.agency, now=now, key="bacaan")


@pytest.fixture
def order(world, person, reading, now):
    content = OrderContent(
        [reading], [OrderTarget(world.agency, people=(person.pk,))], due_on=DUE
    )
    return actions.give_orders(content=content, by=None, now=now)[0]


def plan_and_send(moment):
    plan_reminders(now=moment)
    waiting = ReminderMail.objects.filter(state=State.PENDING)
    return [send_mail(mail_id=one.pk, now=moment) for one in waiting.order_by("pk")]


def steps():
    return list(Reminder.objects.order_by("pk").values_list("step", flat=True))


@pytest.mark.parametrize(
    ("left", "step"),
    [
        (8, None),
        (7, 7),
        (2, 7),
        (1, 1),
        (0, 1),
        (-1, -1),
        (-7, -1),
        (-8, -8),
        (-15, -15),
    ],
)
def test_the_newest_step_that_is_reached_counts(left, step):
    assert step_of(left) == step


@pytest.mark.parametrize("left", range(-20, 9))
def test_planning_has_the_same_steps(order, left):
    plan_reminders(now=datetime(2026, 12, 10, 9, tzinfo=WIB) - timedelta(days=left))

    assert steps() == ([] if step_of(left) is None else [step_of(left)])


def test_a_day_is_planned_once(order):
    first = plan_reminders(now=on(3))
    again = plan_reminders(now=on(3, 15))

    assert (first.reminders, first.mails) == (1, 1)
    assert (again.reminders, again.mails) == (0, 0)


def test_each_step_is_told_once_and_later_steps_again(order):
    sent = [sum(plan_and_send(on(day))) for day in (3, 4, 9, 10, 11, 12, 18)]

    assert sent == [1, 0, 1, 0, 1, 0, 1]
    assert steps() == [7, 1, -1, -8]


def test_after_a_silence_only_the_newest_step_is_told(order):
    assert sum(plan_and_send(on(20))) == 1

    assert steps() == [-8]


def test_one_mail_names_all_courses_of_a_day(world, order, person, now):
    other = make_reading(unit=world.agency, now=now, key="kedua")
    actions.assign_course(
        course=other, unit=world.section, due_on=date(2026, 12, 9), by=None, now=now
    )

    plan_and_send(on(3))

    hers = [one for one in mail.outbox if one.to == [person.email]]
    assert len(hers) == 1
    assert "Bacaan bacaan" in hers[0].body
    assert "Bacaan kedua" in hers[0].body
    assert "7 hari lagi" in hers[0].body


def test_who_was_written_to_today_is_planned_tomorrow(world, order, person, now):
    plan_and_send(on(3))
    other = make_reading(unit=world.agency, now=now, key="kedua")
    actions.assign_course(
        course=other, unit=world.section, due_on=DUE, by=None, now=on(3, 10)
    )

    assert plan_and_send(on(3, 11)).count(True) == 0
    plan_and_send(on(4))
    assert [one.to for one in mail.outbox].count([person.email]) == 2


def test_orders_that_may_be_taken_back_remind_nobody_yet(world, person, reading):
    moment = on(3)
    actions.assign_course(
        course=reading, unit=world.section, due_on=DUE, by=None, now=moment
    )

    assert plan_reminders(now=moment + timedelta(seconds=30)).mails == 0
    assert plan_reminders(now=moment + timedelta(seconds=90)).mails > 0


def finish(order, person):
    finish_reading(course=order.course, person=person, now=on(3))


def withdraw(order, person):
    actions.cancel_assignment(assignment_id=order.pk, by=person, now=on(3))


def leave(order, person):
    accounts_actions.set_active(person=person, is_active=False, by=None, now=on(3))


def extend(order, person):
    actions.extend_deadline(
        assignment_id=order.pk,
        due_on=DUE + timedelta(days=30),
        reason="Cuti melahirkan",
        by=person,
        now=on(3),
        person=person,
    )


@pytest.mark.parametrize("change", [finish, withdraw, leave, extend])
def test_what_has_changed_since_planning_is_looked_at_again(order, person, change):
    plan_reminders(now=on(3, 1))

    change(order, User.objects.get(pk=person.pk))
    row = ReminderMail.objects.get()

    assert not send_mail(mail_id=row.pk, now=on(3))
    row.refresh_from_db()
    assert row.state == State.SKIPPED
    assert row.problem
    assert mail.outbox == []


def test_whoever_has_finished_is_not_planned(order, person):
    finish(order, person)

    assert plan_reminders(now=on(3)).reminders == 0


def test_without_an_address_hr_reads_why(world, learner, reading, now, client_as):
    actions.assign_course(
        course=reading, unit=world.section, due_on=DUE, by=None, now=now
    )
    plan_and_send(on(3))

    page = client_as("hr").get("/sdm/penugasan/pengingat/?status=skipped")

    assert learner.name in page.content.decode()
    assert "Surel dinasnya belum tercatat" in page.content.decode()


def break_mail(monkeypatch, error):
    def fail(*_args, **_kwargs):
        raise error

    monkeypatch.setattr(
        "django.core.mail.backends.locmem.EmailBackend.send_messages", fail
    )


def test_a_server_that_is_away_for_a_day_loses_and_doubles_nothing(order, monkeypatch):
    with monkeypatch.context() as patch:
        break_mail(patch, ConnectionRefusedError())
        for hour in range(7, 18):
            plan_and_send(on(3, hour))
    row = ReminderMail.objects.get()
    assert row.state == State.PENDING
    assert 2 <= row.tries < 11
    assert mail.outbox == []

    for hour in range(7, 18):
        plan_and_send(on(4, hour))
    assert len(mail.outbox) == 1
    assert steps() == [7]


def test_two_days_that_wait_become_one_mail(order, monkeypatch):
    with monkeypatch.context() as patch:
        break_mail(patch, ConnectionRefusedError())
        plan_and_send(on(3))
        plan_and_send(on(9))

    plan_and_send(on(9, 17))

    assert len(mail.outbox) == 1
    states = ReminderMail.objects.order_by("day").values_list("state", flat=True)
    assert list(states) == [State.SKIPPED, State.SENT]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (smtplib.SMTPRecipientsRefused({}), "Alamat surel ditolak"),
        (smtplib.SMTPDataError(554, b"no"), "Server surel menolak (554)"),
    ],
)
def test_what_the_server_refuses_is_told_and_not_tried_again(
    order, monkeypatch, error, said
):
    break_mail(monkeypatch, error)

    plan_and_send(on(3))

    row = ReminderMail.objects.get()
    assert row.state == State.FAILED
    assert said in row.problem


def test_a_server_that_asks_to_come_back_is_asked_again(order, monkeypatch):
    break_mail(monkeypatch, smtplib.SMTPDataError(451, b"later"))

    plan_and_send(on(3))

    assert ReminderMail.objects.get().state == State.PENDING


def test_a_mail_whose_worker_died_is_not_sent_again(order):
    plan_reminders(now=on(3))
    ReminderMail.objects.update(state="sending", taken_at=on(3))

    assert ask_for_mails(now=on(3, 10)) == 0

    row = ReminderMail.objects.get()
    assert row.state == State.FAILED
    assert not send_mail(mail_id=row.pk, now=on(3, 11))
    assert mail.outbox == []


@pytest.mark.parametrize(("hour", "asked"), [(6, 0), (7, 1), (17, 1), (18, 0)])
def test_nights_are_quiet_where_the_person_is(order, person, hour, asked, monkeypatch):
    User.objects.filter(pk=person.pk).update(time_zone="Asia/Jayapura")
    moment = datetime(2026, 12, 3, hour, tzinfo=ZoneInfo("Asia/Jayapura"))
    sent = []
    monkeypatch.setattr(
        "courses.jobs.SEND_REMINDERS",
        type("Job", (), {"send": lambda _self, **said: sent.append(said)})(),
    )
    plan_reminders(now=moment)

    assert ask_for_mails(now=moment) == asked
    assert len(sent) == asked


def test_days_are_those_of_the_person(order, person):
    """It is the third in Jayapura while it is still the second in Jakarta."""
    User.objects.filter(pk=person.pk).update(time_zone="Asia/Jayapura")

    plan_reminders(now=datetime(2026, 12, 2, 23, tzinfo=WIB))

    assert Reminder.objects.get().day == date(2026, 12, 3)


def test_the_superior_gets_a_copy_on_request(world, person, reading, now):
    chief = make_person(
        unit=world.office,
        now=now,
        name="Kepala Dinas",
        email="kepala@contoh.example",
        jabatan_kind="JPT Pratama",
    )
    content = OrderContent(
        [reading],
        [OrderTarget(world.agency, people=(person.pk,))],
        due_on=DUE,
        copies_superior=True,
    )
    actions.give_orders(content=content, by=None, now=now)

    plan_and_send(on(3))

    (sent,) = mail.outbox
    assert sent.cc == [chief.email]
    assert "juga dikirim kepada atasan" in sent.body
    assert ReminderMail.objects.get().copied_to == chief


def test_without_a_request_nobody_else_reads_it(order):
    plan_and_send(on(3))

    assert mail.outbox[0].cc == []


def test_hours_of_the_day_are_half_open():
    assert is_daytime(7, first=7, last=18)
    assert not is_daytime(18, first=7, last=18)


def test_whoever_wants_her_data_to_rest_is_not_reminded(order, person):
    plan_reminders(now=on(4))
    User.objects.filter(pk=person.pk).update(restricted_at=on(4))

    assert plan_and_send(on(9)) == [False]
    assert steps() == [7]
    assert mail.outbox == []


def test_whoever_wants_her_data_to_rest_gets_no_order_by_name(
    world, person, reading, now
):
    other = make_person(unit=world.section, now=now)
    User.objects.filter(pk=person.pk).update(restricted_at=now)
    target = OrderTarget(world.agency, people=(person.pk, other.pk))

    (order,) = actions.give_orders(
        content=OrderContent([reading], [target], due_on=DUE), by=None, now=now
    )

    assert list(order.named.values_list("person", flat=True)) == [other.pk]


def test_the_bell_tells_of_a_deadline_once_a_day_and_no_second_mail(
    order, person, world
):
    for hour in (9, 10):
        plan_reminders(now=on(3, hour))
    told = person.notices.get()
    assert (told.kind, told.url) == ("deadline", "/kursus-saya/")
    assert told.is_mailed_apart
    plan_reminders(now=on(9))
    assert person.notices.count() == 2
