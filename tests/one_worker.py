"""Tests that share something dear are run by one worker, so that it is made once.

pytest 9.2 tells xdist's `xdist_group` nothing any more, so what belongs together is
named here. A pytest plugin, loaded by `tests/conftest.py`.
"""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadGroupScheduling

TOGETHER = (
    # A demo that is seeded, the addresses of the site, the shipped courses.
    "tests/elearning/demo/",
    "tests/elearning/test_imports.py",
    "tests/studio/folders/checks/test_shipped_courses.py",
)


class _Scheduling(LoadGroupScheduling):
    def _split_scope(self, nodeid: str) -> str:
        for start in TOGETHER:
            if nodeid.startswith(start):
                return start
        return super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(
    config: pytest.Config, log: Producer
) -> LoadGroupScheduling | None:
    """Take the place of the scheduler that `--dist loadgroup` asks for."""
    is_ours = config.getvalue("dist") == "loadgroup"
    return _Scheduling(config, log) if is_ours else None
