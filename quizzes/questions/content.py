"""A question as an author writes it: what editors, course folders and files exchange.

Plain Python; `quizzes.actions.write_question` stores it.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from courses.kinds import LevelCode, PillarCode
from quizzes.questions.composition import NOTHING_SAID, Composition
from quizzes.questions.types import OptionView, QuestionView
from quizzes.questions.types.scenes import as_written

LEVELS = tuple(level.value for level in LevelCode)
PILLARS = tuple(pillar.value for pillar in PillarCode)


@dataclass(frozen=True)
class OptionContent:
    """An option as an author writes it; texts are Markdown."""

    key: str
    text: str
    fraction: Decimal = Decimal(0)
    feedback: str = ""
    group: str = ""
    match: str = ""


@dataclass(frozen=True)
class QuestionContent:
    """A question as an author writes it; texts are Markdown.

    What `options`, `scoring` and `settings` hold for each type stands in
    docs/decisions/0019-question-types.md. `pillar` is empty where it is the course's.
    """

    key: str
    type: str
    stem: str
    options: Sequence[OptionContent]
    objective_key: str = ""
    level: str = ""
    feedback: str = ""
    scoring: str = ""
    source_keys: Sequence[str] = ()
    checked_on: date | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    pillar: str = ""
    tags: Sequence[str] = ()
    composition: Composition = NOTHING_SAID

    def digest(self) -> str:
        """Return a hash that changes with any word of the question.

        Not with the HTML that a stored wording keeps in its settings, nor with what
        counts when papers are composed.
        """
        written = {**asdict(self), "settings": as_written(self.settings)}
        del written["composition"]
        canonical = json.dumps(written, sort_keys=True, default=str)
        return hashlib.sha256(canonical.encode()).hexdigest()

    def view(self) -> QuestionView:
        """Return the content as the pure rules see it."""
        return QuestionView(
            type=self.type,
            scoring=self.scoring,
            settings=self.settings,
            stem=self.stem,
            options=[
                OptionView(o.key, o.fraction, o.group, o.match, o.text)
                for o in self.options
            ],
        )
