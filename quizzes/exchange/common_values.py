"""What an author says of many questions of a file at once: objective, level, day.

Plain Python. It is said in the preview, before anything is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from quizzes.exchange.formats import Reading, ReadItem
from quizzes.questions.content import QuestionContent


@dataclass(frozen=True)
class CommonValues:
    """What is said; nothing where it is empty."""

    objective_key: str = ""
    level: str = ""
    checked_on: date | None = None

    def over(self, question: QuestionContent) -> QuestionContent:
        """Return the question with what is said here."""
        return replace(
            question,
            objective_key=self.objective_key or question.objective_key,
            level=self.level or question.level,
            checked_on=self.checked_on or question.checked_on,
        )

    def below(self, question: QuestionContent) -> QuestionContent:
        """Return the question with what is said here where it says nothing itself."""
        return replace(
            question,
            objective_key=question.objective_key or self.objective_key,
            level=question.level or self.level,
            checked_on=question.checked_on or self.checked_on,
        )


def with_common_values(
    reading: Reading, for_all: CommonValues, for_some: Mapping[str, CommonValues]
) -> Reading:
    """Return the reading with what was said of its questions.

    `for_some` holds by key what was said of a question itself, which wins over the
    file; `for_all` fills in where neither says anything.
    """

    def valued(item: ReadItem) -> ReadItem:
        if item.question is None:
            return item
        said = for_some.get(item.question.key, CommonValues())
        return replace(item, question=for_all.below(said.over(item.question)))

    return replace(reading, items=[valued(item) for item in reading.items])
