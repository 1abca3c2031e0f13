"""The phones: what people say in an attempt, and when it reaches the server.

A device keeps its own log and sends from it, at once or days later, twice or once.
Whoever hands in names what her devices had in their log (as far as the device that
hands in knows). A hostile phone lies after handing in: it claims early moments, from
its own device and from new ones, and looks at the result after each guess.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from bench.year.world import Person, World
from quizzes import actions as quizzes_actions
from quizzes.models import Attempt, AttemptItem, QuestionVersion
from quizzes.taking.reading_saves import SaidAnswer
from quizzes.taking.tokens import Bearer

Fields = Mapping[str, Sequence[str]]
_GIVEN_UP = timedelta(days=9)


@dataclass
class Said:
    """A line of a device's log."""

    sequence: int
    position: int
    fields: Fields
    flagged: bool
    offset: timedelta


@dataclass
class Device:
    """A phone or a laptop with its log; `waiting` has not reached the server."""

    key: UUID
    last: int = 0
    waiting: list[Said] = field(default_factory=list)


@dataclass
class Sitting:
    """An attempt as the person lives it."""

    person: Person
    attempt_id: int
    bearer: Bearer
    about: str
    started_at: datetime
    devices: list[Device]
    left: list[AttemptItem]
    is_closed: bool = False

    @property
    def is_quiet(self) -> bool:
        """Say whether no device has anything left to say."""
        return self.is_closed and not any(one.waiting for one in self.devices)


def begin(world: World, person: Person, attempt: Attempt, about: str) -> Sitting:
    """Open the paper on one device, or on two."""
    items = attempt.items.select_related("question_version").prefetch_related(
        "question_version__options"
    )
    count = 1 + world.happens(0.15)
    sitting = Sitting(
        person=person,
        attempt_id=attempt.pk,
        bearer=Bearer(attempt.key, attempt.person_id),
        about=about,
        started_at=attempt.started_at,
        devices=[Device(world.new_uuid()) for _ in range(count)],
        left=list(items.order_by("position")),
    )
    for device in sitting.devices:
        if world.happens(0.9):
            world.do(
                f"{about} device {str(device.key)[:4]}",
                quizzes_actions.note_visit,
                attempt_id=attempt.pk,
                device=device.key,
                now=world.now,
            )
    return sitting


def answer_some(world: World, sitting: Sitting, most: int) -> None:
    """Answer the next questions; some twice, some only marked as unsure."""
    for _ in range(min(most, len(sitting.left))):
        item = sitting.left.pop(0)
        for _again in range(1 + world.happens(0.1)):
            world.wait(seconds=world.chance.randrange(8, 50))
            device = world.chance.choice(sitting.devices)
            is_right = world.happens(sitting.person.skill)
            fields = answer_to(world, item.question_version, is_right=is_right)
            say(world, sitting, device, item.position, fields)


def say(
    world: World, sitting: Sitting, device: Device, position: int, fields: Fields
) -> None:
    """Write a line into the device's log, and send it where the line holds."""
    device.last += 1
    said = Said(
        sequence=device.last,
        position=position,
        fields=fields,
        flagged=world.happens(0.1),
        offset=world.now - sitting.started_at,
    )
    device.waiting.append(said)
    if world.happens(0.85):
        send_waiting(world, sitting, device)


def send_waiting(world: World, sitting: Sitting, device: Device) -> None:
    """Send what has not been sent; what gets no answer is sent again later."""
    if len(device.waiting) > 1 and world.happens(0.7):
        _send_whole(world, sitting, device)
        return
    left: list[Said] = []
    sent: list[Said] = []
    for said in device.waiting:
        # The oldest first: where the line breaks, the rest waits.
        if (left and left[-1] not in sent) or world.happens(0.03):
            left.append(said)
            continue
        sent.append(said)
        send(world, sitting, device.key, said)
        if world.happens(0.15):
            left.append(said)
    device.waiting = left


def send(world: World, sitting: Sitting, device: UUID, said: Said) -> None:
    """Let the server take a line."""
    world.do(
        f"{sitting.about} device {str(device)[:4]}/{said.sequence}",
        quizzes_actions.save_response,
        attempt_id=sitting.attempt_id,
        said=_answer(device, said),
        now=world.now,
    )


def _answer(device: UUID, said: Said) -> SaidAnswer:
    return SaidAnswer(
        position=said.position,
        fields=said.fields,
        flagged=said.flagged,
        device=device,
        sequence=said.sequence,
        offset=said.offset,
    )


def _send_whole(world: World, sitting: Sitting, device: Device) -> None:
    """Send all that waits in one request, in any order; the reply may get lost."""
    said = world.chance.sample(device.waiting, len(device.waiting))
    world.do(
        f"{sitting.about} device {str(device.key)[:4]} {len(said)} at once",
        quizzes_actions.save_responses,
        bearer=sitting.bearer,
        said=[_answer(device.key, one) for one in said],
        device=device.key,
        now=world.now,
    )
    if world.happens(0.9):
        device.waiting = []


def catch_up(world: World, sitting: Sitting) -> None:
    """Send what waits on any device, if it has a line now; phones get lost."""
    for device in sitting.devices:
        if device.waiting and world.happens(0.3):
            send_waiting(world, sitting, device)
    if world.now - sitting.started_at > _GIVEN_UP:
        for device in sitting.devices:
            device.waiting = []


def lie(world: World, sitting: Sitting) -> None:
    """Guess after handing in, each guess said to come from early in the attempt."""
    items = list(
        AttemptItem.objects.filter(attempt=sitting.attempt_id)
        .select_related("question_version")
        .prefetch_related("question_version__options")
        .order_by("position")
    )
    device = Device(world.new_uuid())
    for item in items:
        device.last += 1
        said = Said(
            sequence=device.last,
            position=item.position,
            fields=answer_to(world, item.question_version, is_right=True),
            flagged=False,
            offset=timedelta(seconds=5 * device.last),
        )
        send(world, sitting, device.key, said)


# --- answers ------------------------------------------------------------------------
def answer_to(world: World, version: QuestionVersion, *, is_right: bool) -> Fields:
    """Return a form: right by the wording's own key, or wrong, partly wrong, blank."""
    options = list(version.options.all())
    right = [option.key for option in options if option.fraction == 1]
    wrong = [option.key for option in options if option.fraction != 1]
    if not is_right and world.happens(0.1):
        return {}
    if version.type == "single_choice":
        return {"answer": [right[0] if is_right else world.chance.choice(wrong)]}
    if version.type == "true_false_set":
        return _judged(world, [(o.key, o.fraction == 1) for o in options], is_right)
    if version.type == "multiple_response":
        chosen = list(right)
        if not is_right:
            chosen = [key for key in [*right, *wrong] if world.happens(0.6)]
        return {"answer": chosen}
    texts = ("sandi",) if version.type == "short_text" else ("12", "12 hari")
    others = ("kunci", "pintu") if version.type == "short_text" else ("13", "99", "abc")
    return {"answer": [world.chance.choice(texts if is_right else others)]}


def _judged(world: World, statements: list[tuple[str, bool]], is_right: bool) -> Fields:
    fields = {}
    for key, is_true in statements:
        said = is_true if is_right or world.happens(0.5) else not is_true
        fields[f"answer-{key}"] = ["benar" if said else "salah"]
    return fields
