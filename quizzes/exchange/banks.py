"""Questions of a bank and files: what an import would do, what an export holds."""

from collections import defaultdict

from quizzes.bank.composition import compositions_of
from quizzes.bank.image_store import has_image, read_image
from quizzes.bank.stored import content_of
from quizzes.exchange.formats import Format, Reading, Rendering
from quizzes.exchange.plan import ImportPlan, StoredQuestion, make_plan
from quizzes.models import Option, Question, QuestionBank, QuestionVersion
from quizzes.questions.composition import without_others
from quizzes.questions.content import QuestionContent


def plan_import(bank: QuestionBank, reading: Reading) -> ImportPlan:
    """Return what a file would change in the bank; changes nothing. Six queries."""
    return make_plan(reading, _stored(bank), has_image)


def export_bank(bank: QuestionBank, format: Format) -> Rendering:
    """Return the newest wording of every question that is not retired, in a file."""
    return format.render(contents_of(bank), read_image)


def contents_of(bank: QuestionBank) -> list[QuestionContent]:
    """Return the newest wording of every question that is not retired, by key."""
    versions = [
        version
        for version in _newest(bank)
        if version.question.state != Question.State.RETIRED
    ]
    compositions = without_others(
        compositions_of(bank), {version.question.key for version in versions}
    )
    return [
        content_of(version, compositions[version.question.key]) for version in versions
    ]


def _newest(bank: QuestionBank) -> list[QuestionVersion]:
    versions = (
        QuestionVersion.objects.filter(question__bank=bank)
        .select_related("question")
        .order_by("question__key", "number")
    )
    newest = {version.question_id: version for version in versions}
    found = QuestionVersion.objects.filter(
        pk__in=[version.pk for version in newest.values()]
    )
    return list(
        found.select_related("question")
        .prefetch_related("options")
        .order_by("question__key")
    )


def _stored(bank: QuestionBank) -> dict[str, StoredQuestion]:
    used: dict[int, set[str]] = defaultdict(set)
    keys = Option.objects.filter(version__question__bank=bank)
    for question_id, key in keys.values_list("version__question_id", "key"):
        used[question_id].add(key)
    compositions = compositions_of(bank)
    return {
        version.question.key: StoredQuestion(
            content_of(version, compositions[version.question.key]),
            frozenset(used[version.question_id]),
            is_retired=version.question.state == Question.State.RETIRED,
        )
        for version in _newest(bank)
    }
