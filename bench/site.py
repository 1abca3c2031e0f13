"""A site to measure: the demo agency with the shipped courses."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.e2e import running


def prepare() -> None:
    """Set Django up on an empty data folder and load what is shipped."""
    import django

    django.setup()
    from django.core.management import call_command

    from elearning.celery import app

    # No worker runs beside the measured process, and nothing is to be done later.
    app.conf.broker_url = "memory://localhost/"
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        call_command("prepare", stdout=nowhere, stderr=nowhere)


@contextmanager
def running_site() -> Iterator[running.Site]:
    """Run the whole embedded site in this bench's data folder."""
    with running.running_site(Path(os.environ["ELEARNING_VAR"])) as site:
        yield site
