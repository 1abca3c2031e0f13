"""Processes are kept running, and stopped in order."""

import os
import signal
import sys
import threading
import time

from elearning.supervisor import GIVE_UP_AFTER, Service, Supervisor


def _service(tmp_path, name, code):
    return Service(name, [sys.executable, "-c", code], tmp_path / f"{name}.log")


def _watched(supervisor):
    codes = []
    thread = threading.Thread(target=lambda: codes.append(supervisor.watch()))
    thread.start()
    return thread, codes


def _eventually(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_a_killed_process_is_started_again(tmp_path):
    said = []
    supervisor = Supervisor(os.environ, said.append)
    supervisor.start(_service(tmp_path, "worker", "import time; time.sleep(60)"))
    thread, codes = _watched(supervisor)
    first = supervisor.services[0].process.pid

    os.kill(first, signal.SIGKILL)

    assert _eventually(lambda: supervisor.services[0].process.pid != first)
    supervisor.stopping = True
    thread.join()
    supervisor.stop()
    assert codes == [0]
    assert "worker berhenti (kode -9), dijalankan lagi." in said


def test_a_process_that_cannot_run_ends_the_site_with_its_last_words(tmp_path):
    said = []
    supervisor = Supervisor(os.environ, said.append)
    supervisor.start(_service(tmp_path, "web", "raise SystemExit('tidak bisa')"))

    assert supervisor.watch() == 1

    assert len(supervisor.services[0].ended_at) == GIVE_UP_AFTER
    assert "tidak bisa" in said[-1]


def test_stopping_ends_a_process_that_does_not_listen(tmp_path, monkeypatch):
    monkeypatch.setattr("elearning.supervisor.STOP_TIMEOUT", 0.5)
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "print('siap', flush=True); time.sleep(60)"
    )
    supervisor = Supervisor(os.environ, print)
    supervisor.start(_service(tmp_path, "worker", deaf))
    service = supervisor.services[0]
    assert _eventually(lambda: "siap" in service.tail())

    supervisor.stop()

    assert service.process.poll() == -signal.SIGKILL
