"""A quiz as a whole: its figures in words, and its histogram."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lib.bar_chart import BarChart, bar_chart, round_scale
from quizzes.models import QuizStatistics


@dataclass(frozen=True)
class QuizFigure:
    """A figure of the whole quiz; `meaning` says in a line what it tells."""

    label: str | Promise
    value: float | None
    unit: str
    meaning: str | Promise


@dataclass(frozen=True)
class HistogramBar:
    """A tenth of the marks, and how many attempts lie in it."""

    label: str
    n: int


_FIGURES: Sequence[tuple[str, str | Promise, str, str | Promise]] = (
    ("mean", _("Rata-rata"), "%", _("Dari nilai penuh.")),
    ("median", _("Median"), "%", _("Separuh peserta di bawahnya.")),
    ("sd", _("Simpangan baku"), "%", _("Seberapa jauh nilai menyebar.")),
    (
        "cic",
        _("Konsistensi internal"),
        "%",
        _("Alfa Cronbach. Baik dari 75%; di bawah 64% kuis perlu dibenahi."),
    ),
    (
        "error_ratio",
        _("Rasio galat"),
        "%",
        _("Bagian dari sebaran nilai yang berasal dari kebetulan."),
    ),
    (
        "standard_error",
        _("Galat baku"),
        "%",
        _("Nilai seseorang dapat meleset sebanyak ini karena kebetulan."),
    ),
    (
        "skewness",
        _("Kemencengan"),
        "",
        _("Di bawah nol: kebanyakan nilai tinggi. Di atas nol: kebanyakan rendah."),
    ),
    (
        "kurtosis",
        _("Keruncingan"),
        "",
        _("Di atas 1: nilai terlalu mengumpul di tengah."),
    ),
)


def quiz_figures(statistics: QuizStatistics) -> list[QuizFigure]:
    """Return the figures of the whole quiz in words."""
    return [
        QuizFigure(label, getattr(statistics, name), unit, meaning)
        for name, label, unit, meaning in _FIGURES
    ]


def bars_of(histogram: Sequence[int]) -> list[HistogramBar]:
    """Return the bars of a histogram with their labels."""
    step = 100 // len(histogram)
    return [
        HistogramBar(f"{step * place}–{step * (place + 1)}", n)
        for place, n in enumerate(histogram)
    ]


def histogram_of(bars: Sequence[HistogramBar]) -> BarChart:
    """Return the picture of the bars; each is labelled by where it begins."""
    return bar_chart(
        [bar.label.partition("–")[0] for bar in bars],
        [[bar.n] for bar in bars],
        highest=round_scale(max(bar.n for bar in bars)),
    )
