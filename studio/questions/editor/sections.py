"""The lists of rows that the editor shows for a question."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import Any

from studio.questions.editor.columns import CHOICE, ROW, Columns
from studio.questions.editor.commands import MOST_SCENES
from studio.questions.editor.formsets import FIELDS, Dress, row_formset, scene_formset
from studio.questions.editor.rows import OptionRow, SceneRow
from studio.questions.editor.typed import DIALOGUE, MATCHING, TypedQuestion

_LONGEST = 50


@dataclass(frozen=True)
class Section:
    """A list of rows under a heading; `targets` is what its rows may lead to.

    `key` is the list's name in commands. `scene` is what is said above the replies.
    """

    key: str
    title: str
    columns: Columns
    rows: Sequence[OptionRow]
    targets: Sequence[tuple[str, str]] = ()
    scene: SceneRow | None = None

    @property
    def can_add(self) -> bool:
        """Whether another row may be added."""
        return len(self.rows) < self.columns.most

    @property
    def add_command(self) -> str:
        """The command of its button."""
        return f"add:{self.key}" if self.key else "add"


@dataclass(frozen=True)
class Sections:
    """The lists of a page, a form at every row, and the formsets of the forms."""

    lists: Sequence[Section]
    rows: Any
    scenes: Any


def dressed(sections: Sequence[Section]) -> Sections:
    """Return the lists with a form at every row and scene, numbered down the page."""
    rows = [(row, section) for section in sections for row in section.rows]
    scenes = [section.scene for section in sections if section.scene]
    row_forms = row_formset(
        [
            ({name: getattr(row, name) for name in FIELDS}, _dress(row, section))
            for row, section in rows
        ]
    )
    scene_forms = scene_formset([{"key": one.key, "text": one.text} for one in scenes])
    forms, talks = iter(row_forms), iter(scene_forms)
    lists = [
        replace(
            section,
            rows=[replace(row, form=next(forms)) for row in section.rows],
            scene=replace(section.scene, form=next(talks)) if section.scene else None,
        )
        for section in sections
    ]
    return Sections(lists, row_forms, scene_forms)


def _values(row: OptionRow) -> dict[str, str]:
    return {name: getattr(row, name) for name in FIELDS}


def _dress(row: OptionRow, section: Section) -> Dress:
    error_id = row.error_id if row.errors else ""
    return Dress(section.columns, section.targets, error_id)


def sections_of(typed: TypedQuestion) -> list[Section]:
    """Return the lists in the order of the page, every row with its name."""
    if typed.type == MATCHING:
        return _matching(typed)
    if typed.type == DIALOGUE:
        return [_scene(typed, scene, n) for n, scene in enumerate(typed.scenes, 1)]
    columns = typed.columns()
    return [Section("", _TITLES[typed.type], columns, _named(typed.rows, columns))]


def can_add_scene(typed: TypedQuestion) -> bool:
    """Whether another scene may be added."""
    return typed.type == DIALOGUE and len(typed.scenes) < MOST_SCENES


_TITLES = {
    "single_choice": "Pilihan jawaban",
    "multiple_response": "Pilihan jawaban",
    "true_false_set": "Pernyataan",
    "ordering": "Langkah dalam urutan yang benar",
    "gap_select": "Pilihan untuk celah",
    "numeric": "Angka yang diterima",
    "short_text": "Jawaban yang diterima",
    "situational": "Pilihan tindakan",
    "mark_text": "Bagian yang dapat ditandai",
}


def _matching(typed: TypedQuestion) -> list[Section]:
    choices = _of(typed, CHOICE)
    targets = [(row.key, _target(row.label, row.text)) for row in choices]
    return [
        Section(
            ROW,
            "Yang dijodohkan",
            typed.columns(ROW),
            _of(typed, ROW),
            [("", "Pilih pasangannya"), *targets],
        ),
        Section(CHOICE, "Pasangan yang ditawarkan", typed.columns(CHOICE), choices),
    ]


def _scene(typed: TypedQuestion, scene: SceneRow, number: int) -> Section:
    others = [
        (
            other.key,
            f"Adegan {n}: {_short(other.text)}" if other.text else f"Adegan {n}",
        )
        for n, other in enumerate(typed.scenes, 1)
        if other.key != scene.key
    ]
    return Section(
        scene.key,
        f"Adegan {number}",
        typed.columns(scene.key),
        _of(typed, scene.key),
        [("", "Percakapan selesai"), *others],
        scene,
    )


def _of(typed: TypedQuestion, group: str) -> list[OptionRow]:
    rows = [row for row in typed.rows if row.group == group]
    return _named(rows, typed.columns(group))


def _named(rows: Sequence[OptionRow], columns: Columns) -> list[OptionRow]:
    return [
        replace(
            row,
            label=f"{columns.word} {_name(place, columns)}",
            is_first=place == 0,
            is_last=place == len(rows) - 1,
        )
        for place, row in enumerate(rows)
    ]


def _name(place: int, columns: Columns) -> str:
    is_letter = columns.has_letters and place < 26
    return chr(ord("A") + place) if is_letter else str(place + 1)


def _target(label: str, text: str) -> str:
    return f"{label}: {_short(text)}" if text.strip() else label


def _short(text: str) -> str:
    return shorten(text, _LONGEST, placeholder="…")
