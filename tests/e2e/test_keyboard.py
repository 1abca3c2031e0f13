"""Every question type answered with the keyboard alone: no pointer, no focus given."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from quizzes.models import Attempt
from quizzes.questions.aliases import Aliases
from quizzes.questions.types import TYPES as REGISTERED
from tests.e2e.attempts import open_attempt, status
from tests.e2e.controls import expect_saved
from tests.factories import World, enroll, make_world, start
from tests.quizzes.exercises import ANSWERS, TYPES, make_exercises
from tests.quizzes.questions.examples import EXAMPLES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-2")]
# More than any page of an attempt has places to stop at.
MANY = 60


@pytest.fixture
def world(live_server: Any) -> World:
    """The usual world, in the real time that the site's own clock tells."""
    return make_world(now=timezone.now())


@pytest.fixture
def attempt(world: World, sign_in: Callable[[User], None]) -> Attempt:
    """The learner's pre-test with a question of every type, and her session."""
    now, learner = timezone.now(), world.people["learner"]
    course = make_exercises(unit=world.agency, now=now)
    sign_in(learner)
    place = enroll(course=course, person=learner, now=now)
    return start(enrollment=place, quiz_key="pretest", now=now)


class Keyboard:
    """Fingers that find a field of a question by Tab and answer it by keys."""

    def __init__(self, page: Page, attempt: Attempt, type_: str) -> None:
        item = attempt.items.get(question_version__type=type_)
        self.page = page
        self.aliases = Aliases(item.option_order)
        self.words = {o.key: o.text for o in EXAMPLES[type_].options}

    def answer(self, field: str, values: list[str]) -> None:
        """Say what a form would post for one field."""
        place = self.aliases.alias_of(field.partition("-")[2])
        for value in values:
            fields = self.page.locator(f"[name='answer{place and '-'}{place}']")
            if fields.first.evaluate("field => field.tagName") == "SELECT":
                self.tab_to(fields)
                self.page.keyboard.type(self.beginning(value))
                # Letters typed for one list must not go on in the next one.
                self.page.keyboard.press("Tab")
            elif fields.first.get_attribute("type") == "text":
                self.tab_to(fields)
                self.page.keyboard.type(value)
            else:
                alias = self.aliases.alias_of(value)
                self.choose(
                    fields, fields.and_(self.page.locator(f"[value='{alias}']"))
                )

    def beginning(self, value: str) -> str:
        """Return the letters that tell an option from the others.

        No more of them: a list forgets what was typed a second ago.
        """
        words = self.words[value]
        others = [text for text in self.words.values() if text != words]
        return next(
            words[:length]
            for length in range(1, len(words) + 1)
            if not any(text.startswith(words[:length]) for text in others)
        )

    def choose(self, group: Locator, option: Locator) -> None:
        """Tick an option, or move to it where one of several is chosen by arrows."""
        if option.get_attribute("type") == "checkbox":
            self.tab_to(option)
        else:
            self.tab_to(group)
            for _ in range(group.count()):
                if self.is_at(option):
                    break
                self.page.keyboard.press("ArrowDown")
        if not option.is_checked():
            self.page.keyboard.press("Space")
        expect(option).to_be_checked()

    def put_in_order(self) -> None:
        """Move rows up by their buttons until they stand as they should."""
        live = self.page.locator(".m-order.is-live > li")
        for place, text in enumerate(self.words.values()):
            rows = live.evaluate_all("rows => rows.map(row => row.dataset.text)")
            moves = rows.index(text) - place
            if moves:
                name = f"Naik: {text}"
                self.tab_to(self.page.get_by_role("button", name=name, exact=True))
            for _ in range(moves):
                self.page.keyboard.press("Enter")
        keep = self.page.locator("[data-order-keep]")
        if keep.is_visible():
            self.tab_to(keep)
            self.page.keyboard.press("Enter")

    def tab_to(self, target: Locator) -> None:
        """Press Tab until one of these has the focus; fail where it never does."""
        for _ in range(MANY):
            if self.is_at(target):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"Tab never reaches {target}.")

    def is_at(self, target: Locator) -> bool:
        """Say whether one of these has the focus."""
        return bool(target.evaluate_all("all => all.includes(document.activeElement)"))


@pytest.mark.parametrize("type_", TYPES)
def test_every_type_is_answered_and_left_by_keys_alone(page, attempt, type_):
    position = TYPES.index(type_) + 1
    open_attempt(page, attempt, position)
    keyboard = Keyboard(page, attempt, type_)

    if type_ == "ordering":
        keyboard.put_in_order()
    else:
        for field, values in ANSWERS[type_].right.items():
            keyboard.answer(field, values)
    status(page, "Jawaban tersimpan pukul")

    right = REGISTERED[type_].parse(EXAMPLES[type_].view(), ANSWERS[type_].right)
    expect_saved(page, attempt, position, right)
    keyboard.tab_to(page.locator(".m-focus-bottom .btn-primary"))
    page.keyboard.press("Enter")
    left = page.locator(".m-number", has_text=f"Soal {position} dari {len(TYPES)}")
    expect(left).to_have_count(0)


@pytest.mark.parametrize("type_", TYPES)
def test_one_tab_leads_from_the_last_answer_to_the_next_question(page, attempt, type_):
    open_attempt(page, attempt, TYPES.index(type_) + 1)
    places = page.locator("[data-question]").locator("input, select, button")
    places.and_(page.locator(":visible")).last.focus()

    page.keyboard.press("Tab")

    expect(page.locator(".m-focus-bottom .btn-primary")).to_be_focused()
