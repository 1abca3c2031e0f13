"""Files that people upload are read by processes that have loaded their libraries.

The site reads each workbook, document and picture in a process of its own, with limits.
Starting Python and loading the library took most of that, hundreds of times in a run.
Here the script is loaded once and runs in a fork for each file: the same code with the
same arguments, limits and end. A pytest plugin, loaded by `tests/conftest.py`;
`tests/lib/test_ready_children.py` compares it with what the site does.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from unittest import mock

import pytest

_READY = Path(__file__).with_name("ready_child.py")
_LIB = _READY.parents[1] / "lib"
SCRIPTS = {
    str(_LIB / name)
    for name in (
        "documents/docx_child.py",
        "media/document_child.py",
        "media/picture_child.py",
        "spreadsheets/xlsx_child.py",
    )
}
# Whoever has less patience tests that it ends.
_LEAST_PATIENCE = 1
ordinary_run = subprocess.run


@dataclass
class _Ready:
    """A process that has loaded one script; one request at a time."""

    process: "subprocess.Popen[bytes]"
    line: socket.socket
    answers: IO[bytes]
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, arguments: list[str], files: tuple[int, int], seconds: float) -> int:
        """Return the exit code. Raises TimeoutError, and the process is gone."""
        with self.lock:
            said = json.dumps(arguments).encode()
            socket.send_fds(self.line, [said], list(files))
            pid = int(self.answers.readline())
            timer = threading.Timer(seconds, os.kill, (pid, signal.SIGKILL))
            timer.start()
            ended = int(self.answers.readline())
            took_too_long = not timer.is_alive() and ended == -signal.SIGKILL
            timer.cancel()
            timer.join()
        if took_too_long:
            raise TimeoutError
        return ended

    def end(self) -> None:
        """Let it go."""
        self.answers.close()
        self.line.close()
        self.process.wait()


def _started(script: str, environment: Any) -> _Ready:
    own, its = socket.socketpair()
    with its:
        process = subprocess.Popen(
            [sys.executable, "-I", str(_READY), str(its.fileno()), script],
            pass_fds=[its.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
    ready = _Ready(process, own, own.makefile("rb"))
    assert ready.answers.readline() == b"ready\n", script
    return ready


class _Children:
    """The processes of this process, each started when it is first needed."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.lock = threading.Lock()
        self.ready: dict[str, _Ready] = {}

    def run(self, command: Any, **said: Any) -> "subprocess.CompletedProcess[Any]":
        """Take the place of `subprocess.run` where one of the scripts is asked for."""
        if not self._takes(command, said):
            return ordinary_run(command, **said)
        _python, _alone, script, *arguments = command
        with self.lock:
            if script not in self.ready:
                self.ready[script] = _started(script, said["env"])
        files = (said["stdin"].fileno(), said["stdout"].fileno())
        try:
            code = self.ready[script].run(arguments, files, said["timeout"])
        except TimeoutError:
            raise subprocess.TimeoutExpired(command, said["timeout"]) from None
        return subprocess.CompletedProcess(command, code)

    def _takes(self, command: Any, said: Any) -> bool:
        return (
            os.getpid() == self.owner
            and isinstance(command, list)
            and command[:2] == [sys.executable, "-I"]
            and command[2] in SCRIPTS
            and said["timeout"] >= _LEAST_PATIENCE
        )


@pytest.fixture(scope="session", autouse=True)
def _ready_children() -> Iterator[None]:
    children = _Children()
    with mock.patch.object(subprocess, "run", children.run):
        yield
    for ready in children.ready.values():
        ready.end()
