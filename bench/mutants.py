"""Which mistakes would the tests notice? The rules, with one mistake at a time.

`python -m bench.mutants [--share 0.2] [--out FILE] [TREE]`. The mistakes are mutmut's
(`pip install mutmut==3.8.1` into an environment of its own, see README.md). The tests
are collected once; each mutant is tried in a fork of that process, by the tests that
call its function, until one of them fails. What TREE holds is copied first and never
changed.
"""

import argparse
import gc
import hashlib
import json
import math
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest

# Where the rules stand → where they stood before there were chapters, so that an
# older tree can be measured too.
PLACES = {
    "quizzes/questions/types": "quizzes/question_types",
    "quizzes/questions/accepted.py": "quizzes/accepted.py",
    "quizzes/questions/content.py": "quizzes/question_content.py",
    "quizzes/questions/marking.py": "quizzes/marking.py",
    "quizzes/questions/verdicts.py": "quizzes/verdicts.py",
    "quizzes/marking/attempt.py": "quizzes/attempt_marking.py",
    "quizzes/marking/saves.py": "quizzes/responses.py",
    "courses/completion.py": "courses/completion.py",
    "certificates/numbering.py": "certificates/numbering.py",
}
TESTS = (
    "tests/certificates/test_numbering.py",
    "tests/courses/test_completion.py",
    "tests/quizzes",
)
# Files of questions are another subject, and slow.
NOT_TESTS = ("tests/quizzes/exchange", "tests/quizzes/formats")
# A mutant may take so many times what its tests took, and a few seconds besides.
PATIENCE, GRACE, MEMORY = 5, 5, 8 << 30
VERDICTS = ("killed", "timeout", "survived", "no tests")


@dataclass(frozen=True)
class Mutant:
    """One mistake: its name in the tree of today, mutmut's own, and what it changes."""

    name: str
    place: str
    key: str
    change: str


@dataclass(frozen=True)
class Trial:
    """What became of a mutant, and the test that noticed it."""

    name: str
    place: str
    change: str
    verdict: str
    tests: int
    seconds: float
    noticed_by: str = ""


