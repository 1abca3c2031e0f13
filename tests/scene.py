"""One world with a row of every kind, and somebody of every role to look at it."""

import hashlib
import random
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from accounts import actions as accounts_actions
from accounts.actions import data_requests
from accounts.models import NoticeKind, User
from certificates import actions as certificates_actions
from certificates import correcting, storage
from certificates.models import CertificateFile, CertificateWork
from certificates.outside import actions as outside_actions
from certificates.outside.papers import Paper
from certificates.verification_code import display
from courses import actions as courses_actions
from courses.actions import CommentSubject
from courses.assigning.rules import EVERYBODY
from courses.calendar.entries import make_feed
from courses.evaluations.actions import EvaluationContent, give_evaluation
from courses.inquiries.actions import InquirySubject, send_inquiry
from courses.models import Inquiry
from lib.media import Media
from lib.picture_store import PictureStore
from quizzes import actions as quizzes_actions
from quizzes.accommodations.actions import AccommodationContent
from quizzes.models import Attempt, Repair, RepairNotice, RepairOutcome, ReviewCard
from quizzes.practice.check_page import versions_for
from reports import actions as reports_actions
from reports.saved import actions as saved_actions
from tests.factories import (
    World,
    complete,
    enroll,
    finish_reading,
    make_course,
    make_reading,
    make_world,
    read_lessons,
    sit,
    start,
)
from tests.kept_rows import kept

CERTIFICATE = b"%PDF-1.7 scene"
PAPER = hashlib.sha256(b"scene").hexdigest()
# Foreign: holds every role, but in the other agency.
ROLES = (
    "anonymous",
    "learner",
    "outsider",
    "author",
    "reviewer",
    "hr",
    "admin",
    "foreign",
)


@dataclass
class Scene:
    """Everything the first agency has, by the names that addresses use."""

    world: World
    people: dict[str, User | None]
    keys: dict[str, Any] = field(default_factory=dict)
    # Keys of sessions, by role; nobody has none.
    sessions: dict[str, str] = field(default_factory=dict)


def make_scene(*, now: datetime) -> Scene:
    """Return the scene; its rows belong to the learner and her agency.

    Rows are kept for the next test, files are not: a sweep of another test may have
    removed what no row of its own named.
    """
    storage.write(CERTIFICATE)
    PictureStore("outside-certificates").keep(f"{PAPER}.png", b"scene")
    return _make_rows(now=now)


@kept
def _make_rows(*, now: datetime) -> Scene:
    world = make_world(now=now)
    foreign = _foreign_admin(world, now)
    people: dict[str, User | None] = {"anonymous": None, **world.people}
    people |= {"outsider": world.outsider, "foreign": foreign}
    scene = Scene(world, people)
    held = world.people["author"].role_assignments.get()
    scene.keys |= {"holder": held.person.key, "role": held.pk}
    asked = data_requests.ask_about_data(
        person=world.people["learner"],
        kind="correction",
        words="Gelar saya S.Sos.",
        now=now,
    )
    scene.keys["data_request"] = asked.key
    _study(scene, now)
    _certify(scene, now)
    _remember(scene, now)
    _write(scene, now)
    _order(scene, now)
    return scene


def _foreign_admin(world: World, now: datetime) -> User:
    from tests.factories import make_person

    person = make_person(unit=world.other_agency, now=now, name="Admin Lain")
    accounts_actions.assign_role(
        person=person, unit=world.other_agency, role="admin", by=None, now=now
    )
    return person


def _study(scene: Scene, now: datetime) -> None:
    """A pre-test in progress and a post-test that was passed."""
    learner = scene.world.people["learner"]
    course = make_course(unit=scene.world.agency, now=now, pool=5)
    place = enroll(course=course, person=learner, now=now)
    opened = start(enrollment=place, quiz_key="pretest", now=now)
    read_lessons(enrollment=place, now=now)
    done = sit(enrollment=place, quiz_key="posttest", right=4, now=now)
    scene.keys |= {"course": course, "open": opened.key, "done": done.key}
    asked = send_inquiry(
        course=course,
        about=InquirySubject("pelajaran-1", "inti"),
        kind=Inquiry.Kind.QUESTION,
        text="Apa bedanya?",
        key=uuid4(),
        by=learner,
        now=now,
    )
    scene.keys["inquiry"] = asked.key
    _be_fair(scene, learner, done, now)


def _tell(learner: User, now: datetime) -> int:
    """Tell the learner something, and return its number."""
    news = accounts_actions.News(
        learner.pk, NoticeKind.NEW_PART, "kabar:1", "Ada kabar.", "/kursus/"
    )
    accounts_actions.tell(news, now=now)
    return learner.notices.get(key="kabar:1").pk


def _be_fair(scene: Scene, learner: User, done: Attempt, now: datetime) -> None:
    """More time for the learner, and a repaired question that raised her score."""
    accommodation = quizzes_actions.grant_accommodation(
        person=learner,
        content=AccommodationContent("Surat 12/2026", extra_minutes=10),
        token=uuid4(),
        by=scene.world.people["hr"],
        now=now,
    )
    item = done.items.first()
    repair = Repair.objects.create(
        question_version=item.question_version,
        kind=Repair.Kind.ALL_RIGHT,
        reason="Dua pilihan benar",
        repaired_at=now,
    )
    notice = RepairNotice.objects.create(repair=repair, person=learner, told_at=now)
    scene.keys |= {
        "accommodation": accommodation.token,
        "notice": notice.pk,
        "told": _tell(learner, now),
        "calendar": make_feed(person=learner, now=now).token,
        "person": learner.key,
    }
    RepairOutcome.objects.create(
        repair=repair,
        attempt=done,
        points_before=3,
        max_before=4,
        percent_before=75,
        points_after=4,
        max_after=4,
        percent_after=100,
        applied_at=now,
    )


def _certify(scene: Scene, now: datetime) -> None:
    learner = scene.world.people["learner"]
    course = make_reading(unit=scene.world.agency, now=now, key="ringan")
    place = finish_reading(course=course, person=learner, now=now)
    certificate = certificates_actions.issue_certificate(
        enrollment_id=place.pk, by=None, now=now
    )
    give_evaluation(
        enrollment_id=place.pk,
        form_number=1,
        content=EvaluationContent([4, 4, 5, 4, 3, 5], ["Contohnya.", ""]),
        chance=random.Random(1),
    )
    sha256, path = storage.write(CERTIFICATE)
    CertificateFile.objects.create(
        certificate=certificate,
        sha256=sha256,
        path=path,
        byte_size=14,
        input_hash="scene",
        created_at=now,
    )
    handed_in = outside_actions.hand_in(
        person=learner,
        content=outside_actions.OutsideContent(
            title="Bimtek Arsip",
            organiser="ANRI",
            started_on=now.date(),
            ended_on=now.date(),
            claimed_jp=6,
        ),
        paper=Paper(PAPER, "png", 5),
        token=uuid4(),
        now=now,
    )
    scene.keys["outside"] = handed_in.key
    correction = correcting.ask_correction(
        certificate_id=certificate.pk,
        kind="replace",
        reason="",
        note="Gelar keliru",
        by=scene.world.people["hr"],
        now=now,
    )
    failed = CertificateWork.objects.create(
        enrollment=place,
        certificate=certificate,
        failures=1,
        failed_at=now,
        kind="site",
        problem="Penyimpanan penuh",
    )
    scene.keys |= {
        "code": display(certificate.code),
        "correction": correction.pk,
        "work": failed.pk,
    }


def _remember(scene: Scene, now: datetime) -> None:
    """A question to review, and a follow-up, of a course of their own."""
    learner = scene.world.people["learner"]
    course = make_course(unit=scene.world.agency, now=now, key="ulang", pool=5)
    place = complete(course=course, person=learner, now=now)
    follow_up = quizzes_actions.open_follow_up(enrollment_id=place.pk, day=30, now=now)
    quizzes_actions.answer_practice(
        version=versions_for(course, {"ulang-practice-1"})["ulang-practice-1"],
        person=learner,
        fields={"answer": ["b"]},
        token=uuid4(),
        now=now,
    )
    scene.keys["follow_up"] = follow_up.key if follow_up else None
    scene.keys["card"] = ReviewCard.objects.get(person=learner).key


def _write(scene: Scene, now: datetime) -> None:
    """A draft of the course with a picture, and an export that HR asked for."""
    course = scene.keys["course"]
    courses_actions.add_file(
        course=course,
        filename="contoh.svg",
        media=Media("svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        alt="Kotak kosong.",
        by=scene.world.people["author"],
        now=now,
    )
    courses_actions.copy_version(version=course.current_version, by=None, now=now)
    author = scene.world.people["author"]
    review = courses_actions.ask_review(
        course_id=course.pk, note="", by=author, now=now
    )
    comment = courses_actions.comment_draft(
        review_id=review.pk,
        about=CommentSubject(lesson_key="pelajaran-1"),
        text="Contohnya sudah lama.",
        token=uuid4(),
        by=author,
        now=now,
    )
    scene.keys["comment"] = comment.pk
    _keep_report(scene, now)


def _keep_report(scene: Scene, now: datetime) -> None:
    """A file and a saved view of HR's."""
    hr = scene.world.people["hr"]
    view = saved_actions.save_view(
        report="jp", name="Rekap", filters={}, by=hr, now=now
    )
    scene.keys["view"] = view.key
    job = reports_actions.ask_for_export(
        report="completion",
        format="csv",
        filters={},
        by=hr,
        now=now,
    )
    scene.keys["export"] = job.key


def _order(scene: Scene, now: datetime) -> None:
    """An order to HR's office, a group and a programme of it."""
    office, hr = scene.world.office, scene.world.people["hr"]
    course = scene.keys["course"]
    order = courses_actions.assign_course(
        course=course, unit=office, due_on=date(2026, 12, 31), by=hr, now=now
    )
    group = courses_actions.save_group(
        group=None, name="Semua", unit=office, rule=EVERYBODY, by=hr, now=now
    )
    program = courses_actions.save_program(
        program=None, name="Dasar", unit=office, courses=[course], by=hr, now=now
    )
    scene.keys |= {
        "order": order.pk,
        "batch": order.batch,
        "group": group.pk,
        "program": program.pk,
    }
