"""No request asks the database the same thing twice.

A repeated statement is two places that do not know of each other; the failure names
both. Hand the row on, or remember what is the same for everybody.
"""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from courses.models import Enrollment
from courses.published import outline_of
from quizzes.models import Attempt
from quizzes.taking.tokens import token_for
from tests.factories import answer, read_lessons, sit, start
from tests.repeated_statements import questions, repeated

PHONE = str(UUID(int=5))
POSTTEST = "/kursus/contoh/kuis/posttest/"
# Pages that still ask something twice. This list only gets shorter.
STILL_REPEATING: frozenset[str] = frozenset()


@pytest.fixture
def her(client_of, learner) -> Client:
    """Return the learner's browser."""
    return client_of(learner)


@pytest.fixture
def reader(place, now) -> Enrollment:
    """The learner's place with every lesson done."""
    read_lessons(enrollment=place, now=now)
    return place


@pytest.fixture
def attempt(reader, now) -> Attempt:
    """A post-test in progress, every question answered wrong."""
    attempt = start(enrollment=reader, quiz_key="posttest", now=now)
    answer(attempt=attempt, right=0, now=now)
    return attempt


@pytest.fixture
def failed(reader, now) -> Attempt:
    """A post-test that was handed in and not passed, after a pre-test."""
    return sit(enrollment=reader, quiz_key="posttest", right=1, now=now)


@pytest.fixture
def passed(place, now) -> Attempt:
    """A post-test that was passed, after a pre-test that counts for the gain."""
    sit(enrollment=place, quiz_key="pretest", right=1, now=now)
    read_lessons(enrollment=place, now=now)
    return sit(enrollment=place, quiz_key="posttest", right=4, now=now)


def check(name: str, call: Callable[[], Any], *, status: int = 200) -> None:
    """Fail where a request asks twice; for those of the list, where it does not."""
    with questions() as asked:
        response = call()
    assert response.status_code == status
    assert asked
    found = repeated(asked)
    if name in STILL_REPEATING:
        assert found, f"{name} asks nothing twice any more: take it off the list."
    else:
        assert not found, f"{name} asks twice:\n" + "\n".join(found)


PAGES = {
    "home": "/",
    "catalogue": "/kursus/",
    "search": "/cari/?cari=pelajaran",
    "course page": "/kursus/contoh/",
    "lesson": "/kursus/contoh/pelajaran/pelajaran-1/",
    "quiz page": POSTTEST,
    "my certificates": "/sertifikat/",
    "my certificates from elsewhere": "/sertifikat/luar/",
    "profile": "/akun/",
    "notices": "/pemberitahuan/",
    "notes": "/catatan/",
    "notes of a lesson": "/kursus/contoh/pelajaran/pelajaran-1/catatan/",
    "my courses": "/kursus-saya/",
    "JP": "/jp/",
    "history": "/riwayat/",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_learners_page_asks_nothing_twice(failed, her, name):
    her.get(PAGES[name])

    check(name, lambda: her.get(PAGES[name]))


def test_the_course_page_while_an_attempt_runs_asks_nothing_twice(attempt, her):
    for name in ("home", "course page"):
        check(name, lambda name=name: her.get(PAGES[name]))


@pytest.fixture(autouse=True)
def warm(place) -> None:
    """Let the process know the published course, as after its first request."""
    outline_of(place.version_id)


def test_starting_asks_nothing_twice(reader, her):
    check("start", lambda: her.post(f"{POSTTEST}mulai/"), status=302)


def test_starting_again_asks_nothing_twice(failed, her):
    check("start", lambda: her.post(f"{POSTTEST}mulai/"), status=302)


def test_pages_of_an_attempt_ask_nothing_twice(attempt, her):
    for name, page in (("question", "1/"), ("review", "kirim/")):
        url = f"/percobaan/{attempt.key}/{page}"
        check(name, lambda url=url: her.get(url))


def test_a_save_asks_nothing_twice(attempt):
    row = {
        "position": 1,
        "fields": {"answer": ["a"]},
        "flagged": False,
        "device": PHONE,
        "sequence": 1,
        "offset_ms": 1000,
    }
    client = Client(headers={"X-Attempt-Token": token_for(attempt), "X-Device": PHONE})

    check(
        "save",
        lambda: client.post(
            f"/percobaan/{attempt.key}/simpan/",
            json.dumps([row, {**row, "sequence": 2}]),
            content_type="application/json",
        ),
    )


@pytest.mark.parametrize("right", [0, 4])
def test_handing_in_asks_nothing_twice(reader, her, now, right):
    attempt = start(enrollment=reader, quiz_key="posttest", now=now)
    answer(attempt=attempt, right=right, now=now)
    url = f"/percobaan/{attempt.key}/kirim/"

    check("submit", lambda: her.post(url, {"anyway": "1"}), status=302)


def test_results_ask_nothing_twice(failed, her):
    check("result", lambda: her.get(f"/percobaan/{failed.key}/hasil/"))


def test_results_of_who_passed_ask_nothing_twice(passed, her):
    check("result", lambda: her.get(f"/percobaan/{passed.key}/hasil/"))
    check("reasons", lambda: her.get(f"/percobaan/{passed.key}/pembahasan/1/"))


# --- the tool itself ---------------------------------------------------------------
def test_a_repeated_statement_is_told_with_both_places(place, her, monkeypatch):
    from quizzes.taking import quiz_page

    once = quiz_page.lessons_done
    monkeypatch.setattr(
        quiz_page, "lessons_done", lambda enrollment: once(enrollment) and once(place)
    )
    read_lessons(enrollment=place, now=place.started_at)

    with questions() as asked:
        her.get(POSTTEST)

    (told,) = repeated(asked)
    first, again, _sql = told.splitlines()
    for place_of_ours in (first, again):
        assert "courses/selectors/facts.py" in place_of_ours
        assert "lessons_read" in place_of_ours
