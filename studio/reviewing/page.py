"""What reviewers look through: what a draft changes, and what was said of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from courses.content_types import LessonContent
from courses.models import Course, CourseVersion, DraftReview, ReviewComment
from courses.selectors.content import version_content
from quizzes.models import Question, QuestionVersion
from studio.drafts.edits import lessons_in
from studio.excerpts import excerpt
from studio.publishing.approval import Approval, approval_of
from studio.publishing.changes import changes_in
from studio.publishing.readiness import draft_fingerprint
from studio.reviewing.writers import writers_of


@dataclass(frozen=True)
class Subject:
    """A lesson or question of the draft that people do not have so yet."""

    title: str
    url: str
    is_new: bool
    comments: int
    unsettled: int


@dataclass(frozen=True)
class ReviewPage:
    """The draft for its reviewers. `seen` is its fingerprint.

    `is_hers` for somebody who asked, or who wrote in it: others approve it.
    """

    approval: Approval
    seen: str
    lessons: Sequence[Subject]
    questions: Sequence[Subject]
    other: Sequence[str]
    general: Sequence[ReviewComment]
    unsettled: int
    earlier: Sequence[DraftReview]
    is_hers: bool


def review_page(course: Course, draft: CourseVersion, user: User) -> ReviewPage:
    """Return the page, in a number of queries that does not grow with the draft."""
    seen = draft_fingerprint(course, draft)
    comments = comments_on(draft)
    approval = approval_of(draft, seen)
    review = approval.review
    reviews = list(draft.reviews.select_related("asked_by", "decided_by"))
    asked_it = review is not None and review.asked_by_id == user.pk
    return ReviewPage(
        approval=approval,
        seen=seen,
        lessons=_lessons(course, draft, comments),
        questions=_questions(course, comments),
        other=changes_in(course, draft).other,
        general=[one for one in comments if not (one.lesson_key or one.question_key)],
        unsettled=sum(one.settled_at is None for one in comments),
        earlier=[one for one in reviews if review and one.pk != review.pk],
        is_hers=asked_it or user.pk in writers_of(course, draft),
    )


def comments_on(draft: CourseVersion) -> list[ReviewComment]:
    """Return everything said about a draft, in every review of it; one query."""
    found = ReviewComment.objects.filter(review__version=draft)
    return list(found.select_related("written_by", "settled_by"))


def _lessons(
    course: Course, draft: CourseVersion, comments: Sequence[ReviewComment]
) -> list[Subject]:
    published = published_lessons(course)
    counts = Counter(one.lesson_key for one in comments)
    unsettled = Counter(one.lesson_key for one in comments if one.settled_at is None)
    return [
        Subject(
            title=lesson.title,
            url=reverse("studio:review_lesson", args=[course.key, lesson.key]),
            is_new=lesson.key not in published,
            comments=counts[lesson.key],
            unsettled=unsettled[lesson.key],
        )
        for lesson in lessons_in(version_content(draft))
        if published.get(lesson.key) != lesson or counts[lesson.key]
    ]


def published_lessons(course: Course) -> dict[str, LessonContent]:
    """Return the lessons that people have now, by key."""
    current = course.current_version
    lessons = lessons_in(version_content(current)) if current else []
    return {lesson.key: lesson for lesson in lessons}


def _questions(course: Course, comments: Sequence[ReviewComment]) -> list[Subject]:
    drafts = (
        QuestionVersion.objects.filter(
            question__bank__course=course, state=QuestionVersion.State.DRAFT
        )
        .exclude(question__state=Question.State.RETIRED)
        .select_related("question__bank")
        .order_by("question__bank__key", "question__key")
    )
    counts = Counter((one.bank_key, one.question_key) for one in comments)
    unsettled = Counter(
        (one.bank_key, one.question_key) for one in comments if one.settled_at is None
    )
    found = []
    for version in drafts:
        question = version.question
        place = question.bank.key, question.key
        found.append(
            Subject(
                title=excerpt(version.stem),
                url=reverse("studio:review_question", args=[course.key, *place]),
                is_new=question.state == Question.State.DRAFT,
                comments=counts[place],
                unsettled=unsettled[place],
            )
        )
    return found
