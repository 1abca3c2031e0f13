"""Item analysis on the screen: a quiz as a whole, and the table of its questions.

Everything is read from what was computed and stored; no answer of a person is.
"""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from courses.models import Course
from lib.bar_chart import BarChart
from quizzes.models import ItemStatistics, QuestionVersion, Quiz, QuizStatistics
from quizzes.questions import TYPES
from quizzes.selectors import (
    FAR_APART,
    GRAVE,
    Expectation,
    Sign,
    expectation,
    expected_of,
    question_view,
)
from studio.analysis.summary import (
    HistogramBar,
    QuizFigure,
    bars_of,
    histogram_of,
    quiz_figures,
)
from studio.analysis.words import SELECTIONS, far_words, sign_words, too_few
from studio.excerpts import excerpt


@dataclass(frozen=True)
class Suspicion:
    """A suspicion in words; a grave one says that marks may be wrong today."""

    text: str
    action: str
    is_grave: bool


@dataclass(frozen=True)
class ItemRow:
    """A question of the table; figures are None below the fewest answers."""

    key: str
    version: int
    text: str
    url: str
    is_drawn: bool
    statistics: ItemStatistics
    expectation: Expectation | None
    found: list[Suspicion]

    @property
    def n(self) -> int:
        """How many answers there are."""
        return self.statistics.n

    @property
    def far_apart(self) -> int:
        """From how many points on an estimate counts as wrong."""
        return FAR_APART

    @property
    def lack(self) -> str:
        """What is missing for figures, in words; empty where nothing is."""
        return too_few(self.n) if self.statistics.facility is None else ""


@dataclass(frozen=True)
class SelectionLink:
    """A choice of attempts."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class AnalysisPage:
    """A quiz and its questions; `statistics` None while nothing was computed."""

    quiz: Quiz
    course: Course
    selection: str
    selections: list[SelectionLink]
    statistics: QuizStatistics | None
    lack: str
    figures: list[QuizFigure]
    bars: list[HistogramBar]
    chart: BarChart | None
    rows: list[ItemRow]
    suspects: list[ItemRow]
    refresh_url: str
    download_url: str

    @property
    def computed_at(self) -> datetime | None:
        """When the figures were computed."""
        return self.statistics.computed_at if self.statistics else None


def analysis_page(course: Course, quiz: Quiz, *, selection: str) -> AnalysisPage:
    """Return the analysis of a quiz; `selection` is a key of `SELECTIONS`.

    The number of queries is the same for every number of questions.
    """
    statistics = statistics_of(course, quiz, selection)
    rows = item_rows(course, quiz, statistics, selection) if statistics else []
    has_figures = statistics is not None and statistics.mean is not None
    bars = bars_of(statistics.histogram) if statistics and has_figures else []
    suspects = [row for row in rows if row.found]
    return AnalysisPage(
        quiz=quiz,
        course=course,
        selection=selection,
        selections=selection_links(_url("analysis_quiz", course, quiz), selection),
        statistics=statistics,
        lack=too_few(statistics.n) if statistics and not has_figures else "",
        figures=quiz_figures(statistics) if statistics and has_figures else [],
        bars=bars,
        chart=histogram_of(bars) if bars else None,
        rows=rows,
        suspects=sorted(suspects, key=_gravity),
        refresh_url=_url("analysis_refresh", course, quiz),
        download_url=_url("analysis_download", course, quiz),
    )


def _url(name: str, course: Course, quiz: Quiz) -> str:
    item = quiz.grade_item
    key = item.key if item else quiz.key
    return reverse(f"studio:{name}", args=[course.key, key])


def statistics_of(course: Course, quiz: Quiz, selection: str) -> QuizStatistics | None:
    """Return what was computed of a quiz for these attempts."""
    return QuizStatistics.objects.filter(
        course=course, quiz_key=quiz.key, selection=SELECTIONS[selection]
    ).first()


def selection_links(url: str, current: str) -> list[SelectionLink]:
    """Return a link for every choice of attempts."""
    labels = dict(QuizStatistics.Selection.choices)
    return [
        SelectionLink(str(labels[value]), f"{url}?percobaan={key}", key == current)
        for key, value in SELECTIONS.items()
    ]


def item_rows(
    course: Course, quiz: Quiz, statistics: QuizStatistics, selection: str
) -> list[ItemRow]:
    """Return a row for every wording that was answered, by the question's key."""
    items = (
        statistics.items.select_related("question_version__question__bank")
        .prefetch_related("question_version__options")
        .order_by("question_version__question__key", "question_version__number")
    )
    return [item_row(course, quiz, item, selection) for item in items]


def item_row(
    course: Course, quiz: Quiz, item: ItemStatistics, selection: str
) -> ItemRow:
    """Return one question as the table shows it."""
    version = item.question_version
    question = version.question
    url = reverse(
        "studio:analysis_question",
        args=[
            course.key,
            quiz.grade_item.key if quiz.grade_item else quiz.key,
            question.bank.key,
            question.key,
        ],
    )
    expected = expectation(
        expected_of(question),
        purpose=quiz.purpose,
        selection=SELECTIONS[selection],
        n=item.n,
        facility=item.facility,
        sd=item.sd,
    )
    return ItemRow(
        key=question.key,
        version=version.number,
        text=excerpt(version.stem),
        url=f"{url}?percobaan={selection}&versi={version.number}",
        is_drawn=not item.slot_key,
        statistics=item,
        expectation=expected,
        found=[*found_in(item), *_far_from(expected)],
    )


def newest_figures(version: QuestionVersion) -> ItemRow | None:
    """Return how a wording fares over first attempts; None before it is computed.

    Of several quizzes that ask it, the one in which most people answered.
    """
    item = (
        ItemStatistics.objects.filter(
            question_version=version, quiz__selection=QuizStatistics.Selection.FIRST
        )
        .select_related("quiz__course", "question_version__question__bank")
        .prefetch_related("question_version__options")
        .order_by("-n", "pk")
        .first()
    )
    if item is None:
        return None
    course = item.quiz.course
    quiz = (
        Quiz.objects.filter(grade_item__version=course.current_version_id)
        .filter(key=item.quiz.quiz_key)
        .select_related("grade_item")
        .first()
    )
    selection = next(iter(SELECTIONS))
    return item_row(course, quiz, item, selection) if quiz else None


def found_in(item: ItemStatistics) -> list[Suspicion]:
    """Return the suspicions about a question in words, the worst first."""
    names = choice_names(item.question_version)
    found = []
    for one in item.suspicions:
        pairs = [names.get((place, choice), choice) for place, choice in one["choices"]]
        text, action = sign_words(one["sign"], ", ".join(pairs))
        found.append(Suspicion(text, action, Sign(one["sign"]) in GRAVE))
    return found


def _far_from(expected: Expectation | None) -> list[Suspicion]:
    """Say in words that a question was harder or easier than expected."""
    if expected is None or expected.gap is None or not expected.is_far:
        return []
    return [Suspicion(*far_words(expected.percent, expected.gap), is_grave=False)]


def choice_names(version: QuestionVersion) -> dict[tuple[str, str], str]:
    """Return what is said at each place, short: the words of the choice in quotes."""
    view = question_view(version)
    return {
        (place.key, choice.key): f"“{excerpt(choice.text)}”"
        for place in TYPES[view.type].places(view)
        for choice in place.choices
    }


def _gravity(row: ItemRow) -> tuple[int, str]:
    """Suspicions of the figures come first, then estimates that were wrong."""
    order = list(Sign)
    signs = [order.index(Sign(one["sign"])) for one in row.statistics.suspicions]
    return min(signs, default=len(order)), row.key
