"""The processes of the scaled size: compose, systemd and Kubernetes run these.

Tests compare every one of those files with this list.
"""

from dataclasses import dataclass

from elearning.queues import QUEUES

PORT = 8000


@dataclass(frozen=True)
class SiteProcess:
    """A process of the site: its name, its command, and how many may run at once."""

    name: str
    command: tuple[str, ...]
    # Beat is alone: two of them ask for everything twice.
    may_be_many: bool = True
    # Seconds in which it ends its work after it was asked to stop.
    stops_within: int = 30


def _worker(queue: str) -> SiteProcess:
    return SiteProcess(
        f"worker-{queue}",
        (
            "celery",
            "--app=elearning",
            "worker",
            f"--queues={queue}",
            "--concurrency=2",
            "--loglevel=INFO",
            "--without-gossip",
            "--without-mingle",
        ),
        # A task that is cut off is done again: late acknowledgement.
        stops_within=120,
    )


SETUP = SiteProcess("setup", ("python", "manage.py", "prepare"), may_be_many=False)
WEB = SiteProcess(
    "web",
    (
        "gunicorn",
        "elearning.wsgi",
        f"--bind=0.0.0.0:{PORT}",
        "--no-control-socket",
        "--worker-class=lib.web_worker.PatientWorker",
        "--workers=2",
        "--threads=8",
        "--timeout=60",
    ),
)
BEAT = SiteProcess(
    "beat",
    ("celery", "--app=elearning", "beat", "--loglevel=INFO"),
    may_be_many=False,
)
# What runs all the time.
PROCESSES = (WEB, *(_worker(queue) for queue in QUEUES), BEAT)
