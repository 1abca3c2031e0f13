"""The queue: messages are caught, and arrive late, twice, in any order, or never."""

import heapq
import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

from bench.year.world import World, forget_rows, where
from elearning.celery import app

LOST, DOUBLED = 0.08, 0.15
# (likelihood, longest delay): most messages are quick, a few are days late.
_DELAYS = (
    (0.65, timedelta(minutes=1)),
    (0.2, timedelta(hours=1)),
    (0.1, timedelta(hours=20)),
    (0.05, timedelta(days=2)),
)


@dataclass(order=True)
class Message:
    """A message under way; `number` keeps the order where times are equal."""

    due_at: datetime
    number: int
    name: str = field(compare=False)
    body: str = field(compare=False)
    expires_at: datetime | None = field(default=None, compare=False)


class Queue:
    """Takes what the product sends, and calls its tasks when messages arrive."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chance = random.Random(f"{world.seed}/queue")
        self.waiting: list[Message] = []
        self.is_reliable = False
        self.sent = self.number = 0
        self.lost = 0

    @contextmanager
    def caught(self) -> Iterator[None]:
        """Catch everything that is sent to the broker."""
        app.loader.import_default_modules()
        with mock.patch.object(app, "send_task", self.send):
            yield

    def send(
        self, name: str, args: Any = None, kwargs: Any = None, **options: Any
    ) -> None:
        """Take a message as Celery would; arguments must be plain JSON."""
        if args:
            raise AssertionError(f"{name} is queued with positional arguments.")
        body = json.dumps(kwargs or {}, sort_keys=True)
        self.sent += 1
        if self.is_reliable:
            self._put(name, body, timedelta(0), options)
            return
        if self.chance.random() < LOST:
            self.lost += 1
            return
        for _ in range(1 + (self.chance.random() < DOUBLED)):
            self._put(name, body, self._delay(), options)

    def deliver(self) -> int:
        """Run what has arrived by now, and what that sends if it arrives at once."""
        done = 0
        while self.waiting and self.waiting[0].due_at <= self.world.now:
            message = heapq.heappop(self.waiting)
            if message.expires_at and message.expires_at < self.world.now:
                continue
            self._run(message)
            done += 1
        return done

    def hurry(self) -> None:
        """Let everything that is under way arrive now."""
        for message in self.waiting:
            message.due_at = min(message.due_at, self.world.now)
        heapq.heapify(self.waiting)

    def _put(
        self, name: str, body: str, delay: timedelta, options: dict[str, Any]
    ) -> None:
        self.number += 1
        due_at = self.world.now + delay
        expires = options.get("expires")
        expires_at = None
        if isinstance(expires, datetime):
            expires_at = expires
        elif expires is not None:
            expires_at = self.world.now + timedelta(seconds=float(expires))
        heapq.heappush(
            self.waiting, Message(due_at, self.number, name, body, expires_at)
        )

    def _delay(self) -> timedelta:
        dice = self.chance.random()
        for likelihood, longest in _DELAYS:
            if dice < likelihood:
                return longest * self.chance.random()
            dice -= likelihood
        return timedelta(0)

    def _run(self, message: Message) -> None:
        self.world.calls[message.name] += 1
        try:
            app.tasks[message.name](**json.loads(message.body))
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            kind = "a background task failed"
            self.world.violate(kind, where(error), message.name)
        finally:
            forget_rows()
