"""What is wrong with files that people wrote, gathered so that all of it is told."""

from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class FileProblem:
    """One finding: where, what, and what to do about it.

    `file` is a name that the author knows, `line` counts from 1.
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

    problems: list[FileProblem] = field(default_factory=list)

    def add(self, file: str, line: int, message: str, remedy: str) -> None:
        """Note one problem."""
        self.problems.append(FileProblem(file, line, message, remedy))

    def in_order(self) -> tuple[FileProblem, ...]:
        """Return every problem once, by file and line."""
        return tuple(sorted(set(self.problems)))
