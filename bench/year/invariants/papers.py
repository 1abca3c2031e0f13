"""Papers are what the blueprint and the enemies allow; drawn once, never changed."""

from collections.abc import Iterator
from datetime import datetime
from itertools import combinations

from bench.year.oracle import Facts, Memory, Problems, Row, rows_of
from quizzes.models import Question, QuizSlot


def papers_obey_their_plan(facts: Facts, memory: Memory) -> Problems:
    """Each place of a paper has a question that its slot asks for, and no two enemies.

    Judged by the slots of the attempt's own quiz, and by the enemies of the moment at
    which the paper was drawn.
    """
    slots = {(row["quiz_id"], row["key"]): row for row in rows_of(QuizSlot)}
    questions = {row["id"]: row for row in rows_of(Question)}
    for attempt in facts.attempts.values():
        if attempt["id"] in memory.papers:
            continue
        memory.papers.add(attempt["id"])
        place = facts.places[attempt["enrollment_id"]]
        about = f"{facts.about(place)} {attempt['quiz_key']}"
        for problem in _problems(facts, memory, attempt, slots, questions):
            yield about, problem


def _problems(
    facts: Facts,
    memory: Memory,
    attempt: Row,
    slots: dict[tuple[int, str], Row],
    questions: dict[int, Row],
) -> Iterator[str]:
    asked = []
    for item in facts.items[attempt["id"]]:
        version = facts.wordings[item["question_version_id"]]
        question = questions[version["question_id"]]
        asked.append(question["id"])
        slot = slots.get((attempt["quiz_id"], item["slot_key"]))
        if slot is None:
            yield f"a place {item['slot_key']} that the quiz does not have"
        elif not _fits(slot, version, question):
            yield f"{question['key']} does not fit {item['slot_key']}"
    if len(set(asked)) != len(asked):
        yield "one question stands twice on a paper"
    pairs = _enemies_at(memory, attempt["started_at"])
    for pair in combinations(asked, 2):
        if frozenset(pair) in pairs:
            keys = sorted(questions[one]["key"] for one in pair)
            yield f"two enemies on one paper: {' and '.join(keys)}"


def _fits(slot: Row, version: Row, question: Row) -> bool:
    if slot["question_id"] is not None:
        return bool(slot["question_id"] == question["id"])
    return (
        question["bank_id"] == slot["bank_id"]
        and slot["objective_key"] in {"", version["objective_key"]}
        and (not slot["levels"] or version["level"] in slot["levels"])
        and (not slot["types"] or version["type"] in slot["types"])
    )


def _enemies_at(memory: Memory, moment: datetime) -> frozenset[frozenset[int]]:
    known: frozenset[frozenset[int]] = frozenset()
    for at, pairs in memory.world.enemies:
        if at > moment:
            break
        known = pairs
    return known
