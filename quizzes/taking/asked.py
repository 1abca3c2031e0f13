"""A question of a running attempt as HTML, filled into a sheet.

What a page of an attempt shows is mostly questions, and those differ from attempt to
attempt only by their place on the paper, by the order of their options and by which of
them are chosen. So each is drawn once a process with marks where those stand; a sheet
is kept only if it gives, filled in, exactly what drawing gives.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from html import escape
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lib.indonesian import format_short
from quizzes.bank.known import KnownQuestion
from quizzes.marking.saves import Save
from quizzes.questions.controls import Control, control_of
from quizzes.questions.types import TYPES
from quizzes.questions.wording import Wording, plain

_TEMPLATE = "quizzes/_paper_question.html"
# Here it depends on an option's key where it stands, or what follows it.
_NEVER_A_SHEET = frozenset({"mark_text", "dialogue", "gap_select", "matching"})
# Of the private use area: no text of a question that holds one gets a sheet.
_OPEN, _FILL, _CLOSE, _HTML = "\ue000", "\ue001", "\ue002", "\ue003"
_MARKS = frozenset((_OPEN, _FILL, _CLOSE, _HTML))
_SLOT = re.compile(f"{_OPEN}(\\w+){_FILL}*{_CLOSE}(<{_HTML}>)?")
# Of each question; answers beyond it are drawn.
_MOST_SHEETS = 64
_UNKNOWN: Final = object()


@dataclass(frozen=True)
class AskedQuestion:
    """A question as the attempt asks it, with what was said there last.

    `order` holds the keys of its options as this attempt shows them.
    """

    position: int
    total: int
    known: KnownQuestion
    order: Sequence[str]
    save: Save | None

    @property
    def saved_at(self) -> datetime | None:
        """Return when the last answer arrived."""
        return self.save.received_at if self.save else None

    @property
    def value(self) -> Any:
        """Return what was said last; None where nothing was, or it was taken back."""
        return self.save.value if self.save else None

    @property
    def flagged(self) -> bool:
        """Say whether it is marked as doubtful."""
        return self.save is not None and self.save.flagged

    @property
    def number(self) -> str:
        """Return its place on the paper in words."""
        return _number(self.position, self.total, get_language())

    @property
    def control(self) -> Control:
        """Return what is offered for answering."""
        return _control(self.known.wording, self.value, self.order, self.position)

    @property
    def html(self) -> SafeString:
        """Return its fieldset."""
        place = SheetPlace(str(self.position), self.number, _time(self.saved_at))
        sheet = _sheet_for(self)
        if sheet is not None:
            return sheet.filled(self.order, place)
        return _drawn(self.known.wording, self.value, self.order, place)


@dataclass(frozen=True)
class SheetPlace:
    """Where a question stands, in words, and when its answer was saved."""

    position: str
    number: str
    saved: str


_MARKED = SheetPlace(
    *(f"{_OPEN}{name}{_CLOSE}" for name in ("position", "number", "saved"))
)


@dataclass(frozen=True)
class Sheet:
    """The HTML of an unanswered question, cut where something stands that differs.

    Every third piece is HTML as it is; the two after it name a slot: the rank of an
    option or a word, and whether its HTML stands there or its plain text. `texts` holds
    both of each option by its key.
    """

    pieces: Sequence[str]
    texts: Mapping[str, tuple[str, str]]

    def fits(self, order: Sequence[str]) -> bool:
        """Say whether an order is one of the options of this sheet."""
        return len(order) == len(self.texts) and self.texts.keys() == set(order)

    def filled(self, order: Sequence[str], place: SheetPlace) -> SafeString:
        """Return the fieldset of this order at this place."""
        values = {name: escape(word) for name, word in vars(place).items()}
        parts = []
        slots = zip(self.pieces[1::3], self.pieces[2::3], strict=True)
        for html, (name, is_html) in zip(
            self.pieces[::3], (*slots, ("", "")), strict=True
        ):
            parts.append(html)
            if name in values:
                parts.append(values[name])
            elif name:
                parts.append(self.texts[order[int(name)]][0 if is_html else 1])
        # Pieces of a template, and HTML that was sanitised when it was stored.
        return mark_safe("".join(parts))  # noqa: S308


def _sheet_for(asked: AskedQuestion) -> Sheet | None:
    """Return the sheet for a question's order and answer, None where it has none."""
    question_type = asked.known.view.type
    said = _by_rank(asked.value, asked.order)
    # What was typed is no option, though it may read like the key of one.
    is_typed = said is not None and TYPES[question_type].control == "text"
    if said is _UNKNOWN or is_typed or question_type in _NEVER_A_SHEET:
        return None
    sheets, key = asked.known.sheets, (get_language(), said, asked.saved_at is None)
    if key not in sheets and len(sheets) < _MOST_SHEETS:
        sheets[key] = _make_sheet(asked.known.wording, asked.value, asked.order, key[2])
    sheet: Sheet | None = sheets.get(key)
    return sheet if sheet is not None and sheet.fits(asked.order) else None


