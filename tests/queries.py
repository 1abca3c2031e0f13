"""Counting queries, so that a page that asks once per row is caught."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def queries_in(call: Callable[[], object]) -> int:
    """Return how many queries `call` makes, savepoints not counted."""
    with CaptureQueriesContext(connection) as captured:
        call()
    return sum("SAVEPOINT" not in query["sql"] for query in captured)


def count_queries(client: Client, url: str) -> int:
    """Return how many queries a page needs once the process has warmed up.

    What a process remembers (published courses) is read by a first request that
    does not count.
    """
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200
    return len(captured)


def assert_same_queries(
    client: Client,
    url: str,
    grow: Callable[[int], None],
    *,
    few: int = 3,
    many: int = 30,
) -> None:
    """Assert that a page needs as many queries for `many` rows as for `few`.

    `grow` makes so many more rows.
    """
    grow(few)
    small = count_queries(client, url)
    grow(many - few)
    large = count_queries(client, url)
    assert large == small, f"{url}: {small} queries for {few} rows, {large} for {many}."
