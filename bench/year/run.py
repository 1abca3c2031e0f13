"""The year, day by day and week by week."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta

import time_machine
from django.core import mail
from django.core.cache import cache

from bench.year import authors, desk, office, outlines, records
from bench.year.beat import Beat
from bench.year.invariants import check_week
from bench.year.learners import Learners
from bench.year.messages import Queue
from bench.year.oracle import Memory
from bench.year.printing import drawn_cheaply
from bench.year.world import START, WEEK, World
from courses import published
from elearning import lesson_content
from quizzes.practice import check_page

# Moments of a working day on which things happen, WIB; the last is another day in WIT.
_SLOTS = (
    timedelta(hours=3, minutes=20),
    timedelta(hours=8, minutes=10),
    timedelta(hours=11),
    timedelta(hours=14, minutes=30),
    timedelta(hours=19),
    timedelta(hours=22, minutes=20),
)
_DAYS = 6
# How often something happens, in a week of an agency of 150 people.
_OFFICE = (
    (office.move, 2.5),
    (office.move_by_sheet, 0.4),
    (office.renumber, 0.3),
    (office.redate, 0.15),
    (office.deactivate, 1.0),
    (office.reactivate, 1.0),
    (office.withdraw, 2.0),
    (office.come_back, 1.5),
    (office.give_order, 0.4),
    (office.take_order_back, 0.15),
    (office.grant, 0.8),
    (office.end_grant, 0.2),
    (office.accept_late_answers, 0.25),
    (office.reorganise, 0.08),
    (office.ask_for_file, 1.0),
    (desk.ask_for_correction, 0.15),
    (desk.decide_correction, 0.3),
    (records.promote, 0.8),
    (records.slip, 0.15),
    (records.correct, 0.1),
    (records.lend_role, 0.2),
    (records.choose, 0.6),
)
_AUTHORS = (
    (authors.publish, 0.7),
    (authors.repair, 0.5),
    (authors.set_window, 0.25),
    (outlines.compose, 0.4),
    (outlines.change_questions, 0.3),
    (outlines.retire_one, 0.1),
    (outlines.edit_outline, 0.2),
    (outlines.begin_course, 0.12),
)
_SESSIONS = 1.3
_OUTAGES = 0.35
# Everything is compared once in so many weeks.
_FULL = 6
# After so many weeks every verb has met somebody whom it did not refuse.
_LONG = 50


@dataclass(frozen=True)
class Outcome:
    """What came of a year."""

    world: World
    weeks: int
    seconds: float
    cpu: float
    cpu_checking: float
    messages: int
    lost: int


@contextmanager
def stopped_clock() -> Iterator[object]:
    """Stop the clock at the beginning of the year; the rest is waited."""
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def simulate(
    *, seed: int, weeks: int, people: int, pace: float = 1, tell: object = None
) -> Outcome:
    """Simulate so many weeks in the database at hand, which must be empty.

    With `pace` everything happens so many times as often: short runs find more.
    """
    began, cpu_began = time.perf_counter(), time.process_time()
    checking = 0.0
    _forget()
    with ExitStack() as stack:
        clock = stack.enter_context(stopped_clock())
        world = World(seed=seed, clock=clock, pace=pace)
        queue = Queue(world)
        stack.enter_context(queue.caught())
        stack.enter_context(drawn_cheaply(world))
        beat = Beat(world, queue)
        learners = Learners(world)
        office.found_agency(world, people=people)
        memory = Memory(world, learners)
        for week in range(1, weeks + 1):
            world.week = week
            _live(world, beat, learners)
            at = time.process_time()
            check_week(world, memory, is_full=is_full_week(seed, week, weeks))
            checking += time.process_time() - at
            if callable(tell):
                tell(world, time.perf_counter() - began)
    if weeks * pace >= _LONG:
        world.judge_calls()
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu_began
    return Outcome(world, weeks, seconds, cpu, checking, queue.sent, queue.lost)


def is_full_week(seed: int, week: int, weeks: int) -> bool:
    """Say whether everything is compared at the end of this week.

    In every sixth, another one for each seed, and in the last. In the others it is
    what changes from week to week, or costs little.
    """
    return week == weeks or week % _FULL == seed % _FULL


def _forget() -> None:
    """Forget what a process remembers of another database."""
    published.forget()
    check_page.forget()
    lesson_content.forget()
    cache.clear()
    mail.outbox = []


def _live(world: World, beat: Beat, learners: Learners) -> None:
    monday = START + (world.week - 1) * WEEK
    if world.week > 1:
        office.hire(world)
    if world.happens(_OUTAGES):
        begins = monday + timedelta(
            days=world.chance.randrange(4), hours=world.chance.randrange(24)
        )
    else:
        begins = None
    for day in range(_DAYS):
        for slot in _SLOTS:
            world.wait_until(monday + timedelta(days=day) + slot)
            if begins is not None and world.now >= begins:
                beat.go_down(timedelta(hours=world.chance.randrange(6, 72)))
                begins = None
            beat.tick()
            # What a task has ended is ended before anybody else comes.
            world.wait(seconds=1)
            if slot != _SLOTS[0]:
                _slot(world, beat, learners)
    world.wait_until(monday + timedelta(days=6, hours=12))
    learners.catch_up()
    beat.settle()


def _slot(world: World, beat: Beat, learners: Learners) -> None:
    slots = _DAYS * (len(_SLOTS) - 1)
    learners.catch_up()
    for person in world.people:
        if person.pk and world.happens(
            person.diligence * _SESSIONS * world.pace / slots
        ):
            learners.learn_a_little(person)
            world.wait(seconds=world.chance.randrange(5, 90))
    for event, times in _OFFICE:
        if world.happens(times * world.pace * len(world.people) / 150 / slots):
            event(world)
            _a_minute_later(world, beat)
    for event, times in _AUTHORS:
        if world.happens(times * world.pace / slots):
            event(world)
            _a_minute_later(world, beat)


def _a_minute_later(world: World, beat: Beat) -> None:
    """Let the sweeps of every minute run a few times; beat does so all the time."""
    beat.tick()
    beat.tick()
