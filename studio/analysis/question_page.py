"""One question under the lens: a wording's figures, its picture and its choices."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.models import Course
from lib.bar_chart import BarChart, bar_chart
from lib.markdown import plain_line
from quizzes.models import ItemStatistics, Question, QuestionVersion, Quiz
from quizzes.questions import TYPES, Place
from quizzes.selectors import BLANK, OTHER, question_view
from studio.analysis.page import ItemRow, item_row
from studio.analysis.words import SELECTIONS
from studio.links import question_url


@dataclass(frozen=True)
class QuarterRow:
    """A quarter of the attempts by total mark, and how they did here."""

    label: str
    n: int
    percent: float | None


@dataclass(frozen=True)
class ChoiceRow:
    """Something that was said at a place; `is_key` for what earns most there."""

    text: str
    n: int
    share: float
    mean: float | None
    quartiles: list[float | None]
    is_key: bool


@dataclass(frozen=True)
class PlaceTable:
    """The choices of one place; `label` is empty where the question has only one."""

    label: str
    rows: list[ChoiceRow]


@dataclass(frozen=True)
class QuestionAnalysis:
    """A question's page; `current` is the wording that is shown in full."""

    current: ItemRow
    versions: list[ItemRow]
    quarters: list[QuarterRow]
    chart: BarChart | None
    places: list[PlaceTable]
    editor_url: str


def question_analysis(
    course: Course, quiz: Quiz, question: Question, *, selection: str, version: str
) -> QuestionAnalysis | None:
    """Return the analysis of a question's wordings; None where nobody got it.

    `version` is a number from the address; the newest wording stands in for a
    number that is none.
    """
    items = (
        ItemStatistics.objects.filter(
            quiz__course=course,
            quiz__quiz_key=quiz.key,
            quiz__selection=SELECTIONS[selection],
            question_version__question=question,
        )
        .select_related("question_version__question__bank")
        .prefetch_related("question_version__options")
        .order_by("-question_version__number")
    )
    rows = [item_row(course, quiz, item, selection) for item in items]
    if not rows:
        return None
    current = next((row for row in rows if str(row.version) == version), rows[0])
    quarters = _quarters(current.statistics)
    return QuestionAnalysis(
        current=current,
        versions=rows,
        quarters=quarters,
        chart=_picture(quarters) if quarters else None,
        places=_places(current.statistics),
        editor_url=question_url(course, question.bank, question.key),
    )


def _quarters(item: ItemStatistics) -> list[QuarterRow]:
    labels = (_("Terendah"), _("Rendah"), _("Tinggi"), _("Tertinggi"))
    return [
        QuarterRow(label, quarter["n"], quarter["percent"])
        for label, quarter in zip(labels, item.quartiles, strict=False)
    ]


def _picture(quarters: Sequence[QuarterRow]) -> BarChart:
    return bar_chart(
        [quarter.label for quarter in quarters],
        [[quarter.percent] for quarter in quarters],
        highest=100,
    )


def _places(item: ItemStatistics) -> list[PlaceTable]:
    version = item.question_version
    view = question_view(version)
    places = TYPES[view.type].places(view)
    return [
        PlaceTable(
            label=_label(place, number, len(places)), rows=_rows(place, version, item)
        )
        for number, place in enumerate(places, 1)
        if item.choices
    ]


def _label(place: Place, number: int, count: int) -> str:
    if count == 1:
        return ""
    return plain_line(place.label) or _("Bagian %(number)d") % {"number": number}


def _rows(
    place: Place, version: QuestionVersion, item: ItemStatistics
) -> list[ChoiceRow]:
    texts = {choice.key: plain_line(choice.text) for choice in place.choices}
    texts[BLANK] = _("Tidak dijawab")
    if place.free:
        texts[OTHER] = _("Jawaban lain")
    best = max((float(choice.fraction) for choice in place.choices), default=0)
    return [
        ChoiceRow(
            text=texts.get(row["choice"], row["choice"]),
            n=row["n"],
            share=row["share"],
            mean=row["mean"],
            quartiles=row["quartiles"],
            is_key=best > 0 and row["fraction"] == best,
        )
        for row in item.choices
        if row["place"] == place.key
    ]
