"""A quiz that is running is seen on the home page and on its course's page."""

import re
from datetime import timedelta

import pytest

from courses.actions import withdraw
from quizzes.selectors import running_attempts
from tests.every_case import every_case
from tests.factories import enroll, read_lessons, start

COURSE = "/kursus/contoh/"


@pytest.fixture
def begun(place, now):
    """A post-test in progress: 20 minutes from now."""
    read_lessons(enrollment=place, now=now)
    return start(enrollment=place, quiz_key="posttest", now=now)


@every_case("address", ["/", COURSE])
def test_what_runs_is_said_with_its_end_and_the_way_back(
    address, begun, learner, client_of
):
    html = client_of(learner).get(address).content.decode()

    assert "Kuis yang sedang berjalan" in html
    assert f'href="/percobaan/{begun.key}/1/"' in html
    assert "Waktu terus berjalan. Kirim paling lambat 21 November 2026, 08." in html
    assert html.count("Lanjutkan mengerjakan") == 1
    assert "Kerjakan post-test" not in html


@every_case("address", ["/", COURSE])
def test_whose_time_is_over_is_led_to_the_result(
    address, begun, learner, client_of, clock
):
    clock.move_to(begun.deadline_at)

    html = client_of(learner).get(address).content.decode()

    assert "Waktu habis: lihat hasil" in html
    assert "Waktu terus berjalan" not in html


@every_case("address", ["/", COURSE])
def test_nothing_is_said_where_nothing_runs(address, place, learner, client_of):
    page = client_of(learner).get(address)

    assert "sedang berjalan" not in page.content.decode()


def test_only_her_own_attempts_of_courses_she_is_in_wait_for_her(
    begun, place, course, world, now
):
    other = world.people["hr"]
    enroll(course=course, person=other, now=now)

    assert [row.quiz_title for row in running_attempts(place.person, now=now)] == [
        "Post-test"
    ]
    assert running_attempts(other, now=now) == []
    assert running_attempts(place.person, now=now, course_id=0) == []
    withdraw(enrollment_id=place.pk, by=place.person, now=now)
    assert running_attempts(place.person, now=now) == []


@every_case(
    "address", ["/", COURSE, "/kursus/contoh/kuis/posttest/", "/akun/", "/sertifikat/"]
)
def test_what_was_left_on_the_device_is_sent_from_every_page(
    address, place, learner, client_of, now
):
    read_lessons(enrollment=place, now=now)

    html = client_of(learner).get(address).content.decode()

    assert len(re.findall('dist/phone[^"]*js', html)) == 1
    assert f'data-phone="{learner.key}"' in html


@every_case(
    ("attempts", "rest", "said"),
    [
        (None, timedelta(), "Boleh diulang sampai lulus."),
        (1, timedelta(), "Ada 1 kesempatan."),
        (3, timedelta(), "Ada 3 kesempatan."),
        (
            1,
            timedelta(minutes=90),
            "Bila belum lulus, ada jeda 90 menit sebelum kesempatan berikutnya.",
        ),
        (
            3,
            timedelta(hours=24),
            "Ada 3 kesempatan, boleh langsung berurutan. Bila semuanya belum lulus, "
            "ada jeda 24 jam, lalu ada 3 kesempatan lagi.",
        ),
    ],
)
def test_the_rules_say_when_a_rest_comes(attempts, rest, said, place, learner, now):
    from quizzes.models import Quiz
    from quizzes.taking.quiz_page import quiz_page

    quiz = Quiz.objects.of_version(place.version_id).get(purpose="posttest")
    quiz.attempts_per_block, quiz.cooldown_seconds = attempts, rest.total_seconds()

    assert said in quiz_page(quiz, place, now=now).rules
