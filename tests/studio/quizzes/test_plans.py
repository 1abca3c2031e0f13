"""Quizzes of a draft: banks, lines, rules, and what is left in the bank."""

from decimal import Decimal

import pytest

from quizzes import actions as quizzes_actions
from quizzes.models import QuestionBank, QuizDraft
from quizzes.selectors import planned_quizzes
from studio.drafts.quizzes import plan_of, requirement_of
from studio.fetching import draft_of
from tests.factories import make_question
from tests.queries import count_queries
from tests.studio.courses.made_here import begin

URL = "/studio/kursus-kecil/kuis/posttest/isi/"


def press(client, command, url=URL, **over):
    """Press a button of a quiz's page as it stands now."""
    base = client.get(url).context["base"]
    return client.post(url, {"base": base, "command": command, **over})


def lines(draft):
    """Return the lines of the draft's post-test in short."""
    return [
        (line.question_key or line.objective_key, line.count)
        for line in plan_of(draft, "posttest").lines
    ]


@pytest.fixture
def settings(author, draft):
    """Return what the form of the post-test's rules sends."""
    return {
        "kuis-title": "Post-test",
        "kuis-bank": "kursus-kecil-posttest",
        "kuis-minutes": "10",
        "kuis-pass_mark": "80",
        "aturan-time_limit": "20",
        "aturan-attempts": "2",
        "aturan-cooldown": "12",
        "aturan-counting": "best",
        "aturan-review": "exam",
        "aturan-shuffles_options": "on",
    }


# --- banks -------------------------------------------------------------------------
def test_a_bank_is_made_once_and_renamed(author, course, draft):
    url = "/studio/kursus-kecil/bank/"
    data = {"command": "add", "bank-title": "Cadangan", "bank-use": "practice"}
    for _time in range(2):
        author.post(url, data)

    bank = QuestionBank.objects.get(title="Cadangan")
    assert (bank.course, bank.use, bank.unit) == (course, "practice", course.unit)
    said = {"command": f"rename:{bank.key}", "base": "Cadangan", "title": "Latihan B"}
    author.post(url, said)
    bank.refresh_from_db()
    assert bank.title == "Latihan B"

    # The same form again: it is stale, and says so.
    page = author.post(url, {**said, "title": "Lain"}, follow=True)
    bank.refresh_from_db()
    assert bank.title == "Latihan B"
    assert "diubah orang lain" in page.text


def test_without_a_draft_no_bank_is_made(author, course):
    author.post(
        "/studio/kursus-kecil/bank/",
        {"command": "add", "bank-title": "Cadangan", "bank-use": "practice"},
    )

    assert not QuestionBank.objects.filter(title="Cadangan").exists()


# --- lines -------------------------------------------------------------------------
def test_the_page_says_what_is_left_beside_each_rule(author, course, draft):
    # Three questions of t1 at C2; the blueprint draws two of C1 and C2.
    [row] = author.get(URL).context["page"].rows
    assert (row.count, row.fitting, row.left) == (2, 3, 1)

    page = press(author, "draw", **{"undian-count": "2", "undian-objective": "t1"})
    assert page.status_code == 302
    first, second = author.get(URL).context["page"].rows
    assert (first.lacking, second.fitting, second.left, second.lacking) == (0, 3, 0, 1)
    assert "3 cocok, kurang 1" in author.get(URL).text


def test_a_draw_takes_levels_and_types(author, course, draft):
    press(
        author,
        "draw",
        **{
            "undian-count": "1",
            "undian-objective": "t1",
            "undian-levels": ["C2"],
            "undian-types": ["single_choice"],
        },
    )

    line = plan_of(draft, "posttest").lines[-1]
    assert (line.levels, line.types) == (("C2",), ("single_choice",))


def test_named_questions_leave_fewer_to_draw(author, course, draft):
    press(author, "pick", question=["post-1", "post-3", "tidak-ada"])

    assert lines(draft) == [("t1", 2), ("post-1", 1), ("post-3", 1)]
    drawn, *named = author.get(URL).context["page"].rows
    assert (drawn.fitting, drawn.lacking) == (1, 1)
    assert [row.is_missing for row in named] == [False, False]


