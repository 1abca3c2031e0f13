"""Beat: what the schedule asks for, unless it is down."""

from datetime import datetime, timedelta
from typing import Any

from celery.schedules import crontab

from bench.year.messages import Queue
from bench.year.world import START, World
from elearning.celery import app

LONGEST_DOWN = timedelta(days=3)


class Beat:
    """Sends each entry of the schedule when it is due; what was missed, once."""

    def __init__(self, world: World, queue: Queue) -> None:
        self.world, self.queue = world, queue
        self.down_until = START
        self.last_run: dict[str, datetime] = {}

    @property
    def is_up(self) -> bool:
        """Say whether the schedule runs."""
        return self.world.now >= self.down_until

    def go_down(self, time: timedelta) -> None:
        """Stop the schedule for a while."""
        self.down_until = self.world.now + min(time, LONGEST_DOWN)
        self.world.tell("beat", f"down until {self.down_until:%a %H.%M}")

    def tick(self) -> None:
        """Send what is due, if the schedule runs, and deliver what has arrived.

        Takes a minute, in which most messages arrive; some expire soon after.
        """
        if self.is_up:
            for name, entry in sorted(app.conf.beat_schedule.items()):
                if self._is_due(name, entry["schedule"]):
                    self.last_run[name] = self.world.now
                    options = entry.get("options", {})
                    self.queue.send(
                        entry["task"], kwargs=entry.get("kwargs"), **options
                    )
        self.world.wait(seconds=61)
        self.queue.deliver()

    def _is_due(self, name: str, schedule: Any) -> bool:
        last = self.last_run.get(name)
        if last is None:
            return True
        if isinstance(schedule, crontab):
            return schedule.remaining_estimate(last) <= timedelta(0)
        interval = (
            schedule
            if isinstance(schedule, timedelta)
            else timedelta(seconds=float(schedule))
        )
        return self.world.now - last >= interval

    def settle(self) -> None:
        """Bring everything to rest: nothing is lost any more and beat is up.

        Whatever was lost before must be found again by a sweep, because nothing else
        happens here.
        """
        self.down_until = self.world.now
        self.queue.is_reliable = True
        self.queue.hurry()
        for _ in range(4):
            self.world.wait(minutes=61)
            self.tick()
            self.queue.hurry()
            self.queue.deliver()
        self.queue.is_reliable = False
