"""The course page says when a rest ends."""

from datetime import timedelta

from tests.factories import read_lessons, sit
from tests.queries import count_queries

URL = "/kursus/contoh/"


def post_test_note(page) -> str:
    """Return what stands under the post-test."""
    steps = page.context["page"].steps
    return next(step.note for step in steps if step.title == "Post-test")


def test_the_post_test_says_when_it_opens_again(place, learner, now, clock, client_of):
    read_lessons(enrollment=place, now=now)
    her = client_of(learner)
    for _ in range(2):
        sit(enrollment=place, quiz_key="posttest", right=1, now=now)
    assert post_test_note(her.get(URL)) == "Nilai yang dihitung 25. 4 soal."

    sit(enrollment=place, quiz_key="posttest", right=1, now=now)

    assert post_test_note(her.get(URL)) == (
        "Nilai yang dihitung 25. "
        "Dapat dikerjakan lagi mulai 22 November 2026, 08.30 WIB."
    )
    clock.move_to(now + timedelta(days=1))
    assert post_test_note(her.get(URL)) == "Nilai yang dihitung 25. 4 soal."


def test_the_course_page_stays_cheap(place, learner, now, clock, client_of):
    read_lessons(enrollment=place, now=now)
    for _ in range(3):
        sit(enrollment=place, quiz_key="posttest", right=1, now=now)

    # Six of them ask the quizzes, and only where something was not passed.
    assert count_queries(client_of(learner), URL) <= 16