def main() -> None:
    """Copy the tree, put the mutants in, try the sample, print the table."""
    asked = _arguments()
    done = _read(asked.out)
    with tempfile.TemporaryDirectory(prefix="melek-mutants-") as folder:
        os.environ["ELEARNING_VAR"] = f"{folder}/var"
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        tree = Path(folder) / "tree"
        skip = shutil.ignore_patterns(".*", "var", "__pycache__", "node_modules")
        shutil.copytree(asked.tree, tree, ignore=skip)
        mutants = list(_put_in(tree))
        sample = [m for m in mutants if _is_drawn(m, asked)]
        print(f"{len(mutants)} mutants, {len(sample)} in the sample", flush=True)
        os.chdir(tree)
        sys.path[0] = str(tree)
        drill = Drill([m for m in sample if m.name not in done], asked)
        code = pytest.main(
            [
                *("-q", "-n0", "--tb=native", "-p", "no:cacheprovider"),
                *(f"--ignore={folder}" for folder in NOT_TESTS),
                *asked.tests,
            ],
            plugins=[drill],
        )
        os.chdir("/")
    trials = {**done, **{trial.name: trial for trial in drill.trials}}
    _print_table([trials[m.name] for m in sample if m.name in trials])
    sys.exit(0 if len(drill.trials) == len(drill.mutants) else int(code) or 1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.mutants")
    parser.add_argument("tree", nargs="?", type=Path, default=Path(), metavar="TREE")
    parser.add_argument("--share", type=float, default=1.0, help="of all mutants")
    parser.add_argument("--seed", default="melek", help="another draws other mutants")
    parser.add_argument("--out", type=Path, help="one JSON line a mutant; continued")
    parser.add_argument("--examples", type=int, default=15, help="of a property")
    parser.add_argument(
        "--budget", type=float, default=2, help="seconds of tests a mutant; 0: all"
    )
    parser.add_argument("--only", type=Path, help="a file of names, one a line")
    parser.add_argument("--tests", nargs="+", default=TESTS)
    parser.add_argument(
        "--database", action="store_true", help="tests that ask the database as well"
    )
    asked = parser.parse_args()
    asked.tree = asked.tree.resolve()
    asked.out = asked.out and asked.out.resolve()
    return asked


def _read(path: Path | None) -> dict[str, Trial]:
    """Return what an earlier run with the same file has tried."""
    if path is None or not path.exists():
        return {}
    trials = [Trial(**json.loads(line)) for line in path.open(encoding="utf-8")]
    return {trial.name: trial for trial in trials}


# --- the mutants -------------------------------------------------------------------
def _put_in(tree: Path) -> Iterator[Mutant]:
    """Write every mutant of every rule beside its function, asleep; yield them."""
    from mutmut.mutation.file_mutation import mutate_file_contents
    from mutmut.utils.format_utils import get_mutant_name

    for place, path in _rules(tree):
        source = (tree / path).read_text("utf-8")
        mutated = mutate_file_contents(str(path), source)
        (tree / path).write_text(mutated.code, "utf-8")
        lines = mutated.code.splitlines()
        spans = mutated.line_span_by_function_name
        for name in mutated.mutant_names:
            original = spans[f"{name.partition('__mutmut_')[0]}__mutmut_orig"]
            yield Mutant(
                name=f"{place}:{name.replace('__mutmut_', ' ')}",
                place=place,
                key=get_mutant_name(path, name),
                change=_change(
                    lines[original.start - 1 : original.end],
                    lines[spans[name].start - 1 : spans[name].end],
                ),
            )


def _rules(tree: Path) -> Iterator[tuple[str, Path]]:
    """Yield each file of rules: its name of today, and where the tree has it."""
    for place, former in PLACES.items():
        found = place if (tree / place).exists() else former
        for path in sorted((tree / found).rglob("*.py")) or [tree / found]:
            here = path.relative_to(tree)
            yield place + here.as_posix().removeprefix(found), here


def _change(original: Sequence[str], mutated: Sequence[str]) -> str:
    """Return the lines that differ; a mutant's own name is no difference."""
    lines = [
        line.strip()
        for line in unified_diff(original, mutated, n=0, lineterm="")
        if line[:3] not in {"---", "+++"} and line[:2] != "@@"
    ]
    return "\n".join(line for line in lines if "__mutmut_" not in line)


def _is_drawn(mutant: Mutant, asked: argparse.Namespace) -> bool:
    """Draw by the name alone: a function that is moved keeps its place in the draw."""
    if asked.only:
        return mutant.name in asked.only.read_text("utf-8").splitlines()
    digest = hashlib.sha256(f"{asked.seed} {mutant.name}".encode()).digest()
    return int.from_bytes(digest[:8]) < asked.share * 2**64


# --- the drill ---------------------------------------------------------------------
class Drill:
    """A pytest plugin: every test once to see what it calls, then every mutant."""

    def __init__(self, mutants: Sequence[Mutant], asked: argparse.Namespace) -> None:
        """Remember what to try."""
        self.mutants = mutants
        self.trials: list[Trial] = []
        self._asked = asked
        self._awake = ""
        self._called: set[str] = set()
        self._failed = ""
        self._took: dict[pytest.Item, float] = {}
        self._tests_of: dict[str, list[pytest.Item]] = defaultdict(list)

    def pytest_configure(self, config: pytest.Config) -> None:
        """Draw the same examples for every mutant, and keep none for the next."""
        import hypothesis
        from mutmut.mutation import trampoline

        # mutmut asks the environment at every call, and notes who called whom; here
        # it is called very often, and only what was called matters.
        trampoline.get_mutant_under_test = lambda: self._awake
        trampoline.record_trampoline_hit = lambda name, caller: self._called.add(name)
        hypothesis.settings.register_profile(
            "mutants",
            hypothesis.settings(),
            max_examples=self._asked.examples,
            derandomize=True,
            database=None,
            # A counter-example need not be small.
            phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
        )
        hypothesis.settings.load_profile("mutants")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out what asks the database, unless it was asked for."""
        from tests.one_database import asks_a_database

        if not self._asked.database:
            items[:] = [item for item in items if not asks_a_database(item)]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Do the drill in place of a run, unless there is a file without tests."""
        if session.testsfailed:
            return None
        self._watch(session)
        # What lives stays where it is: a fork then copies little.
        gc.freeze()
        for number, mutant in enumerate(self.mutants, 1):
            trial = self._try(mutant)
            self.trials.append(trial)
            self._keep(trial)
            if number % 50 == 0:
                print(f"{time.strftime('%X')} {number}", file=sys.stderr, flush=True)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Notice a failure, of a part of a test as well."""
        if report.failed and not self._failed:
            self._failed = report.nodeid

    def _watch(self, session: pytest.Session) -> None:
        """Run every test once, all mutants asleep: who calls what, and how long?"""
        self._awake = "stats"
        calls: dict[pytest.Item, int] = {}
        for item, following in _pairs(session.items, session):
            self._failed, began = "", time.process_time()
            self._called.clear()
            item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
            self._took[item] = time.process_time() - began
            if self._failed:
                print(f"left out, it fails by itself: {self._failed}", flush=True)
                continue
            calls[item] = len(self._called)
            for function in self._called:
                self._tests_of[function].append(item)
        self._awake = ""
        for items in self._tests_of.values():
            items.sort(key=lambda item: (calls[item], self._took[item]))
        spent = sum(self._took.values())
        print(f"\n{len(session.items)} tests watched, {spent:.0f} s", flush=True)

    def _try(self, mutant: Mutant) -> Trial:
        items = self._tests_for(mutant)
        verdict, seconds, noticed_by = "no tests", 0.0, ""
        if items:
            reading, writing = os.pipe()
            child = os.fork()
            if not child:
                self._be(mutant, items, writing)
            os.close(writing)
            with os.fdopen(reading, "rb") as told:
                noticed_by = told.read().decode()
            _child, status, used = os.wait4(child, 0)
            seconds = used.ru_utime + used.ru_stime
            verdict = _verdict(status)
        return Trial(
            name=mutant.name,
            place=mutant.place,
            change=mutant.change,
            verdict=verdict,
            tests=len(items),
            seconds=round(seconds, 3),
            noticed_by=noticed_by,
        )

    def _tests_for(self, mutant: Mutant) -> list[pytest.Item]:
        """Return the tests that call its function, those of few rules first."""
        chosen: list[pytest.Item] = []
        left = self._asked.budget or math.inf
        for item in self._tests_of.get(mutant.key.partition("__mutmut_")[0], []):
            if left > 0:
                chosen.append(item)
            left -= self._took[item]
        return chosen

    def _be(self, mutant: Mutant, items: Sequence[pytest.Item], told: int) -> None:
        """Live as the mutant, in a process of its own, until a test fails."""
        code = 1
        try:
            patience = GRACE + PATIENCE * int(sum(self._took[item] for item in items))
            resource.setrlimit(resource.RLIMIT_CPU, (patience, patience))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            signal.alarm(60 * patience)
            plugins = items[0].config.pluginmanager
            plugins.unregister(name="terminalreporter")
            self._awake, self._failed = mutant.key, ""
            for item, following in _pairs(items, items[0].session):
                item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
                if self._failed:
                    break
            else:
                code = 0
        finally:
            # Whatever escapes from a test is noticed too: the code is still 1.
            os.write(told, self._failed.encode())
            os._exit(code)

    def _keep(self, trial: Trial) -> None:
        if self._asked.out:
            with self._asked.out.open("a", encoding="utf-8") as out:
                out.write(json.dumps(asdict(trial), ensure_ascii=False) + "\n")


def _pairs(
    items: Sequence[pytest.Item], session: pytest.Session
) -> Iterator[tuple[pytest.Item, Any]]:
    """Yield each item with the next; after the last the session stays set up."""
    return zip(items, [*items[1:], session], strict=True)


def _verdict(status: int) -> str:
    if os.WIFSIGNALED(status):
        return "timeout"
    return "killed" if os.WEXITSTATUS(status) else "survived"


def _print_table(trials: Sequence[Trial]) -> None:
    """Print the verdicts by file, and the share that was noticed."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for trial in trials:
        counts[trial.place][trial.verdict] += 1
        counts["all"][trial.verdict] += 1
    print(f"\n{'':44}{'mutants':>9}" + "".join(f"{v:>10}" for v in VERDICTS))
    for place in sorted(counts, key=lambda place: (place == "all", place)):
        of = counts[place]
        noticed = (of["killed"] + of["timeout"]) / of.total()
        print(
            f"{place:44}{of.total():9}"
            + "".join(f"{of[v]:10}" for v in VERDICTS)
            + f"{noticed:10.1%}"
        )
    seconds = sum(trial.seconds for trial in trials)
    if trials:
        print(f"{100 * seconds / len(trials):.0f} s of processor time per 100 mutants")


if __name__ == "__main__":
    main()
