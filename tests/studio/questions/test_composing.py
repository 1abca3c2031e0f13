"""Expected difficulty and enemies in Studio: they count at once."""

import pytest

from quizzes import actions as quizzes_actions
from quizzes.models import AttemptItem, EnemyPair, QuestionBank, QuestionVersion
from quizzes.questions import Composition, Expected
from quizzes.selectors import compositions_of
from tests import factories
from tests.queries import assert_same_queries

EDIT = "/studio/kursus-kecil/soal/kursus-kecil-posttest/post-1/"
COMPOSE = f"{EDIT}susunan/"
PRETEST = "/studio/kursus-kecil/soal/kursus-kecil-pretest/pre-1/susunan/"
pytestmark = pytest.mark.usefixtures("course")


@pytest.fixture
def bank(course) -> QuestionBank:
    """The bank of the post-test: three questions, of which two are drawn."""
    return QuestionBank.objects.get(course=course, use="graded")


def said(author, url: str = COMPOSE, **over: object) -> dict[str, object]:
    """Return what the form sends as it stands, with changes."""
    form = author.get(url).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    return {
        name: value for name, value in {**sent, **over}.items() if value is not None
    }


def test_what_is_said_counts_at_once_and_is_shown(author, bank):
    before = QuestionVersion.objects.count()
    data = said(author, untrained=35, trained=80, enemies=["post-2"])

    page = author.post(COMPOSE, data, follow=True)

    assert page.redirect_chain == [(EDIT, 302)]
    assert compositions_of(bank)["post-1"] == Composition(Expected(35, 80), ("post-2",))
    assert compositions_of(bank)["post-2"].enemies == ("post-1",)
    assert QuestionVersion.objects.count() == before
    assert ">35%<" in page.text
    assert ">80%<" in page.text
    assert ">post-2</a>" in page.text


def test_it_can_all_be_taken_back(author, bank):
    author.post(COMPOSE, said(author, untrained=35, trained=80, enemies=["post-2"]))

    author.post(COMPOSE, said(author, untrained="", trained="", enemies=[]))

    assert compositions_of(bank)["post-1"] == Composition()


@pytest.mark.parametrize(
    ("untrained", "trained", "field"),
    [
        ("101", "101", "untrained"),
        ("-1", "5", "untrained"),
        ("50", "40", "untrained"),
        ("50", "", "trained"),
        ("", "50", "untrained"),
        ("4,5", "50", "untrained"),
    ],
)
def test_what_is_no_expectation_is_told_at_its_field(
    author, bank, untrained, trained, field
):
    page = author.post(COMPOSE, said(author, untrained=untrained, trained=trained))

    assert field in page.context["form"].errors
    assert compositions_of(bank)["post-1"] == Composition()


@pytest.mark.parametrize("key", ["post-1", "pre-1", "hilang"])
def test_only_another_question_of_the_bank_is_an_enemy(author, key):
    page = author.post(COMPOSE, said(author, enemies=[key]))

    assert "enemies" in page.context["form"].errors
    assert not EnemyPair.objects.exists()


def test_enemies_that_leave_no_paper_are_refused_with_the_numbers(author, bank):
    author.post(COMPOSE, said(author, enemies=["post-2", "post-3"]))
    other = COMPOSE.replace("post-1", "post-2")

    page = author.post(other, said(author, other, enemies=["post-1", "post-3"]))

    assert page.status_code == 409
    assert (
        "Aturan 1 perlu 2 soal t1 (C1, C2), paling banyak 1 dapat berdiri bersama "
        "karena saling menjawab." in page.text
    )
    assert compositions_of(bank)["post-3"].enemies == ("post-1",)


def test_two_questions_that_are_always_asked_are_no_enemies(author):
    page = author.post(PRETEST, said(author, PRETEST, enemies=["pre-2"]))

    assert page.status_code == 409
    assert "selalu menanyakan pre-1 dan pre-2, yang saling menjawab" in page.text
    assert not EnemyPair.objects.exists()


