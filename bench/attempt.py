"""A whole attempt of fifteen questions: statements and processor time of each step.

Start, every question's page, fifteen saves, the page before handing in, hand in,
result. Time is that of the process and of its PostgreSQL backend. Statements that
begin and end a transaction or a savepoint are counted apart. Between the steps the
bare view is called, so that ratios hold while the machine's speed drifts.

`--rounds N` takes so many attempts, `--keep` keeps the figures (`baseline.py`);
`--serve` answers each line of standard input with the figures of one more (for
`bench.compare`).
"""

import argparse
import json
import statistics
import sys
from collections.abc import Iterable

from bench.baseline import report
from bench.sitting import STEPS, Cpu, counted, make_sitting
from bench.stage import prepared_site

ROUNDS, BARE_CALLS = 15, 20


def main() -> None:
    """Print the table, or serve figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--serve", action="store_true")
    parser.add_argument("--database", default="melek_bench_attempt")
    said = parser.parse_args()
    with prepared_site(said.database):
        one_round()
        found = statements()
        if said.serve:
            print(json.dumps({"statements": found}), flush=True)
            for _line in sys.stdin:
                print(json.dumps(one_round()), flush=True)
            return
        rounds = [one_round() for _ in range(said.rounds)]
        bare = 1000 * statistics.median(one["bare"] for one in rounds)
        print(f"bare view: {found['bare'][0]} statements, {bare:.2f} ms")
        report("attempt", compared(found, rounds), keep=said.keep)


def one_round() -> dict[str, float]:
    """Return the seconds of each step of one attempt, and of one bare view."""
    cpu, sitting = Cpu(), make_sitting()
    sitting.bare()
    seconds = {}
    for step in STEPS:
        before = cpu()
        getattr(sitting, step)()
        seconds[step] = cpu() - before
        if step == "start":
            sitting.prepare_answers()
    before = cpu()
    for _ in range(BARE_CALLS):
        sitting.bare()
    seconds["bare"] = (cpu() - before) / BARE_CALLS
    return seconds


def statements() -> dict[str, list[int]]:
    """Return statements of each step, and those that frame them."""
    sitting = make_sitting()
    sitting.bare()
    found = {}
    for step in (*STEPS, "bare"):
        with counted() as counts:
            getattr(sitting, step)()
        found[step] = [counts["statements"], counts["framing"]]
        if step == "start":
            sitting.prepare_answers()
    return found


def totals(seconds: dict[str, float]) -> dict[str, float]:
    """Return a round with its sums: the whole attempt, and one of its saves."""
    return {**seconds, "whole": sum(seconds[step] for step in STEPS)}


def compared(
    found: dict[str, list[int]], rounds: Iterable[dict[str, float]]
) -> dict[str, tuple[int, list[float]]]:
    """Return each step's statements, and its ratios to the bare view of its round."""
    taken = [totals(one) for one in rounds]
    asked = {step: found[step][0] for step in STEPS}
    asked["whole"] = sum(asked.values())
    return {
        step: (asked[step], [one[step] / one["bare"] for one in taken])
        for step in (*STEPS, "whole")
    }


if __name__ == "__main__":
    main()
