"""A whole attempt in this tree and in another one, taken in turn in one run.

`python -m bench compare --before TREE` runs `bench.attempt` of this tree in both
working trees, each in a process and a database of its own, and lets them take one
attempt after the other: what the machine does meanwhile, it does to both. Prints each
step before and after, its ratio with the quartiles of the pairs, and the statements.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench.attempt import totals
from bench.sitting import STEPS

ROUNDS = 15
HERE = Path(__file__).resolve().parents[1]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--before", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    said = parser.parse_args()
    with ExitStack() as stack:
        before = stack.enter_context(_worker(said.before.resolve(), "before"))
        after = stack.enter_context(_worker(HERE, "after"))
        found = [_answer(worker)["statements"] for worker in (before, after)]
        pairs = [
            (totals(_ask(before)), totals(_ask(after))) for _ in range(said.rounds)
        ]
    for step in (*STEPS, "whole", "bare"):
        _print(step, found, pairs)


def _print(
    step: str,
    found: list[dict[str, list[int]]],
    pairs: list[tuple[dict[str, float], dict[str, float]]],
) -> None:
    names = STEPS if step == "whole" else (step,)
    counts = [
        " + ".join(str(sum(one[name][i] for name in names)) for i in (0, 1))
        for one in found
    ]
    before, after = ([1000 * pair[i][step] for pair in pairs] for i in (0, 1))
    ratios = [new / old for old, new in zip(before, after, strict=True)]
    bare = [statistics.median(one[step] / one["bare"] for one in side)
            for side in zip(*pairs, strict=True)]  # fmt: skip
    low, middle, high = statistics.quantiles(ratios, n=4)
    print(
        f"{step:8} {counts[0]:>9} -> {counts[1]:>9} statements + framing   "
        f"{statistics.median(before):7.1f} -> {statistics.median(after):7.1f} ms   "
        f"{middle:5.3f} ({low:.3f}-{high:.3f})   "
        f"{bare[0]:6.1f} -> {bare[1]:6.1f} x bare"
    )


@contextmanager
def _worker(tree: Path, name: str) -> Iterator[Any]:
    """Run the bench of this tree on the site of another one."""
    with tempfile.TemporaryDirectory(prefix="melek-bench-") as folder:
        # The package `bench` is found here, everything else in the tree.
        own = Path(folder) / "own"
        own.mkdir()
        (own / "bench").symlink_to(HERE / "bench")
        environment = {
            **os.environ,
            "ELEARNING_VAR": folder,
            "PYTHONPATH": f"{own}{os.pathsep}{tree}",
        }
        database = f"--database=melek_bench_{name}"
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "bench.attempt", "--serve", database],
            cwd=tree,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            yield process
        finally:
            process.communicate()
        if process.returncode:
            raise SystemExit(process.returncode)


def _ask(worker: Any) -> Any:
    worker.stdin.write("\n")
    worker.stdin.flush()
    return _answer(worker)


def _answer(worker: Any) -> Any:
    line = worker.stdout.readline()
    if not line:
        raise SystemExit("A worker has ended; see above.")
    return json.loads(line)


if __name__ == "__main__":
    main()
