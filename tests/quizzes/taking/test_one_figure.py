"""On every page stands the figure that the pass mark is compared with."""

import random
import re
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from certificates import snapshot
from courses.models import CompletionRequirement, Enrollment, GradeEntry
from courses.published import forget
from courses.selectors.course_page import course_page
from quizzes.models import Attempt, QuizSlot
from quizzes.questions.types import Mark
from quizzes.results.result_page import result_page
from quizzes.results.submitted import load
from quizzes.selectors import rest_notes
from quizzes.taking.quiz_page import quiz_page
from tests.factories import enroll, make_person, read_lessons, sit

ROUNDS = 12


def rounded(score: Fraction) -> Decimal:
    """Round as on paper, in another way than the site does."""
    hundredths, rest = divmod(score * 100, 1)
    return Decimal(int(hundredths) + (rest >= Fraction(1, 2))) / 100


def figures_in(text: str) -> list[Decimal]:
    """Return the numbers that a page says."""
    found = re.findall(r"\d+(?:,\d+)?", text)
    return [Decimal(number.replace(",", ".")) for number in found]


def test_one_third_of_three_questions_is_one(course, world, now, monkeypatch):
    shares = [Fraction(1), Fraction(1, 3), Fraction(1, 3), Fraction(1, 3)]
    answers = iter(shares)
    monkeypatch.setattr(
        "quizzes.marking.attempt.mark_response", lambda *_: Mark(next(answers))
    )
    CompletionRequirement.objects.filter(key="posttest").update(pass_mark=50)
    place = enroll(course=course, person=world.people["learner"], now=now)
    read_lessons(enrollment=place, now=now)

    done = sit(enrollment=place, quiz_key="posttest", right=0, now=now)

    assert (done.points, done.percent) == (2, 50)
    assert Attempt.objects.get(pk=done.pk).points == 2
    assert Enrollment.objects.get(pk=place.pk).completed_at == now


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_shown_reaches_the_mark_exactly_if_passed(
    course, world, now, monkeypatch, seed
):
    chance = random.Random(seed)
    worths = [Decimal(chance.randint(1, 9_999)) / 1_000 for _ in range(4)]
    for slot, worth in zip(
        QuizSlot.objects.filter(quiz__key="posttest"), worths, strict=True
    ):
        QuizSlot.objects.filter(pk=slot.pk).update(points=worth)
    parts = chance.choice([3, 6, 7, 9, 11, 13, 1_000_000])
    shares = [Fraction(chance.randint(parts // 2, parts), parts) for _ in worths]
    answers = iter(shares)
    monkeypatch.setattr(
        "quizzes.marking.attempt.mark_response", lambda *_: Mark(next(answers))
    )
    person = make_person(unit=world.section, now=now)
    place = enroll(course=course, person=person, now=now)
    read_lessons(enrollment=place, now=now)
    # The paper's order is drawn, so what was worth what is read from it.
    monkeypatch.setattr(
        "quizzes.taking.actions.papers.marked_paper",
        _with_oracle(earned := [], chance, course),
    )

    done = sit(enrollment=place, quiz_key="posttest", right=0, now=now)

    expected, mark = earned[0]
    passed = expected >= mark
    place.refresh_from_db()
    forget()
    assert done.percent == expected
    assert GradeEntry.objects.get(enrollment=place).percent == expected
    assert (place.final_percent, place.completed_at is not None) == (expected, passed)
    _pages_agree(place, done, expected, passed=passed, now=now)
    if passed:
        assert figures_in(snapshot.take(place)["score"].replace(".", ",")) == [expected]


def _with_oracle(earned, chance, course):
    """Mark as the site does; note what was earned, and put the mark close to it."""
    from quizzes.marking import papers

    real = papers.marked_paper

    def marked(attempt, **how):
        paper = real(attempt, **how)
        points = sum(
            one.share * Fraction(item.max_points)
            for item, one in zip(paper.items, paper.mark.items, strict=True)
        )
        most = sum(Fraction(item.max_points) for item in paper.items)
        expected = rounded(100 * points / most)
        mark = min(Decimal(100), expected + Decimal(chance.randint(-1, 1)) / 100)
        CompletionRequirement.objects.filter(key="posttest").update(pass_mark=mark)
        attempt.pass_mark = mark
        Attempt.objects.filter(pk=attempt.pk).update(pass_mark=mark)
        earned.append((expected, mark))
        return paper

    return marked


def _pages_agree(place, done, expected, *, passed, now):
    result = result_page(load(done), today=now.date())
    assert (result.percent, result.passed) == (expected, passed)
    assert figures_in(result.score) == [expected]
    (row,) = quiz_page(done.quiz, place, now=now).history
    assert (row.score, row.passed) == (expected, passed)
    later = now + timedelta(minutes=1)
    steps = course_page(
        place.course, place.person, item_notes=lambda one: rest_notes(one, now=later)
    ).steps
    (step,) = [one for one in steps if one.title == "Post-test"]
    assert step.badge == ("Lulus" if passed else "Belum lulus")
    assert figures_in(step.note)[0] == expected
