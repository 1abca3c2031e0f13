"""Doing things at the same moment, each in a connection of its own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

PATIENCE = 30.0


def together(*calls: Callable[[], Any]) -> list[Any]:
    """Make the calls at once and return what each gave, or the exception it raised.

    Fails when one has not ended in time: two that wait for each other.
    """
    ready = threading.Barrier(len(calls))
    results: list[Any] = [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        # Connected before the signal, so that all begin with the work itself.
        connection.ensure_connection()
        try:
            ready.wait(PATIENCE)
            results[place] = call()
        except Exception as error:  # noqa: BLE001 - the test judges it
            results[place] = error
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=(place, call), daemon=True)
        for place, call in enumerate(calls)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "They wait for each other."
    return results


def same(call: Callable[[], Any], times: int = 4) -> list[Any]:
    """Make the same call several times at once."""
    return together(*[call] * times)


def refusals(results: list[Any]) -> list[Exception]:
    """Return the exceptions among the results."""
    return [result for result in results if isinstance(result, Exception)]
