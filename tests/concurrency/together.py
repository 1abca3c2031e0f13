"""Doing things at the same moment, each in a connection of its own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

# Only whoever waits for ever waits so long, also where much else runs.
PATIENCE = 300.0


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


class Crew:
    """Threads that stay, each with its own connection, for very many rounds."""

    def __init__(self, size: int) -> None:
        self._ready = threading.Barrier(size + 1)
        self._done = threading.Barrier(size + 1)
        self._calls: list[Callable[[], Any] | None] = [None] * size
        self._results: list[Any] = [None] * size
        self._threads = [
            threading.Thread(target=self._work, args=(place,), daemon=True)
            for place in range(size)
        ]

    def __enter__(self) -> "Crew":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._calls = [None] * len(self._threads)
        self._ready.wait(PATIENCE)
        for thread in self._threads:
            thread.join(PATIENCE)

    def together(self, *calls: Callable[[], Any]) -> list[Any]:
        """Make the calls at once, one for each thread; see `together`."""
        self._calls = list(calls)
        self._ready.wait(PATIENCE)
        # A barrier that breaks says that two wait for each other.
        self._done.wait(PATIENCE)
        return list(self._results)

    def _work(self, place: int) -> None:
        connection.ensure_connection()
        try:
            while True:
                self._ready.wait()
                call = self._calls[place]
                if call is None:
                    return
                try:
                    self._results[place] = call()
                except Exception as error:  # noqa: BLE001 - the test judges it
                    self._results[place] = error
                self._done.wait(PATIENCE)
        finally:
            connection.close()
