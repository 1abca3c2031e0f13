"""The plan of a large sheet in a file: its tables page by page, and what was agreed.

Planning fifty thousand rows takes a worker a while, so a page of the preview reads what
was written down. The first line of the file says by row what was agreed (`Agreed`); a
row that would do something else when its turn comes is left out. The second line holds
the findings; every other line is a page of a table.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import islice
from typing import IO, Any

from django.core.paginator import Page, Paginator

from accounts.people_import.findings import Finding
from accounts.people_import.plan import (
    ImportPlan,
    PersonPlan,
    person_digest,
    unit_digest,
)
from accounts.people_import.preview import PAGE_SIZE, PreviewRow, preview_page, sections

_HEAD_LINES = 2


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a confirmed sheet does: by row, by code of a unit, and who is absent.

    `linked` are rows that pass an address on to each other: they go together.
    """

    people: Mapping[int, str]
    linked: frozenset[int]
    units: Mapping[str, str]
    missing: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class KeptSection:
    """A table of a kept preview; `first` is the line of its first page."""

    key: str
    label: str
    first_column: str
    count: int
    first: int


@dataclass(frozen=True)
class KeptPage:
    """A page of a kept preview, with the names of `PreviewPage` and of its plan."""

    facts: Mapping[str, Any]
    sections: Sequence[KeptSection]
    section: KeptSection | None
    columns: tuple[str, ...]
    rows: Sequence[PreviewRow]
    page_obj: Page[Any] | None

    @property
    def plan(self) -> Mapping[str, Any]:
        """What the page says of the whole sheet."""
        said: Mapping[str, Any] = self.facts["plan"]
        return {
            **said,
            **{name: range(said[name]) for name in ("errors", "warnings", "missing")},
        }

    @property
    def applied(self) -> Mapping[str, Any]:
        """What would be carried out: the number that is typed for it."""
        return {"number_to_confirm": self.facts["number_to_confirm"]}

    @property
    def rest(self) -> bool:
        """Whether the good rows may be applied without the refused ones."""
        return bool(self.facts["has_rest"])

    @property
    def figures(self) -> Mapping[str, int]:
        """See `PreviewPage.figures`."""
        return self.facts["figures"]

    @property
    def confirmations(self) -> Sequence[Sequence[str]]:
        """See `PreviewPage.confirmations`."""
        return self.facts["confirmations"]

    @property
    def kept(self) -> Sequence[Sequence[Any]]:
        """See `PreviewPage.kept`."""
        return self.facts["kept"]


def facts_of(plan: ImportPlan, rest: ImportPlan | None) -> dict[str, Any]:
    """Return what the preview says above its tables, as JSON values."""
    page = preview_page(plan, rest, section="", number="")
    first = _HEAD_LINES
    tables = []
    for one in sections(plan):
        if one.items:
            tables.append([one.key, str(one.label), one.first_column, one.count, first])
            first += -(-one.count // PAGE_SIZE)
    return {
        "plan": {
            "row_count": plan.row_count,
            "refused_rows": plan.refused_rows,
            "is_empty": plan.is_empty,
            "is_applicable": plan.is_applicable,
            "digest": plan.digest,
            "ignored_columns": plan.ignored_columns,
            "notes": plan.notes,
            "errors": len(plan.errors),
            "warnings": len(plan.warnings),
            "missing": len(plan.missing),
            "scope": {"total": plan.scope.total, "untouched": plan.scope.untouched},
        },
        "has_rest": rest is not None,
        "rows_to_apply": len((rest or plan).people),
        "number_to_confirm": page.applied.number_to_confirm,
        "figures": page.figures,
        "confirmations": page.confirmations,
        "kept": page.kept,
        "tables": tables,
    }


def write_planned(file: IO[bytes], plan: ImportPlan, rest: ImportPlan | None) -> None:
    """Write what is agreed to and the tables, a line for each page."""
    _write(file, _agreed_line(rest or plan))
    _write(file, [astuple(one) for one in plan.findings])
    for section in sections(plan):
        for start in range(0, section.count, PAGE_SIZE):
            page = map(section.row_of, section.items[start : start + PAGE_SIZE])
            _write(file, [[row.title, row.note, row.cells] for row in page])


def _write(file: IO[bytes], line: Any) -> None:
    file.write(json.dumps(line, separators=(",", ":"), default=str).encode() + b"\n")


def _agreed_line(plan: ImportPlan) -> dict[str, Any]:
    return {
        "people": {one.row: person_digest(one) for one in plan.people},
        "linked": sorted(_linked(plan.people)),
        "units": {one.unit.code: unit_digest(one) for one in plan.units},
        "missing": [(one.person_id, one.unit_id) for one in plan.missing],
    }


def _linked(people: Iterable[PersonPlan]) -> Iterator[int]:
    """Yield the rows that take an address of somebody, and those that give it up."""
    taken = {one.values["email"] for one in people if one.takes_address}
    for one in people:
        given = {change.old for change in one.changes if change.field == "email"}
        if one.takes_address or given & taken:
            yield one.row


def read_agreed(file: IO[bytes]) -> tuple[Agreed, tuple[Finding, ...]]:
    """Return what was agreed to, and what was found wrong."""
    said = json.loads(file.readline())
    agreed = Agreed(
        people={int(row): digest for row, digest in said["people"].items()},
        linked=frozenset(said["linked"]),
        units=said["units"],
        missing=[(person, unit) for person, unit in said["missing"]],
    )
    return agreed, tuple(Finding(*one) for one in json.loads(file.readline()))


def kept_page(
    facts: Mapping[str, Any], file: IO[bytes], *, section: str, number: str
) -> KeptPage:
    """Return a page of the preview; an unknown section is the first one."""
    tables = [KeptSection(*one) for one in facts["tables"]]
    chosen = next((one for one in tables if one.key == section), None)
    chosen = chosen or next(iter(tables), None)
    if chosen is None:
        return KeptPage(facts, tables, None, (), (), None)
    page_obj = Paginator(range(chosen.count), PAGE_SIZE).get_page(number)
    line = chosen.first + page_obj.number - 1
    (content,) = islice(file, line, line + 1)
    rows = [
        PreviewRow(
            title, note, tuple((column, tuple(lines)) for column, lines in cells)
        )
        for title, note, cells in json.loads(content)
    ]
    columns = (chosen.first_column, *(title for title, _lines in rows[0].cells))
    return KeptPage(facts, tables, chosen, columns, rows, page_obj)
