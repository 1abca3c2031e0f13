"""Verbs of files, of words not saved and of what comes in, made ready for a round."""

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from courses import actions as courses_actions
from courses.actions import Typed
from lib.media import Media
from quizzes import actions as quizzes_actions
from studio import actions
from studio.drafts.writing import Sitting
from studio.folders.sending.archive import pack
from studio.folders.sending.bringing import plan_bringing
from studio.folders.sending.uploads import read_course_archive
from studio.folders.sending.writing import course_files

if TYPE_CHECKING:
    from tests.concurrency.studio_drill import Drill

Call = Callable[[], Any]


def upload_file(drill: "Drill") -> Call:
    size = f"{drill.number} {uuid4().int % 10**9}"
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}"/>'
    media = Media("svg", drawing.encode())
    return lambda: actions.upload_file(
        course=drill.course,
        filename="alur.svg",
        media=media,
        alt="",
        by=drill.author,
        now=drill.now,
    )


def describe_file(drill: "Drill") -> Call:
    file = upload_file(drill)()
    return lambda: actions.describe_file(
        file=file, alt="Alur layanan", by=drill.author, now=drill.now
    )


def delete_file(drill: "Drill") -> Call:
    file = upload_file(drill)()
    return lambda: actions.delete_file(
        course=drill.course, name=file.name, by=drill.author, now=drill.now
    )


def close_writings(drill: "Drill") -> Call:
    sitting = Sitting(uuid4(), 1)
    courses_actions.keep_writing(
        course=drill.course,
        lesson_key="satu",
        sitting=sitting.key,
        sequence=sitting.sequence,
        typed=Typed("", "Judul", "", "10", is_required=True, text="Kata."),
        by=drill.author,
        now=drill.now,
    )
    return lambda: actions.close_writings(
        course=drill.course,
        lesson_key="satu",
        sittings=[sitting],
        by=drill.author,
        now=drill.now,
    )


def remember_columns(drill: "Drill") -> Call:
    return lambda: quizzes_actions.remember_columns(
        person=drill.author, headings="a" * 64, roles=["stem", "key"], now=drill.now
    )


def bring_course(drill: "Drill") -> Call:
    drill.discard_draft()()
    archive = BytesIO()
    course, current = drill.course, drill.course.current_version
    pack(course_files(course, current), course.key, archive)
    written = read_course_archive(archive)
    plan = plan_bringing(written, unit=course.unit, course=course)
    return lambda: actions.bring_course(
        written=written,
        unit=course.unit,
        course=course,
        confirmed=plan.digest,
        by=drill.author,
        now=drill.now,
    )


FILE_VERBS: dict[str, Callable[["Drill"], Call]] = {
    "upload_file": upload_file,
    "describe_file": describe_file,
    "delete_file": delete_file,
    "close_writings": close_writings,
    "remember_columns": remember_columns,
    "bring_course": bring_course,
}
