"""Why a file cannot be used."""


class MediaProblem(Exception):
    """A file that is not what it should be: why, and what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(f"{message} {remedy}")
        self.message = message
        self.remedy = remedy
