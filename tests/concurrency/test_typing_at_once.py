"""What is typed arrives twice, late and out of order; the newest words stay."""

from uuid import UUID, uuid4

import pytest

from courses.actions import Typed, close_writing, keep_writing
from courses.models import LessonWriting
from tests.concurrency.together import refusals, same, together

pytestmark = pytest.mark.postgres
SITTING = UUID(int=5)


def keep(stage, now, sequence, sitting=SITTING):
    """Keep a text that says its own number."""
    return keep_writing(
        course=stage.course,
        lesson_key="pelajaran-1",
        sitting=sitting,
        sequence=sequence,
        typed=Typed("", "Judul", "", "5", True, f"kata {sequence}"),
        by=stage.world.people["author"],
        now=now,
    )


def close(stage, now, sequence):
    """Say that the sitting was saved up to a number."""
    return close_writing(
        course=stage.course,
        lesson_key="pelajaran-1",
        sitting=SITTING,
        sequence=sequence,
        by=stage.world.people["author"],
        now=now,
    )


def test_the_first_words_sent_at_once_make_one_row(stage, now):
    results = same(lambda: keep(stage, now, 1))

    assert refusals(results) == []
    assert results.count(True) == 1
    assert LessonWriting.objects.get().text == "kata 1"


def test_of_several_at_once_the_highest_number_stays(stage, now):
    results = together(
        *(lambda number=number: keep(stage, now, number) for number in (3, 1, 4, 2))
    )

    assert refusals(results) == []
    row = LessonWriting.objects.get()
    assert (row.sequence, row.text) == (4, "kata 4")


def test_saving_beats_what_is_still_under_way(stage, now):
    keep(stage, now, 1)

    results = together(lambda: keep(stage, now, 2), lambda: close(stage, now, 3))

    assert refusals(results) == []
    assert not LessonWriting.objects.filter(closed_at=None).exists()


def test_two_tabs_keep_a_row_each(stage, now):
    sittings = [uuid4(), uuid4()]

    results = together(
        *(lambda one=one: keep(stage, now, 1, sitting=one) for one in sittings)
    )

    assert refusals(results) == []
    assert set(LessonWriting.objects.values_list("sitting", flat=True)) == {*sittings}
