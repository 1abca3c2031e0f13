"""Drawing a paper: which questions, in which order, with which order of options.

Plain Python with a given seed: the same slots, pool and seed give the same paper.
The server draws, stores the result and never draws again for that attempt.
"""

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from lib.filling import fill
from quizzes.questions.order import shuffled


@dataclass(frozen=True)
class Slot:
    """A slot to fill: by `question_id`, or by bank, objective, levels and types."""

    key: str
    bank_id: int
    question_id: int | None = None
    objective: str = ""
    levels: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


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
    type: str
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
    enemies: Collection[tuple[int, int]] = (),
    seen: Collection[int] = (),
    shuffle_questions: bool = True,
    shuffle_options: bool = True,
) -> list[Drawn]:
    """Fill every slot with a different question, with as few seen ones as can be.

    `seen` holds question ids the person got before, `enemies` pairs of questions that
    never stand on one paper, unless the quiz names both; publishing refuses that. A
    paper is found whenever the pool holds one: a slot that fits many questions leaves a
    narrower one what it needs (`lib.filling`). Raises EmptyPool.
    """
    chance = random.Random(seed)  # noqa: S311 - a paper, not a secret
    filled = _fill(slots, pool, enemies, seen, chance)
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


def _fill(
    slots: Sequence[Slot],
    pool: Sequence[DrawCandidate],
    enemies: Collection[tuple[int, int]],
    seen: Collection[int],
    chance: random.Random,
) -> Mapping[str, DrawCandidate]:
    """Return the question of every slot by its key. Raises EmptyPool."""
    by_question = {candidate.question_id: candidate for candidate in pool}
    fitting = []
    for slot in slots:
        questions = [q for q, one in sorted(by_question.items()) if _fits(one, slot)]
        chance.shuffle(questions)
        fitting.append(questions)
    named = {slot.question_id for slot in slots}
    filled = fill(
        fitting,
        enemies=[pair for pair in enemies if not named.issuperset(pair)],
        dear=seen,
    )
    found = {}
    for slot, question_id in zip(slots, filled, strict=True):
        if question_id is None:
            raise EmptyPool(slot)
        found[slot.key] = by_question[question_id]
    return found


def _fits(candidate: DrawCandidate, slot: Slot) -> bool:
    if slot.question_id is not None:
        return candidate.question_id == slot.question_id
    return (
        candidate.is_drawable
        and candidate.bank_id == slot.bank_id
        and (not slot.objective or candidate.objective == slot.objective)
        and (not slot.levels or candidate.level in slot.levels)
        and (not slot.types or candidate.type in slot.types)
    )


def _order(
    candidate: DrawCandidate, shuffle: bool, chance: random.Random
) -> tuple[str, ...]:
    if not shuffle and not candidate.hides_order:
        return candidate.option_keys
    return shuffled(candidate.option_keys, chance, hides_order=candidate.hides_order)
