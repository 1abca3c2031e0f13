"""A course of another unit: used at a version, and followed when one decides."""

import pytest

from accounts.actions import assign_role
from accounts.models import AuditRecord, Unit, User
from courses.models import Course, CourseReference, CourseVersion, ShareReach
from courses.selectors.content import lesson_content
from quizzes.models import Question, QuestionVersion
from studio.actions import open_draft
from studio.drafts.fingerprints import lesson_fingerprint
from studio.fetching import draft_of, get_lesson
from studio.sharing.courses import refer_to_course

REFER = "/studio/rujukan/"


@pytest.fixture
def source(course) -> Course:
    Course.objects.filter(pk=course.pk).update(shared_with=ShareReach.EVERYBODY)
    course.refresh_from_db()
    return course


@pytest.fixture
def writer(world, now) -> User:
    """Somebody who writes in the other agency."""
    person = world.outsider
    assign_role(person=person, role="author", unit=world.other_agency, by=None, now=now)
    person.refresh_from_db()
    return person


@pytest.fixture
def elsewhere(client_of, writer):
    return client_of(writer)


@pytest.fixture
def unit(world) -> Unit:
    return world.other_agency


@pytest.fixture
def used(source, elsewhere, unit) -> Course:
    said = {"source": source.key, "unit": unit.code}
    response = elsewhere.post(REFER, said)
    assert response.status_code == 302
    return Course.objects.get(key=response["Location"].split("/")[2])


def publish(client, course: Course) -> None:
    url = f"/studio/{course.key}/terbitkan/"
    change = "wording" if course.current_version_id else "first"
    seen = client.get(url).context["page"].seen
    said = {"change": change, "seen": seen, "despite_faults": "1"}
    assert client.post(url, said).status_code == 302


def reword(author, course: Course, by, now) -> None:
    """Let the owner publish other words of a lesson and of a question."""
    open_draft(course=course, by=by, now=now)
    lesson = get_lesson(draft_of(course), "satu")
    source = "\n\n".join(part.source for part in lesson.parts.all())
    said = {
        "title": lesson.title,
        "minutes": lesson.minutes,
        "summary": lesson.summary,
        "is_required": "on",
        "text": source.replace("Isi pelajaran.", "Isi yang diperbaiki."),
        "base": lesson_fingerprint(lesson_content(lesson)),
        "command": "save",
    }
    author.post(f"/studio/{course.key}/pelajaran/satu/", said)
    publish(author, course)


def test_a_course_is_offered_as_its_owner_says(author, elsewhere, course, unit):
    def offered() -> list[str]:
        return [one.key for one in elsewhere.get(REFER).context["offers"].object_list]

    page = f"/studio/{course.key}/berbagi/"
    for reach, expected in (
        (ShareReach.NOBODY, []),
        (ShareReach.BELOW, []),
        (ShareReach.EVERYBODY, [course.key]),
    ):
        author.post(page, {"reach": reach})
        assert offered() == expected, reach
    # Her own are not offered to her.
    assert not author.get(REFER).context["offers"].object_list
    Course.objects.filter(pk=course.pk).update(shared_with=ShareReach.NOBODY)
    said = {"source": course.key, "unit": unit.code}
    assert elsewhere.post(REFER, said).status_code == 404


def test_a_used_course_belongs_to_the_unit_and_stays_at_its_version(
    used, source, elsewhere, author, unit, writer, now
):
    assert (used.unit, used.key) == (unit, "kursus-kecil-2")
    draft = draft_of(used)
    assert draft.lessons.count() == source.current_version.lessons.count()
    assert Question.objects.filter(bank__course=used).count() == 6
    # Pressed again it is the same one.
    again = refer_to_course(source=source, unit=unit, by=writer, now=now)
    assert again == used
    assert CourseReference.objects.count() == 1
    assert (
        "Dipakai 1 kursus"
        in author.get(f"/studio/{source.key}/berbagi/").content.decode()
    )
    sharing = elsewhere.get(f"/studio/{used.key}/berbagi/").content.decode()
    assert "versi 1" in sharing
    assert "Ini versi terbaru" in sharing
    assert AuditRecord.objects.filter(verb="courses.course.referred").count() == 1


def test_a_newer_version_is_told_in_words_and_taken_as_a_draft(
    used, source, elsewhere, author, world, now
):
    publish(elsewhere, used)
    used.refresh_from_db()
    assert used.current_version is not None
    reword(author, source, world.people["author"], now)
    assert "Ada versi baru" in elsewhere.get(f"/studio/{used.key}/").content.decode()
    url = f"/studio/{used.key}/berbagi/versi-baru/"
    page = elsewhere.get(url)
    assert "diperbaiki" in page.content.decode()
    assert page.context["news"].plan.changed_lessons == ("Pelajaran satu",)
    # What was not seen is not taken.
    assert elsewhere.post(url, {"digest": "lain"})["Location"] == url
    assert draft_of(used) is None
    digest = page.context["news"].plan.digest
    assert elsewhere.post(url, {"digest": digest}).status_code == 302
    part = draft_of(used).lessons.get(key="satu").parts.last()
    assert "Isi yang diperbaiki." in part.source
    assert (
        "Ini versi terbaru"
        in elsewhere.get(f"/studio/{used.key}/berbagi/").content.decode()
    )
    # Thrown away, the draft takes the pin along.
    elsewhere.post(f"/studio/{used.key}/draf/buang/")
    assert CourseReference.objects.get().source_version.number == 1
    assert CourseVersion.objects.filter(course=used).count() == 1


def test_drafts_of_the_owner_are_never_read(source, unit, writer, now):
    one = QuestionVersion.objects.get(question__key="post-1")
    QuestionVersion.objects.create(
        question=one.question,
        number=2,
        type=one.type,
        stem="Masih ditulis",
        created_at=now,
    )
    used = refer_to_course(source=source, unit=unit, by=writer, now=now)
    stems = QuestionVersion.objects.filter(question__bank__course=used)
    assert "Masih ditulis" not in stems.values_list("stem", flat=True)
