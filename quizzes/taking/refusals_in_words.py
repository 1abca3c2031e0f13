"""Why an attempt cannot be started, in words: one table for actions and pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from courses.pretest_in_words import LOCKED
from lib.indonesian import format_datetime
from quizzes.exceptions import AttemptNotAllowed
from quizzes.kinds import Refusal
from quizzes.taking.standing import Standing


@dataclass(frozen=True)
class _Words:
    """What is said `at_once` to who tried to start, and `beforehand` on a page.

    A reason without `beforehand` shows only when somebody tries.
    """

    at_once: Any
    beforehand: Any = ""


_WORDS: Mapping[str, _Words] = {
    Refusal.COURSE_FINISHED: _Words(
        _("Kursus ini sudah Anda selesaikan. Tidak perlu mengerjakan lagi."),
        _("Kursus ini sudah Anda selesaikan. Hasil Anda tetap dapat dilihat."),
    ),
    Refusal.LESSONS_FIRST: _Words(
        _("Selesaikan semua pelajaran wajib dulu, lalu kerjakan post-test."),
        _("Selesaikan semua pelajaran wajib dulu, lalu kuis ini terbuka."),
    ),
    Refusal.ALREADY_PASSED: _Words(
        _("Anda sudah lulus. Tidak perlu mengerjakan lagi."),
        _("Anda sudah lulus. Hasilnya dapat dilihat di bawah."),
    ),
    Refusal.NO_ATTEMPTS_LEFT: _Words(
        _("Semua kesempatan sudah dipakai."), _("Kuis ini sudah Anda kerjakan.")
    ),
    Refusal.RESTING: _Words(
        _("Beri jeda dulu. Baca lagi bagian yang perlu dikuatkan."),
        _(
            "Semua kesempatan di babak ini sudah dipakai. Anda dapat mencoba lagi "
            "mulai %(when)s. Sementara itu, baca lagi bagian yang perlu dikuatkan."
        ),
    ),
    Refusal.NOT_OPEN_YET: _Words(
        _("Kuis ini belum dibuka. Lihat waktunya di halaman kuis."),
        _("Kuis ini dibuka %(when)s."),
    ),
    Refusal.CLOSED: _Words(
        _("Kuis ini sudah ditutup. Hubungi pengelola kursus bila perlu dibuka."),
        _(
            "Kuis ini sudah ditutup. Bila Anda perlu mengerjakannya, hubungi pengelola "
            "kursus."
        ),
    ),
    Refusal.WITHDRAWN: _Words(_("Ikuti kursus ini dulu.")),
    Refusal.PASSWORD: _Words(
        _("Kata sandi kuis belum cocok. Tanyakan lagi kepada pengawas.")
    ),
    Refusal.PRETEST_LOCKED: _Words(LOCKED, LOCKED),
    Refusal.NOT_READY: _Words(
        _("Soal kuis ini belum lengkap. Hubungi pengelola kursus.")
    ),
}
# What no page says beforehand, so that it must be told to who tried.
TOLD_AT_ONCE = frozenset(code for code, words in _WORDS.items() if not words.beforehand)


def refused(code: str) -> AttemptNotAllowed:
    """Return the refusal to raise for a reason."""
    return AttemptNotAllowed(code, str(_WORDS[code].at_once))


def refusal_text(standing: Standing) -> str:
    """Say in words why no attempt can start; empty when one can."""
    if not standing.code:
        return ""
    when = ""
    if standing.opens_at:
        when = format_datetime(standing.opens_at, get_current_timezone())
    return str(_WORDS[standing.code].beforehand) % {"when": when}
