"""The whole site as `make run` starts it, in a folder of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
# Addresses of the scaled size must not leak into a site that is to be embedded.
_SCALED = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PUBLIC_URL")


@dataclass(frozen=True)
class Site:
    """A running site: its address, its data folder and who can sign in."""

    url: str
    var: Path
    accounts: list[dict[str, str]]

    def account(self, role: str) -> dict[str, str]:
        """Return the first demo account of a role."""
        return next(row for row in self.accounts if row["role"] == role)


def sign_in(page: Any, site: Site, role: str) -> None:
    """Sign in as the demo account of a role, with spaces in the NIP."""
    account = site.account(role)
    nip = account["nip"]
    page.goto(f"{site.url}/masuk/")
    page.fill("[name=login]", f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}")
    page.fill("[name=password]", account["password"])
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(f"{site.url}/")


def free_port() -> int:
    """Return a port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def embedded_environment(var: Path) -> dict[str, str]:
    """Return an environment that knows of no database and no broker."""
    environment = {k: v for k, v in os.environ.items() if k not in _SCALED}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    # Whoever measures or tests brings their own people.
    return {
        **environment,
        "ELEARNING_VAR": str(var),
        "ELEARNING_DEMO_PEOPLE": environment.get("ELEARNING_DEMO_PEOPLE", "false"),
    }


@contextmanager
def running_site(var: Path, *, patience: float = 240) -> Iterator[Site]:
    """Run `manage.py up` until the block ends; `patience` seconds to start."""
    port = free_port()
    log = var / "up.log"
    var.mkdir(parents=True, exist_ok=True)
    process = start(
        [sys.executable, "manage.py", "up", f"--port={port}"],
        embedded_environment(var),
        log,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", process, log, patience)
        accounts = json.loads((var / "demo-accounts.json").read_text("utf-8"))
        yield Site(f"http://127.0.0.1:{port}", var, accounts)
    finally:
        stop(process)


def start(
    command: list[str], environment: Mapping[str, str], log: Path
) -> "subprocess.Popen[bytes]":
    """Start a process that writes to `log`."""
    with log.open("ab") as file:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
        )


def stop(process: "subprocess.Popen[bytes]") -> int:
    """Press Ctrl-C and return the exit code."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    return process.wait(300)


def wait_for(
    url: str, process: "subprocess.Popen[bytes]", log: Path, seconds: float = 900
) -> None:
    """Wait until `url` answers 200; fail with the log when the process ends."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(log.read_text("utf-8"))
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{url} did not answer.\n{log.read_text('utf-8')}")
