"""How somebody's table is laid out: which row is the heading, what each column is."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lib.spreadsheets import Grid, TableRow
from quizzes.exchange.formats.exchange import UnreadableFile
from quizzes.exchange.formats.table.roles import (
    MANY,
    ROLES,
    Role,
    plain_heading,
    role_of,
)

MAX_COLUMNS = 60
_TITLE_ROWS = 40


@dataclass(frozen=True)
class Layout:
    """The sheet, the row of the headings (0 where there is none), and each column.

    Rows are counted as the sheet counts them, columns from the left.
    """

    sheet: str
    header: int
    roles: tuple[Role, ...]

    def places(self, role: Role) -> list[int]:
        """Return the columns of a role."""
        return [at for at, one in enumerate(self.roles) if one == role]

    def as_said(self) -> dict[str, Any]:
        """Return the layout as JSON values."""
        return {"sheet": self.sheet, "header": self.header, "roles": list(self.roles)}


def layout_of(said: Mapping[str, Any]) -> Layout:
    """Return the layout of JSON values, with unknown roles put aside."""
    said_roles = [str(one) for one in said.get("roles", ())]
    known = {str(one): one for one in ROLES}
    roles = tuple(known.get(one, "") for one in said_roles)
    return Layout(str(said.get("sheet", "")), int(said.get("header", 0)), roles)


def width_of(grid: Grid) -> int:
    """Return how many columns a sheet has; raises UnreadableFile for too many."""
    width = max(len(row.cells) for row in grid.rows)
    if width > MAX_COLUMNS:
        raise UnreadableFile(
            f"Lembar ini berisi {width} kolom; paling banyak {MAX_COLUMNS}. Salin "
            "kolom soal, pilihan, dan kuncinya ke lembar baru, lalu unggah lagi."
        )
    return width


def headings_of(grid: Grid, header: int) -> list[str]:
    """Return the heading of every column; of two rows where the upper one is merged."""
    width = width_of(grid)
    at = next((i for i, row in enumerate(grid.rows) if row.number == header), None)
    if at is None:
        return [""] * width
    lower = _padded(grid.rows[at], width)
    if at == 0:
        return lower
    upper = _padded(grid.rows[at - 1], width)
    is_apart = grid.rows[at].number != grid.rows[at - 1].number + 1
    has_gaps = any(not one for one in lower[: len(grid.rows[at - 1].cells)])
    if is_apart or not has_gaps or sum(bool(role_of(one)) for one in upper) < 2:
        return lower
    return [low or high for low, high in zip(lower, upper, strict=True)]


def _padded(row: TableRow, width: int) -> list[str]:
    cells = [" ".join(cell.split()) for cell in row.cells]
    return cells + [""] * (width - len(cells))


def guess_layout(grid: Grid) -> Layout:
    """Return the likeliest layout of a sheet; its author may say it better."""
    best: tuple[int, Layout] | None = None
    for row in grid.rows[:_TITLE_ROWS]:
        roles = roles_of(headings_of(grid, row.number))
        score = _score(roles)
        if score and (best is None or score > best[0]):
            best = score, Layout(grid.sheet, row.number, roles)
    if best:
        return best[1]
    return Layout(grid.sheet, 0, roles_of([""] * width_of(grid)))


def roles_of(headings: Sequence[str]) -> tuple[Role, ...]:
    """Return a role for each heading; what may stand once goes to the first."""
    plain = [plain_heading(heading) for heading in headings]
    # Beside the correct answers, "Answer" is what somebody gave.
    has_correct = any(one.startswith("correct answer") for one in plain)
    roles: list[Role] = []
    for heading, words in zip(headings, plain, strict=True):
        role = "" if has_correct and words == "answer" else role_of(heading)
        roles.append("" if role in roles and role not in MANY else role)
    return tuple(roles)


def _score(roles: Sequence[Role]) -> int:
    """Return how many columns are known, 0 where no question could be read."""
    known = sum(bool(role) for role in roles)
    return known if "stem" in roles and {"key", "right"} & set(roles) else 0


def layout_problem(layout: Layout) -> str:
    """Return why questions cannot be read by this layout, "" where they can."""
    if len(layout.places("stem")) != 1:
        return "Pilih satu kolom untuk Soal."
    twice = next(
        (
            one
            for one in layout.roles
            if one not in MANY and layout.roles.count(one) > 1
        ),
        None,
    )
    if twice:
        return "Satu kegunaan dipilih untuk dua kolom. Ubah salah satunya."
    if not layout.places("key") and not layout.places("right"):
        return "Pilih kolom Kunci, atau kolom berisi jawaban benar yang juga pilihan."
    return ""


def fingerprint(headings: Sequence[str]) -> str:
    """Return what tells tables of the same headings from others."""
    words = "\n".join(map(plain_heading, headings))
    return hashlib.sha256(words.encode()).hexdigest()
