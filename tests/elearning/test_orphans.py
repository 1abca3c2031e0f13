"""What a killed `up` leaves is ended, and nobody else."""

import os
import signal
import subprocess
import sys
import time

import pytest

from elearning.orphans import end_orphans, started_at, write_down
from tests.sources import ROOT

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "print(flush=True); time.sleep(60)",
]


@pytest.fixture
def run():
    """Start processes that are ended with the test."""
    started = []

    def start(command):
        process = subprocess.Popen(
            command, start_new_session=True, stdout=subprocess.PIPE
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def test_what_was_written_down_is_ended(tmp_path, run):
    processes = [run(SLEEP), run(SLEEP)]
    register = tmp_path / "up.processes"
    write_down(register, [process.pid for process in processes])

    assert end_orphans(register) == 2

    assert [process.wait(60) for process in processes] == [-signal.SIGTERM] * 2
    assert not register.exists()
    assert end_orphans(register) == 0


def test_whoever_does_not_listen_is_ended_all_the_same(tmp_path, run):
    deaf = run(DEAF)
    deaf.stdout.readline()
    register = tmp_path / "up.processes"
    write_down(register, [deaf.pid])

    assert end_orphans(register, timeout=0.3) == 1
    assert deaf.wait(60) == -signal.SIGKILL


def test_another_process_with_the_number_is_left_alone(tmp_path, run):
    innocent = run(SLEEP)
    register = tmp_path / "up.processes"
    register.write_text(f"{innocent.pid} {started_at(innocent.pid)}0\nx\n7\n")

    assert end_orphans(register) == 0
    assert innocent.poll() is None


def test_a_process_that_is_gone_began_never(run):
    process = run([sys.executable, "-c", ""])
    process.wait()

    assert started_at(process.pid) == ""


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells children.")
def test_services_end_with_a_supervisor_that_is_killed(tmp_path):
    code = (
        "import os, sys; from pathlib import Path\n"
        "from elearning.supervisor import Service, Supervisor\n"
        f"supervisor = Supervisor(os.environ, print, Path({str(tmp_path / 'r')!r}))\n"
        f"supervisor.start(Service('x', {SLEEP!r}, Path({str(tmp_path / 'log')!r})))\n"
        "print(supervisor.services[0].process.pid, flush=True)\n"
        "supervisor.watch()\n"
    )
    up = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=os.environ, stdout=subprocess.PIPE
    )
    service = int(up.stdout.readline())
    assert started_at(service)

    up.kill()
    up.wait()
    up.stdout.close()

    deadline = time.monotonic() + 60
    while started_at(service) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert started_at(service) == ""
