"""What is wrong with a row of the sheet, in words for the person who fills it."""

from dataclasses import dataclass
from typing import Literal

from lib.refusals import ActionRefused

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem of one cell; an error refuses its row, and with it the whole file.

    `row` is the number Excel shows. `message` never holds the number of a person:
    it may be printed and logged.
    """

    row: int
    column: str
    code: str
    message: str
    severity: Severity = "error"


class ImportRefused(ActionRefused):
    """A sheet that cannot be read as people, or a plan that may not be applied."""
