"""How the quizzes of a draft will be taken; published together with it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from courses import actions as courses_actions
from courses.models import CourseVersion
from lib.transactions import atomic_with_retry
from quizzes.models import Quiz, QuizDraft


@dataclass(frozen=True)
class QuizRulesContent:
    """The rules of a quiz as an author sets them; times in seconds."""

    time_limit_seconds: int | None
    attempts_per_block: int | None
    cooldown_seconds: int
    counting: str
    review: str
    shuffles_questions: bool
    shuffles_options: bool


def rules_content(row: Quiz | QuizDraft) -> QuizRulesContent:
    """Return the rules that a row holds."""
    return QuizRulesContent(
        **{name: getattr(row, name) for name in QuizRulesContent.__annotations__}
    )


def draft_rules(version: CourseVersion) -> dict[str, QuizRulesContent]:
    """Return the rules that publishing `version` will change, by quiz key."""
    return {row.key: rules_content(row) for row in version.quiz_drafts.all()}


def changed_counting(source: CourseVersion, rules: Mapping[str, str]) -> list[str]:
    """Name the quizzes of `source` in which another attempt would count.

    `rules` says by quiz key how attempts count from then on. Whoever is moved to such a
    version may complete by it, or get another grade (`quizzes.taking.grading`), so it
    is more than a correction of words.
    """
    quizzes = Quiz.objects.of_version(source.pk).order_by("pk")
    return [
        _("percobaan yang dihitung pada “%(title)s” dari %(old)s menjadi %(new)s")
        % {
            "title": quiz.title,
            "old": _in_words(quiz.counting),
            "new": _in_words(rules[quiz.key]),
        }
        for quiz in quizzes
        if rules.get(quiz.key, quiz.counting) != quiz.counting
    ]


def _in_words(counting: str) -> str:
    return str(Quiz.Counting(counting).label).lower()


def drafted_counting(draft: CourseVersion) -> list[str]:
    """Name the quizzes in which publishing `draft` lets another attempt count."""
    current = draft.course.current_version
    if current is None:
        return []
    rules = {key: content.counting for key, content in draft_rules(draft).items()}
    return changed_counting(current, rules)


@atomic_with_retry
def set_quiz_rules(
    *,
    version: CourseVersion,
    key: str,
    rules: QuizRulesContent,
    by: User,
    now: datetime,
) -> QuizDraft:
    """Say how the quiz called `key` is taken once this draft is published.

    Locks the course, so that publishing does not come in between. The same rules
    change nothing. Raises VersionNotEditable for a published version.
    """
    courses_actions.lock_course(version.course_id)
    version = CourseVersion.objects.get(pk=version.pk)
    courses_actions.check_is_draft(version)
    draft = QuizDraft.objects.filter(version=version, key=key).first()
    if draft and rules_content(draft) == rules:
        return draft
    draft, _is_new = QuizDraft.objects.update_or_create(
        version=version, key=key, defaults=asdict(rules)
    )
    audit.record("quizzes.rules.drafted", draft, by=by, now=now, key=key)
    return draft
