"""What is wrong with a course folder, gathered so that all of it is told at once."""

from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class FolderProblem:
    """One finding: where, what, and what to do about it.

    `file` is the path inside the folder, `line` counts from 1.
    """

    file: str
    line: int
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message} {self.remedy}"


@dataclass
class Findings:
    """The problems found so far."""

    problems: list[FolderProblem] = field(default_factory=list)

    def add(self, file: str, line: int, message: str, remedy: str) -> None:
        """Note one problem."""
        self.problems.append(FolderProblem(file, line, message, remedy))

    def in_order(self) -> tuple[FolderProblem, ...]:
        """Return every problem once, by file and line."""
        return tuple(sorted(set(self.problems)))


class FolderRefused(Exception):
    """The folder cannot be loaded; `problems` holds everything that is wrong."""

    def __init__(self, problems: tuple[FolderProblem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
