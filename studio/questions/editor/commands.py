"""What the buttons of a question's form do to its rows; nothing is stored."""

from collections.abc import Collection
from dataclasses import replace

from studio.questions.editor.formsets import MOST_POSTED
from studio.questions.editor.rows import SceneRow, add_row, move_row
from studio.questions.editor.typed import TypedQuestion

MOST_SCENES = 12


def apply_command(
    command: str,
    typed: TypedQuestion,
    used: Collection[str],
    used_scenes: Collection[str],
) -> TypedQuestion:
    """Return the question after a command such as "add:row" or "up:b".

    `used` holds the keys of options of every wording, which new rows may not take, and
    `used_scenes` those of scenes. An unknown command changes nothing.
    """
    verb, _colon, key = command.partition(":")
    if verb == "add" and len(typed.rows) < MOST_POSTED:
        return replace(
            typed, rows=add_row(typed.rows, used, typed.columns(key), group=key)
        )
    if verb in {"up", "down"}:
        step = -1 if verb == "up" else 1
        return replace(typed, rows=move_row(typed.rows, key, step))
    if verb == "add-scene" and len(typed.scenes) < MOST_SCENES:
        return _with_scene(typed, used, used_scenes)
    return typed


def _with_scene(
    typed: TypedQuestion, used: Collection[str], used_scenes: Collection[str]
) -> TypedQuestion:
    taken = {*used_scenes, *(scene.key for scene in typed.scenes)}
    key = next(key for key in (f"s{n}" for n in range(1, 10_000)) if key not in taken)
    columns = typed.columns(key)
    rows = add_row(typed.rows, used, columns, group=key, number=columns.fewest)
    return replace(typed, scenes=[*typed.scenes, SceneRow(key)], rows=rows)
