"""What the operator's page shows: figures, failures, what keeps everybody waiting."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import django
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from certificates.issuing_site import SiteObstacle, obstacles
from elearning.version import site_version
from elearning.watching.failed_tasks import failed_tasks
from elearning.watching.figures import SiteFigures, StoredFigures, site_figures
from lib.indonesian import format_bytes

PER_PAGE = 20
LOW_PERCENT = 10
OLD_BACKUP = timedelta(hours=26)


@dataclass(frozen=True)
class OperatorPage:
    """Everything that an operator looks at."""

    figures: SiteFigures
    facts: list[tuple[str, str]]
    warnings: list[str]
    obstacles: list[SiteObstacle]
    failed: "Page[Any]"
    versions: list[tuple[str, str]]


def operator_page(*, page: str, now: datetime) -> OperatorPage:
    """Read it all; the number of statements does not grow with what is waiting."""
    figures = site_figures(now=now)
    return OperatorPage(
        figures=figures,
        facts=_facts(figures),
        warnings=_warnings(figures),
        obstacles=obstacles(now=now),
        failed=Paginator(failed_tasks(), PER_PAGE).get_page(page),
        versions=[(_("Situs"), site_version()), ("Django", django.__version__)],
    )


def _facts(figures: SiteFigures) -> list[tuple[str, str]]:
    """Return everything that has a figure, with its label."""
    said = [
        (
            _("Antrean %(name)s") % {"name": queue.name},
            _("%(count)s menunggu, tanda hidup %(age)s")
            % {
                "count": "–" if queue.waiting is None else queue.waiting,
                "age": age_in_words(queue.silent_for),
            },
        )
        for queue in figures.queues
    ]
    said += [
        (
            _("Disk %(name)s") % {"name": disk.name},
            _("%(free)s dari %(total)s tersisa (%(percent)s%%)")
            % {
                "free": format_bytes(disk.free),
                "total": format_bytes(disk.total),
                "percent": disk.percent_free,
            },
        )
        for disk in figures.disks
    ]
    said += [
        (
            _("Berkas situs"),
            figures.files_place
            if figures.has_files
            else _("%(place)s tidak menjawab.") % {"place": figures.files_place},
        ),
        (_("Cadangan terakhir"), age_in_words(figures.backup_age)),
    ]
    if figures.stored is None:
        return [*said, (_("Basis data"), _("Tidak menjawab."))]
    return said + _stored_facts(figures.stored)


def _stored_facts(stored: StoredFigures) -> list[tuple[str, str]]:
    certificates = stored.certificates
    return [
        (
            _("Sertifikat belum jadi"),
            _("%(waiting)s, gagal %(failed)s, di antaranya berulang %(hopeless)s")
            % {
                "waiting": certificates.waiting,
                "failed": certificates.failed,
                "hopeless": certificates.hopeless,
            },
        ),
        (_("Unduhan menunggu"), str(stored.exports.count)),
        (_("Percobaan berjalan"), str(stored.open_attempts)),
    ]


def age_in_words(age: timedelta | None) -> str:
    """Return how long ago something was: in minutes, hours or days."""
    if age is None:
        return _("belum pernah")
    minutes = int(age.total_seconds() // 60)
    if minutes < 1:
        return _("baru saja")
    if minutes < 60:
        return _("%(count)s menit lalu") % {"count": minutes}
    if minutes < 48 * 60:
        return _("%(count)s jam lalu") % {"count": minutes // 60}
    return _("%(count)s hari lalu") % {"count": minutes // (24 * 60)}


def _warnings(figures: SiteFigures) -> list[str]:
    said = [
        _("Antrean %(name)s tidak dikerjakan. Periksa beat, broker, dan pekerja.")
        % {"name": queue.name}
        for queue in figures.queues
        if not queue.is_worked_off
    ]
    said += [
        _("Ruang disk %(name)s tinggal %(percent)s %%. Kosongkan atau perbesar.")
        % {"name": disk.name, "percent": disk.percent_free}
        for disk in figures.disks
        if disk.percent_free < LOW_PERCENT
    ]
    if not figures.has_files:
        said.append(
            _("Penyimpanan objek tidak menjawab. Periksa alamat, kunci, jaringan.")
        )
    if not figures.makes_backups:
        said.append(_("Situs ini tidak membuat cadangan: isi ELEARNING_BACKUP_FOLDER."))
    elif figures.backup_age is None or figures.backup_age > OLD_BACKUP:
        said.append(_("Cadangan terakhir terlalu lama. Periksa catatan pekerja."))
    return said
