"""The demo agency that lives: 120 invented people, 14 units, ten weeks of history.

Made through the actions that people and HR use, with a seed of its own and the moment
handed in; in one transaction, so that it is there whole or not at all. What was made is
remembered in the audit trail, which `removal` reads.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from accounts import audit, demo_people
from accounts.demo import demo_account, demo_numbers
from accounts.demo_people import Invented
from accounts.models import AuditRecord, Unit, User
from certificates.demo import Elsewhere, hand_in_elsewhere, issue_in_order
from courses import actions as courses_actions
from courses.actions import OrderContent, OrderTarget
from courses.assigning.planning import plan_reminders
from courses.models import Assignment, Course, Enrollment
from elearning.demo.learning import ZONE, Way, Weeks, workday
from lib.queueing import left_to_sweeps
from lib.transactions import atomic_with_retry
from quizzes.demo.answers import analyse_quizzes, give_more_time

SEEDED = "elearning.demo.seeded"
REMOVED = "elearning.demo.removed"
_WEEKS = timedelta(weeks=10)
_SEED = "melek/demo/1"
_FAR = frozenset({"contoh.distrik", "contoh.muara", "contoh.dukcapil.uptd"})
_CODES = [unit.code for unit in demo_people.UNITS]
_EVERY_FOURTH = [frozenset(_CODES[first::4]) for first in range(4)]
# The second course is ordered where people learn readily.
_READY = 0.8
# The courses that are ordered; whatever else is shipped is taken by a few.
_FIRST, _SECOND, _REMOTE = "pola-pikir-digital", "keamanan-informasi", "wilayah-3t"
_ELSEWHERE = (
    ("Pelayanan Publik Prima", "BPSDM Provinsi Contoh", 12, 3),
    ("Pengelolaan Arsip Dinamis", "Dinas Kearsipan Kabupaten Contoh", 10, 2),
    ("Bimbingan Teknis Keamanan Siber", "Diskominfo Provinsi Contoh", 16, 4),
    ("Pelatihan Kepemimpinan Pengawas", "BPSDM Provinsi Contoh", 30, 12),
    ("Penyusunan Laporan Kinerja", "BKPSDM Kabupaten Contoh", 8, 1),
    ("Analisis Data untuk Perencanaan", "Balai Pelatihan Contoh", 20, 5),
)


@dataclass(frozen=True)
class _Agency:
    """What everything is made from."""

    chance: random.Random
    weeks: Weeks
    people: Sequence[Invented]
    courses: dict[str, Course]
    by: User

    @property
    def start(self) -> date:
        """Return the first day of the history."""
        return (self.weeks.now - _WEEKS).astimezone(ZONE).date()


def is_wanted() -> bool:
    """Say whether this is a demo that nobody has used or emptied; never production."""
    others = User.objects.exclude(nip__in=demo_numbers())
    remembered = AuditRecord.objects.filter(verb__in=[SEEDED, REMOVED])
    return (
        settings.DEMO
        and Course.objects.listed().exists()
        and not others.exists()
        and not Enrollment.objects.exists()
        and not remembered.exists()
    )


def remembered() -> dict[str, list[int]]:
    """Return the numbers of people, units and orders made here; empty where none."""
    last = (
        AuditRecord.objects.filter(verb__in=[SEEDED, REMOVED]).order_by("-pk").first()
    )
    return last.detail if last is not None and last.verb == SEEDED else {}


@atomic_with_retry
def seed_agency(*, now: datetime) -> bool:
    """Make the agency's people and their ten weeks; True when they were made just now.

    Whole or not at all, and only where `is_wanted`. Queues nothing: certificates get
    their files by the schedule.
    """
    by = demo_account("admin")
    if by is None or not is_wanted():
        return False
    chance = random.Random(_SEED)  # noqa: S311 - a choice, not a secret
    with left_to_sweeps():
        units = demo_people.make_units(now=now - _WEEKS)
        people = demo_people.take_in(chance=chance, now=now - _WEEKS)
        courses = {one.key: one for one in Course.objects.listed().order_by("pk")}
        agency = _Agency(chance, Weeks(now), people, courses, by)
        orders = _give_orders(agency)
        _plan_learning(agency)
        _plan_office(agency)
        agency.weeks.run()
        _finish(agency)
    audit.record(
        SEEDED,
        None,
        by=None,
        now=now,
        people=[one.person.pk for one in people],
        units=[unit.pk for unit in units],
        orders=[order.pk for order in orders],
    )
    return True


def _finish(agency: _Agency) -> None:
    """Do what the site does by itself in the minutes and the night after."""
    weeks = agency.weeks
    ids = [one.pk for one in weeks.enrollments]
    done = Enrollment.objects.filter(pk__in=ids, completed_at__isnull=False)
    issue_in_order(list(done), now=weeks.now)
    while courses_actions.recount_moved():
        pass
    for key in (_FIRST, _SECOND):
        if key in agency.courses:
            analyse_quizzes(agency.courses[key], now=weeks.now)


# --- orders --------------------------------------------------------------------------
def _give_orders(agency: _Agency) -> list[Assignment]:
    """Order one course of everybody, one of many, and one of those far away.

    Each office has agreed on a day of its own for the first one.
    """
    start, today = agency.start, agency.weeks.now.astimezone(ZONE).date()
    soon = today + timedelta(days=8)
    given: list[Assignment] = []
    for number, offices in enumerate(_EVERY_FOURTH):
        people = [one for one in agency.people if _code(one) in offices]
        due_on = today - timedelta(days=31 - 5 * number)
        day = start + timedelta(days=1)
        given += _order(agency, _FIRST, people, day=day, due_on=due_on)
    far = [one for one in agency.people if _code(one) in _FAR]
    day, due_on = start + timedelta(days=20), today - timedelta(days=9)
    given += _order(agency, _REMOTE, far, day=day, due_on=due_on)
    ready = [one for one in agency.people if one.diligence >= _READY]
    day = today - timedelta(days=33)
    return given + _order(agency, _SECOND, ready, day=day, due_on=soon)


def _order(
    agency: _Agency,
    key: str,
    people: Sequence[Invented],
    *,
    day: date,
    due_on: date,
) -> list[Assignment]:
    """Order a course; by name where the demo accounts are, so that they are left out.

    People are reminded as the day comes near, and after it.
    """
    weeks, course = agency.weeks, agency.courses.get(key)
    if course is None:
        return []
    for days in (-7, 1, 8):
        at = workday(due_on + timedelta(days=days), agency.chance)
        weeks.plan(at, lambda moment: plan_reminders(now=moment))
    content = OrderContent(
        courses=[course],
        targets=_targets(people),
        due_on=due_on,
        note=_("Diselesaikan sebelum evaluasi triwulan."),
        token=UUID(int=agency.chance.getrandbits(128), version=4),
    )
    at = workday(day, agency.chance)
    return courses_actions.give_orders(content=content, by=agency.by, now=at)


def _targets(people: Sequence[Invented]) -> list[OrderTarget]:
    by_unit: dict[Unit, list[int]] = {}
    for one in people:
        if one.person.unit is not None:
            by_unit.setdefault(one.person.unit, []).append(one.person.pk)
    own = {said.code for said in demo_people.UNITS if said.name}
    return [
        OrderTarget(unit) if unit.code in own else OrderTarget(unit, people=tuple(ids))
        for unit, ids in by_unit.items()
    ]


def _code(one: Invented) -> str:
    return one.person.unit.code if one.person.unit else ""


# --- learning ------------------------------------------------------------------------
def _plan_learning(agency: _Agency) -> None:
    """Let people begin what was ordered, soon or late, and some more of their own."""
    chance, start = agency.chance, agency.start
    others = [key for key in agency.courses if key not in {_FIRST, _SECOND, _REMOTE}]
    for who in agency.people:
        knows = chance.gauss(0.1 + 0.8 * who.diligence, 0.6)
        begin = partial(_plan_way, agency, who, knows=knows)
        if chance.random() < 0.35 + 0.6 * who.diligence:
            is_late = chance.random() > 0.55 + 0.45 * who.diligence
            begin(_FIRST, start + timedelta(days=chance.randrange(*_WHEN[is_late])))
        if _code(who) in _FAR and chance.random() < 0.4:
            begin(_REMOTE, start + timedelta(days=chance.randrange(21, 66)))
        if who.diligence >= _READY and chance.random() < 0.42:
            begin(_SECOND, start + timedelta(days=chance.randrange(38, 69)))
        if others and chance.random() < 0.06:
            day = start + timedelta(days=chance.randrange(4, 66))
            begin(chance.choice(others), day)


_WHEN = {False: (2, 31), True: (32, 64)}


def _plan_way(
    agency: _Agency, who: Invented, key: str, day: date, *, knows: float
) -> None:
    weeks, course = agency.weeks, agency.courses.get(key)
    if course is None:
        return
    chance = random.Random(f"{_SEED}/{who.person.nip}/{key}")  # noqa: S311 - as above
    gives_up = chance.random() > 0.35 + 0.65 * who.diligence
    way = Way(
        weeks,
        who,
        course,
        knows=knows,
        chance=chance,
        gives_up_after=chance.randrange(4) if gives_up else None,
    )
    weeks.plan(workday(day, chance), way.begin)


# --- the office ----------------------------------------------------------------------
def _plan_office(agency: _Agency) -> None:
    """Let HR recognise what was learnt elsewhere, and help two people."""
    chance, weeks = agency.chance, agency.weeks
    for number, who in enumerate(agency.people):
        for training in chance.sample(_ELSEWHERE, 2):
            if chance.random() < 0.1 + 0.35 * who.diligence:
                _plan_elsewhere(agency, who, training)
        if number in {17, 61}:
            at = workday(agency.start + timedelta(days=3), agency.chance)
            weeks.plan(at, partial(_help, agency, who))


def _plan_elsewhere(
    agency: _Agency, who: Invented, training: tuple[str, str, int, int]
) -> None:
    """Let somebody hand in a certificate of this year."""
    weeks, chance = agency.weeks, agency.chance
    today = weeks.now.astimezone(ZONE).date()
    first = date(today.year, 1, 1)
    ended_on = first + timedelta(days=chance.randrange((today - first).days + 1))
    earliest = max(ended_on, agency.start + timedelta(days=1))
    day = min(today, earliest + timedelta(days=chance.randrange(1, 15)))
    title, organiser, jp, days = training
    verdict = chance.choices(("accepted", "refused", ""), weights=(84, 6, 10))[0]
    said = Elsewhere(title, organiser, ended_on, days, jp, verdict)
    at = min(workday(day, chance), weeks.now - timedelta(minutes=1))
    weeks.plan(at, partial(_hand_in, agency, who, said))


def _hand_in(agency: _Agency, who: Invented, said: Elsewhere, at: datetime) -> None:
    token = UUID(int=agency.chance.getrandbits(128), version=4)
    hand_in_elsewhere(said, person=who.person, token=token, by=agency.by, now=at)


def _help(agency: _Agency, who: Invented, at: datetime) -> None:
    token = UUID(int=agency.chance.getrandbits(128), version=4)
    give_more_time(who.person, token=token, by=agency.by, now=at)
