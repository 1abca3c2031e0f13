"""What holds at a quiz beside its own rules, in words."""

from datetime import datetime

from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from lib.indonesian import format_date, format_datetime, format_number
from quizzes.models import Quiz
from quizzes.taking.terms import Terms


def terms_lines(terms: Terms, *, now: datetime) -> list[str]:
    """Say when the quiz is open, and who is in the room."""
    lines = []
    window = terms.window
    if window.opens_at and now < window.opens_at:
        opens = _day_or_moment(terms.opens_on, window.opens_at)
        lines.append(_("Dibuka %(when)s.") % {"when": opens})
    if terms.closes_on:
        lines.append(
            _("Dapat dimulai sampai akhir hari %(day)s, waktu tempat Anda.")
            % {"day": format_date(terms.closes_on)}
        )
    elif window.closes_at:
        when = format_datetime(window.closes_at, get_current_timezone())
        lines.append(_("Dapat dimulai sebelum %(when)s.") % {"when": when})
    if terms.moved_for:
        lines.append(
            _("Ditutup lebih lambat untuk unit Anda karena gangguan: %(why)s.")
            % {"why": terms.moved_for.rstrip(".")}
        )
    if window.closes_at:
        lines.append(
            _("Saat kuis ditutup, pengerjaan yang masih berjalan ikut berakhir.")
        )
    if terms.supervision:
        lines.append(
            _("Dikerjakan dengan pengawas: %(who)s.") % {"who": terms.supervision}
        )
    if terms.password:
        lines.append(_("Untuk mulai, ketik kata sandi kuis dari pengawas."))
    return lines


def _day_or_moment(day: object, moment: datetime) -> str:
    zone = get_current_timezone()
    if day:
        return format_date(moment.astimezone(zone).date())
    return format_datetime(moment, zone)


def extra_lines(quiz: Quiz, terms: Terms) -> list[str]:
    """Say what this person was given more than others."""
    lines = []
    seconds = terms.extra.seconds_for(quiz.time_limit_seconds)
    has_end = quiz.time_limit_seconds or terms.window.closes_at
    if seconds and has_end:
        minutes = format_number(-(-seconds // 60))
        lines.append(
            _("Termasuk tambahan waktu %(minutes)s menit untuk Anda.")
            % {"minutes": minutes}
        )
    if terms.extra.attempts and quiz.attempts_per_block:
        lines.append(
            _("Anda mendapat tambahan %(count)s kesempatan.")
            % {"count": format_number(terms.extra.attempts)}
        )
    return lines
