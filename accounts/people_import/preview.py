"""The page that shows a plan before it is confirmed, a section at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from accounts.people_import.cells import Value
from accounts.people_import.columns import LABEL_OF_FIELD, ZONES
from accounts.people_import.findings import Finding
from accounts.people_import.plan import (
    Change,
    EmptiedUnit,
    ImportPlan,
    MissingPerson,
    PersonPlan,
    UnitPlan,
    UnitRef,
)
from lib.indonesian import format_date, format_number

PAGE_SIZE = 50
_ZONE_NAMES = {zone: name for name, zone in ZONES.items()}


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of a preview table; `cells` are (column title, lines of text)."""

    title: str
    note: str
    cells: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the plan: how many rows it has and how to show one."""

    key: str
    label: str
    first_column: str
    items: Sequence[Any]
    row_of: Callable[[Any], PreviewRow]

    @property
    def count(self) -> int:
        """How many rows it has."""
        return len(self.items)


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """Figures, the sections that hold anything, and one page of one of them."""

    plan: ImportPlan
    sections: list[Section]
    section: Section | None
    columns: tuple[str, ...]
    rows: list[PreviewRow]
    page_obj: Page[Any] | None
    rest: ImportPlan | None = None

    @property
    def figures(self) -> dict[str, int]:
        """The figures of what would be carried out, and of the rows left out."""
        return {**self.applied.counts, "rows_refused": self.plan.refused_rows}

    @property
    def applied(self) -> ImportPlan:
        """What would be carried out: without refused rows, where that can be."""
        return self.rest or self.plan

    @property
    def confirmations(self) -> list[tuple[str, str]]:
        """What asks for its number: the section that lists it, and the words."""
        plan = self.applied
        number = {name: format_number(n) for name, n in plan.confirmations.items()}
        switched = any(one.becomes_active is False for one in plan.switched_people)
        total = format_number(plan.scope.total)
        lines = {
            "people_deactivated": (
                "status" if switched else "tidak-ada",
                _("%(number)s dari %(total)s pegawai aktif menjadi tidak aktif")
                % {"number": number["people_deactivated"], "total": total},
            ),
            "units_emptied": (
                "unit-kosong",
                _("%(number)s unit menjadi tanpa pegawai")
                % {"number": number["units_emptied"]},
            ),
            "units_similar": (
                "unit-mirip",
                _("%(number)s unit mirip dengan unit lain")
                % {"number": number["units_similar"]},
            ),
            "units_returning": (
                "unit-lama",
                _("%(number)s unit kembali ke induk yang lama")
                % {"number": number["units_returning"]},
            ),
            "people_renumbered": (
                "ganti-nip",
                _("%(number)s pegawai berganti NIP dan masuk dengan NIP baru")
                % {"number": number["people_renumbered"]},
            ),
            "people_renamed": (
                "nama-lain",
                _("%(number)s pegawai mendapat nama yang sama sekali lain")
                % {"number": number["people_renamed"]},
            ),
            "people_readdressed": (
                "surel-lain",
                _("%(number)s pegawai mendapat surel yang kini milik pegawai lain")
                % {"number": number["people_readdressed"]},
            ),
            "people_returning": (
                "data-lama",
                _("%(number)s pegawai kembali ke unit, golongan, atau status lama")
                % {"number": number["people_returning"]},
            ),
        }
        return [lines[name] for name, count in plan.confirmations.items() if count]

    @property
    def kept(self) -> list[tuple[str, int]]:
        """The columns whose empty cells changed nothing, and of how many people."""
        return [(LABEL_OF_FIELD[name], count) for name, count in self.plan.kept.items()]


def preview_page(
    plan: ImportPlan, rest: ImportPlan | None = None, *, section: str, number: str
) -> PreviewPage:
    """Return the page; an unknown section is the first one that holds anything.

    `rest` is the plan without the rows that `plan` refuses.
    """
    tables = [one for one in sections(plan) if one.items]
    chosen = next((one for one in tables if one.key == section), None)
    chosen = chosen or next(iter(tables), None)
    if chosen is None:
        return PreviewPage(plan, [], None, (), [], None, rest)
    page_obj = Paginator(chosen.items, PAGE_SIZE).get_page(number)
    rows = [chosen.row_of(item) for item in page_obj.object_list]
    columns = (chosen.first_column, *(title for title, _lines in rows[0].cells))
    return PreviewPage(plan, tables, chosen, columns, rows, page_obj, rest)


def sections(plan: ImportPlan) -> list[Section]:
    """Return every table that a preview may have, also those that hold nothing."""
    person, row = _("Pegawai"), _("Baris")
    return [
        Section("ditolak", _("Ditolak"), row, plan.errors, _finding_row),
        Section("periksa", _("Perlu dilihat"), row, plan.warnings, _finding_row),
        Section(
            *("unit-kosong", _("Unit menjadi kosong"), _("Unit")),
            *(plan.emptied, _emptied_row),
        ),
        Section(
            *("unit-mirip", _("Unit mirip"), _("Unit")),
            *(plan.similar_units, _similar_row),
        ),
        Section(
            *("unit-lama", _("Unit ke tempat lama"), _("Unit")),
            *(plan.returning_units, _unit_row),
        ),
        Section(
            *("ganti-nip", _("Berganti NIP"), person),
            *(plan.renumbered_people, _number_row),
        ),
        Section(
            *("riwayat-nip", _("NIP lama dicatat"), person),
            *(plan.remembered_people, _former_row),
        ),
        Section(
            *("nama-lain", _("Menjadi nama lain"), person),
            *(plan.renamed_people, _change_row),
        ),
        Section(
            *("surel-lain", _("Surel milik orang lain"), person),
            *(plan.readdressed_people, _change_row),
        ),
        Section(
            *("data-lama", _("Seperti data lama"), person),
            *(plan.returning_people, _return_row),
        ),
        Section("unit", _("Unit"), _("Unit"), plan.units, _unit_row),
        Section("baru", _("Pegawai baru"), person, plan.new_people, _new_row),
        Section("berubah", _("Data berubah"), person, plan.changed_people, _change_row),
        Section("pindah", _("Pindah unit"), person, plan.moved_people, _move_row),
        Section("status", _("Status aktif"), person, plan.switched_people, _switch_row),
        Section(
            "tidak-ada", _("Tidak ada di berkas"), person, plan.missing, _missing_row
        ),
    ]


def _finding_row(finding: Finding) -> PreviewRow:
    return PreviewRow(
        title=_("Baris\N{NO-BREAK SPACE}%(number)s") % {"number": finding.row},
        note="",
        cells=(
            (_("Kolom"), (finding.where,)),
            (_("Keterangan"), (finding.message,)),
            (_("Kode"), (finding.code,)),
        ),
    )


def _unit_row(unit: UnitPlan) -> PreviewRow:
    lines = [_line(change) for change in unit.changes]
    if unit.is_new:
        top = _("Unit baru di puncak")
        lines.append(
            _("Unit baru di bawah %(parent)s") % {"parent": unit.parent.name}
            if unit.parent
            else top
        )
    elif unit.parent:
        lines.append(_arrow(_("Induk"), _name(unit.parent_before), unit.parent.name))
    return PreviewRow(unit.unit.name, unit.unit.code, ((_("Perubahan"), tuple(lines)),))


def _emptied_row(emptied: EmptiedUnit) -> PreviewRow:
    words = _("%(number)s pegawai pindah atau menjadi tidak aktif") % {
        "number": format_number(emptied.people)
    }
    return PreviewRow(
        emptied.unit.name, emptied.unit.code, ((_("Perubahan"), (words,)),)
    )


def _similar_row(unit: UnitPlan) -> PreviewRow:
    word = _("Unit baru") if unit.is_new else _("Nama baru")
    others = tuple(f"{one.name} ({one.code})" for one in unit.similar)
    return PreviewRow(
        unit.unit.name,
        unit.unit.code,
        ((_("Menjadi"), (word,)), (_("Mirip dengan"), others)),
    )


def _number_row(person: PersonPlan) -> PreviewRow:
    before, now = person.nip_before, person.nip
    return _person_row(
        person,
        (_("Unit"), (person.unit.name,)),
        (_("Perubahan"), (_arrow(_("NIP"), before, now),)),
    )


def _former_row(person: PersonPlan) -> PreviewRow:
    numbers = tuple(person.former_nips)
    return _person_row(
        person, (_("Unit"), (person.unit.name,)), (_("NIP lama"), numbers)
    )


def _return_row(person: PersonPlan) -> PreviewRow:
    lines = [_line(change) for change in person.changes if change.field == "golongan"]
    if person.moves:
        lines.append(_arrow(_("Unit"), _name(person.unit_before), person.unit.name))
    if person.becomes_active:
        lines.append(_("Diaktifkan lagi"))
    return _person_row(person, (_("Perubahan"), tuple(lines)))


def _new_row(person: PersonPlan) -> PreviewRow:
    values = person.values
    status = [_shown("employment_status", values.get("employment_status"))]
    if person.becomes_active is False:
        status.append(_("Tidak aktif"))
    return _person_row(
        person,
        (_("Unit"), (person.unit.name,)),
        (_("Status"), tuple(status)),
        (_("Surel dinas"), (_shown("email", values.get("email")),)),
    )


def _change_row(person: PersonPlan) -> PreviewRow:
    lines = tuple(_line(change) for change in person.changes)
    return _person_row(
        person, (_("Unit"), (person.unit.name,)), (_("Perubahan"), lines)
    )


def _move_row(person: PersonPlan) -> PreviewRow:
    return _person_row(
        person,
        (_("Dari"), (_name(person.unit_before),)),
        (_("Ke"), (person.unit.name,)),
    )


def _switch_row(person: PersonPlan) -> PreviewRow:
    word = _("Diaktifkan") if person.becomes_active else _("Dinonaktifkan")
    return _person_row(
        person, (_("Unit"), (person.unit.name,)), (_("Menjadi"), (word,))
    )


def _missing_row(person: MissingPerson) -> PreviewRow:
    return PreviewRow(
        person.name,
        person.nip,
        (
            (_("Unit"), (person.unit.name,)),
            (_("Menjadi"), (_("Dinonaktifkan"),)),
        ),
    )


def _person_row(person: PersonPlan, *cells: tuple[str, tuple[str, ...]]) -> PreviewRow:
    return PreviewRow(person.name, person.nip, cells)


def _name(unit: UnitRef | None) -> str:
    return unit.name if unit else _("(tanpa unit)")


def _line(change: Change) -> str:
    label = LABEL_OF_FIELD[change.field]
    old, new = (_shown(change.field, value) for value in (change.old, change.new))
    return _arrow(label, old, new)


def _arrow(label: str, old: str, new: str) -> str:
    return f"{label}: {old} → {new}"


def _shown(field: str, value: Value) -> str:
    if not value:
        return _("(kosong)")
    if isinstance(value, date):
        return format_date(value, "short")
    return _ZONE_NAMES.get(value, value) if field == "time_zone" else value