def _by_rank(value: Any, order: Sequence[str]) -> Any:
    """Return an answer with the ranks of options in place of their keys.

    `_UNKNOWN` for what is neither an option, nor several, nor nothing.
    """
    if value is None:
        return None
    if isinstance(value, str) and value in order:
        return order.index(value)
    if isinstance(value, list) and all(key in order for key in value):
        return tuple(sorted(order.index(key) for key in value))
    return _UNKNOWN


def _turned(value: Any, order: Sequence[str]) -> Any:
    """Return the answer that has the same ranks in the order turned round."""
    other = dict(zip(order, reversed(order), strict=True))
    if isinstance(value, list):
        return [other[key] for key in value]
    return other.get(value)


def _make_sheet(
    wording: Wording, value: Any, order: Sequence[str], is_new: bool
) -> Sheet | None:
    if not wording.texts.keys() >= set(order):
        return None
    place = SheetPlace("1", "1", "" if is_new else "1")
    drawn = _drawn(wording, value, order, place)
    if _MARKS & set(drawn):
        return None
    marks = {key: _mark(rank, wording.texts[key]) for rank, key in enumerate(order)}
    marked = replace(wording, texts={**wording.texts, **marks})
    marked_place = replace(_MARKED, saved="") if is_new else _MARKED
    html = _drawn(marked, value, order, marked_place)
    texts = {key: wording.texts[key] for key in order}
    sheet = Sheet(
        pieces=[piece or "" for piece in _SLOT.split(html)],
        texts={key: (text, escape(plain(text))) for key, text in texts.items()},
    )
    turned = order[::-1]
    again = _drawn(wording, _turned(value, order), turned, place)
    is_right = sheet.filled(order, place) == drawn
    return sheet if is_right and sheet.filled(turned, place) == again else None


def _mark(rank: int, html: str) -> str:
    """Return a mark as long as the words it stands for: short ones become buttons.

    Its end looks like a tag, so that of its plain text only the beginning is left.
    """
    fill = _FILL * (len(plain(html)) - len(f"{_OPEN}{rank}{_CLOSE}"))
    return f"{_OPEN}{rank}{fill}{_CLOSE}<{_HTML}>"


def _drawn(
    wording: Wording, value: Any, order: Sequence[str], place: SheetPlace
) -> SafeString:
    control = _control(wording, value, order, place.position)
    return render_to_string(_TEMPLATE, {"place": place, "control": control})


def _control(
    wording: Wording, value: Any, order: Sequence[str], position: int | str
) -> Control:
    return control_of(
        wording,
        value,
        order=order,
        # All questions stand on one page.
        prefix=f"jawaban-{position}",
        hides_keys=True,
    )


def _time(moment: datetime | None) -> str:
    return localtime(moment).strftime("%H.%M") if moment else ""


@lru_cache(maxsize=4_096)
def _number(position: int, total: int, _language: str | None) -> str:
    return _("Soal %(position)s dari %(total)s") % {
        "position": format_short(position),
        "total": format_short(total),
    }
