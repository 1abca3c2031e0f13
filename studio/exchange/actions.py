"""Questions from files, into the draft of a course."""

from datetime import datetime

from accounts.models import User
from courses import actions as courses_actions
from lib.transactions import atomic_with_retry
from quizzes import actions as quizzes_actions
from quizzes.exchange.formats import Reading
from quizzes.models import QuestionBank
from quizzes.selectors import ImportPlan
from studio.exceptions import DraftNotEditable
from studio.fetching import draft_of


@atomic_with_retry
def import_questions(
    *,
    bank: QuestionBank,
    reading: Reading,
    confirmed: str,
    only_good: bool,
    by: User,
    now: datetime,
) -> ImportPlan:
    """Store what was confirmed as drafts; people get it when the course is published.

    Locks the course, so that publishing does not come in between. Raises
    DraftNotEditable without an open draft, QuestionNotUsable for a bank that repeats
    another, and what `quizzes.actions` refuses.
    """
    if bank.course_id is not None:
        courses_actions.lock_course(bank.course_id)
    if bank.course is None or draft_of(bank.course) is None:
        raise DraftNotEditable(
            "no_draft", "Belum ada draf. Buka draf kursus ini, lalu impor lagi."
        )
    quizzes_actions.check_is_written_here(bank)
    return quizzes_actions.import_questions(
        bank=bank,
        reading=reading,
        confirmed=confirmed,
        only_good=only_good,
        by=by,
        now=now,
    )
