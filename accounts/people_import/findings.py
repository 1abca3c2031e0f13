"""What is wrong with a row of the sheet, in words for the person who fills it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from lib.refusals import ActionRefused

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem of one cell; an error refuses its row, and with it the whole file.

    `row` is the number Excel shows, `place` how the sheet calls the column (`C, Nama
    Pegawai`), "" where it calls it as we do. `message` never holds the number of a
    person: it may be printed and logged.
    """

    row: int
    column: str
    code: str
    message: str
    severity: Severity = "error"
    place: str = ""

    @property
    def where(self) -> str:
        """The column as the person who fills the sheet finds it."""
        return f"{self.column} ({self.place})" if self.place else self.column


def placed(
    findings: tuple[Finding, ...], places: Mapping[str, str]
) -> tuple[Finding, ...]:
    """Return findings that say where the sheet has their columns."""
    return tuple(replace(one, place=places.get(one.column, "")) for one in findings)


class ImportRefused(ActionRefused):
    """A sheet that cannot be read as people, or a plan that may not be applied."""
