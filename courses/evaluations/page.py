"""What is asked after a course, and what was answered, as far as it may be told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from accounts.access import UNIT, scope_q
from accounts.models import Unit
from courses.evaluations.fetching import agency_of
from courses.evaluations.wording import EvaluationWording
from courses.models import Course, EvaluationAnswer, EvaluationForm
from courses.models.evaluations import HIGHEST, LOWEST
from lib.rounding import half_up

WRITE_EVALUATION = "courses.write_evaluation"
TEXTS_PER_PAGE = 20
SCALE = range(LOWEST, HIGHEST + 1)


@dataclass(frozen=True)
class AskedForm:
    """The form that an agency asks now, by its number."""

    number: int
    wording: EvaluationWording


@dataclass(frozen=True)
class StatementResult:
    """A statement with its mean, and how often each score was given."""

    text: str
    mean: Decimal
    counts: list[int]


@dataclass(frozen=True)
class FormResult:
    """What was answered to one form about a course; `count` moves in steps."""

    number: int
    count: int
    mean: Decimal
    statements: list[StatementResult]


@dataclass(frozen=True)
class FreeTexts:
    """What was answered freely to a prompt, apart from the other one."""

    prompt: str
    texts: list[str]


@dataclass(frozen=True)
class EvaluationResults:
    """Everything that may be told of a course: figures by form, and free answers."""

    title: str
    forms: list[FormResult]
    texts: list[FreeTexts]
    paginator: Page[Any]


@dataclass(frozen=True)
class FormVersion:
    """A wording that was asked, or is asked now."""

    number: int
    written_by: str
    written_at: datetime | None
    statements: Sequence[str]
    prompts: Sequence[str]


def asked_form(agency: Unit) -> AskedForm:
    """Return what is asked now; the form we ship where nobody wrote one."""
    form = EvaluationForm.objects.filter(unit=agency).first()
    if form is None:
        return AskedForm(1, EvaluationWording())
    wording = EvaluationWording(tuple(form.statements), tuple(form.prompts))
    return AskedForm(form.number, wording)


def form_for(course: Course) -> AskedForm:
    """Return what is asked after a course."""
    return asked_form(agency_of(course))


def agencies_of(user: Any) -> list[Unit]:
    """Return the agencies whose form the person may rewrite."""
    mine = Unit.objects.filter(scope_q(user, WRITE_EVALUATION, UNIT), parent=None)
    return list(mine.order_by("name"))


def form_versions(agency: Unit) -> list[FormVersion]:
    """Return what was asked so far, the newest first."""
    rows = EvaluationForm.objects.filter(unit=agency).select_related("written_by")
    return [
        FormVersion(
            row.number,
            row.written_by.full_name if row.written_by else "",
            row.written_at,
            row.statements,
            row.prompts,
        )
        for row in rows
    ]


def evaluation_results(course: Course, *, number: str | None) -> EvaluationResults:
    """Return what may be told of a course, in a fixed number of queries."""
    counted = EvaluationAnswer.objects.filter(pile__course=course, is_counted=True)
    said = Q(text_1__gt="") | Q(text_2__gt="")
    texts = counted.filter(said).select_related("pile__form").order_by("pk")
    page = Paginator(texts, TEXTS_PER_PAGE).get_page(number)
    version = course.current_version
    return EvaluationResults(
        title=version.title if version else course.code,
        forms=_form_results(course, counted),
        texts=_by_prompt(page.object_list),
        paginator=page,
    )


def _by_prompt(rows: Iterable[EvaluationAnswer]) -> list[FreeTexts]:
    found: dict[tuple[int, int], FreeTexts] = {}
    for row in rows:
        form = row.pile.form
        for at, text in enumerate((row.text_1, row.text_2)):
            if text:
                texts = FreeTexts(form.prompts[at], [])
                found.setdefault((-form.number, at), texts).texts.append(text)
    return [found[key] for key in sorted(found)]


def _form_results(course: Course, counted: Any) -> list[FormResult]:
    forms = EvaluationForm.objects.filter(piles__course=course)
    wordings = {form.pk: form for form in forms}
    tallies = {
        f"s{at}_{score}": Count("pk", filter=Q(**{f"score_{at}": score}))
        for at in range(1, 7)
        for score in SCALE
    }
    rows = counted.order_by().values("pile__form").annotate(n=Count("pk"), **tallies)
    told = [_form_result(wordings[row["pile__form"]], row) for row in rows]
    return sorted(told, key=lambda one: -one.number)


def _form_result(form: EvaluationForm, row: Mapping[str, Any]) -> FormResult:
    count = row["n"]
    statements = []
    total = 0
    for at, text in enumerate(form.statements, start=1):
        counts = [row[f"s{at}_{score}"] for score in SCALE]
        points = sum(score * n for score, n in zip(SCALE, counts, strict=True))
        total += points
        statements.append(
            StatementResult(text, half_up(Decimal(points) / count, 2), counts)
        )
    mean = half_up(Decimal(total) / (count * len(form.statements)), 2)
    return FormResult(form.number, count, mean, statements)
