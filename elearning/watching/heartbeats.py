"""Beat and the workers are there: each minute beat sends a message through each queue.

What arrives proves all three: beat, broker, a worker that is not too far behind. It is
kept in the cache, where it costs nothing and is written anew a minute after a loss.
"""

from datetime import UTC, datetime, timedelta

from django.core.cache import cache

from elearning.queues import QUEUES

# Three messages were lost or late: nobody works off this queue.
SILENT_AFTER = timedelta(minutes=5)
_KEPT = 7 * 24 * 3600


def note_heartbeat(*, queue: str, now: datetime) -> None:
    """Keep that a message of beat came through `queue`."""
    cache.set(_key(queue), now.timestamp(), _KEPT)


def last_heartbeats() -> dict[str, datetime | None]:
    """Return when the last one came through each queue; None for not in a week."""
    kept = cache.get_many([_key(queue) for queue in QUEUES]) or {}
    return {
        queue: datetime.fromtimestamp(at, UTC)
        if (at := kept.get(_key(queue)))
        else None
        for queue in QUEUES
    }


def _key(queue: str) -> str:
    return f"heartbeat:{queue}"
