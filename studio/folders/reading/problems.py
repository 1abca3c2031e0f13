"""The refusal of a folder that has problems."""

from lib.findings import FileProblem


class FolderRefused(Exception):
    """The folder cannot be loaded; `problems` holds everything that is wrong."""

    def __init__(self, problems: tuple[FileProblem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
