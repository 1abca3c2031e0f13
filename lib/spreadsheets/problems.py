"""What is wrong with a table, in words for the person who sent or wants it."""


class SpreadsheetProblem(Exception):
    """A file that cannot be read or written: what is wrong and what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"


class TooManyRows(SpreadsheetProblem):
    """A table that can be read, but has more rows than the caller takes."""
