"""A second database for as long as a command needs it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections


@contextmanager
def extra_database(alias: str, said: dict[str, Any]) -> Iterator[str]:
    """Let `alias` name the database that `said` describes, as in DATABASES."""
    known = {DEFAULT_DB_ALIAS: {"ENGINE": said["ENGINE"]}, alias: dict(said)}
    connections.settings[alias] = connections.configure_settings(known)[alias]
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]
