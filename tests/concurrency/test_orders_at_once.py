"""Two officers at once: one open order to a target, and one mail to a person."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from courses import actions
from courses.assigning.planning import plan_reminders
from courses.assigning.sending import send_mail
from courses.models import Assignment, Reminder, ReminderMail
from tests.concurrency.together import refusals, same, together
from tests.factories import make_person, make_reading

pytestmark = pytest.mark.postgres
DAYTIME = datetime(2026, 12, 3, 9, tzinfo=ZoneInfo("Asia/Jakarta"))


def test_two_officers_with_two_days_leave_one_open_order(stage, now):
    def order(day):
        return lambda: actions.assign_course(
            course=stage.course, unit=stage.world.office, due_on=day, by=None, now=now
        )

    days = [date(2026, 12, day) for day in (1, 2, 3, 4)]

    results = together(*(order(day) for day in days))

    assert refusals(results) == []
    (last,) = Assignment.objects.open()
    # Every order that ended was replaced by the next one: nobody's was lost.
    replaced = set()
    while last.replaces:
        last = last.replaces
        replaced.add(last.pk)
    assert len(replaced) == Assignment.objects.count() - 1


def test_a_mail_that_several_workers_take_goes_out_once(stage, now):
    person = make_person(unit=stage.world.section, now=now, email="tuti@contoh.example")
    course = make_reading(unit=stage.world.agency, now=now, key="bacaan")
    actions.assign_course(
        course=course,
        unit=stage.world.section,
        due_on=date(2026, 12, 10),
        by=None,
        now=now,
    )

    planned = same(lambda: plan_reminders(now=DAYTIME))
    assert refusals(planned) == []
    row = ReminderMail.objects.get(person=person)
    results = same(lambda: send_mail(mail_id=row.pk, now=DAYTIME))

    assert sorted(results) == [False, False, False, True]
    assert [one.to for one in mail.outbox] == [[person.email]]
    assert Reminder.objects.filter(person=person).count() == 1
