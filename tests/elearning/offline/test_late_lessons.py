"""A lesson that was read before a required part came is not read with that part."""

from datetime import timedelta

from courses.selectors.facts import lessons_read
from tests.courses.test_new_parts import publish_part
from tests.elearning.offline.test_outbox import lesson, say


def test_it_counts_for_what_was_there(place, learner, course, now):
    publish_part(course, now)
    place.refresh_from_db()
    assert place.version.number == 2

    reply = say(learner, lesson(1, version=1))

    assert reply.json()["accepted"] == [1]
    assert lessons_read(place).outdated == {"pelajaran-1"}
    say(learner, lesson(1, version=2))
    assert lessons_read(place).done == {"pelajaran-1"}


def test_an_unknown_version_is_taken_for_hers(place, learner, now):
    say(learner, lesson(1, version=99))

    assert place.lesson_completions.get().version_id == place.version_id


def test_telling_it_late_after_reading_it_anew_changes_nothing(
    place, learner, course, now, clock
):
    say(learner, lesson(1, version=1))
    publish_part(course, now)
    place.refresh_from_db()
    clock.move_to(now + timedelta(days=1))

    for _time in range(2):
        assert say(learner, lesson(1, version=1)).json()["accepted"] == [1]

    assert place.lesson_completions.count() == 1
    assert lessons_read(place).outdated == {"pelajaran-1"}
