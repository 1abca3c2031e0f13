"""How many messages wait in each queue, asked of the broker itself."""

from typing import Any

from kombu.exceptions import ChannelError, OperationalError

from elearning.celery import app
from elearning.queues import QUEUES


def queue_lengths() -> dict[str, int] | None:
    """Return the messages that wait in each queue, None while the broker is away.

    One connection, one second, no second try.
    """
    try:
        with app.connection_for_read(connect_timeout=1) as connection:
            connection.ensure_connection(max_retries=0)
            channel = connection.default_channel
            return {queue: _length(channel, queue) for queue in QUEUES}
    except (OSError, OperationalError):
        return None


def _length(channel: Any, queue: str) -> int:
    try:
        return int(channel.queue_declare(queue, passive=True).message_count)
    except ChannelError:
        # A queue that is empty is not there.
        return 0
