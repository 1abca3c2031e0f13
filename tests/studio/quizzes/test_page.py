"""How a quiz is taken is published with the draft; when it is open is not."""

from datetime import date

import pytest
from django.utils import timezone

from quizzes.models import Quiz, QuizCondition, QuizDraft
from studio.publishing.changes import changes_in

RULES = {
    "command": "rules",
    "aturan-time_limit": "20",
    "aturan-attempts": "2",
    "aturan-cooldown": "12",
    "aturan-counting": "last",
    "aturan-review": "exam",
    "aturan-shuffles_options": "on",
}


@pytest.fixture
def url(course):
    """Return the address of the post-test's settings."""
    return f"/studio/{course.key}/kuis/posttest/"


def quiz_of(version) -> Quiz:
    """Return the post-test of a version."""
    return Quiz.objects.get(grade_item__version=version, grade_item__key="posttest")


# --- rules -------------------------------------------------------------------------
def test_rules_wait_for_the_draft_to_be_published(author, course, draft, url, publish):
    before = quiz_of(course.current_version)

    assert author.post(url, RULES)["Location"] == url
    assert quiz_of(course.current_version).review == before.review
    assert changes_in(course, draft).other == [f"Aturan {before.title}"]
    assert author.get(url).context["settings"].is_changed

    # Another attempt counts: more than words.
    publish("required")
    course.refresh_from_db()
    after = quiz_of(course.current_version)
    assert (after.time_limit_seconds, after.attempts_per_block) == (1200, 2)
    assert (after.cooldown_seconds, after.counting, after.review) == (
        43_200,
        "last",
        "exam",
    )
    assert (after.shuffles_questions, after.shuffles_options) == (False, True)
    assert "20 menit" in after.grade_item.summary
    assert "Ada 2 kesempatan." in after.grade_item.summary
    assert not QuizDraft.objects.exists()
    # What was published before stays as it was.
    before.refresh_from_db()
    assert before.review == "test"


def test_what_is_published_is_what_the_author_saw(author, course, draft, url):
    page = author.get(f"/studio/{course.key}/terbitkan/").context["page"]
    author.post(url, RULES)

    refused = author.post(
        f"/studio/{course.key}/terbitkan/", {"change": "wording", "seen": page.seen}
    )

    assert refused.status_code == 409


def test_rules_need_a_draft(author, course, url):
    page = author.post(url, RULES)

    assert "Buka draf kursus ini dulu" in page.content.decode()
    assert not QuizDraft.objects.exists()


def test_a_discarded_draft_takes_its_rules_with_it(author, course, draft, url):
    author.post(url, RULES)

    author.post(f"/studio/{course.key}/draf/buang/")

    assert not QuizDraft.objects.exists()


def test_empty_numbers_mean_no_limit(author, course, draft, url):
    author.post(
        url, {"command": "rules", "aturan-counting": "best", "aturan-review": "learn"}
    )

    row = QuizDraft.objects.get()
    assert (row.time_limit_seconds, row.attempts_per_block) == (None, None)
    assert (row.cooldown_seconds, row.shuffles_options) == (0, False)


def test_a_rest_without_a_limit_is_refused_at_its_field(author, course, draft, url):
    page = author.post(url, {**RULES, "aturan-attempts": ""})

    assert "cooldown" in page.context["rules"].errors
    assert not QuizDraft.objects.exists()


# --- condition ---------------------------------------------------------------------
def test_the_window_holds_at_once(author, course, url):
    author.post(
        url,
        {
            "command": "condition",
            "waktu-opens_on": "2026-12-01",
            "waktu-opens_time": "08:30",
            "waktu-closes_on": "2026-12-05",
            "waktu-supervision": "Ibu Rina",
            "waktu-password": "kelopak mekar",
        },
    )

    row = QuizCondition.objects.get()
    assert timezone.localtime(row.opens_at).strftime("%d %H.%M") == "01 08.30"
    assert (row.opens_on, row.closes_at, row.closes_on) == (
        None,
        None,
        date(2026, 12, 5),
    )
    page = author.get(url).content.decode()
    assert 'value="08:30"' in page
    assert "kelopak" not in page


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"waktu-opens_time": "08:30"}, "opens_on"),
        ({"waktu-password": "abc"}, "password"),
        ({"waktu-opens_on": "2026-12-02", "waktu-closes_on": "2026-12-01"}, "__all__"),
        ({"waktu-password": "kelopak", "waktu-drops_password": "on"}, "password"),
        ({"waktu-closes_on": "kemarin"}, "closes_on"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(author, course, url, over, field):
    page = author.post(url, {"command": "condition", **over})

    assert field in page.context["condition"].errors
    assert not QuizCondition.objects.exists()


def test_a_reviewer_reads_and_does_not_write(client_as, course, draft, url):
    reviewer = client_as("reviewer")

    assert reviewer.get(url).status_code == 200
    assert reviewer.post(url, RULES).status_code == 404
    assert not QuizDraft.objects.exists()
