"""What is wrong with a Markdown source, in words for its author."""


class MarkdownProblem(Exception):
    """One finding: the line, what is wrong there and what to do about it.

    ``line`` counts from 1, or from the ``first_line`` that the caller gave.
    """

    def __init__(self, line: int, message: str, remedy: str) -> None:
        super().__init__(line, message, remedy)
        self.line = line
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"Baris {self.line}: {self.message} {self.remedy}"