def test_lines_move_and_go(author, course, draft):
    press(author, "pick", question=["post-1", "post-3"])
    press(author, "line-up:2")
    assert lines(draft) == [("t1", 2), ("post-3", 1), ("post-1", 1)]
    press(author, "line-down:0")
    press(author, "line-remove:0")
    assert lines(draft) == [("t1", 2), ("post-1", 1)]


@pytest.mark.parametrize("command", ["line-up:9", "line-remove:x", "hapus", "pick"])
def test_what_cannot_be_pressed_changes_nothing(author, course, draft, command):
    before = planned_quizzes(draft)

    assert press(author, command).status_code == 200
    assert planned_quizzes(draft) == before


def test_the_whole_bank_and_back(author, course, draft):
    press(author, "all")
    assert (plan_of(draft, "posttest").asks_all, lines(draft)) == (True, [])

    press(author, "pick", question=["post-1"])
    assert (plan_of(draft, "posttest").asks_all, lines(draft)) == (
        False,
        [("post-1", 1)],
    )


# --- rules -------------------------------------------------------------------------
def test_rules_pass_mark_and_minutes_are_stored(author, course, draft, settings):
    assert press(author, "settings", **settings).status_code == 302

    plan, row = plan_of(draft, "posttest"), requirement_of(draft, "posttest")
    assert (row.pass_mark, row.minutes, row.weight) == (Decimal(80), 10, 1)
    rules = plan.rules
    assert (rules.time_limit_seconds, rules.attempts_per_block) == (1200, 2)
    assert (rules.cooldown_seconds, rules.review) == (43_200, "exam")
    assert (rules.shuffles_questions, rules.shuffles_options) == (False, True)
    assert lines(draft) == [("t1", 2)]


def test_bad_rules_keep_what_was_typed(author, course, draft, settings):
    page = press(author, "settings", **{**settings, "kuis-pass_mark": "101"})

    assert page.context["goal"].errors
    assert page.context["goal"]["pass_mark"].value() == "101"
    assert not QuizDraft.objects.exists()


def test_a_stale_form_names_the_colleague(author, client_as, course, draft, settings):
    stale = author.get(URL).context["base"]
    press(client_as("admin"), "pick", question=["post-1"])

    page = author.post(URL, {"base": stale, "command": "settings", **settings})

    assert page.status_code == 409
    assert "Admin Contoh mengubah draf ini" in page.text
    assert page.context["goal"]["pass_mark"].value() == "80"
    assert requirement_of(draft, "posttest").pass_mark == 70


# --- quizzes that come and go ------------------------------------------------------
def test_a_new_course_gets_its_tests_with_their_banks(author, world):
    course = begin(author, world.agency.code)
    for purpose in ("posttest", "pretest", "posttest", "latihan"):
        author.post(f"/studio/{course.key}/kuis/", {"purpose": purpose})

    draft = draft_of(course)
    assert [plan.key for plan in planned_quizzes(draft)] == ["pretest", "posttest"]
    assert [row.kind for row in draft.requirements.all()] == [
        "submitted",
        "lessons",
        "passed",
    ]
    assert set(course.question_banks.values_list("use", flat=True)) == {
        "pretest",
        "graded",
    }


def test_a_quiz_leaves_the_draft_and_stays_published(author, course, draft):
    response = press(author, "remove")

    assert response["Location"] == "/studio/kursus-kecil/"
    assert plan_of(draft, "posttest") is None
    assert requirement_of(draft, "posttest") is None
    assert [plan.key for plan in planned_quizzes(course.current_version)] == [
        "pretest",
        "posttest",
    ]
    assert author.get(URL).status_code == 404


def test_queries_do_not_grow_with_questions(author, course, draft, now):
    few = count_queries(author, URL)
    bank = QuestionBank.objects.get(key="kursus-kecil-posttest")
    for number in range(30):
        content = make_question(f"lagi-{number}")
        quizzes_actions.write_question(bank=bank, content=content, by=None, now=now)

    assert author.get(URL).context["page"].in_bank == 33
    assert count_queries(author, URL) == few
