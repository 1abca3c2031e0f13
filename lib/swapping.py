"""Files and folders put in the place of others: all of them, or none.

A journal is written before the first step and deleted after the last. Whoever finds one
calls `undo`, after an error as after a kill: then everything is as it was.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lib.whole_storage import write_through


@dataclass(frozen=True)
class Step:
    """`new` takes the place of `current`, which goes `aside`; all on one disk.

    `new` may be missing: then only `current` goes. `had` says whether there was one.
    """

    new: Path
    current: Path
    aside: Path
    had: bool


def plan(pairs: Sequence[tuple[Path, Path]], aside: Path) -> list[Step]:
    """Return the steps for pairs of (new, current).

    Old things go into the folder `aside`; from another disk, beside themselves. The
    folders of all `current` exist.
    """
    return [
        Step(
            new,
            current,
            aside / f"{number}-{current.name}"
            if are_on_one_disk(aside.parent, current.parent)
            else current.with_name(f".{current.name}.before"),
            os.path.lexists(current),
        )
        for number, (new, current) in enumerate(pairs)
    ]


def are_on_one_disk(one: Path, other: Path) -> bool:
    """Say whether a file can be given a name in the other folder in one step."""
    return one.stat().st_dev == other.stat().st_dev


def begin(journal: Path, steps: Sequence[Step]) -> None:
    """Write down what is going to be done, before anything is."""
    lines = [
        {**asdict(step), **{name: str(getattr(step, name)) for name in _PATHS}}
        for step in steps
    ]
    part = journal.with_name(f".{journal.name}.part")
    try:
        with part.open("w", encoding="utf-8") as file:
            json.dump(lines, file)
            file.flush()
            os.fsync(file.fileno())
        part.rename(journal)
    finally:
        part.unlink(missing_ok=True)
    write_through(journal.parent)


_PATHS = ("new", "current", "aside")


def swap(steps: Sequence[Step]) -> None:
    """Do the steps; the caller has begun a journal and undoes it on any failure."""
    for step in steps:
        if step.had:
            step.aside.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            step.current.rename(step.aside)
        if os.path.lexists(step.new):
            step.current.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            step.new.rename(step.current)
    for folder in {step.current.parent for step in steps}:
        if folder.is_dir():
            write_through(folder)


def settle(journal: Path) -> None:
    """Say that everything is done: from here on there is no way back."""
    journal.unlink()
    write_through(journal.parent)


def undo(journal: Path) -> None:
    """Put everything back as the journal says; may be called again after a kill."""
    for step in reversed(_read(journal)):
        _undo(step)
    journal.unlink()


def _read(journal: Path) -> list[Step]:
    lines: list[dict[str, Any]] = json.loads(journal.read_text("utf-8"))
    return [
        Step(
            **{name: Path(line[name]) for name in _PATHS},
            had=line["had"],
        )
        for line in lines
    ]


def _undo(step: Step) -> None:
    is_moved = os.path.lexists(step.aside)
    # Without anything before, what stands there now can only be the new.
    is_new = os.path.lexists(step.current) and not os.path.lexists(step.new)
    if is_moved or not step.had:
        if is_new:
            step.new.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            step.current.rename(step.new)
        if is_moved:
            step.aside.rename(step.current)
