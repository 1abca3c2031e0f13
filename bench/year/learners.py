"""What learners do on a day: learn, sit a quiz, practise, look at their pages."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bench.year import phones
from bench.year.phones import Sitting
from bench.year.world import Person, World
from courses import actions as courses_actions
from courses.models import Course, Enrollment
from courses.selectors.facts import done_lesson_keys
from courses.selectors.fetching import find_active_enrollment
from quizzes import actions as quizzes_actions
from quizzes.models import (
    Attempt,
    FollowUpItem,
    PracticeResponse,
    QuestionVersion,
    Quiz,
    RepairNotice,
    ReviewCard,
)
from quizzes.practice.events import practice_versions
from quizzes.practice.queue import ReviewDay

# Of the papers that may be asked for, the first few questions are answered at once.
_IN_ONE_GO = 0.75


@dataclass
class Learners:
    """The sittings that are under way, and the browsers of those who have one."""

    world: World
    sittings: dict[int, list[Sitting]] = field(default_factory=dict)
    _clients: dict[int, Client] = field(default_factory=dict)

    def learn_a_little(self, person: Person) -> None:
        """Let a person do one thing, or go on with what she began."""
        row = person.row
        if not row.is_active:
            return
        mine = [
            one for one in self.sittings.get(person.number, []) if not one.is_closed
        ]
        if mine and self.world.happens(0.8):
            self.go_on(self.world.chance.choice(mine))
        elif self.world.happens(0.25):
            self._practise(person)
        else:
            self._go_on_with_course(
                person, self.world.chance.choice(self.world.courses)
            )

    def catch_up(self) -> None:
        """Let devices that found a line again send what waits on them."""
        for number in sorted(self.sittings):
            for sitting in self.sittings[number]:
                phones.catch_up(self.world, sitting)
            left = [one for one in self.sittings[number] if not one.is_quiet]
            self.sittings[number] = left

    # --- courses ---------------------------------------------------------------------
    def _go_on_with_course(self, person: Person, course: Course) -> None:
        row = person.row
        place = find_active_enrollment(row, course.key)
        course.refresh_from_db()
        if place is None:
            if self.world.happens(0.6):
                self._enroll(person, course)
            return
        is_old = place.cycle < course.cycle
        # From the page of a finished course, or from a tab that was open all along.
        if is_old and self.world.happens(0.3 if place.completed_at else 0.04):
            self._enroll(person, course)
            return
        if place.completed_at and self.world.happens(0.8):
            self._practise(person)
            return
        self._go_on(person, place)

    def _enroll(self, person: Person, course: Course) -> None:
        self.world.do(
            f"{person.name} {course.key}",
            courses_actions.enroll,
            course_id=course.pk,
            person=person.row,
            by=person.row,
            now=self.world.now,
        )

    def _go_on(self, person: Person, place: Enrollment) -> None:
        lessons = place.version.lessons.order_by("sequence")
        done = done_lesson_keys(place)
        left = [one for one in lessons if one.key not in done]
        attempts = Attempt.objects.filter(enrollment=place)
        if not attempts.filter(quiz_key="pretest").exists() and (
            self.world.happens(0.75 if not done else 0.1)
        ):
            self._start(person, place, "pretest")
        elif left and self.world.happens(0.85):
            for one in left[: self.world.chance.randrange(1, 3)]:
                self._read(person, place, one.key)
        elif self.world.happens(0.9):
            self._start(person, place, "posttest")
        else:
            self.look(person, reverse("courses:course_detail", args=[place.course.key]))

    def _read(self, person: Person, place: Enrollment, key: str) -> None:
        self.world.wait(minutes=4)
        self.world.do(
            f"{person.name} {place.course.key} cycle {place.cycle} {key}",
            courses_actions.complete_lesson,
            enrollment_id=place.pk,
            lesson_key=key,
            by=person.row,
            now=self.world.now,
        )

    # --- quizzes ---------------------------------------------------------------------
    def _start(self, person: Person, place: Enrollment, quiz_key: str) -> None:
        quiz = Quiz.objects.of_version(place.version_id).get(key=quiz_key)
        about = f"{person.name} {place.course.key} cycle {place.cycle} {quiz_key}"
        attempt = self.world.do(
            about,
            quizzes_actions.start_attempt,
            quiz_id=quiz.pk,
            enrollment_id=place.pk,
            by=person.row,
            now=self.world.now,
            seed=self.world.chance.getrandbits(60),
        )
        if attempt is None:
            return
        mine = self.sittings.setdefault(person.number, [])
        known = [one for one in mine if one.attempt_id == attempt.pk]
        sitting = (
            known[0] if known else phones.begin(self.world, person, attempt, about)
        )
        if not known:
            mine.append(sitting)
        self.go_on(sitting)

    def go_on(self, sitting: Sitting) -> None:
        """Answer and hand in, or put the phone away."""
        world = self.world
        attempt = Attempt.objects.get(pk=sitting.attempt_id)
        if attempt.state != Attempt.State.IN_PROGRESS:
            self._look_at_what_ended(sitting)
            return
        is_whole = world.happens(_IN_ONE_GO)
        most = len(sitting.left) if is_whole else world.chance.randrange(1, 4)
        if sitting.person.is_hostile:
            most = world.chance.randrange(0, 2)
        phones.answer_some(world, sitting, most)
        if is_whole or not sitting.left:
            self._hand_in(sitting)

    def _hand_in(self, sitting: Sitting) -> None:
        world = self.world
        world.wait(seconds=20)
        if world.happens(0.9):
            phones.send_waiting(world, sitting, sitting.devices[0])
        device = sitting.devices[0]
        submitted = world.do(
            sitting.about,
            quizzes_actions.submit_attempt,
            attempt_id=sitting.attempt_id,
            by=sitting.person.row,
            now=world.now,
            named={device.key: device.last},
            waits_for_log=world.happens(0.8),
        )
        if submitted is None or submitted.state != Attempt.State.SUBMITTED:
            return
        sitting.is_closed = True
        if sitting.person.is_hostile:
            for _ in range(2):
                self.see_result(sitting)
                world.wait(minutes=2)
                phones.lie(world, sitting)
        elif world.happens(0.8):
            self.see_result(sitting)

    def _look_at_what_ended(self, sitting: Sitting) -> None:
        """Come back after the deadline: wait for what is under way, or do not."""
        world = self.world
        self.see_result(sitting)
        if world.happens(0.5):
            world.do(
                sitting.about,
                quizzes_actions.mark_closed_attempt,
                attempt_id=sitting.attempt_id,
                by=sitting.person.row,
                now=world.now,
            )
        state = Attempt.objects.values_list("state", flat=True)
        marked = state.get(pk=sitting.attempt_id) == Attempt.State.SUBMITTED
        sitting.is_closed = marked

    def see_result(self, sitting: Sitting) -> None:
        """Open the page of the result."""
        attempt = Attempt.objects.get(pk=sitting.attempt_id)
        page = reverse("quizzes:attempt_result", args=[attempt.key])
        self.look(sitting.person, page, what="result")

    # --- Ulangan ---------------------------------------------------------------------
    def _practise(self, person: Person) -> None:
        world, row = self.world, person.row
        for notice in RepairNotice.objects.filter(person=row, read_at=None).order_by(
            "pk"
        )[:1]:
            self.look(person, reverse("home"), what="home")
            world.do(
                f"{person.name} notice",
                quizzes_actions.read_notice,
                notice_id=notice.pk,
                now=world.now,
            )
        day = ReviewDay.of(row, world.now)
        items: list[FollowUpItem] = list(day.items()[:3])
        for item in items:
            world.do(
                f"{person.name} follow-up",
                quizzes_actions.answer_follow_up,
                item_id=item.pk,
                fields=self._practice_answer(person, item.question_version),
                by=row,
                now=world.now,
            )
        cards: list[ReviewCard] = [] if items else list(day.cards()[:3])
        for card in cards:
            version = card.question.versions.filter(state="ready").order_by("-number")[
                0
            ]
            world.wait(seconds=30)
            world.do(
                f"{person.name} card {card.question.key}",
                quizzes_actions.answer_review,
                card_id=card.pk,
                fields=self._practice_answer(person, version),
                token=world.new_uuid(),
                by=row,
                now=world.now,
            )
        if not items and not cards:
            self._try_check(person)

    def _try_check(self, person: Person) -> None:
        """Answer a practice question of a lesson."""
        course = self.world.chance.choice(self.world.courses)
        versions = list(practice_versions(course).order_by("pk"))
        version = self.world.chance.choice(versions)
        said = PracticeResponse.objects.filter(
            person=person.pk, question=version.question_id
        )
        if said.exists():
            return
        self.world.do(
            f"{person.name} check {version.question.key}",
            quizzes_actions.answer_practice,
            version=version,
            person=person.row,
            fields=self._practice_answer(person, version),
            token=self.world.new_uuid(),
            now=self.world.now,
        )

    def _practice_answer(
        self, person: Person, version: QuestionVersion
    ) -> phones.Fields:
        is_right = self.world.happens(person.skill)
        return phones.answer_to(self.world, version, is_right=is_right)

    # --- pages -----------------------------------------------------------------------
    def look(self, person: Person, address: str, *, what: str = "page") -> bool:
        """Open a page as this person; say whether it was there."""
        return self.status_of(person.row, address, f"{person.name} {what}") == 200

    def status_of(self, row: User, address: str, about: str) -> int | None:
        """Open a page in somebody's browser; None where it broke, which is told."""
        client = self._clients.get(row.pk)
        if client is None:
            client = self._clients[row.pk] = Client()
            client.force_login(row, backend=settings.AUTHENTICATION_BACKENDS[0])
        response = self.world.do(about, _get, client=client, address=address)
        if response is not None and response.status_code == 302:
            # The session has ended.
            client.force_login(row, backend=settings.AUTHENTICATION_BACKENDS[0])
            response = self.world.do(about, _get, client=client, address=address)
        return None if response is None else int(response.status_code)


def _get(*, client: Client, address: str) -> Any:
    return client.get(address)
