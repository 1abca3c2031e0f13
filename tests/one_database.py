"""`--database-only`: what would say the same on every database is left out.

CI runs the suite on two databases. A test that touches neither is run with the first
one only. A pytest plugin, loaded by `tests/conftest.py`.
"""

import pytest

# Whoever asks for one of these, or is marked `django_db`, asks a database.
_DATABASE_FIXTURES = frozenset(
    {"db", "transactional_db", "django_db_setup", "live_server", "site"}
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the option."""
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out tests that ask no database",
    )


def asks_a_database(item: pytest.Item) -> bool:
    """Say whether the test, or a fixture it takes, opens the database."""
    fixtures = set(getattr(item, "fixturenames", ()))
    marks = {mark.name for mark in item.iter_markers()}
    return bool(fixtures & _DATABASE_FIXTURES) or bool(
        marks & {"django_db", "postgres", "broker", "browser"}
    )


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Deselect the others when the option is given."""
    if not config.getoption("database_only"):
        return
    kept, left_out = [], []
    for item in items:
        (kept if asks_a_database(item) else left_out).append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept
