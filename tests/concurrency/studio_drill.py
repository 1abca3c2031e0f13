"""A course that an author writes while five people take it, made ready anew each round.

`AUTHOR_VERBS` and `LEARNER_VERBS` are everything that either side can do. A verb makes
ready what it needs and returns the call to make.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

from courses import actions as courses_actions
from courses.models import (
    Course,
    CourseGrade,
    CourseVersion,
    Enrollment,
    GradeEntry,
    JpEntry,
    LessonCompletion,
    NewPartReading,
    UnitCourseRollup,
)
from courses.selectors.content import lesson_content
from quizzes import actions as quizzes_actions
from quizzes.bank.composition import compositions_of
from quizzes.bank.stored import content_of
from quizzes.definition.conditions import ConditionContent
from quizzes.definition.rules import rules_content
from quizzes.exchange.banks import plan_import
from quizzes.exchange.formats import FORMATS
from quizzes.models import (
    Attempt,
    AttemptItem,
    FollowUp,
    FollowUpItem,
    ItemStatistics,
    PracticeResponse,
    Question,
    QuestionBank,
    QuestionVersion,
    Quiz,
    QuizStatistics,
    Repair,
    ResponseSave,
    ReviewCard,
    ReviewMiss,
)
from quizzes.questions.composition import Composition, Expected
from quizzes.taking.reading_saves import SaidAnswer
from studio import actions
from studio.actions import LessonDraft
from studio.drafts.fingerprints import lesson_fingerprint
from studio.fetching import draft_of
from studio.publishing.readiness import draft_fingerprint
from studio.questions.bulk import RESTORE, RETIRE, TAG, UNTAG, Wanted
from tests.concurrency.file_verbs import FILE_VERBS
from tests.concurrency.review_verbs import REVIEW_VERBS, make_something_new
from tests.concurrency.sharing_verbs import SHARING_VERBS
from tests.concurrency.structure_verbs import STRUCTURE_VERBS
from tests.factories import World, enroll, make_person, make_world
from tests.studio.course_folders import LESSON, bank, sound_files, write_folder

Call = Callable[[], Any]
LEARNERS = 5
# What people leave behind in a round, each before what it refers to.
_TRACES = (
    PracticeResponse,
    ReviewCard,
    ReviewMiss,
    FollowUpItem,
    FollowUp,
    ResponseSave,
    AttemptItem,
    Attempt,
    ItemStatistics,
    QuizStatistics,
    Repair,
    JpEntry,
    GradeEntry,
    LessonCompletion,
    NewPartReading,
    UnitCourseRollup,
)


@dataclass
class Drill:
    """The course, its author and its learners. `number` counts the rounds."""

    folder: Path
    now: datetime
    number: int = 0
    world: World = field(init=False)
    course: Course = field(init=False)
    places: list[Enrollment] = field(init=False)

    def __post_init__(self) -> None:
        files = sound_files() | {"questions/practice.yaml": bank("cek-1", "cek-2")}
        write_folder(self.folder, files)
        self.world = make_world(now=self.now)
        self.author = self.world.people["author"]
        self.course = self._load().course
        people = [
            make_person(unit=self.world.section, now=self.now) for _ in range(LEARNERS)
        ]
        self.places = [
            enroll(course=self.course, person=person, now=self.now) for person in people
        ]

    def _load(self) -> actions.LoadResult:
        return actions.load_folder(
            self.folder,
            unit=self.world.agency,
            by=None,
            now=self.now,
            unchecked=True,
        )

    def next_round(self) -> None:
        """Forget what was done; all are back, on the version that is published."""
        self.number += 1
        for model in _TRACES:
            model._default_manager.all()._raw_delete("default")
        Question.objects.filter(state="retired").update(state="ready")
        self.course = Course.objects.select_related("current_version").get(
            pk=self.course.pk
        )
        Enrollment.objects.update(
            version=self.course.current_version,
            cycle=self.course.cycle,
            state="active",
            progress=0,
            completed_at=None,
            completed_version=None,
            completion_rule=None,
            final_percent=None,
        )
        self.places = list(Enrollment.objects.select_related("person").order_by("pk"))

    # --- what an author does -------------------------------------------------------
    def open_draft(self) -> Call:
        self._discard()
        return self._open

    def discard_draft(self) -> Call:
        self.save_question()()
        return self._discard

    def save_lesson(self) -> Call:
        lesson = self.draft().lessons.prefetch_related("parts").get(key="satu")
        text = "\n\n".join(part.source for part in lesson.parts.all())
        written = LessonDraft(
            title=f"Pelajaran ke-{self.number}",
            summary=lesson.summary,
            minutes=lesson.minutes,
            is_required=lesson.is_required,
            text=text,
        )
        base = lesson_fingerprint(lesson_content(lesson))
        return lambda: actions.save_lesson(
            lesson_id=lesson.pk, base=base, draft=written, by=self.author, now=self.now
        )

    def save_question(self) -> Call:
        self.draft()
        newest = self._newest("cek-2")
        content = replace(content_of(newest), stem=f"Pertanyaan {self.number}?")
        return lambda: actions.save_question(
            bank=newest.question.bank,
            content=content,
            base=newest.content_hash,
            by=self.author,
            now=self.now,
        )

    def compose_question(self) -> Call:
        """Two of three questions become enemies, and cease to be in the next round."""
        question = Question.objects.select_related("bank").get(key="post-1")
        base = compositions_of(question.bank)[question.key]
        enemies = () if base.enemies else ("post-2",)
        composition = Composition(Expected(self.number % 50, 80), enemies)
        return lambda: actions.compose_question(
            question_id=question.pk,
            composition=composition,
            base=base,
            by=self.author,
            now=self.now,
        )

    def retire_question(self) -> Call:
        self.change_questions(RESTORE)()
        question = self._newest("cek-2").question
        return lambda: actions.retire_question(
            question_id=question.pk, by=self.author, now=self.now
        )

    def change_questions(self, command: str) -> Call:
        self.draft()
        undo = {TAG: UNTAG, UNTAG: TAG, RETIRE: RESTORE, RESTORE: RETIRE}[command]
        self._change(undo)
        return lambda: self._change(command)

    def _change(self, command: str) -> actions.BulkOutcome:
        ids = Question.objects.values_list("pk", flat=True)
        return actions.change_questions(
            course=self.course,
            command=command,
            wanted=Wanted(tag="latihan"),
            question_ids=list(ids),
            by=self.author,
            now=self.now,
        )

    def import_questions(self) -> Call:
        self.draft()
        chosen = QuestionBank.objects.get(course=self.course, use="practice")
        written = f"// [id:cek-2]\nSoal ke-{self.number}?{{=a#ya ~b#bukan}}\n"
        reading = FORMATS["gift"].read(written.encode())
        confirmed = plan_import(chosen, reading).digest
        return lambda: actions.import_questions(
            bank=chosen,
            reading=reading,
            confirmed=confirmed,
            only_good=False,
            by=self.author,
            now=self.now,
        )

    def load_folder(self) -> Call:
        said = LESSON.format(key="satu", minutes=15)
        said = said.replace("Isi pelajaran", f"Isi pelajaran {self.number}")
        write_folder(self.folder, {"lessons/01-satu.md": said})
        return self._load

    def publish(self, change: str) -> Call:
        draft = self.draft()
        seen = draft_fingerprint(self.course, draft)
        return lambda: actions.publish_course(
            course=self.course,
            change=change,
            seen=seen,
            by=self.author,
            now=self.now,
            despite_faults=True,
        )

    def repair_question(self) -> Call:
        version = self._newest("pre-1")
        return lambda: quizzes_actions.repair_question(
            version=version,
            kind="all_right",
            correction=None,
            reason="Keliru",
            by=self.author,
            now=self.now,
        )

    def set_quiz_rules(self) -> Call:
        draft = self.draft()
        rules = replace(rules_content(self._quiz("posttest")), cooldown_seconds=3600)
        if self.number % 2:
            rules = replace(rules, cooldown_seconds=7200)
        return lambda: quizzes_actions.set_quiz_rules(
            version=draft, key="posttest", rules=rules, by=self.author, now=self.now
        )

    def set_condition(self) -> Call:
        closes = self.now + timedelta(days=self.number)
        return lambda: quizzes_actions.set_condition(
            course=self.course,
            quiz_key="pretest",
            content=ConditionContent(closes_at=closes),
            by=self.author,
            now=self.now,
        )

    def ask_for_statistics(self) -> Call:
        return lambda: quizzes_actions.ask_for_statistics(
            course_id=self.course.pk,
            quiz_key="pretest",
            selection="first",
            now=self.now,
        )

    def _open(self) -> CourseVersion:
        return actions.open_draft(course=self.course, by=self.author, now=self.now)

    def _discard(self) -> None:
        actions.discard_draft(course=self.course, by=self.author, now=self.now)

    def fresh_draft(self) -> CourseVersion:
        """Return a draft that says what is published."""
        self._discard()
        return self._open()

    def draft(self) -> CourseVersion:
        return draft_of(self.course) or self._open()

    def _newest(self, key: str, **which: str) -> QuestionVersion:
        versions = QuestionVersion.objects.filter(question__key=key, **which)
        found = versions.select_related("question__bank__course")
        return found.order_by("-number")[0]

    def _quiz(self, key: str) -> Quiz:
        return Quiz.objects.of_version(self.course.current_version_id).get(key=key)

    # --- what learners do ----------------------------------------------------------
    def complete_lesson(self, place: Enrollment, key: str = "satu") -> Call:
        return lambda: courses_actions.complete_lesson(
            enrollment_id=place.pk, lesson_key=key, by=place.person, now=self.now
        )

    def finish_course(self, place: Enrollment) -> Call:
        LessonCompletion.objects.create(
            enrollment=place,
            lesson_key="satu",
            version_id=place.version_id,
            completed_at=self.now,
        )
        for item in self.course.current_version.grade_items.all():
            GradeEntry.objects.create(
                enrollment=place,
                grade_item=item,
                item_key=item.key,
                source=f"quiz:{item.key}",
                revision=1,
                points=Decimal(2),
                max_points=Decimal(2),
                percent=100,
                recorded_at=self.now,
            )
        return self.complete_lesson(place, "dua")

    def start_attempt(self, place: Enrollment) -> Call:
        quiz = self._quiz("pretest")
        return lambda: quizzes_actions.start_attempt(
            quiz_id=quiz.pk,
            enrollment_id=place.pk,
            by=place.person,
            now=self.now,
            seed=self.number,
        )

    def save_response(self, place: Enrollment) -> Call:
        attempt = self._attempt(place)
        said = SaidAnswer(
            position=1,
            fields={"answer": ["b"]},
            flagged=False,
            device=uuid4(),
            sequence=1,
        )
        return lambda: quizzes_actions.save_response(
            attempt_id=attempt.pk, said=said, now=self.now
        )

    def submit_attempt(self, place: Enrollment) -> Call:
        attempt = self._attempt(place)
        return lambda: quizzes_actions.submit_attempt(
            attempt_id=attempt.pk, by=place.person, now=self.now
        )

    def answer_practice(self, place: Enrollment) -> Call:
        version = self._asked()
        fields = _answer(version)
        return lambda: quizzes_actions.answer_practice(
            version=version,
            person=place.person,
            fields=fields,
            token=uuid4(),
            now=self.now,
        )

    def answer_review(self, place: Enrollment) -> Call:
        self.answer_practice(place)()
        card = ReviewCard.objects.get(person=place.person)
        fields = _answer(self._asked())
        return lambda: quizzes_actions.answer_review(
            card_id=card.pk,
            fields=fields,
            token=uuid4(),
            by=place.person,
            now=self.now,
        )

    def answer_follow_up(self, place: Enrollment) -> Call:
        follow_up = FollowUp.objects.create(
            person=place.person,
            enrollment=place,
            day=30,
            due_at=self.now,
            closes_at=self.now + timedelta(days=7),
        )
        asked = self._asked()
        fields = _answer(asked)
        item = FollowUpItem.objects.create(
            follow_up=follow_up, position=1, question_version=asked
        )
        return lambda: quizzes_actions.answer_follow_up(
            item_id=item.pk, fields=fields, by=place.person, now=self.now
        )

    def read_new_parts(self, place: Enrollment) -> Call:
        part_id = make_something_new(self, place)
        return lambda: courses_actions.read_new_parts(
            enrollment_id=place.pk, part_ids=[part_id], by=place.person, now=self.now
        )

    def enroll(self, place: Enrollment) -> Call:
        person = place.person
        CourseGrade.objects.filter(enrollment=place)._raw_delete("default")
        place.delete()
        return lambda: enroll(course=self.course, person=person, now=self.now)

    def withdraw(self, place: Enrollment) -> Call:
        return lambda: courses_actions.withdraw(
            enrollment_id=place.pk, by=place.person, now=self.now
        )

    def _attempt(self, place: Enrollment) -> Attempt:
        """Return what `start_attempt` would make, in two queries."""
        quiz = self._quiz("pretest")
        attempt = Attempt.objects.create(
            person=place.person,
            enrollment=place,
            quiz=quiz,
            quiz_key=quiz.key,
            number=1,
            seed=1,
            started_at=self.now,
            max_points=2,
        )
        AttemptItem.objects.bulk_create(
            AttemptItem(
                attempt=attempt,
                position=position,
                slot_key=key,
                question_version=self._newest(key, state="ready"),
                option_order=["a", "b"],
                max_points=1,
            )
            for position, key in enumerate(("pre-1", "pre-2"), 1)
        )
        return attempt

    def _asked(self) -> QuestionVersion:
        """Return the published wording of the question that Studio works on."""
        return self._newest("cek-2", state="ready")


def _answer(version: QuestionVersion) -> dict[str, list[str]]:
    """Return a form that chooses an option; an import names its options anew."""
    return {"answer": [version.options.order_by("position")[0].key]}


# Every verb of Studio by name, also those that it takes from quizzes. A folder is not
# loaded over what Studio has published, so it comes first.
AUTHOR_VERBS: dict[str, Callable[[Drill], Call]] = {
    "load_folder": Drill.load_folder,
    "open_draft": Drill.open_draft,
    "discard_draft": Drill.discard_draft,
    "save_lesson": Drill.save_lesson,
    "save_question": Drill.save_question,
    "compose_question": Drill.compose_question,
    "retire_question": Drill.retire_question,
    "change_questions, tag": lambda drill: drill.change_questions(TAG),
    "change_questions, untag": lambda drill: drill.change_questions(UNTAG),
    "change_questions, retire": lambda drill: drill.change_questions(RETIRE),
    "change_questions, restore": lambda drill: drill.change_questions(RESTORE),
    "import_questions": Drill.import_questions,
    "publish_course, wording": lambda drill: drill.publish("wording"),
    "publish_course, required": lambda drill: drill.publish("required"),
    "publish_course, cycle": lambda drill: drill.publish("cycle"),
    "repair_question": Drill.repair_question,
    "set_quiz_rules": Drill.set_quiz_rules,
    "set_condition": Drill.set_condition,
    "ask_for_statistics": Drill.ask_for_statistics,
    **STRUCTURE_VERBS,
    **REVIEW_VERBS,
    **FILE_VERBS,
    **SHARING_VERBS,
}
# What finishes a lesson or a course comes most often: it touches most rows.
LEARNER_VERBS: tuple[Callable[[Drill, Enrollment], Call], ...] = (
    Drill.complete_lesson,
    Drill.start_attempt,
    Drill.finish_course,
    Drill.save_response,
    Drill.submit_attempt,
    Drill.answer_practice,
    Drill.enroll,
    Drill.finish_course,
    Drill.answer_review,
    Drill.complete_lesson,
    Drill.withdraw,
    Drill.answer_follow_up,
    Drill.read_new_parts,
)
