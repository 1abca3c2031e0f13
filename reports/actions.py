"""Exports: asking for a file, making it, and deleting it when its time is over.

Only this module assigns `ExportJob.state`. An export may be made twice at once, by a
worker that was thought lost: the row is claimed under a lock, and whoever finds at
the end that it is no longer hers throws her file away. A file is in its place whole or
not at all: a worker that is killed leaves nothing, and the sweep has it begun again, a
few times.
"""

import logging
import time
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from accounts import audit
from accounts.models import User
from lib.moments import not_before
from lib.queueing import queue_on_commit
from lib.spreadsheets import SpreadsheetProblem
from lib.transactions import atomic_with_retry
from reports import jobs
from reports.exports import files, telling
from reports.exports.registry import REPORTS
from reports.models import ExportJob
from reports.saved import planning

logger = logging.getLogger(__name__)

LIFETIME = timedelta(days=7)
MOST_TRIES = 3


class ExportStopped(Exception):
    """Somebody has stopped this export, or another worker makes it."""


def ask_for_export(
    *, report: str, format: str, filters: dict[str, Any], by: User, now: datetime
) -> ExportJob:
    """Return the export `by` asks for: a small one made already, a large one queued.

    Small is up to ELEARNING_INLINE_EXPORT_ROWS rows. An archive is large, and what is
    printed waits for a worker, because the process that answers pages may fork later
    (`certificates.typesetting`). `filters` are JSON.
    """
    definition = REPORTS[report]
    most = settings.ELEARNING_INLINE_EXPORT_ROWS
    rows = definition.rows(definition.filters(filters), by, now)
    waits = format in {ExportJob.Format.PDF, ExportJob.Format.ZIP}
    is_small = not waits and rows.count_up_to(most + 1) <= most
    with transaction.atomic():
        job = ExportJob.objects.create(
            report=report, format=format, filters=filters, asked_by=by, asked_at=now
        )
        audit.record(
            "reports.export.asked", job, by=by, now=now, report=report, format=format
        )
        if not is_small:
            queue_on_commit(jobs.RUN_EXPORT, job_id=job.pk)
    return run_export(job_id=job.pk, now=now, is_awaited=True) if is_small else job


def run_export(*, job_id: int, now: datetime, is_awaited: bool = False) -> ExportJob:
    """Make the file of an export that waits; one that does not stays as it is.

    The file is written outside any transaction. Whatever goes wrong, the export ends
    as failed with words for the person; the cause is logged. Its owner is told of the
    end unless she waits for it (`is_awaited`).
    """
    clock = time.monotonic()
    job = _claim(job_id, now=now)
    if job is None:
        return _job(job_id)
    try:
        made = files.make_file(job, now=now, told=_listener(job, now=now))
    except ExportStopped:
        return _job(job_id)
    except SpreadsheetProblem as problem:
        message = f"{problem.message} {problem.remedy}"
        return _fail(job, message=message, now=now, is_awaited=is_awaited)
    except Exception:
        logger.exception("Export %s failed", job_id)
        message = gettext(
            "Berkas belum berhasil dibuat. Coba lagi; bila tetap gagal, saring "
            "menurut unit kerja atau hubungi admin sistem."
        )
        return _fail(job, message=message, now=now, is_awaited=is_awaited)
    finished_at = now + timedelta(seconds=time.monotonic() - clock)
    return _finish(job, made, now=finished_at, is_awaited=is_awaited)


@atomic_with_retry
def _claim(job_id: int, *, now: datetime) -> ExportJob | None:
    job: ExportJob | None = (
        ExportJob.objects.select_for_update(of=("self",), no_key=True)
        .select_related("asked_by")
        .waiting(now)
        .filter(pk=job_id)
        .first()
    )
    if job is None:
        return None
    if job.tries >= MOST_TRIES:
        job.state = ExportJob.State.FAILED
        job.finished_at = not_before(now, job.asked_at)
        job.message = gettext(
            "Pembuatan berkas terhenti beberapa kali. Saring menurut unit kerja, lalu "
            "minta lagi."
        )
        job.save(update_fields=["state", "finished_at", "message"])
        audit.record("reports.export.failed", job, by=job.asked_by, now=now)
        return None
    job.state = ExportJob.State.RUNNING
    job.started_at = job.seen_at = not_before(now, job.asked_at)
    job.tries += 1
    job.rows_done = 0
    job.save(update_fields=["state", "started_at", "seen_at", "tries", "rows_done"])
    return job


