"""Item analysis in words: what each figure means, and what to do about a suspect."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quizzes.models import QuizStatistics
from quizzes.selectors import (
    FEWEST_ANSWERS,
    FUNCTIONAL_SHARE,
    LOW_EFFICIENCY,
    POOR_EFFICIENCY,
    TOO_EASY,
    TOO_HARD,
    WEAK_DISCRIMINATION,
    Sign,
)


@dataclass(frozen=True)
class SignWords:
    """What is suspicious, and the action that is proposed.

    `found` may name its `threshold` and the `choices` it is about.
    """

    found: str | Promise
    action: str | Promise
    threshold: int = 0


SIGNS: Mapping[Sign, SignWords] = {
    Sign.WRONG_KEY: SignWords(
        _("Peserta terbaik lebih sering memilih %(choices)s daripada kunci."),
        _("Periksa kuncinya. Mungkin kunci salah."),
    ),
    Sign.NEGATIVE: SignWords(
        _("Daya beda negatif: makin tinggi nilai peserta, makin sering ia salah."),
        _("Periksa kunci dan rumusan soal."),
    ),
    Sign.BELOW_GUESSING: SignWords(
        _("Hasilnya lebih rendah daripada menebak."),
        _("Periksa kunci, lalu cari kata yang menyesatkan."),
    ),
    Sign.POOR_EFFICIENCY: SignWords(
        _("Efisiensi daya beda di bawah %(threshold)d%%."),
        _("Tulis ulang soal ini, atau tarik."),
        POOR_EFFICIENCY,
    ),
    Sign.WEAK: SignWords(
        _("Daya beda lemah, di bawah %(threshold)d."),
        _("Perjelas pertanyaan dan pengecohnya."),
        WEAK_DISCRIMINATION,
    ),
    Sign.LOW_EFFICIENCY: SignWords(
        _("Efisiensi daya beda di bawah %(threshold)d%%."),
        _("Tinjau pengecohnya satu per satu."),
        LOW_EFFICIENCY,
    ),
    Sign.TOO_HARD: SignWords(
        _("Sangat sulit: hasilnya %(threshold)d%% atau kurang."),
        _("Periksa apakah pelajarannya membahas hal ini."),
        TOO_HARD,
    ),
    Sign.TOO_EASY: SignWords(
        _("Sangat mudah: hasilnya %(threshold)d%% atau lebih."),
        _("Pertajam pengecohnya, atau biarkan bila ini hal pokok."),
        TOO_EASY,
    ),
    Sign.IDLE_DISTRACTOR: SignWords(
        _("Hampir tidak ada yang memilih %(choices)s (di bawah %(threshold)d%%)."),
        _("Ganti dengan kekeliruan yang lazim, atau hapus pilihannya."),
        FUNCTIONAL_SHARE,
    ),
}

# What an address says, and the selection that it means.
SELECTIONS: Mapping[str, str] = {
    "pertama": QuizStatistics.Selection.FIRST.value,
    "terakhir": QuizStatistics.Selection.LAST.value,
    "terbaik": QuizStatistics.Selection.BEST.value,
    "semua": QuizStatistics.Selection.ALL.value,
}


def too_few(n: int) -> str:
    """Say that there are not enough answers for an index, and how many there are."""
    words = gettext("Butuh sedikitnya %(fewest)d jawaban; baru %(n)d.")
    return words % {"fewest": FEWEST_ANSWERS, "n": n}


def sign_words(sign: str, choices: str) -> tuple[str, str]:
    """Return what is suspicious and what to do, with the choices it is about."""
    words = SIGNS[Sign(sign)]
    found = str(words.found) % {"choices": choices, "threshold": words.threshold}
    return found, str(words.action)


def far_words(percent: int, gap: float) -> tuple[str, str]:
    """Return that a question was harder or easier than expected, and what to do."""
    found = (
        gettext("Lebih sulit %(gap)d poin daripada taksiran %(percent)d%%.")
        if gap < 0
        else gettext("Lebih mudah %(gap)d poin daripada taksiran %(percent)d%%.")
    )
    action = gettext("Cari sebabnya di soal atau pelajarannya, lalu taksir lagi.")
    return found % {"gap": round(abs(gap)), "percent": percent}, action