def test_two_authors_do_not_overwrite_each_other(author, bank):
    mine = said(author, untrained=10, trained=20)
    author.post(COMPOSE, said(author, untrained=30, trained=40))

    page = author.post(COMPOSE, mine)

    assert page.status_code == 409
    assert compositions_of(bank)["post-1"].expected == Expected(30, 40)


def test_a_search_keeps_what_is_chosen(author):
    author.post(COMPOSE, said(author, enemies=["post-2"]))

    offered = author.get(COMPOSE, {"cari": "POST-3"}).context["form"].fields["enemies"]
    nothing = author.get(COMPOSE, {"cari": "hilang"}).context["form"].fields["enemies"]

    assert [key for key, _text in offered.choices] == ["post-2", "post-3"]
    assert [key for key, _text in nothing.choices] == ["post-2"]


def test_the_most_alike_stand_first(author, bank, draft, now):
    for key, stem in (("a", "Lain sama sekali"), ("b", "Pertanyaan post-1 ulang?")):
        quizzes_actions.write_question(
            bank=bank, content=factories.make_question(key, stem=stem), by=None, now=now
        )

    choices = author.get(COMPOSE).context["form"].fields["enemies"].choices

    keys = [key for key, _text in choices]
    assert keys[0] == "b"
    assert keys[-1] == "a"


def test_the_page_costs_the_same_for_any_bank(author, bank, draft, now):
    def grow(count: int) -> None:
        have = bank.questions.count()
        for number in range(have, have + count):
            quizzes_actions.write_question(
                bank=bank,
                content=factories.make_question(f"lagi-{number}"),
                by=None,
                now=now,
            )

    assert_same_queries(author, COMPOSE, grow)


# --- publishing, and papers ----------------------------------------------------------
def test_a_draft_is_not_published_without_a_paper(author, course, bank, draft, publish):
    """Enemies that came past Studio are found before anything becomes public."""
    first, second, third = bank.questions.order_by("pk")
    for one, other in ((first, second), (first, third), (second, third)):
        EnemyPair.objects.create(first=one, second=other)

    page = author.get(f"/studio/{course.key}/terbitkan/")

    assert "paling banyak 1 dapat berdiri bersama karena saling menjawab" in page.text


def test_papers_never_hold_enemies_and_old_ones_stay(course, bank, world, now):
    """Of three questions two are drawn; who has a paper keeps it."""
    enrollment = factories.enroll(
        course=course, person=world.people["learner"], now=now
    )
    factories.read_lessons(enrollment=enrollment, now=now)
    attempt = factories.start(enrollment=enrollment, quiz_key="posttest", now=now)
    paper = asked(attempt)
    one, other = sorted(paper)
    third = ({"post-1", "post-2", "post-3"} - paper).pop()
    quizzes_actions.write_composition(
        bank=bank, questions={one: Composition(None, (other,))}, by=None, now=now
    )

    later = factories.enroll(course=course, person=world.people["author"], now=now)
    factories.read_lessons(enrollment=later, now=now)
    second = factories.start(enrollment=later, quiz_key="posttest", now=now)

    assert asked(attempt) == {one, other}
    assert third in asked(second)


def asked(attempt) -> set[str]:
    """Return the keys of the questions on a paper."""
    items = AttemptItem.objects.filter(attempt=attempt)
    return set(items.values_list("question_version__question__key", flat=True))


# --- the blueprint in Studio ---------------------------------------------------------
def test_the_settings_of_a_quiz_show_its_blueprint(author, course):
    page = author.get(f"/studio/{course.key}/kuis/posttest/")

    (rule,) = page.context["settings"].drawn
    assert (rule.number, rule.objective, rule.levels) == (1, "t1", "C1, C2")
    assert (rule.types, rule.count, rule.fitting) == ("", 2, 3)
    assert "semua jenis" in page.text
    assert (
        author.get(f"/studio/{course.key}/kuis/pretest/").context["settings"].drawn
        == []
    )
