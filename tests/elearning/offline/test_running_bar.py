"""A running test comes first, on every page and every device."""

import re
from datetime import timedelta

import pytest

from tests.every_case import every_case
from tests.factories import read_lessons, start
from tests.queries import count_queries

LESSON = "/kursus/contoh/pelajaran/pelajaran-1/"
PAGES = ["/kursus/", LESSON, "/sertifikat/", "/akun/", "/ulangan/"]


@pytest.fixture
def begun(place, now):
    """A post-test in progress: 20 minutes from now."""
    read_lessons(enrollment=place, now=now)
    return start(enrollment=place, quiz_key="posttest", now=now)


def bar_of(page):
    """Return the bar of a page, or an empty text."""
    html = page.content.decode()
    found = re.search(r'class="m-running-bar".*?</a>', html, re.DOTALL)
    return found[0] if found else ""


@every_case("path", PAGES)
def test_every_page_says_what_runs_how_long_and_where(
    path, begun, learner, client_of, clock, now
):
    clock.move_to(begun.deadline_at - timedelta(minutes=4, seconds=30))

    bar = bar_of(client_of(learner).get(path))

    assert "Post-test" in bar
    assert "sisa 5 menit" in bar
    assert f'href="/percobaan/{begun.key}/1/"' in bar
    assert bar.count("<a ") == 1


@every_case("path", ["/", "/kursus/contoh/"])
def test_home_and_course_say_it_at_more_length_and_once(
    path, begun, learner, client_of
):
    page = client_of(learner).get(path)

    assert bar_of(page) == ""
    assert re.search(r"sisa (10|20) menit", page.content.decode())


def test_the_attempt_itself_has_no_bar(begun, learner, client_of):
    assert bar_of(client_of(learner).get(f"/percobaan/{begun.key}/1/")) == ""


@every_case("path", PAGES)
def test_where_nothing_runs_there_is_no_bar(path, place, learner, client_of):
    assert bar_of(client_of(learner).get(path)) == ""


def test_whose_time_is_over_is_led_to_the_end(begun, learner, client_of, clock):
    clock.move_to(begun.deadline_at)

    bar = bar_of(client_of(learner).get(LESSON))

    assert "waktu habis" in bar
    assert "Waktu habis: lihat hasil" in bar


def test_it_costs_one_query(place, learner, client_of, monkeypatch):
    her = client_of(learner)
    her.get(LESSON)
    with_bar = count_queries(her, LESSON)
    monkeypatch.setattr(
        "elearning.context_processors.running_attempts", lambda *_, **__: []
    )

    assert count_queries(her, LESSON) == with_bar - 1
