"""The site as the project starts it, over HTTP, for drills that may kill it.

Where DATABASE_URL names a PostgreSQL server: the web process (and worker) of
docker-compose.yml on a database of its own. Otherwise the embedded site of
`manage.py up`, on SQLite in the bench's folder.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench.site import running_site
from bench.stage import broker, own_database


class Served:
    """A running site: its port, and how to kill its web server with everything."""

    def __init__(self, port: int) -> None:
        self.port = port

    def kill_web(self) -> int:
        """`kill -9` the web server and its workers; return how many were killed.

        The embedded site starts it again by itself.
        """
        killed = 0
        found = subprocess.run(
            ["pgrep", "-f", "gunicorn"], capture_output=True, text=True, check=False
        )
        for pid in filter(is_ours, map(int, found.stdout.split())):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            killed += 1
        return killed

    def start_web(self) -> None:
        """Start it again where nobody else does."""


class ServedByGunicorn(Served):
    """The web process of docker-compose.yml, started by us."""

    def __init__(self, port: int, command: list[str], log: Path) -> None:
        super().__init__(port)
        self.command, self.log = command, log
        self.processes: list[Any] = []

    def start_web(self) -> None:
        """Start the server and wait until it answers."""
        from tests.e2e.running import start, wait_for

        self.processes.append(start(self.command, os.environ, self.log))
        address = f"http://127.0.0.1:{self.port}/healthz"
        wait_for(address, self.processes[-1], self.log)

    def stop(self) -> None:
        """End whatever still runs, and collect what was killed."""
        from tests.e2e.running import stop

        for process in self.processes:
            stop(process)


def is_ours(pid: int) -> bool:
    """Say whether a process belongs to the site in this bench's folder."""
    try:
        environment = Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return False
    return os.environ["ELEARNING_VAR"].encode() in environment


@contextmanager
def served(name: str, *, worker: bool = False) -> Iterator[Served]:
    """Run the site until the block ends, Django set up on its database beside it.

    The embedded site always has its worker, with beat; the other one gets a worker
    without beat if it is asked for.
    """
    if "DATABASE_URL" not in os.environ:
        with running_site() as site:
            _set_up()
            yield Served(int(site.url.rpartition(":")[2]))
            _close()
        return
    with ExitStack() as stack:
        stack.enter_context(own_database(name))
        logs = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "bench.served_settings",
            "SECRET_KEY": "only-for-this-bench",
        }
        stack.enter_context(broker(logs))
        prepare = [sys.executable, "manage.py", "prepare"]
        subprocess.run(prepare, check=True, stdout=subprocess.DEVNULL)
        web = _gunicorn(stack, logs)
        if worker:
            _worker(stack, logs)
        _set_up()
        yield web
        _close()


def _gunicorn(stack: ExitStack, logs: Path) -> ServedByGunicorn:
    from tests.e2e.running import free_port

    port = free_port()
    # Without an address no certificate is made.
    os.environ["PUBLIC_URL"] = f"http://127.0.0.1:{port}"
    site = ServedByGunicorn(port, at_port(said("web"), port), logs / "web.log")
    stack.callback(site.stop)
    site.start_web()
    return site


def at_port(command: list[str], port: int) -> list[str]:
    """Return the command of a web server with an address of this machine alone."""
    return [part.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for part in command]


def _worker(stack: ExitStack, logs: Path) -> None:
    from tests.e2e.running import start, stop

    process = start(said_worker(), os.environ, logs / "worker.log")
    stack.callback(stop, process)


def said(service: str) -> list[str]:
    """Return the command of a service of docker-compose.yml, by this very Python."""
    import yaml

    compose = yaml.safe_load(Path("docker-compose.yml").read_text("utf-8"))
    program, *rest = compose["services"][service]["command"]
    return [sys.executable, "-m", program, *rest]


def said_worker() -> list[str]:
    """Return the command of one worker for all queues, as figures were always taken."""
    queues = ("certificates", "exports", "mail")
    return [
        f"--queues={','.join(queues)}" if part.startswith("--queues=") else part
        for part in said(f"worker-{queues[0]}")
    ]


def _set_up() -> None:
    import django

    django.setup()


def _close() -> None:
    from django.db import connections

    connections.close_all()
