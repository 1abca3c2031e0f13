"""The paper of an attempt, which never changes, remembered by each process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from quizzes.models import AttemptItem


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One question of the paper, and the order of its options."""

    pk: int
    version_id: int
    option_order: Sequence[str]


# Some 5 KB for fifteen questions. By the attempt's key: no number of a row that was
# taken back comes again.
@lru_cache(maxsize=1024)
def paper_of(attempt_key: UUID) -> Mapping[int, PaperItem]:
    """Return the questions of an attempt by position; one statement, then none."""
    rows = AttemptItem.objects.filter(attempt__key=attempt_key).values_list(
        "position", "pk", "question_version", "option_order"
    )
    return {position: PaperItem(*rest) for position, *rest in rows}