def _listener(claimed: ExportJob, *, now: datetime) -> files.Progress:
    """Return what notes how far an export is, and ends one that was stopped."""
    clock = time.monotonic()
    mine = ExportJob.objects.filter(
        pk=claimed.pk, state=ExportJob.State.RUNNING, started_at=claimed.started_at
    )

    def told(rows: int) -> None:
        seen_at = now + timedelta(seconds=time.monotonic() - clock)
        if not mine.update(rows_done=rows, seen_at=seen_at):
            raise ExportStopped

    return told


@atomic_with_retry
def _finish(
    claimed: ExportJob, made: files.MadeFile, *, now: datetime, is_awaited: bool
) -> ExportJob:
    job = _locked(claimed.pk)
    if not _is_still(job, claimed):
        files.discard(made.path)
        return job
    job.state = ExportJob.State.DONE
    job.finished_at = not_before(now, job.started_at)
    job.expires_at = now + LIFETIME
    job.row_count = made.row_count
    job.byte_size = made.byte_size
    job.sha256 = made.sha256
    job.path = made.path
    job.message = _compared(job.rows_sha256, made.rows_sha256)
    job.rows_sha256 = made.rows_sha256
    job.save()
    audit.record(
        "reports.export.made", job, by=job.asked_by, now=now, rows=made.row_count
    )
    if not is_awaited:
        telling.tell_ready(job, now=now)
        planning.note_made(job)
    return job


def _compared(former: str, made: str) -> str:
    """Say of a file that is made once more whether its rows are the same."""
    if not former:
        return ""
    if former == made:
        return gettext("Isinya sama dengan berkas sebelumnya.")
    return gettext("Isinya berubah sejak berkas sebelumnya.")


@atomic_with_retry
def _fail(
    claimed: ExportJob, *, message: str, now: datetime, is_awaited: bool
) -> ExportJob:
    job = _locked(claimed.pk)
    if _is_still(job, claimed):
        job.state = ExportJob.State.FAILED
        job.finished_at = not_before(now, job.started_at)
        job.message = message[:300]
        job.save(update_fields=["state", "finished_at", "message"])
        audit.record("reports.export.failed", job, by=job.asked_by, now=now)
        if not is_awaited:
            telling.tell_failed(job, now=now)
            planning.note_failed(job, now=now)
    return job


@atomic_with_retry
def retry_export(*, job_id: int, by: User, now: datetime) -> ExportJob:
    """Queue an export once more whose file is not there; any other stays as it is.

    That is one that failed or was stopped, and one whose file was deleted in time.
    """
    job = _locked(job_id)
    is_gone = job.state == ExportJob.State.DONE and not job.path
    if is_gone or job.state in {ExportJob.State.FAILED, ExportJob.State.STOPPED}:
        job.state = ExportJob.State.WAITING
        job.message = ""
        job.tries = job.rows_done = 0
        job.save(update_fields=["state", "message", "tries", "rows_done"])
        audit.record("reports.export.asked_again", job, by=by, now=now)
        queue_on_commit(jobs.RUN_EXPORT, job_id=job.pk)
    return job


@atomic_with_retry
def stop_export(*, job_id: int, by: User, now: datetime) -> ExportJob:
    """Stop an export that waits or is being made; one that is over stays as it is.

    Its worker notices after some thousand rows and leaves no file.
    """
    job = _locked(job_id)
    if job.state in {ExportJob.State.WAITING, ExportJob.State.RUNNING}:
        job.state = ExportJob.State.STOPPED
        job.finished_at = not_before(now, job.started_at or job.asked_at)
        job.save(update_fields=["state", "finished_at"])
        audit.record("reports.export.stopped", job, by=by, now=now)
    return job


def delete_expired_exports(*, now: datetime) -> int:
    """Delete the files whose time is over, and what was searched for; return how many.

    The rows stay: they tell who fetched what. Running it twice changes nothing.
    """
    ids = list(ExportJob.objects.expired(now).values_list("pk", flat=True))
    return sum(_delete_file(job_id, now=now) for job_id in ids)


@atomic_with_retry
def _delete_file(job_id: int, *, now: datetime) -> bool:
    job = _locked(job_id)
    if not job.path:
        return False
    files.discard_all(job)
    job.path = ""
    job.filters.pop("words", None)
    job.save(update_fields=["path", "filters"])
    audit.record("reports.export.deleted", job, by=None, now=now)
    return True


def _job(job_id: int) -> ExportJob:
    job: ExportJob = ExportJob.objects.select_related("asked_by").get(pk=job_id)
    return job


def _locked(job_id: int) -> ExportJob:
    job: ExportJob = (
        ExportJob.objects.select_for_update(of=("self",), no_key=True)
        .select_related("asked_by", "view")
        .get(pk=job_id)
    )
    return job


def _is_still(job: ExportJob, claimed: ExportJob) -> bool:
    is_running = job.state == ExportJob.State.RUNNING
    return is_running and job.started_at == claimed.started_at
