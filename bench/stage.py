"""Where a bench plays: a database of its own, a broker, and the shipped courses.

PostgreSQL where DATABASE_URL names a server, otherwise SQLite in the bench's folder.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit


@contextmanager
def own_database(name: str) -> Iterator[None]:
    """Make a database beside the one DATABASE_URL names, and drop it again.

    Until then DATABASE_URL leads to it. Without the variable nothing is made: the
    site's SQLite lies in the bench's folder anyway.
    """
    import psycopg

    server = os.environ.get("DATABASE_URL")
    if server is None:
        yield
        return
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
    os.environ["DATABASE_URL"] = urlsplit(server)._replace(path=f"/{name}").geturl()
    try:
        yield
    finally:
        os.environ["DATABASE_URL"] = server
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def broker(logs: Path) -> Iterator[None]:
    """Run the embedded broker, unless REDIS_URL names one."""
    from tests.e2e.running import start, stop

    if "REDIS_URL" in os.environ:
        yield
        return
    command = [sys.executable, "manage.py", "broker"]
    process = start(command, os.environ, logs / "broker.log")
    try:
        yield
    finally:
        stop(process)


@contextmanager
def prepared_site(name: str) -> Iterator[None]:
    """Set Django up in this process on a site of its own, with broker and courses."""
    with ExitStack() as stack:
        logs = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stack.enter_context(own_database(name))
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.served_settings"
        os.environ.setdefault("SECRET_KEY", "only-for-this-bench")
        stack.enter_context(broker(logs))
        prepare = [sys.executable, "manage.py", "prepare"]
        subprocess.run(prepare, check=True, stdout=subprocess.DEVNULL)
        import django

        django.setup()
        from django.conf import settings

        settings.ALLOWED_HOSTS = ["*"]
        yield
        from django.db import connections

        connections.close_all()
