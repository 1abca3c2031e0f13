"""Many cases of one sentence in one test, where a test for each costs more than it.

`@every_case("text, number", [...])` stands where `@pytest.mark.parametrize` would and
takes the same cases. All of them are tried, and the failure names each that fails. For
tests that ask no database: the cases share what fixtures give.
"""

import inspect
import traceback
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any

import pytest
from _pytest.mark import ParameterSet


def every_case(
    names: str | Sequence[str],
    cases: Iterable[Any],
    *,
    ids: Callable[[Any], object] = repr,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that tries the test with every case."""
    words = names.split(",") if isinstance(names, str) else names
    keys = [word.strip() for word in words]
    rows = [_row(case, keys, ids) for case in cases]
    if not rows:
        raise ValueError("There is no case: the test would say nothing.")

    def fold(test: Callable[..., None]) -> Callable[..., None]:
        @wraps(test)
        def try_all(**fixtures: Any) -> None:
            failures = [
                f"[{label}] {failure}"
                for label, values in rows
                if (failure := _failure(test, {**fixtures, **values}))
            ]
            if failures:
                head = f"{len(failures)} of {len(rows)} cases fail:"
                pytest.fail("\n\n".join([head, *failures]), pytrace=False)

        # Fixtures are asked for by name; the names of the cases are not among them.
        signature = inspect.signature(test)
        asked = [one for key, one in signature.parameters.items() if key not in keys]
        try_all.__signature__ = signature.replace(parameters=asked)
        return try_all

    return fold


def _row(
    case: Any, keys: list[str], ids: Callable[[Any], object]
) -> tuple[str, dict[str, Any]]:
    """Return the name of a case and its values by the names of the arguments."""
    if isinstance(case, ParameterSet):
        values, label = case.values, case.id
    else:
        values, label = (case if len(keys) > 1 else (case,)), None
    row = dict(zip(keys, values, strict=True))
    return str(label or "-".join(str(ids(value)) for value in values)), row


def _failure(test: Callable[..., None], arguments: dict[str, Any]) -> str:
    """Return what is wrong with a case: nothing, or why and in which line."""
    try:
        test(**arguments)
    # Whatever goes wrong with one case, the others are tried.
    except (Exception, pytest.fail.Exception) as failure:  # noqa: BLE001
        lines = traceback.extract_tb(failure.__traceback__)
        place = f"{lines[-1].filename}:{lines[-1].lineno}: {lines[-1].line}"
        return f"{type(failure).__name__}: {failure}\n  {place}"
    return ""
