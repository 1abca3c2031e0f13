"""Who wrote in a draft: they do not approve it."""

from collections.abc import Iterator

from django.db.models import Max, Q

from accounts.models import AuditRecord
from courses.models import Course, CourseVersion, Lesson, LessonSave
from quizzes.models import Question, QuestionVersion, QuizDraft

# What changes the words or the rules of a draft; opening one changes nothing.
_WRITING = (
    "courses.draft.changed",
    "courses.lesson.written",
    "quizzes.plan.drafted",
    "quizzes.plan.dropped",
    "quizzes.rules.drafted",
)


def writers_of(course: Course, draft: CourseVersion) -> frozenset[int]:
    """Return the ids of everybody who wrote in the draft or a question of it.

    Also of those whose words a colleague has replaced since.
    """
    saved = LessonSave.objects.filter(
        course=course, saved_at__gte=draft.created_at, saved_by__isnull=False
    )
    of_draft = Q(object_type=CourseVersion._meta.label_lower, object_id=draft.pk)
    of_lessons = Q(
        object_type=Lesson._meta.label_lower,
        object_id__in=draft.lessons.values("pk"),
    )
    of_rules = Q(
        object_type=QuizDraft._meta.label_lower,
        object_id__in=draft.quiz_drafts.values("pk"),
    )
    changed = AuditRecord.objects.filter(
        of_draft | of_lessons | of_rules, verb__in=_WRITING, actor_id__isnull=False
    )
    return frozenset(
        [
            *saved.values_list("saved_by", flat=True).distinct(),
            *changed.values_list("actor_id", flat=True).distinct(),
            *_of_questions(course),
        ]
    )


def _of_questions(course: Course) -> Iterator[int]:
    """Yield who wrote wordings that are drafts now.

    A draft is replaced by whoever writes it next, under the same number: only the
    trail knows who began it. What was thrown away before is nobody's any more.
    """
    drafts = QuestionVersion.objects.filter(
        question__bank__course=course, state=QuestionVersion.State.DRAFT
    )
    numbers = {}
    for question, number, writer in drafts.values_list(
        "question", "number", "created_by"
    ):
        numbers[question] = number
        if writer is not None:
            yield writer
    discarded = AuditRecord.objects.filter(
        verb="quizzes.question_drafts.discarded",
        object_type=Course._meta.label_lower,
        object_id=course.pk,
    )
    written = AuditRecord.objects.filter(
        verb="quizzes.question.written",
        object_type=Question._meta.label_lower,
        object_id__in=numbers,
        actor_id__isnull=False,
        pk__gt=discarded.aggregate(last=Max("pk"))["last"] or 0,
    )
    for question, writer, detail in written.values_list(
        "object_id", "actor_id", "detail"
    ):
        if detail.get("number") == numbers[question]:
            yield writer
