"""What people do with the controls of a question in a browser, by its words."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from playwright.sync_api import Locator, Page, expect

from quizzes.models import Attempt
from quizzes.questions.content import QuestionContent
from quizzes.questions.controls import Control, control_of
from quizzes.questions.rendering import written_wording
from quizzes.questions.types import NONE, TYPES
from tests.e2e.attempts import chosen, soon

Scope = Page | Locator
Fields = Mapping[str, Sequence[str]]


def say(scope: Scope, content: QuestionContent, fields: Fields) -> None:
    """Answer the open question by touch; `fields` names options by their own keys.

    What stands on the page is found by its words, as a person finds it.
    """
    control = control_of(written_wording(content), None)
    if control.name == "scenes":
        _talk(scope, content, control, fields)
    else:
        _WAYS[control.name](scope, control, fields)


def _touch(scope: Scope, control: Control, fields: Fields) -> None:
    """Touch what has to change; "none of them" and the others leave each other."""
    place = control.place
    said = fields[place.field]
    labels = scope.locator(".m-option label, .m-mark label")
    for choice in place.choices:
        _set(labels.nth(_place_of(labels, choice.text)), choice.key in said)
    if place.none:
        _set(scope.locator(".m-none label"), NONE in said)


def _set(label: Locator, wanted: bool) -> None:
    field = label.locator("xpath=preceding-sibling::input")
    is_stuck = field.get_attribute("type") == "radio" and not wanted
    if field.is_checked() != wanted and not is_stuck:
        label.click()


def _fill_rows(scope: Scope, control: Control, fields: Fields) -> None:
    labels = scope.locator(
        ".m-places > li > label, .m-places > li > [role=group] > :first-child"
    )
    for place in control.places:
        row = scope.locator(".m-places > li").nth(_place_of(labels, place.text))
        for key in fields[place.field]:
            words = next(choice.text for choice in place.choices if choice.key == key)
            if row.locator("select").count():
                row.locator("select").select_option(label=words)
            else:
                touch_words(row.locator(".m-pair label"), words)


def _put(scope: Scope, control: Control, fields: Fields) -> None:
    if not scope.locator(".m-order.is-live").count():
        _number(scope, control, fields)
        return
    texts = {int(fields[place.field][0]): place.text for place in control.places}
    put_in_order(
        scope,
        [texts[number] for number in sorted(texts)],
        lambda name: scope.get_by_role("button", name=name, exact=True).click(),
    )
    keep = scope.get_by_role("button", name="Pakai urutan ini")
    if keep.is_visible():
        keep.click()


def _number(scope: Scope, control: Control, fields: Fields) -> None:
    items = scope.locator(".m-order > li")
    texts = items.locator("> :first-child")
    for place in control.places:
        row = items.nth(_place_of(texts, place.text))
        row.locator("select").select_option(label=fields[place.field][0])


def _fill_gaps(scope: Scope, control: Control, fields: Fields) -> None:
    for place in control.places:
        gap = scope.get_by_label(f"Celah {place.number}", exact=True)
        for key in fields[place.field]:
            words = next(choice.text for choice in place.choices if choice.key == key)
            gap.select_option(label=words)


def _type(scope: Scope, control: Control, fields: Fields) -> None:
    scope.get_by_label("Jawaban Anda").fill("")
    type_in(scope, fields[control.place.field][0])


def _talk(
    scope: Scope, content: QuestionContent, control: Control, fields: Fields
) -> None:
    """Touch reply after reply, as the scenes come."""
    replies = {
        choice.key: (place, choice.text)
        for place in control.places
        for choice in place.choices
    }
    for key in TYPES[content.type].parse(content.view(), fields):
        place, words = replies[key]
        scene = scope.locator(".m-scene").nth(place.number - 1)
        touch_words(scene.locator("label"), words)


_WAYS: Mapping[str, Callable[[Scope, Control, Fields], None]] = {
    "choices": _touch,
    "marks": _touch,
    "rows": _fill_rows,
    "order": _put,
    "gaps": _fill_gaps,
    "text": _type,
}


def touch_words(labels: Locator, words: str) -> None:
    """Touch the label that says exactly this."""
    labels.nth(_place_of(labels, words)).click()


def _place_of(labels: Locator, words: str) -> int:
    return [squeeze(said) for said in labels.all_text_contents()].index(squeeze(words))


def squeeze(text: str) -> str:
    """Return the text without its spaces: lines break anywhere."""
    return "".join(text.split())


def type_in(scope: Scope, text: str) -> None:
    """Type an answer, letter by letter."""
    scope.get_by_label("Jawaban Anda").press_sequentially(text)


def rows(scope: Scope) -> list[str]:
    """Return what is to be put in order, as it stands."""
    return scope.locator(".m-order.is-live > li").evaluate_all(
        "rows => rows.map(row => row.dataset.text)"
    )


def put_in_order(scope: Scope, right: list[str], press: Callable[[str], None]) -> None:
    """Move rows up until they stand like this; `press` gets each button's name."""
    for place, text in enumerate(right):
        expect(scope.locator(".m-order.is-live > li")).to_have_count(len(right))
        while rows(scope).index(text) > place:
            press(f"Naik: {text}")


def expect_saved(page: Page, attempt: Attempt, position: int, value: Any) -> None:
    """Wait until the server has this answer."""
    soon(page, lambda: chosen(attempt).get(position), value)
