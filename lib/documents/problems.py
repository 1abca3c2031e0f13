"""What is wrong with a document, in words for the person who sent it."""


class DocumentProblem(Exception):
    """A document that cannot be read: what is wrong and what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"
