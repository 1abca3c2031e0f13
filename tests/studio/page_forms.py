"""What a browser would send for a form of a page, and the words of an element."""

from html.parser import HTMLParser
from typing import Any

_VOID = {"input", "br", "img", "hr", "meta", "link", "use", "path", "circle", "rect"}


class _Page(HTMLParser):
    """Reads one element, chosen by an attribute, and the fields inside it."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__()
        self.wanted = (name, value)
        self.depth = 0
        self.words: list[str] = []
        self.tags: list[str] = []
        self.fields: dict[str, list[str]] = {}
        self.field: str | None = None
        self.options: list[tuple[str, bool]] | None = None

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        said = {name: value or "" for name, value in attrs}
        if self.depth:
            self.tags.append(tag)
            self._open_field(tag, said)
            self.depth += tag not in _VOID
        elif self.wanted[1] in said.get(self.wanted[0], "").split():
            self.depth = 1

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        if self.depth:
            self._open_field(tag, {name: value or "" for name, value in attrs})

    def _open_field(self, tag: str, said: dict[str, str]) -> None:
        name = said.get("name", "")
        if tag == "input" and name:
            is_tick = said.get("type") in {"radio", "checkbox"}
            if not is_tick or "checked" in said:
                value = said.get("value", "on" if is_tick else "")
                self.fields.setdefault(name, []).append(value)
        elif tag == "textarea":
            self.field = name
            self.fields.setdefault(name, []).append("")
        elif tag == "select":
            self.field, self.options = name, []
        elif tag == "option" and self.options is not None:
            self.options.append((said.get("value", ""), "selected" in said))

    def handle_endtag(self, tag: str) -> None:
        if not self.depth or tag in _VOID:
            return
        self.depth -= 1
        if tag == "select" and self.field and self.options:
            chosen = [value for value, is_chosen in self.options if is_chosen]
            self.fields.setdefault(self.field, []).append(
                (chosen or [self.options[0][0]])[0]
            )
            self.options = None
        if tag in {"textarea", "select"}:
            if tag == "textarea" and self.field:
                text = self.fields[self.field][-1]
                self.fields[self.field][-1] = text.removeprefix("\n")
            self.field = None

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.words.append(data)
            if self.field and self.options is None:
                self.fields[self.field][-1] += data


def _read(html: str, name: str, value: str) -> _Page:
    page = _Page(name, value)
    page.feed(html)
    return page


def form_of(response: Any, form_id: str = "soal") -> dict[str, list[str]]:
    """Return what a browser would send for a form, no button pressed."""
    return _read(response.text, "id", form_id).fields


def words_in(html: str, css_class: str) -> str:
    """Return the words of the elements of a class, spaces squeezed."""
    return " ".join("".join(_read(html, "class", css_class).words).split())


def tags_in(html: str, css_class: str) -> list[str]:
    """Return the tags inside the elements of a class."""
    return _read(html, "class", css_class).tags


def formset_fields(prefix: str, **columns: list[str]) -> dict[str, object]:
    """Return what a formset sends for columns of values, a form for each place.

    A column that is too short says nothing in the last forms.
    """
    many = max(map(len, columns.values()), default=0)
    said: dict[str, object] = {
        f"{prefix}-TOTAL_FORMS": str(many),
        f"{prefix}-INITIAL_FORMS": "0",
    }
    for name, values in columns.items():
        said |= {f"{prefix}-{n}-{name}": value for n, value in enumerate(values)}
    return said
