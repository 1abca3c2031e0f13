"""For tests that need databases beside their own."""

from collections.abc import Iterator
from unittest import mock

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper


@pytest.fixture
def any_database(db: None) -> Iterator[None]:
    """Let the test open databases beside its own: Django's guard knows only that."""

    def open_it(self: BaseDatabaseWrapper) -> None:
        if self.connection is None:
            with self.wrap_database_errors:
                self.connect()

    with mock.patch.object(BaseDatabaseWrapper, "ensure_connection", open_it):
        yield
