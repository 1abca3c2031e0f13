"""What a person does to a page, with a pointer or by keys alone, and how often."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

# More than any page has places to stop at.
MANY = 400
# A tool bar is one stop for Tab; arrows lead on from there.
STOPS = "[role=toolbar] > button, [role=toolbar] summary"


class Hands(ABC):
    """One person at one page.

    `acts` counts what she does: a press, a field filled in, a choice made, a file sent.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.acts = 0

    def press(self, name: str, *, role: str = "") -> None:
        """Press the first link or button of this name."""
        self.press_at(self._named(name, role))

    def press_at(self, target: Locator) -> None:
        """Press a link, a button or the summary of something folded."""
        self.acts += 1
        self._press(target)

    def write(self, label: str | Locator, text: str) -> None:
        """Fill in a field."""
        self.acts += 1
        self._write(self._field(label), text)

    def type(self, text: str) -> None:
        """Type where the cursor stands."""
        self.acts += 1
        self.page.keyboard.type(text)

    def choose(self, label: str | Locator) -> None:
        """Tick a box, or choose one of several."""
        self.acts += 1
        target = self._field(label)
        self._choose(target)
        expect(target).to_be_checked()

    def pick(self, label: str | Locator, option: str) -> None:
        """Pick an option of a list."""
        self.acts += 1
        target = self._field(label)
        self._pick(target, option)
        picked = target.locator("option:checked")
        expect(picked).to_contain_text(option)

    def send(self, opener: Locator, file: Path) -> None:
        """Choose a file where `opener` asks for one."""
        self.acts += 1
        expect(opener).to_be_visible()
        with self.page.expect_file_chooser() as chooser:
            self._press(opener)
        chooser.value.set_files(file)

    def read(self, words: str) -> None:
        """Wait until these words can be read."""
        expect(
            self.page.get_by_text(words).locator("visible=true").first
        ).to_be_visible()

    def _field(self, label: str | Locator) -> Locator:
        return self.page.get_by_label(label) if isinstance(label, str) else label

    def _named(self, name: str, role: str) -> Locator:
        link = self.page.get_by_role("link", name=name)
        button = self.page.get_by_role("button", name=name)
        found = {"link": link, "button": button}.get(role, link.or_(button))
        return found.locator("visible=true").first

    @abstractmethod
    def _press(self, target: Locator) -> None: ...

    @abstractmethod
    def _write(self, target: Locator, text: str) -> None: ...

    @abstractmethod
    def _choose(self, target: Locator) -> None: ...

    @abstractmethod
    def _pick(self, target: Locator, option: str) -> None: ...


class Pointer(Hands):
    """A person with a mouse or a finger."""

    def _press(self, target: Locator) -> None:
        target.click()

    def _write(self, target: Locator, text: str) -> None:
        target.fill(text)

    def _choose(self, target: Locator) -> None:
        # People aim at the words: often they lie above the circle.
        label = f"label[for='{target.get_attribute('id')}']"
        self.page.locator(label).click()

    def _pick(self, target: Locator, option: str) -> None:
        words = target.locator("option", has_text=option).first.text_content() or ""
        target.select_option(label=words.strip())


class Keys(Hands):
    """A person who finds everything by Tab, and whose keys do the rest."""

    def _press(self, target: Locator) -> None:
        self._reach(target)
        self.page.keyboard.press("Enter")

    def _write(self, target: Locator, text: str) -> None:
        self._reach(target)
        if target.get_attribute("type") == "date":
            year, month, day = text.split("-")
            self.page.keyboard.type(f"{day}{month}{year}")
            return
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def _choose(self, target: Locator) -> None:
        if target.get_attribute("type") == "checkbox":
            self._reach(target)
            self.page.keyboard.press("Space")
            return
        group = self.page.locator(f"[name='{target.get_attribute('name')}']")
        self._reach(group)
        for _ in range(group.count()):
            if self._is_at(target):
                break
            self.page.keyboard.press("ArrowDown")
        if not target.is_checked():
            self.page.keyboard.press("Space")

    def _pick(self, target: Locator, option: str) -> None:
        self._reach(target)
        for _ in range(MANY):
            if option in target.locator("option:checked").inner_text():
                return
            self.page.keyboard.press("ArrowDown")
        pytest.fail(f"The list has no {option}.")

    def _reach(self, target: Locator) -> None:
        """Find one of these by Tab, and by arrows within a tool bar."""
        expect(target.first).to_be_visible()
        if target.first.evaluate("(one, stops) => one.matches(stops)", STOPS):
            bar = self.page.locator("[role=toolbar] :focus")
            self._until(lambda: bar.count() > 0, "Tab")
            self._until(lambda: self._is_at(target), "ArrowRight")
        else:
            self._until(lambda: self._is_at(target), "Tab")

    def _until(self, is_there: Callable[[], bool], key: str) -> None:
        """Press a key until the focus is there; fail where it never comes."""
        for _ in range(MANY):
            if is_there():
                return
            self.page.keyboard.press(key)
        pytest.fail(f"{key} never leads there.")

    def _is_at(self, target: Locator) -> bool:
        return bool(target.evaluate_all("all => all.includes(document.activeElement)"))
