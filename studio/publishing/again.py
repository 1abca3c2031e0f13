"""Publishing beside the draft: some lessons' words alone, or an earlier version again.

Neither touches the draft. Quizzes stay as they are in the version that is taken as the
pattern.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from courses import actions as courses_actions
from courses.content_types import LessonContent, SourceContent, VersionContent
from courses.models import Course, CourseVersion, Lesson
from courses.selectors.content import lesson_content, version_content
from lib.indonesian import format_number
from lib.markdown import MarkdownProblem
from lib.transactions import atomic_with_retry
from quizzes import actions as quizzes_actions
from quizzes.models import Question, Quiz
from quizzes.selectors import changed_counting, filling_problems
from studio.drafts.edits import lessons_in
from studio.exceptions import CourseNotPublishable, DraftNotEditable
from studio.fetching import draft_of
from studio.lessons.checking import Citable, find_lesson_problems, sources_in
from studio.lessons.citable import citable_in
from studio.lessons.images import finder
from studio.lessons.text import join_parts
from studio.obstacles import Obstacle
from studio.publishing.actions import grade_items_of
from studio.publishing.approval import check_approved
from studio.publishing.lesson_quality import dead_links_among
from studio.publishing.readiness import draft_fingerprint, printing_obstacles

_WORDING = CourseVersion.Change.WORDING


@dataclass(frozen=True)
class ReworkedLesson:
    """A lesson whose words the draft changes; `problems` keep it back."""

    key: str
    title: str
    problems: Sequence[Obstacle]
    # Minutes or duty differ too; these are not published with the words.
    has_more: bool


def reworked_lessons(course: Course, draft: CourseVersion) -> list[ReworkedLesson]:
    """Return the published lessons whose words the draft changes, in its order."""
    published = _published_lessons(course)
    citable = _citable_when_published(course, draft)
    found = []
    for lesson in draft.lessons.prefetch_related("parts"):
        before, after = published.get(lesson.key), lesson_content(lesson)
        if before is None or _words_of(before) == _words_of(after):
            continue
        found.append(
            ReworkedLesson(
                key=lesson.key,
                title=str(lesson),
                problems=list(_problems(lesson, after, citable)),
                has_more=(before.minutes, before.is_required)
                != (after.minutes, after.is_required),
            )
        )
    return found


def _published_lessons(course: Course) -> dict[str, LessonContent]:
    if course.current_version is None:
        return {}
    lessons = lessons_in(version_content(course.current_version))
    return {lesson.key: lesson for lesson in lessons}


def _words_of(lesson: LessonContent) -> tuple[object, ...]:
    return lesson.title, lesson.summary, tuple(lesson.parts)


def _citable_when_published(course: Course, draft: CourseVersion) -> Citable:
    """Return what a lesson may name although the questions of the draft stay behind."""
    everything = citable_in(course, draft)
    drafted = Question.objects.filter(
        bank__course=course, state=Question.State.DRAFT
    ).values_list("key", flat=True)
    return replace(everything, checks=frozenset(everything.checks) - set(drafted))


def _problems(
    lesson: Lesson, content: LessonContent, citable: Citable
) -> Iterator[Obstacle]:
    text = join_parts([part.source for part in content.parts])
    for problem in find_lesson_problems(text, citable):
        yield Obstacle(
            str(lesson), problem.message, problem.remedy, problem.line, lesson.key
        )
    yield from printing_obstacles([(str(lesson), lesson.title)])


@atomic_with_retry
def publish_lessons(
    *,
    course: Course,
    lesson_keys: Collection[str],
    seen: str,
    by: User,
    now: datetime,
) -> CourseVersion:
    """Publish the words of some lessons of the draft; all else of it stays unpublished.

    Everybody of this cycle sees them at once, as with any better wording. Sources that
    the words cite come with them. `seen` is the fingerprint of the draft that the
    author looked through. Locks the course. Raises DraftNotEditable without a draft,
    CourseNotPublishable for a draft that changed, a lesson with problems, none at all,
    links to what stays behind, or where an approval is needed and missing; then
    nothing has changed.
    """
    course = courses_actions.lock_course(course.pk)
    draft, current = draft_of(course), course.current_version
    if draft is None or current is None:
        raise DraftNotEditable("no_draft", "Tidak ada draf yang bisa diterbitkan.")
    if draft_fingerprint(course, draft) != seen:
        raise CourseNotPublishable(
            "draft_changed",
            "Draf ini berubah sejak halaman ini dibuka. Periksa lagi, lalu terbitkan.",
            [],
        )
    check_approved(draft, seen)
    chosen = [row for row in reworked_lessons(course, draft) if row.key in lesson_keys]
    problems = [problem for row in chosen for problem in row.problems]
    if problems or not chosen:
        raise CourseNotPublishable(
            "problems" if problems else "nothing_chosen",
            _("Masih ada yang perlu dibenahi pada pelajaran yang Anda pilih.")
            if problems
            else _("Pilih sedikitnya satu pelajaran."),
            problems,
        )
    published = version_content(current)
    content = _with_words(
        published, version_content(draft), {row.key for row in chosen}
    )
    _check_links(course, current, published, content)
    return _publish_like(course, current, content, _WORDING, by=by, now=now)


def _check_links(
    course: Course,
    current: CourseVersion,
    before: VersionContent,
    after: VersionContent,
) -> None:
    if dead := list(_new_dead_links(course, current, before, after)):
        raise CourseNotPublishable(
            "dead_links",
            _(
                "Ada tautan yang akan buntu, karena tujuannya tidak ikut terbit. "
                "Terbitkan bersama tujuannya, atau seluruh draf."
            ),
            dead,
        )


def _new_dead_links(
    course: Course,
    current: CourseVersion,
    before: VersionContent,
    after: VersionContent,
) -> Iterator[Obstacle]:
    """Yield links that would lead nowhere and do not lead nowhere now."""
    known = {
        (problem.file, problem.message)
        for problem in dead_links_among(course, current, _texts(before))
    }
    titles = {lesson.key: lesson.title for lesson in lessons_in(after)}
    for problem in dead_links_among(course, current, _texts(after)):
        if (problem.file, problem.message) not in known:
            yield Obstacle(
                titles[problem.file],
                problem.message,
                problem.remedy,
                problem.line,
                problem.file,
            )


def _texts(content: VersionContent) -> dict[str, str]:
    return {
        lesson.key: join_parts([part.source for part in lesson.parts])
        for lesson in lessons_in(content)
    }


def _with_words(
    published: VersionContent, drafted: VersionContent, keys: Collection[str]
) -> VersionContent:
    """Return what is published with the words of some lessons of the draft."""
    words = {row.key: row for row in lessons_in(drafted) if row.key in keys}

    def said(lesson: LessonContent) -> LessonContent:
        new = words.get(lesson.key)
        if new is None:
            return lesson
        return replace(
            lesson, title=new.title, summary=new.summary, parts=list(new.parts)
        )

    modules = [
        replace(module, lessons=[said(one) for one in module.lessons])
        for module in published.modules
    ]
    return replace(
        published,
        modules=modules,
        sources=[*published.sources, *_new_sources(published, drafted, words.values())],
        content_hash="",
    )


def _new_sources(
    published: VersionContent,
    drafted: VersionContent,
    lessons: Collection[LessonContent],
) -> list[SourceContent]:
    known = {row.key for row in published.sources}
    cited = {
        mention.name
        for lesson in lessons
        for part in lesson.parts
        for mention in sources_in(part.source)
    }
    return [row for row in drafted.sources if row.key in cited - known]


@atomic_with_retry
def publish_again(
    *,
    course: Course,
    number: int,
    replacing: int,
    change: str,
    by: User,
    now: datetime,
) -> CourseVersion:
    """Publish an earlier version again, as a new one; an open draft stays as it is.

    `replacing` is the number of the version that people had when the author looked:
    pressed twice, it is published once.

    Lessons are shown to the letter as they were, quizzes ask as they did; questions
    have the wordings of today. `change` says what becomes of people, as always. It
    needs no new approval: all of it was public before. Locks the course. Raises
    DraftNotEditable for a version that is no earlier one, CourseNotPublishable where
    people have another version by now, a quiz of it finds too few questions today or a
    file of it is gone, VersionNotEditable for the wrong kind of change; then nothing
    has changed.
    """
    course = courses_actions.lock_course(course.pk)
    _check_still_current(course, replacing)
    like = earlier_version(course, number)
    if like is None:
        raise DraftNotEditable(
            "no_earlier_version", _("Pilih versi terbit yang lebih lama.")
        )
    version = _publish_like(course, like, version_content(like), change, by=by, now=now)
    course.refresh_from_db()
    missing = [
        Obstacle(problem.quiz.title, problem.message, problem.remedy)
        for problem in filling_problems(course, with_drafts=False)
    ]
    if missing:
        raise CourseNotPublishable(
            "no_paper",
            _(
                "Versi ini tidak dapat diterbitkan lagi, karena soal yang dipakainya "
                "sudah ditarik."
            ),
            missing,
        )
    return version


def _check_still_current(course: Course, number: int) -> None:
    current = course.current_version
    if current is not None and current.number != number:
        raise CourseNotPublishable(
            "other_version",
            _(
                "Sejak halaman ini dibuka, versi %(number)s sudah terbit. Periksa "
                "lagi, lalu terbitkan bila masih perlu."
            )
            % {"number": format_number(current.number)},
            [],
        )


def earlier_version(course: Course, number: int) -> CourseVersion | None:
    """Return a published version that is not the one people have now."""
    found: CourseVersion | None = (
        course.versions.filter(number=number, state=CourseVersion.State.PUBLISHED)
        .exclude(pk=course.current_version_id or 0)
        .select_related("course__current_version")
        .first()
    )
    return found


def _publish_like(
    course: Course,
    like: CourseVersion,
    content: VersionContent,
    change: str,
    *,
    by: User,
    now: datetime,
) -> CourseVersion:
    """Publish content with the quizzes of a published version. The course is locked.

    Raises CourseNotPublishable for text that cannot be rendered any more.
    """
    current = course.current_version
    if current is None:
        raise AssertionError("Nothing is published that could be taken as a pattern.")
    rules = dict(Quiz.objects.of_version(like.pk).values_list("key", "counting"))
    try:
        version = courses_actions.publish_beside_draft(
            like=like,
            content=content,
            change=change,
            grade_items=grade_items_of(like),
            image_url=finder(course),
            other_demands=changed_counting(current, rules),
            by=by,
            now=now,
        )
    except MarkdownProblem as problem:
        raise CourseNotPublishable(
            "not_shown",
            _(
                "Naskah versi ini tidak dapat ditampilkan seperti dulu. %(problem)s "
                "%(remedy)s"
            )
            % {"problem": problem.message, "remedy": problem.remedy},
            [],
        ) from problem
    quizzes_actions.publish_quizzes(source=like, target=version)
    quizzes_actions.recount_moved(source=current, target=version, by=by, now=now)
    version.refresh_from_db()
    return version


def said_of(version: CourseVersion) -> str:
    """Return what is said after a publication."""
    return _("Versi %(number)s terbit.") % {"number": format_number(version.number)}
