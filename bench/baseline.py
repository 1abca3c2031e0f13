"""Figures that are kept, and how those of this run compare with them.

A row is a ratio to the bare view of the same run, which holds while the machine's speed
drifts; `baseline.json` keeps its median and quartiles by bench and database, with its
statements. `--keep` writes this run's figures there. Nothing fails: who changes what a
row measures looks at it.
"""

import json
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("baseline.json")


def report(
    bench: str,
    rows: Mapping[str, tuple[int, Sequence[float]]],
    *,
    keep: bool,
) -> None:
    """Print each row: statements and the ratios of this run, beside what is kept."""
    from django.db import connection

    name = f"{bench} {connection.vendor}"
    kept = _read().get(name, {})
    print(f"{name:24}{'statements, kept':>16}{'x bare (quartiles)':>25}", end="")
    print(f"{'kept (quartiles)':>25}{'now/kept':>10}")
    figures = {row: _figures(*said) for row, said in rows.items()}
    for row, now in figures.items():
        before = kept.get(row)
        print(f"  {row:22}" + _line(now, before))
    if keep:
        _write(_read() | {name: figures})


def _figures(statements: int, ratios: Sequence[float]) -> dict[str, Any]:
    low, middle, high = statistics.quantiles(ratios, n=4)
    return {
        "statements": statements,
        "low": round(low, 2),
        "ratio": round(middle, 2),
        "high": round(high, 2),
    }


def _line(now: Mapping[str, Any], before: Mapping[str, Any] | None) -> str:
    said = f"{now['statements']:7}"
    if before is None:
        return f"{said}    (new) {_spread(now)}"
    change = now["ratio"] / before["ratio"]
    said += f" {before['statements']:8}"
    return f"{said} {_spread(now)} {_spread(before)} {change:9.2f}"


def _spread(figures: Mapping[str, Any]) -> str:
    said = f"({figures['low']:.2f}-{figures['high']:.2f})"
    return f"{figures['ratio']:8.2f} {said:15}"


def _read() -> dict[str, Any]:
    return json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}


def _write(figures: Mapping[str, Any]) -> None:
    text = json.dumps(figures, indent=2, sort_keys=True)
    FILE.write_text(f"{text}\n", "utf-8")
