"""Figures and request times as Prometheus reads them.

prometheus-client is loaded here alone, by sites whose metrics are on: every worker
writes its counts into files of a folder, and whoever is asked adds them up.
"""

import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from elearning.version import site_version
from elearning.watching.figures import SiteFigures, StoredFigures, site_figures

# Before the import: the library decides by it how it counts. Not below ELEARNING_VAR,
# which several machines may share: two processes of one number would write one file.
FOLDER = Path(
    os.environ.setdefault(
        "PROMETHEUS_MULTIPROC_DIR",
        str(Path(tempfile.gettempdir()) / f"melek-metrics-{os.getuid()}"),
    )
)
FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)

from prometheus_client import CollectorRegistry, Histogram  # noqa: E402
from prometheus_client.core import GaugeMetricFamily, Metric  # noqa: E402
from prometheus_client.exposition import generate_latest  # noqa: E402
from prometheus_client.multiprocess import MultiProcessCollector  # noqa: E402

REQUEST_SECONDS = Histogram(
    "melek_request_seconds",
    "Seconds until an answer was ready, by route name and first digit of its code.",
    ["route", "status"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=None,
)


def count_request(*, route: str, status: int, seconds: float) -> None:
    """Count an answer."""
    REQUEST_SECONDS.labels(route, f"{status // 100}xx").observe(seconds)


def exposition(*, now: datetime) -> bytes:
    """Return what Prometheus reads: counts of all workers here, figures of the site."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, str(FOLDER))  # type: ignore[no-untyped-call]
    registry.register(_Figures(site_figures(now=now)))
    return generate_latest(registry)


class _Figures:
    """The site's figures as gauges, read once for one answer."""

    def __init__(self, figures: SiteFigures) -> None:
        self.figures = figures

    def collect(self) -> Iterator[Metric]:
        """Yield every gauge; one that is not known is left out."""
        figures = self.figures
        yield _gauge("melek_site_info", "1, with the version.", version=site_version())
        yield _gauge(
            "melek_database_up",
            "1 while the database answers.",
            float(figures.stored is not None),
        )
        yield _gauge(
            "melek_files_up",
            "1 while the storage of files answers.",
            float(figures.has_files),
        )
        yield from self._queues()
        yield from self._disks()
        if figures.backup_age is not None:
            yield _gauge(
                "melek_backup_age_seconds",
                "Age of the last good backup.",
                figures.backup_age.total_seconds(),
            )
        if figures.stored is not None:
            yield from _stored(figures.stored)

    def _queues(self) -> Iterator[Metric]:
        waiting = GaugeMetricFamily(
            "melek_queue_messages", "Messages that wait.", labels=["queue"]
        )
        silence = GaugeMetricFamily(
            "melek_queue_heartbeat_age_seconds",
            "Since beat's message came through the queue; missing for not in a week.",
            labels=["queue"],
        )
        for queue in self.figures.queues:
            if queue.waiting is not None:
                waiting.add_metric([queue.name], queue.waiting)
            if queue.silent_for is not None:
                silence.add_metric([queue.name], queue.silent_for.total_seconds())
        is_up = all(queue.waiting is not None for queue in self.figures.queues)
        yield _gauge("melek_broker_up", "1 while the broker answers.", float(is_up))
        yield waiting
        yield silence

    def _disks(self) -> Iterator[Metric]:
        free = GaugeMetricFamily("melek_disk_free_bytes", "Room.", labels=["folder"])
        total = GaugeMetricFamily("melek_disk_bytes", "Size.", labels=["folder"])
        for disk in self.figures.disks:
            free.add_metric([disk.name], disk.free)
            total.add_metric([disk.name], disk.total)
        yield free
        yield total


def _stored(stored: StoredFigures) -> Iterator[Metric]:
    certificates, exports = stored.certificates, stored.exports
    for name, said, value in (
        (
            "certificates_waiting",
            "Not made yet, as the sweep knows.",
            certificates.waiting,
        ),
        ("certificates_failed", "Failed and tried again.", certificates.failed),
        ("certificates_hopeless", "Failed five times.", certificates.hopeless),
        (
            "certificate_oldest_seconds",
            "Since the completion of the oldest one not issued.",
            certificates.oldest.total_seconds(),
        ),
        ("exports_waiting", "That nobody works on.", exports.count),
        (
            "export_oldest_seconds",
            "Since the oldest of these was asked for.",
            exports.oldest.total_seconds(),
        ),
        ("open_attempts", "Attempts in progress.", stored.open_attempts),
        ("failed_tasks", "Tasks that failed for good.", stored.failed_tasks),
    ):
        yield _gauge(f"melek_{name}", said, float(value))


def _gauge(name: str, said: str, value: float = 1.0, **labels: str) -> Metric:
    gauge = GaugeMetricFamily(name, said, labels=list(labels))
    gauge.add_metric(list(labels.values()), value)
    return gauge
