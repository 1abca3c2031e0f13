"""Half-sent requests silence nobody."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from types import SimpleNamespace
from unittest.mock import Mock

import pytest

from elearning.processes import WEB
from lib.web_worker import (
    ARRIVES_WITHIN,
    LAST_CALL,
    LONGEST_HEAD,
    MOST_WAITED_FOR,
    PatientWorker,
    has_arrived,
)
from tests.sources import ROOT

THREADS = 2
# A site that is silenced stays so for longer, on whatever machine.
PATIENCE = 60
HEAD = b"POST / HTTP/1.1\r\nHost: x\r\n"


@pytest.mark.parametrize(
    ("data", "is_whole"),
    [
        (b"", False),
        (b"GET / HTTP/1.1\r\nHost: x\r\n", False),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", True),
        (HEAD + b"Content-Length: 3\r\n\r\nab", False),
        (HEAD + b"content-length:3\r\n\r\nabc", True),
        (HEAD + b"Content-Length: 3\r\nX: y\r\n\r\nab", False),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", True),
        (HEAD + b"Content-Length: 3\r\nExpect: 100-continue\r\n\r\n", True),
        (HEAD + b"Content-Length: 99999999\r\n\r\n" + b"a" * MOST_WAITED_FOR, True),
        (b"G" * (LONGEST_HEAD + 1), True),
    ],
)
def test_a_thread_gets_what_has_arrived(data, is_whole):
    assert has_arrived(data) is is_whole


@pytest.fixture
def port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(autouse=True)
def site(request, tmp_path) -> Iterator["subprocess.Popen[bytes] | None"]:
    """Run the smallest site with two threads, for whoever asks for a port."""
    if "port" not in request.fixturenames:
        yield None
        return
    port = request.getfixturevalue("port")
    command = [
        *(sys.executable, "-m", "gunicorn", "tests.elearning.plain_app"),
        *(f"--bind=127.0.0.1:{port}", "--workers=1", f"--threads={THREADS}"),
        "--worker-class=lib.web_worker.PatientWorker",
        f"--graceful-timeout={2 * PATIENCE}",
        "--no-control-socket",
    ]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ, stdout=log, stderr=log
        )
    for _try in range(10 * PATIENCE):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield process
    process.terminate()
    process.wait(PATIENCE)


def ask(port: int, body: bytes = b"") -> bytes:
    """Send a request and return the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    with closing(connection):
        connection.request("POST", "/", body)
        return connection.getresponse().read()


@pytest.mark.parametrize(
    "half",
    [
        b"",
        b"G",
        b"GET / HTTP/1.1\r\nHost: x\r\n",
        HEAD + b"Content-Length: 5000\r\n\r\nab",
    ],
)
def test_half_sent_requests_silence_nobody(port, half):
    stalled = [
        socket.create_connection(("127.0.0.1", port), PATIENCE) for _ in range(50)
    ]
    for one in stalled:
        one.sendall(half)

    # Whoever comes later is taken later: all of them are here by then.
    assert ask(port, b"abc") == b"3"
    for one in stalled:
        one.close()


def answer(connection: socket.socket) -> bytes:
    """Return one answer, whose body is one digit."""
    said = b""
    while not said.endswith(b"\r\n\r\n0"):
        said += connection.recv(4096)
    return said


def test_a_site_that_stops_waits_for_no_half_request(port, site):
    stalled = socket.create_connection(("127.0.0.1", port), PATIENCE)
    stalled.sendall(b"GET / HT")
    # Whoever comes later is taken later: the stalled one is here by then.
    assert ask(port, b"abc") == b"3"

    site.terminate()

    assert site.wait(PATIENCE) == 0
    stalled.close()


def test_the_master_knows_nothing_of_the_site():
    """What it imports is what workers of the next version begin with."""
    (said,) = [part for part in WEB.command if part.startswith("--worker-class=")]
    worker = said.partition("=")[2].rpartition(".")[0]
    code = f"import sys, {worker}; print(*sorted(sys.modules))"
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True
    )

    modules = found.stdout.decode().split()
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    ours = {name for name in modules if name.partition(".")[0] in rooms}
    assert ours == {"lib", worker}
    assert "django" not in modules


def test_what_is_on_its_way_when_a_worker_stops_has_some_seconds_more():
    """As when code is exchanged: old workers stop while people send."""
    worker = PatientWorker.__new__(PatientWorker)
    connection = SimpleNamespace(
        timeout=time.monotonic() + ARRIVES_WITHIN, sock=Mock(), close=Mock()
    )
    worker.alive, worker.poller, worker.nr_conns = False, Mock(), 1
    worker.pending_conns = deque([connection])

    worker.murder_pending()

    assert not connection.close.called
    assert connection.timeout <= time.monotonic() + LAST_CALL
    worker._last_call = time.monotonic()
    worker.murder_pending()
    assert connection.close.called
    assert worker.nr_conns == 0


def test_connections_that_are_kept_open_silence_nobody_either(port):
    kept = [socket.create_connection(("127.0.0.1", port), PATIENCE) for _ in range(10)]
    for one in kept:
        one.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert answer(one).startswith(b"HTTP/1.1 200")
        one.sendall(b"GET / HT")

    assert ask(port, b"abc") == b"3"
    # What was begun may be ended.
    kept[0].sendall(b"TP/1.1\r\nHost: x\r\n\r\n")
    assert answer(kept[0]).startswith(b"HTTP/1.1 200")
    for one in kept:
        one.close()


@pytest.mark.parametrize("size", [0, 1, 70_000, MOST_WAITED_FOR, 3_000_000])
def test_bodies_arrive_whole(port, size):
    assert ask(port, b"x" * size) == str(size).encode()


def test_requests_in_one_go_are_answered_one_after_the_other(port):
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as pipe:
        pipe.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 3)
        said = b""
        while said.count(b"HTTP/1.1 200") < 3:
            said += pipe.recv(4096)
