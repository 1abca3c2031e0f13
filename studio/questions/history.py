"""The wordings of a question, newest first, each with what changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quizzes.models import Question, QuestionVersion
from quizzes.selectors import content_of
from studio.questions.diff import Change, changes_between


@dataclass(frozen=True)
class Wording:
    """One wording; `changes` compares it with the one before."""

    number: int
    is_draft: bool
    written_at: datetime
    written_by: str
    is_first: bool
    changes: Sequence[Change]


def history_of(question: Question) -> list[Wording]:
    """Return every wording of a question; two queries, however many there are."""
    versions = list(
        question.versions.select_related("created_by", "question")
        .prefetch_related("options")
        .order_by("number")
    )
    found = []
    before = None
    for version in versions:
        content = content_of(version)
        found.append(
            Wording(
                number=version.number,
                is_draft=version.state == QuestionVersion.State.DRAFT,
                written_at=version.created_at,
                written_by=version.created_by.full_name if version.created_by else "",
                is_first=before is None,
                changes=changes_between(before, content),
            )
        )
        before = content
    return found[::-1]
