"""Trying a quiz of a draft out: drawn and marked like an attempt, and nothing kept."""

import pytest

from accounts.models import AuditRecord
from courses.models import Enrollment, GradeEntry
from quizzes import actions as quizzes_actions
from quizzes.models import Attempt, PracticeResponse, QuestionBank, ResponseSave
from quizzes.selectors import content_of, draw_trial
from studio.drafts.quizzes import plan_of
from tests.quizzes.questions.answers import right_form, wrong_form
from tests.quizzes.questions.examples import EXAMPLES

URL = "/studio/kursus-kecil/kuis/pretest/coba/"


@pytest.fixture
def every_type(author, course, draft, now):
    """The pre-test asks one question of every type beside its own two."""
    bank = QuestionBank.objects.get(key="kursus-kecil-pretest")
    for content in EXAMPLES.values():
        quizzes_actions.write_question(bank=bank, content=content, by=None, now=now)
    return plan_of(draft, "pretest")


def said(paper, answer) -> dict[str, list[str]]:
    """Return the fields of the page for an answer to every question."""
    return {
        f"soal-{item.position}.{name}": values
        for item in paper.items
        for name, values in answer(content_of(item.version).view()).items()
    }


def handed_in(author, answer):
    """Open the paper, answer it and return the page with the result."""
    page = author.get(URL)
    paper, seed = page.context["paper"], page.context["seed"]
    data = {"seed": seed, "digest": paper.digest, **said(paper, answer)}
    return author.post(URL, data)


def traces() -> list[int]:
    """Count everything that a learner leaves."""
    kinds = (
        Attempt, AuditRecord, Enrollment, GradeEntry, PracticeResponse, ResponseSave,
    )  # fmt: skip
    return [kind._default_manager.count() for kind in kinds]


def test_right_and_wrong_are_marked_and_nothing_is_kept(author, every_type):
    before = traces()

    right = handed_in(author, right_form)
    wrong = handed_in(author, wrong_form)

    assert right.context["result"].percent == 100
    assert wrong.context["result"].percent < 50
    assert len(right.context["result"].explanations) == 2 + len(EXAMPLES)
    assert {one.state for one in right.context["result"].explanations} == {"right"}
    assert traces() == before


def test_every_field_of_the_page_has_a_name_of_its_own(author, every_type):
    page = author.get(URL)

    for item in page.context["paper"].items:
        for place in item.control.places:
            assert f'name="{place.field}"' in page.text or item.version.type in {
                "mark_text"
            }
            assert place.field.startswith(f"soal-{item.position}.")


def test_an_empty_page_is_marked_as_blank(author, course, draft):
    result = handed_in(author, lambda _view: {}).context["result"]

    assert result.percent == 0
    assert all(one.is_blank for one in result.explanations)


def test_nonsense_counts_as_blank(author, course, draft):
    result = handed_in(author, lambda _view: {"answer": ["z"]}).context["result"]

    assert result.percent == 0


def test_the_same_seed_gives_the_same_paper(course, draft):
    plan = plan_of(draft, "posttest")

    assert draw_trial(plan, seed=7).digest == draw_trial(plan, seed=7).digest
    papers = {draw_trial(plan, seed=seed).digest for seed in range(20)}
    assert len(papers) > 1


def test_a_paper_that_changed_meanwhile_is_not_marked(author, course, draft):
    seed = author.get(URL).context["seed"]

    page = author.post(URL, {"seed": seed, "digest": "0" * 64})

    assert page.context["is_changed"]
    assert "result" not in page.context


def test_a_bank_that_is_too_small_is_told(author, course, draft):
    base = author.get("/studio/kursus-kecil/kuis/posttest/isi/").context["base"]
    author.post(
        "/studio/kursus-kecil/kuis/posttest/isi/",
        {"base": base, "command": "draw", "undian-count": "9"},
    )

    page = author.get("/studio/kursus-kecil/kuis/posttest/coba/")

    assert page.context["is_empty"]
    assert "belum cukup" in page.text
