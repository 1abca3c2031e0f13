"""`expected` and `enemies` of a question in YAML."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from lib.yaml_entries import Entry
from lib.yaml_nodes import Text
from quizzes.questions.composition import Composition, Expected, expected_problem

_SHARES = ("untrained", "trained")


def read_composition(row: Entry) -> Composition:
    """Return what the question says; whatever is wrong is reported."""
    return Composition(_expected(row), tuple(enemy.value for enemy in _enemies(row)))


def _expected(row: Entry) -> Expected | None:
    if "expected" not in row:
        return None
    shares = row.entry("expected", required=_SHARES)
    if any(name not in shares for name in _SHARES):
        return None
    said = Expected(*(shares.whole(name, 0, 100) for name in _SHARES))
    problem = expected_problem(said.untrained, said.trained)
    if problem:
        message, _stop, remedy = problem.partition(". ")
        shares.report("untrained", f"{message}.", remedy)
        return None
    return said


def _enemies(row: Entry) -> Iterator[Text]:
    """Yield the enemies that can be ones, each once."""
    own = row.slug("key", 80) if "key" in row else ""
    seen: set[str] = set()
    for enemy in row.texts("enemies"):
        if enemy.value == own:
            row.report_at(
                enemy.line,
                f"Soal “{own}” menyebut dirinya sendiri di enemies.",
                "Sebut soal lain dari bank yang sama, atau hapus.",
            )
        elif enemy.value in seen:
            row.report_at(
                enemy.line,
                f"“{enemy.value}” disebut dua kali di enemies.",
                "Hapus salah satu.",
            )
        else:
            seen.add(enemy.value)
            yield enemy


def report_unknown_enemies(rows: Sequence[Entry], known: Collection[str]) -> None:
    """Report enemies that are no question of the bank."""
    for row in rows:
        for enemy in row.texts("enemies"):
            if enemy.value not in known:
                row.report_at(
                    enemy.line,
                    f"Soal “{enemy.value}” di enemies tidak ada di bank ini.",
                    "Sebut kunci soal dari berkas yang sama, atau hapus.",
                )


def written_composition(composition: Composition) -> dict[str, Any]:
    """Return what `read_composition` reads back."""
    expected = composition.expected
    return {
        "expected": {
            "untrained": expected.untrained,
            "trained": expected.trained,
        }
        if expected
        else None,
        "enemies": list(composition.enemies),
    }
