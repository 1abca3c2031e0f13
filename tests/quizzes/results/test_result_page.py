"""After an attempt: the result, and the reasons once they may be seen."""

from datetime import timedelta

import pytest

from courses.actions import complete_lesson
from quizzes.models import Attempt, Quiz
from tests.factories import enroll, make_reading, read_lessons, sit, start
from tests.queries import count_queries

SECRETS = ("Tepat karena ini.", "Belum, karena itu.")


@pytest.fixture
def her(client_of, learner):
    """Return the learner's browser."""
    return client_of(learner)


def result(browser, attempt: Attempt):
    """Return what the result page shows."""
    return browser.get(f"/percobaan/{attempt.key}/hasil/").context["page"]


def review(browser, attempt: Attempt, position: int = 1):
    """Open the reasons of one question."""
    return browser.get(f"/percobaan/{attempt.key}/pembahasan/{position}/")


def sit_post(place, right: int, now) -> Attempt:
    """Sit the post-test."""
    return sit(enrollment=place, quiz_key="posttest", right=right, now=now)


# --- before handing in -------------------------------------------------------------
def test_an_attempt_in_progress_has_no_result(attempt, her):
    response = her.get(f"/percobaan/{attempt.key}/hasil/")

    assert response["Location"] == f"/percobaan/{attempt.key}/1/"
    assert review(her, attempt).status_code == 404


# --- a failure ---------------------------------------------------------------------
def test_a_failure_shows_the_score_advice_and_no_key(ready, her, now):
    attempt = sit_post(ready, 2, now)

    response = her.get(f"/percobaan/{attempt.key}/hasil/")
    page, html = response.context["page"], response.content.decode()

    assert (page.passed, page.score, page.correct, page.total) == (False, "50", 2, 4)
    assert (page.chips, page.certificate_url, page.jp) == ([], None, None)
    assert page.retry.note == "Anda masih punya 2 kesempatan."
    (objective,) = page.objectives
    assert (objective.points, objective.max_points) == (2, 4)
    assert objective.tone == "weak"
    assert objective.reread.url == "/kursus/contoh/pelajaran/pelajaran-1/"
    assert not any(secret in html for secret in SECRETS)


@pytest.mark.parametrize("position", [1, 4])
def test_after_a_failure_no_reason_is_shown(ready, her, now, position):
    assert review(her, sit_post(ready, 2, now), position).status_code == 404


def test_after_three_failures_the_page_says_until_when_to_rest(ready, her, now):
    for _ in range(3):
        attempt = sit_post(ready, 0, now)

    page = result(her, attempt)

    assert "22 November 2026" in page.retry.note
    assert review(her, attempt).status_code == 404


# --- a pass ------------------------------------------------------------------------
def test_a_pass_opens_the_reasons_of_every_question(ready, her, now):
    attempt = sit_post(ready, 3, now)

    page = result(her, attempt)
    assert (page.passed, page.score, page.retry) == (True, "75", None)
    states = [chip.state for chip in page.chips]
    assert states == ["right", "right", "right", "wrong"]

    response = review(her, attempt, 4)
    shown = response.context["page"].explanation
    assert (shown.state, shown.is_blank) == ("wrong", False)
    assert response.context["page"].points == 0
    assert [choice.key for choice in shown.place.chosen] == ["b"]
    assert [choice.key for choice in shown.place.right] == ["a"]
    assert all(secret in response.content.decode() for secret in SECRETS)


def test_a_pass_opens_earlier_attempts_as_well(ready, her, now):
    failed = sit_post(ready, 0, now)
    sit_post(ready, 4, now)

    assert review(her, failed).status_code == 200
    assert result(her, failed).retry is None


@pytest.mark.parametrize("position", [0, 5, 10**20])
def test_a_question_that_does_not_exist_has_no_reasons(ready, her, now, position):
    assert review(her, sit_post(ready, 4, now), position).status_code == 404


def test_a_question_left_blank_says_so(ready, her, now, say):
    attempt = start(enrollment=ready, quiz_key="posttest", now=now)
    for position in (1, 2, 3):
        say(attempt, position, "a", now, sequence=position)
    her.post(f"/percobaan/{attempt.key}/kirim/")

    shown = review(her, attempt, 4).context["page"].explanation

    assert (shown.is_blank, shown.state) == (True, "wrong")


def test_completing_shows_jp_gain_and_the_way_to_the_certificate(place, her, now):
    sit(enrollment=place, quiz_key="pretest", right=1, now=now)
    read_lessons(enrollment=place, now=now)
    attempt = sit_post(place, 4, now)

    page = result(her, attempt)

    assert (page.completed, page.gain, page.pretest_score) == (True, 50, 50)
    assert (page.jp.earned, page.jp.added) == (1, 1)
    assert page.certificate_url == "/sertifikat/"


def test_a_skipped_pretest_holds_up_nothing_and_no_gain_is_told(ready, her, now):
    page = result(her, sit_post(ready, 4, now))

    assert (page.passed, page.completed) == (True, True)
    assert page.gain is None


# --- the pre-test ------------------------------------------------------------------
def test_a_pretest_never_shows_its_keys(place, her, now):
    attempt = sit(enrollment=place, quiz_key="pretest", right=2, now=now)

    response = her.get(f"/percobaan/{attempt.key}/hasil/")
    page, html = response.context["page"], response.content.decode()

    assert (page.passed, page.chips, page.gain) == (None, [], None)
    assert page.next.url == "/kursus/contoh/pelajaran/pelajaran-1/"
    assert not any(secret in html for secret in SECRETS)
    assert review(her, attempt).status_code == 404


def test_a_pretest_never_shows_its_keys_even_after_the_course(place, her, now):
    attempt = sit(enrollment=place, quiz_key="pretest", right=2, now=now)
    read_lessons(enrollment=place, now=now)
    sit_post(place, 4, now)

    assert review(her, attempt).status_code == 404


# --- other rules -------------------------------------------------------------------
@pytest.mark.parametrize(("kind", "status"), [("exam", 404), ("learn", 200)])
def test_the_quiz_says_when_keys_may_be_seen(ready, her, now, kind, status):
    Quiz.objects.filter(key="posttest").update(review=kind)
    right = 4 if kind == "exam" else 0

    assert review(her, sit_post(ready, right, now)).status_code == status


def test_a_new_version_of_the_course_does_not_break_old_results(
    course, ready, her, now
):
    from tests.factories import republish

    attempt = sit_post(ready, 4, now)
    republish(course=course, change="wording", now=now)

    assert result(her, attempt).score == "100"
    assert review(her, attempt, 4).status_code == 200


def test_a_result_asks_no_more_for_more_attempts(ready, her, now):
    first = sit_post(ready, 0, now)
    url = f"/percobaan/{first.key}/hasil/"
    few = count_queries(her, url)
    for days in (0, 0, 2, 2, 2, 4):
        sit_post(ready, 0, now + timedelta(days=days))

    assert count_queries(her, url) == few


def test_reading_elsewhere_changes_no_result(world, ready, learner, her, now):
    attempt = sit_post(ready, 2, now)
    other = make_reading(unit=world.agency, now=now, key="lain")
    place = enroll(course=other, person=learner, now=now)
    complete_lesson(
        enrollment_id=place.pk, lesson_key="pelajaran-1", by=learner, now=now
    )

    assert result(her, attempt).completed is False
