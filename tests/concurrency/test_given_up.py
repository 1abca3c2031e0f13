"""What PostgreSQL really gives up, and that the verb is done again."""

from collections import Counter
from collections.abc import Callable
from threading import Barrier

import pytest
from django.db import connection

from courses.actions import lock_course
from courses.models import Course
from lib.transactions import atomic_with_retry
from tests.concurrency.together import PATIENCE, refusals, together
from tests.factories import make_reading

pytestmark = pytest.mark.postgres


class Meeting:
    """Two meet in their first try; who must try again meets nobody."""

    def __init__(self) -> None:
        self.tries: Counter[int] = Counter()
        self._both = Barrier(2)

    def wait(self, who: int) -> None:
        self.tries[who] += 1
        if self.tries[who] == 1:
            self._both.wait(PATIENCE)


def test_of_two_that_wait_for_each_other_both_come_through(stage, now):
    other = make_reading(unit=stage.world.agency, now=now, key="ringan")
    meeting = Meeting()

    def locks(first: int, second: int) -> Callable[[], None]:
        @atomic_with_retry
        def act() -> None:
            lock_course(first)
            meeting.wait(first)
            lock_course(second)

        return act

    results = together(
        locks(stage.course.pk, other.pk), locks(other.pk, stage.course.pk)
    )

    assert refusals(results) == []
    assert sorted(meeting.tries.values()) == [1, 2]


def test_of_two_that_cannot_be_put_into_an_order_both_count(stage):
    before = stage.course.position
    meeting = Meeting()

    def count(who: int) -> Callable[[], None]:
        @atomic_with_retry
        def act() -> None:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            course = Course.objects.get(pk=stage.course.pk)
            meeting.wait(who)
            course.position += 1
            course.save(update_fields=["position"])

        return act

    results = together(count(1), count(2))

    assert refusals(results) == []
    assert sorted(meeting.tries.values()) == [1, 2]
    assert Course.objects.get(pk=stage.course.pk).position == before + 2
