"""What an operator wants to know of the site, read once for whoever shows it."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from certificates.selectors import CertificateBacklog, certificate_backlog
from elearning.addresses import is_bucket
from elearning.backups.site import this_site
from elearning.models import FailedTask
from elearning.watching.heartbeats import SILENT_AFTER, last_heartbeats
from elearning.watching.queue_lengths import queue_lengths
from quizzes.selectors import count_open_attempts
from reports.exports.waiting import WaitingExports, waiting_exports


@dataclass(frozen=True)
class Queue:
    """A queue: what waits (None: the broker is away), and the age of its heartbeat."""

    name: str
    waiting: int | None
    silent_for: timedelta | None

    @property
    def is_worked_off(self) -> bool:
        """Whether beat, broker and a worker were there within some minutes."""
        return self.silent_for is not None and self.silent_for < SILENT_AFTER


@dataclass(frozen=True)
class Disk:
    """A folder of the site on its disk, in bytes."""

    name: str
    free: int
    total: int

    @property
    def percent_free(self) -> int:
        """The share that is left, rounded down."""
        return self.free * 100 // self.total if self.total else 0


@dataclass(frozen=True)
class StoredFigures:
    """What the database knows."""

    certificates: CertificateBacklog
    exports: WaitingExports
    open_attempts: int
    failed_tasks: int


@dataclass(frozen=True)
class SiteFigures:
    """Everything, as of one moment; `stored` is None while the database is away."""

    queues: list[Queue]
    disks: list[Disk]
    stored: StoredFigures | None
    backup_age: timedelta | None
    makes_backups: bool
    # Whether the files of the site can be read and kept, and where they are.
    has_files: bool
    files_place: str


def site_figures(*, now: datetime) -> SiteFigures:
    """Read every figure. Never raises for what is away: that is what one looks for."""
    lengths = queue_lengths()
    return SiteFigures(
        queues=[
            Queue(
                name,
                waiting=None if lengths is None else lengths[name],
                silent_for=None if at is None else max(now - at, timedelta(0)),
            )
            for name, at in last_heartbeats().items()
        ],
        disks=_disks(),
        stored=_stored(now),
        backup_age=_backup_age(now),
        makes_backups=bool(settings.ELEARNING_BACKUP_FOLDER),
        has_files=files_answer(),
        files_place=_files_place(),
    )


def _stored(now: datetime) -> StoredFigures | None:
    try:
        return StoredFigures(
            certificates=certificate_backlog(now=now),
            exports=waiting_exports(now=now),
            open_attempts=count_open_attempts(),
            failed_tasks=FailedTask.objects.count(),
        )
    except DatabaseError:
        return None


def _disks() -> list[Disk]:
    folders = {"data": settings.ELEARNING_VAR}
    if settings.FILES_PARTS is None:
        folders["media"] = Path(settings.MEDIA_ROOT)
    if settings.ELEARNING_BACKUP_FOLDER and not is_bucket(
        settings.ELEARNING_BACKUP_FOLDER
    ):
        folders["backup"] = Path(settings.ELEARNING_BACKUP_FOLDER)
    found = []
    for name, folder in folders.items():
        try:
            usage = shutil.disk_usage(folder)
        except OSError:
            continue
        found.append(Disk(name, usage.free, usage.total))
    return found


def files_answer() -> bool:
    """Say whether the files of the site are within reach; never raises."""
    bucket = this_site().bucket
    return True if bucket is None else bool(bucket.answers())


def _files_place() -> str:
    bucket = this_site().bucket
    return str(bucket.place if bucket else settings.MEDIA_ROOT)


def _backup_age(now: datetime) -> timedelta | None:
    from elearning.backups.making import last_backup

    last = last_backup(this_site())
    if last is None:
        return None
    return now - datetime.fromisoformat(last["made_at"])
