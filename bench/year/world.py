"""The clock, the chance and the people of the agency, and what is told of them."""

import hashlib
import random
import traceback
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import Unit, User
from courses.models import Course
from lib.refusals import ActionRefused

# A Monday, 00.00 WIB; sixty weeks from here cross a new year.
START = datetime(2026, 3, 1, 17, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
_WIB = ZoneInfo("Asia/Jakarta")
_REMEMBERED = 40_000
_SHOWN = 14
# A verb that is refused so many times and never done is not tried at all.
_OFTEN = 10
_NOT_OURS = ("site-packages", "/lib/python3", "/bench/")


# What was read since something was done last.
_rows: dict[int, User] = {}


def forget_rows() -> None:
    """Read every person anew: something was, or may have been, written."""
    _rows.clear()


# Week, time, what it is about, what happened.
Event = tuple[int, str, str, str]


@dataclass(frozen=True)
class Violation:
    """Something that must not be; `trail` are the last events about the same thing."""

    kind: str
    about: str
    what: str
    week: int
    trail: tuple[str, ...] = ()


@dataclass(eq=False)
class Person:
    """Somebody of the simulation: what she is like, and who she is in the database."""

    number: int
    skill: float
    diligence: float
    is_hostile: bool
    pk: int = 0

    @property
    def name(self) -> str:
        """Return what events call her."""
        return f"p{self.number}"

    @property
    def row(self) -> User:
        """Return her row as it stands now: the same until something is done."""
        if self.pk not in _rows:
            _rows[self.pk] = User.objects.select_related("unit").get(pk=self.pk)
        return _rows[self.pk]


@dataclass
class World:
    """Everything that events share; `chance` is the one source of it."""

    seed: int
    clock: Any
    # Everything happens so many times as often as in a real agency.
    pace: float = 1
    chance: random.Random = field(init=False)
    week: int = 0
    people: list[Person] = field(default_factory=list)
    staff: dict[str, User] = field(default_factory=dict)
    units: list[Unit] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)
    first_courses: int = 0
    # Which questions were enemies from which moment on.
    enemies: list[tuple[datetime, frozenset[frozenset[int]]]] = field(
        default_factory=list
    )
    calls: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)
    violations: list[Violation] = field(default_factory=list)
    log: deque[Event] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))
    _history: Any = field(default_factory=hashlib.sha256)
    _known: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.chance = random.Random(f"{self.seed}/year")
        forget_rows()

    # --- time and chance -------------------------------------------------------------
    @property
    def now(self) -> datetime:
        """Return the moment that everybody lives in."""
        return timezone.now()

    def wait(self, **time: float) -> None:
        """Let time pass."""
        self.clock.move_to(self.now + timedelta(**time))

    def wait_until(self, moment: datetime) -> None:
        """Let time pass up to a moment; one that has passed is now."""
        self.clock.move_to(max(self.now, moment))

    def happens(self, likelihood: float) -> bool:
        """Throw the dice."""
        return self.chance.random() < likelihood

    def new_uuid(self) -> UUID:
        """Return a key by chance."""
        return UUID(int=self.chance.getrandbits(128), version=4)

    def today(self) -> date:
        """Return the day in Jakarta."""
        return (self.now + timedelta(hours=7)).date()

    # --- what happens ----------------------------------------------------------------
    def do(self, about: str, verb: Callable[..., Any], **arguments: Any) -> Any:
        """Call a verb of the product; None where a rule refuses it.

        Whatever is no refusal is a violation: the product has no other answers.
        """
        name = getattr(verb, "__name__", str(verb))
        self.calls[name] += 1
        try:
            result = verb(**arguments)
        except ActionRefused as refusal:
            self.refused[f"{name}: {refusal.code}"] += 1
            self.tell(about, f"{name} refused ({refusal.code})")
            return None
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            self.tell(about, f"{name} raised {type(error).__name__}")
            self.violate("unexpected exception", f"{name}: {where(error)}", about)
            return None
        finally:
            forget_rows()
        self.done[name] += 1
        self.tell(about, name)
        return result

    def tell(self, about: str, what: str) -> None:
        """Put an event into the history; it must be the same on every database."""
        at = f"{self.now.astimezone(_WIB):%a %d %b %H.%M}"
        self.log.append((self.week, at, about, what))
        self._history.update(f"{self.week} {at} {about}: {what}".encode())

    @property
    def history(self) -> str:
        """Return what tells two histories apart."""
        digest: str = self._history.hexdigest()[:16]
        return digest

    # --- what must not be ------------------------------------------------------------
    def check(self, name: str, count: int = 1) -> None:
        """Count comparisons."""
        self.checks[name] += count

    def judge_calls(self) -> None:
        """Take down every verb that was always refused: it was not tried at all.

        A verb that comes up a few times in a year may well be refused each time.
        """
        refused: Counter[str] = Counter()
        for said, times in self.refused.items():
            refused[said.partition(":")[0]] += times
        for name in sorted(refused):
            if not self.done[name] and refused[name] >= _OFTEN:
                self.violate("a verb never succeeded", name, name)

    def violate(self, kind: str, what: str, about: str) -> None:
        """Take a violation down, once for the same thing."""
        if (kind, f"{about} {what}") in self._known:
            return
        self._known.add((kind, f"{about} {what}"))
        trail = self._trail(set(about.split()))
        self.violations.append(Violation(kind, about, what, self.week, trail))

    def _trail(self, names: set[str]) -> tuple[str, ...]:
        """Return the last events about all of this, and those of its course alone."""
        courses = names & {course.key for course in self.courses}
        lines: list[str] = []
        for week, at, about, what in self.log:
            told = about.split()
            if not names <= set(told) and not courses & set(told[:1]):
                continue
            line = f"{week} {at} {about}: {what}"
            if (
                lines
                and what == "save_response"
                and lines[-1].endswith("save_response")
            ):
                lines[-1] = line
            else:
                lines.append(line)
        return tuple(lines[-_SHOWN:])


def where(error: BaseException) -> str:
    """Return an error in one line, with the place in our code it came from."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if not any(part in frame.filename for part in _NOT_OURS)
    ]
    place = ""
    if frames:
        place = f" at {frames[-1].filename.rpartition('/')[2]}:{frames[-1].name}"
    said = (str(error).splitlines() or [""])[0][:120]
    return f"{type(error).__name__}{place}: {said}"
