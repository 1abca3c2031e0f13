"""`manage.py up`: the whole site on one machine, under one supervisor."""

import errno
import fcntl
import multiprocessing
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from pathlib import Path
from typing import IO, Any

import redis
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from elearning import embedded
from elearning.embedded_broker import BrokerNotHere, broker_command
from elearning.orphans import die_with_parent, end_orphans
from elearning.supervisor import Service, Supervisor, python


class Command(BaseCommand):
    """Prepare the data, start broker, web and worker, and keep them running."""

    help = "Menyiapkan dan menjalankan seluruh situs di komputer ini."
    # Whoever prepares the data runs them: what they load would stay in memory here.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer address, port and the number of worker processes."""
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument(
            "--port", type=int, default=int(os.environ.get("PORT", "8000"))
        )
        parser.add_argument("--concurrency", type=int, default=2)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until Ctrl-C."""
        host, port = options["host"], options["port"]
        # Whatever lies under var/ is personal: nobody else on this machine reads it.
        os.umask(0o077)
        started = time.monotonic()
        register = settings.ELEARNING_VAR / "up.processes"
        try:
            lock = take_lock(settings.ELEARNING_VAR / "up.lock")
            # Under the lock nobody else runs here but what a killed `up` has left.
            self._end_orphans(register)
            check_port_is_free(host, port)
        except NotStarted as reason:
            self.stderr.write(str(reason))
            sys.exit(1)
        url = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104
        environment = environment_for(url)
        embedded.leave_address(settings.ADDRESS_FILE, environment["PUBLIC_URL"])
        supervisor = Supervisor(environment, self._say, register)
        supervisor.listen()
        try:
            self._start_broker(supervisor)
            self._prepare()
            self._serve(supervisor, host, port, options["concurrency"])
            if not supervisor.stopping:
                self._announce(url, time.monotonic() - started)
            code = supervisor.watch()
        finally:
            self._say("Menghentikan semua proses …")
            supervisor.stop()
            lock.close()
        self._say("Berhenti.")
        sys.exit(code)

    def _end_orphans(self, register: Path) -> None:
        if ended := end_orphans(register):
            self._say(f"{ended} proses dari sebelumnya masih berjalan dan dihentikan.")

    def _say(self, line: str) -> None:
        """Write a line at once, also where nobody looks at a terminal."""
        self.stdout.write(line)
        self.stdout.flush()

    def _start_broker(self, supervisor: Supervisor) -> None:
        if not settings.EMBEDDED_BROKER:
            return
        self._say("Menjalankan broker …")
        try:
            command = broker_command(
                settings.ELEARNING_VAR / "broker", settings.BROKER_SOCKET
            )
        except BrokerNotHere as refused:
            raise CommandError(str(refused)) from refused
        supervisor.start(service("broker", command))
        wait_for_broker(supervisor)

    def _prepare(self) -> None:
        """Prepare the data in a child, whose memory goes with it."""
        child = multiprocessing.get_context("fork").Process(target=self._prepare_here)
        child.start()
        child.join()
        if child.exitcode:
            raise CommandError("Situs tidak dapat disiapkan; sebabnya di atas.")

    def _prepare_here(self) -> None:
        # At a first start the settings were read before the address was left.
        settings.PUBLIC_URL = embedded.left_address(settings.ADDRESS_FILE).rstrip("/")
        # Asked to end, also because `up` was killed, it ends: it holds the lock, too.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        die_with_parent()
        try:
            self.check()
            call_command("prepare", stdout=self.stdout, stderr=self.stderr)
        except CommandError as refused:
            self.stderr.write(str(refused))
            sys.exit(1)

    def _serve(
        self, supervisor: Supervisor, host: str, port: int, concurrency: int
    ) -> None:
        self._say("Menjalankan situs dan pekerja …")
        # People first: until the worker is there, its work waits in the database.
        supervisor.start(service("web", web_command(host, port)))
        wait_for_web(f"http://127.0.0.1:{port}/healthz", supervisor)
        supervisor.start(service("worker", worker_command(concurrency)))

    def _announce(self, url: str, seconds: float) -> None:
        logs = settings.ELEARNING_VAR / "log"
        self._say("")
        self._say(self.style.SUCCESS(f"Siap dalam {seconds:.0f} detik: {url}"))
        if settings.DEMO:
            path = settings.ELEARNING_VAR / "demo-accounts.json"
            self._say(f"Akun contoh: {path}")
        self._say(f"Catatan proses: {logs}")
        self._say("Tekan Ctrl-C untuk berhenti.")


def service(name: str, command: list[str]) -> Service:
    """Return a service that logs under `var/log`."""
    return Service(name, command, settings.ELEARNING_VAR / "log" / f"{name}.log")


def worker_command(concurrency: int) -> list[str]:
    """Return the command of the one worker of the embedded size, beat included."""
    return python(
        "-m",
        "celery",
        "--app=elearning",
        "worker",
        "--beat",
        "--queues=certificates,exports,mail",
        f"--concurrency={concurrency}",
        "--loglevel=INFO",
        "--without-gossip",
        "--without-mingle",
    )


def web_command(host: str, port: int) -> list[str]:
    """Return the command of the one web server process of the embedded size."""
    return python(
        "-m",
        "gunicorn",
        "elearning.wsgi",
        f"--bind={host}:{port}",
        "--worker-class=lib.web_worker.PatientWorker",
        "--workers=1",
        "--threads=8",
        "--timeout=60",
        # Everything of ours lies under var/; nobody asked for this socket elsewhere.
        "--no-control-socket",
    )


def environment_for(url: str) -> dict[str, str]:
    """Return the environment of the processes: ours, and where the site is."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    environment["PUBLIC_URL"] = environment.get("PUBLIC_URL") or url
    if sys.platform == "darwin":
        # Celery's child processes are forked; macOS refuses that by default.
        environment["OBJC_DISABLE_INITIALIZE_FORK_SAFETY"] = "YES"
    return environment


class NotStarted(Exception):
    """The site cannot be started here; the message is one sentence with a remedy."""


def take_lock(path: Path) -> IO[str]:
    """Return a lock on the data folder, held as long as the file is open.

    Two sites on one folder would stop each other's broker. Raises NotStarted.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = path.open("w", encoding="ascii")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise NotStarted(
            f"Situs dengan data di {path.parent} sudah berjalan. Hentikan dulu "
            "dengan Ctrl-C, atau pilih folder lain lewat ELEARNING_VAR."
        ) from error
    return file


def check_port_is_free(host: str, port: int) -> None:
    """Refuse a busy port in one clear sentence."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise NotStarted(f"Alamat {host}:{port}: {error.strerror}.") from error
            raise NotStarted(
                f"Port {port} sedang dipakai program lain. "
                f"Pilih port lain, misalnya: PORT={port + 1} make run"
            ) from error


def wait_for_broker(supervisor: Supervisor, timeout: float = 20.0) -> None:
    """Wait until the embedded broker answers."""
    client = redis.Redis(unix_socket_path=str(settings.BROKER_SOCKET))
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline and not supervisor.stopping:
        try:
            client.ping()
        except redis.RedisError:
            time.sleep(0.02)
        else:
            return
    raise CommandError(
        "Broker bawaan tidak menjawab. Catatannya:\n" + supervisor.services[0].tail()
    )


def wait_for_web(url: str, supervisor: Supervisor, timeout: float = 60.0) -> None:
    """Wait until the site serves."""
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline and not supervisor.stopping:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own site
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    if not supervisor.stopping:
        raise CommandError(
            "Situs tidak menjawab. Catatannya:\n" + supervisor.services[-1].tail()
        )
