"""Questions that may be asked, remembered by each process.

A version that is ready never changes, so what was read once is right for ever. Drafts
are read anew each time.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from quizzes.bank.rows import wording_of
from quizzes.models import QuestionVersion
from quizzes.questions.types import QuestionView
from quizzes.questions.wording import Wording

# Some 8 KB each. Beyond it all are forgotten, and read again as they are asked for.
MOST = 2_048
_known: dict[int, "KnownQuestion"] = {}


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question version: what it is about, and its rules with its words.

    `pillar` is empty where it is the course's. `sheets` is for what pages remember of
    it, as long as it is known itself (`quizzes.taking.asked`).
    """

    version_id: int
    question_id: int
    objective_key: str
    level: str
    pillar: str
    wording: Wording
    sheets: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def view(self) -> QuestionView:
        """Return the question as the pure rules see it."""
        return self.wording.question


def known_questions(version_ids: Collection[int]) -> Mapping[int, KnownQuestion]:
    """Return these question versions by id; no query, or two for all that are new.

    Not for the transaction that makes one ready: were it undone, SQLite would give its
    number to another one, and this process would take that for the first.
    """
    wanted = set(version_ids)
    found = {pk: one for pk in wanted if (one := _known.get(pk))}
    if new := wanted - found.keys():
        found |= _read(new)
    return found


def forget_questions() -> None:
    """Empty the memory; for tests, whose rows come and go."""
    _known.clear()


def _read(version_ids: Collection[int]) -> dict[int, KnownQuestion]:
    rows = QuestionVersion.objects.filter(pk__in=version_ids)
    read, lasting = {}, {}
    for row in rows.prefetch_related("options"):
        read[row.pk] = KnownQuestion(
            version_id=row.pk,
            question_id=row.question_id,
            objective_key=row.objective_key,
            level=row.level,
            pillar=row.pillar,
            wording=wording_of(row),
        )
        if row.state == QuestionVersion.State.READY:
            lasting[row.pk] = read[row.pk]
    if len(_known) + len(lasting) > MOST:
        _known.clear()
    _known.update(lasting)
    return read
