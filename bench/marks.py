"""Marks per second of every question type, beside single choice and a bare loop.

The types are called in turn, so that the ratios hold while the machine's speed
drifts. What is marked are the examples of the tests, each with one answer to all its
places.
"""

import statistics
import time
from collections.abc import Callable
from typing import Any

REPEATS, ROUNDS = 2_000, 15


def main() -> None:
    """Print marks per second and the ratios."""
    from quizzes.questions import marking
    from quizzes.questions.types import TYPES
    from tests.quizzes.questions.examples import ALL

    def call_for(view: Any, value: Any) -> Callable[[], None]:
        def call() -> None:
            for _ in range(REPEATS):
                marking.mark_response(view, value)

        return call

    calls: dict[str, Callable[[], None]] = {"bare loop": _bare}
    for content in ALL:
        view = content.view()
        question_type = TYPES[view.type]
        posted = {
            place.field: [place.choices[0].text if place.free else place.choices[0].key]
            for place in question_type.places(view)
        }
        name = f"{view.type} {view.scoring}".strip()
        calls[name] = call_for(view, question_type.parse(view, posted))
    times: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(ROUNDS):
        for name, call in calls.items():
            before = time.process_time()
            call()
            times[name].append(time.process_time() - before)
    medians = {name: statistics.median(values) for name, values in times.items()}
    single = medians["single_choice"]
    bare = medians["bare loop"]
    for name, seconds in medians.items():
        print(
            f"{name:34} {REPEATS / seconds:12,.0f} per second "
            f"{seconds / single:6.2f} × single_choice {seconds / bare:8.1f} × bare"
        )


def _bare() -> None:
    for _ in range(REPEATS):
        _nothing(None, None)


def _nothing(_view: Any, _value: Any) -> None:
    pass


if __name__ == "__main__":
    main()
