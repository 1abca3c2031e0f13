"""Telling somebody that a file she has not waited for is there: on the bell, by mail.

A mail holds a link behind the sign-in and never the file. It is taken first, what it
says is looked at again, and it is sent once: a server that cannot be reached leaves it
waiting, and what was taken when its worker died is not sent a second time.
"""

import smtplib
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import UNIT, as_of, can, holds
from accounts.actions import News, tell
from accounts.models import NoticeKind, SilencedKind, Unit, User
from lib.indonesian import format_datetime
from reports import jobs
from reports.exports.registry import REPORTS
from reports.models import ExportJob, FileMail, SavedView
from reports.units.reach import CAPABILITY

MOST_A_SWEEP = 2_000
_PAUSE = timedelta(minutes=10)
_LONGEST_PAUSE = timedelta(hours=4)


def tell_ready(job: ExportJob, *, now: datetime) -> None:
    """Tell the owner of a file that it is there; a part of the transaction it is in.

    Once for each time it was made, at `job.finished_at`. Locks nothing.
    """
    _tell(job, _("Berkas “%(title)s” siap diunduh."), now)
    if job.asked_by.email:
        made_at = job.finished_at or now
        FileMail.objects.get_or_create(
            export=job, made_at=made_at, defaults={"next_try_at": now}
        )


def tell_failed(job: ExportJob, *, now: datetime) -> None:
    """Tell the owner that a file could not be made; otherwise as `tell_ready`."""
    _tell(job, _("Berkas “%(title)s” belum berhasil dibuat."), now)


def tell_paused(view: SavedView, *, now: datetime) -> None:
    """Tell the owner of a view that its file is made no more, and where to see why."""
    tell(
        News(
            person_id=view.owner_id,
            kind=NoticeKind.FILE,
            key=f"view-paused:{view.key}:{now.isoformat()}",
            text=_("Jadwal “%(name)s” dihentikan sementara. Lihat sebabnya.")
            % {"name": view.name},
            url=reverse("reports:view_edit", args=[view.key]),
        ),
        now=now,
    )


def title_of(job: ExportJob) -> str:
    """Return the name of the view, else that of the report."""
    return job.view.name if job.view else str(REPORTS[job.report].title)


def _tell(job: ExportJob, text: str, now: datetime) -> None:
    moment = job.finished_at or now
    tell(
        News(
            person_id=job.asked_by_id,
            kind=NoticeKind.FILE,
            key=f"file:{job.key}:{moment.isoformat()}",
            text=text % {"title": title_of(job)},
            url=reverse("reports:export_list"),
            is_mailed_apart=job.state == ExportJob.State.DONE,
        ),
        now=now,
    )


def ask_for_file_mails(*, now: datetime) -> int:
    """Send a message for every mail that may go out now; return how many.

    Mails whose worker died are given up: they may have gone out.
    """
    FileMail.objects.lost(now).update(
        state=FileMail.State.FAILED,
        ended_at=now,
        problem=_("Terhenti saat dikirim; tidak diulang supaya tidak ganda."),
    )
    ids = FileMail.objects.to_send(now).order_by("next_try_at", "pk")
    found = list(ids.values_list("pk", flat=True)[:MOST_A_SWEEP])
    for pk in found:
        jobs.SEND_FILE_MAIL.send(expires=110, mail_id=pk)
    return len(found)


def send_file_mail(*, mail_id: int, now: datetime) -> bool:
    """Send a mail if its file is still hers to fetch; True when it went out."""
    mail = _take(mail_id, now)
    if mail is None:
        return False
    if reason := _why_not(mail.export, now):
        _end(mail, FileMail.State.SKIPPED, now, problem=reason)
        return False
    try:
        _message(mail).send()
    except smtplib.SMTPRecipientsRefused:
        _end(mail, FileMail.State.FAILED, now, problem=_("Alamat surel ditolak."))
    except (smtplib.SMTPException, OSError):
        _wait(mail, now)
    else:
        _end(mail, FileMail.State.SENT, now)
        return True
    return False


def _take(mail_id: int, now: datetime) -> FileMail | None:
    waiting = FileMail.objects.to_send(now).filter(pk=mail_id)
    if not waiting.update(state=FileMail.State.SENDING, taken_at=now):
        return None
    mails = FileMail.objects.select_related("export__asked_by", "export__view")
    mail: FileMail = mails.get(pk=mail_id)
    return mail


def _why_not(job: ExportJob, now: datetime) -> str:
    """Say why the owner is not written to any more; empty where she is."""
    person = as_of(job.asked_by, now)
    if not person.is_active:
        return _("Akunnya tidak aktif.")
    if not person.email:
        return _("Surel dinasnya belum tercatat.")
    if job.state != ExportJob.State.DONE or not job.path:
        return _("Berkasnya sudah dihapus atau dibuat ulang.")
    if not _is_still_hers(job, person):
        return _("Laporannya tidak lagi termasuk wewenangnya.")
    silenced = SilencedKind.objects.filter(person=person, kind=NoticeKind.FILE)
    return _("Ia tidak ingin dikabari tentang berkas.") if silenced.exists() else ""


def _is_still_hers(job: ExportJob, person: User) -> bool:
    if not holds(person, CAPABILITY):
        return False
    code = job.filters.get("unit")
    unit = Unit.objects.filter(code=code).first() if code else None
    return unit is None or can(person, CAPABILITY, unit, UNIT)


def _message(mail: FileMail) -> EmailMessage:
    job, person = mail.export, mail.export.asked_by
    site = settings.PUBLIC_URL.rstrip("/")
    context = {
        "name": person.full_name,
        "title": title_of(job),
        "number": job.number,
        "expires": format_datetime(job.expires_at, person.time_zone)
        if job.expires_at
        else "",
        "url": site + reverse("reports:export_list"),
        "settings_url": site + reverse("notice_settings"),
        "is_planned": job.due_on is not None,
        "product_name": settings.ELEARNING_PRODUCT_NAME,
    }
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return EmailMessage(
        subject=_("Berkas siap diunduh: %(title)s") % {"title": title_of(job)},
        body=render_to_string("email/file_ready.txt", context),
        to=[str(person.email)],
        # One name for one mail: a mailbox that gets it twice can tell.
        headers={"Message-ID": f"<berkas-{mail.pk}@{host}>"},
    )


def _wait(mail: FileMail, now: datetime) -> None:
    pause = min(_PAUSE * 2 ** min(mail.tries, 10), _LONGEST_PAUSE)
    FileMail.objects.filter(pk=mail.pk).update(
        state=FileMail.State.PENDING,
        tries=F("tries") + 1,
        next_try_at=now + pause,
        problem=_("Server surel belum dapat dihubungi; dicoba lagi."),
    )


def _end(
    mail: FileMail, state: FileMail.State, now: datetime, *, problem: str = ""
) -> None:
    row = FileMail.objects.filter(pk=mail.pk)
    if state == FileMail.State.SENT:
        row.update(state=FileMail.State.SENT, ended_at=now, problem="")
    elif state == FileMail.State.SKIPPED:
        row.update(state=FileMail.State.SKIPPED, ended_at=now, problem=problem)
    else:
        row.update(state=FileMail.State.FAILED, ended_at=now, problem=problem)
