"""Drawing a paper: which questions, in which order, with which order of options.

Plain Python with a given seed: the same slots, pool and seed give the same paper.
The server draws, stores the result and never draws again for that attempt.
"""

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from quizzes.questions.order import shuffled


@dataclass(frozen=True)
class Slot:
    """A slot to fill: by `question_id`, or by bank, objective and levels."""

    key: str
    bank_id: int
    question_id: int | None = None
    objective: str = ""
    levels: tuple[str, ...] = ()


@dataclass(frozen=True)
class DrawCandidate:
    """A question version that may be drawn.

    With `hides_order` the stored order of its options is the key: it is always
    shuffled, and never shown as it is stored. One that is not `is_drawable` was
    withdrawn: only a slot that names it gets it.
    """

    version_id: int
    question_id: int
    bank_id: int
    objective: str
    level: str
    option_keys: tuple[str, ...]
    hides_order: bool = False
    is_drawable: bool = True


@dataclass(frozen=True)
class Drawn:
    """What a slot got."""

    slot_key: str
    version_id: int
    option_order: tuple[str, ...]


class EmptyPool(ValueError):
    """A slot cannot be filled: the bank has too few questions for it."""

    def __init__(self, slot: Slot) -> None:
        super().__init__(slot.key)
        self.slot = slot


def draw(
    slots: Sequence[Slot],
    pool: Sequence[DrawCandidate],
    *,
    seed: int,
    seen: Collection[int] = (),
    shuffle_questions: bool = True,
    shuffle_options: bool = True,
) -> list[Drawn]:
    """Fill every slot with a different question, with as few seen ones as can be.

    `seen` holds question ids the person got before. A paper is found whenever the
    pool holds one: a slot that fits many questions leaves a narrower one what it
    needs. Raises EmptyPool.
    """
    chance = random.Random(seed)  # noqa: S311 - a paper, not a secret
    filled = _Filling(slots, pool, chance).fill(seen)
    order = list(slots)
    if shuffle_questions:
        chance.shuffle(order)
    return [
        Drawn(
            slot_key=slot.key,
            version_id=filled[slot.key].version_id,
            option_order=_order(filled[slot.key], shuffle_options, chance),
        )
        for slot in order
    ]


class _Filling:
    """Slots and the questions they got, filled along augmenting paths.

    H. W. Kuhn, "The Hungarian method for the assignment problem" (1955): a slot may
    take another one's question if that one finds another. A question once on the
    paper stays on it, so filling with unseen questions first keeps as many as can be.
    """

    def __init__(
        self,
        slots: Sequence[Slot],
        pool: Sequence[DrawCandidate],
        chance: random.Random,
    ) -> None:
        by_question = {candidate.question_id: candidate for candidate in pool}
        self.slots = slots
        self.fitting: dict[str, list[DrawCandidate]] = {}
        for slot in slots:
            fitting = [c for _, c in sorted(by_question.items()) if _fits(c, slot)]
            chance.shuffle(fitting)
            self.fitting[slot.key] = fitting
        self.owners: dict[int, Slot] = {}
        self.filled: dict[str, DrawCandidate] = {}

    def fill(self, seen: Collection[int]) -> Mapping[str, DrawCandidate]:
        """Return the question of every slot by its key. Raises EmptyPool."""
        for slot in self.slots:
            self._serve(slot, set(seen))
        for slot in self.slots:
            if slot.key not in self.filled and not self._serve(slot, set()):
                raise EmptyPool(slot)
        return self.filled

    def _serve(self, slot: Slot, barred: set[int]) -> bool:
        """Give the slot a question that is not `barred`; True when there was one."""
        for candidate in self.fitting[slot.key]:
            question_id = candidate.question_id
            if question_id in barred:
                continue
            barred.add(question_id)
            owner = self.owners.get(question_id)
            if owner is None or self._serve(owner, barred):
                self.owners[question_id] = slot
                self.filled[slot.key] = candidate
                return True
        return False


def _fits(candidate: DrawCandidate, slot: Slot) -> bool:
    if slot.question_id is not None:
        return candidate.question_id == slot.question_id
    return (
        candidate.is_drawable
        and candidate.bank_id == slot.bank_id
        and (not slot.objective or candidate.objective == slot.objective)
        and (not slot.levels or candidate.level in slot.levels)
    )


def _order(
    candidate: DrawCandidate, shuffle: bool, chance: random.Random
) -> tuple[str, ...]:
    if not shuffle and not candidate.hides_order:
        return candidate.option_keys
    return shuffled(candidate.option_keys, chance, hides_order=candidate.hides_order)
