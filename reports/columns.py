"""A column of a report, with the meaning that goes into the file."""

from dataclasses import dataclass

from django.utils.functional import Promise

from lib.spreadsheets import Column, Kind


@dataclass(frozen=True)
class ReportColumn:
    """What a column is called, holds and means; `width` in characters.

    Its `key` is what systems and addresses call it; it never changes.
    """

    title: str | Promise
    kind: Kind
    width: int
    meaning: str | Promise
    key: str = ""

    def for_file(self) -> Column:
        """Return the column as the writers of files take it."""
        return Column(str(self.title), self.kind, self.width)
