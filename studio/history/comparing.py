"""Two wordings of a lesson beside each other, for a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from courses.content_types import LessonContent
from lib.indonesian import format_number
from lib.word_diff import Amount, DiffRow, amount, side_by_side
from studio.lessons.text import join_parts

# So many lines that stayed are shown around a change; the rest is folded.
_AROUND = 2


@dataclass(frozen=True)
class Stretch:
    """Rows of a text that follow each other; `is_folded` when they need not be seen."""

    rows: Sequence[DiffRow]
    is_folded: bool

    @property
    def lines(self) -> int:
        """How many lines that say something it has."""
        return sum(1 for row in self.rows for piece in row.after if piece.text.strip())


@dataclass(frozen=True)
class Fact:
    """Something a lesson says beside its text, before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Comparison:
    """What two wordings of a lesson differ in."""

    facts: Sequence[Fact]
    stretches: Sequence[Stretch]
    amount: Amount

    def __bool__(self) -> bool:
        return bool(self.facts or self.amount)


def comparison(before: LessonContent | None, after: LessonContent) -> Comparison:
    """Compare two wordings; without `before` everything is new."""
    rows = side_by_side(_text(before) if before else "", _text(after))
    return Comparison(
        facts=list(_facts(before, after)) if before else [],
        stretches=list(folded(rows)),
        amount=amount(rows),
    )


def _text(content: LessonContent) -> str:
    return join_parts([part.source for part in content.parts])


def _facts(before: LessonContent, after: LessonContent) -> Iterator[Fact]:
    told = [
        (_("Judul"), before.title, after.title),
        (_("Ringkasan"), before.summary, after.summary),
        (_("Menit"), format_number(before.minutes), format_number(after.minutes)),
        (_("Wajib"), _yes_or_no(before.is_required), _yes_or_no(after.is_required)),
    ]
    for label, old, new in told:
        if old != new:
            yield Fact(label, old, new)


def _yes_or_no(said: bool) -> str:
    return _("ya") if said else _("tidak")


def folded(rows: Sequence[DiffRow]) -> Iterator[Stretch]:
    """Yield the rows in stretches: what is far from any change is folded."""
    near = _near_a_change(rows)
    numbered = zip(near, rows, strict=True)
    for is_near, group in groupby(numbered, key=lambda pair: pair[0]):
        stretch = [row for _is_near, row in group]
        yield Stretch(stretch, is_folded=not is_near and len(stretch) > 1)


def _near_a_change(rows: Sequence[DiffRow]) -> list[bool]:
    changed = [not row.is_same for row in rows]
    return [
        any(changed[max(0, place - _AROUND) : place + _AROUND + 1])
        for place in range(len(rows))
    ]
