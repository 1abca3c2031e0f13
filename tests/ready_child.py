"""Has loaded what a script needs, and runs it anew in a fork for each request.

Started by `tests.ready_children` as `python -I ready_child.py FD SCRIPT`. A request is
the arguments as JSON, with the files for standard input and output; it is answered by
the number of the process, then by how it ended, as `subprocess` tells it.
"""

import json
import os
import socket
import sys
import traceback
from types import CodeType


def _run(code: CodeType, script: str, arguments: list[str]) -> int:
    """Run the script as its own process would; return the exit code."""
    sys.argv = [script, *arguments]
    try:
        exec(code, {"__name__": "__main__", "__file__": script})
        ended = 0
    except SystemExit as said:
        ended = said.code if isinstance(said.code, int) else int(said.code is not None)
    except BaseException:  # noqa: BLE001 - Python too ends with 1 whatever it was
        traceback.print_exc()
        ended = 1
    try:
        sys.stdout.flush()
    except OSError:
        # What Python itself ends with when its last words cannot be written.
        return 120
    return ended


def _answer(line: socket.socket, code: CodeType, script: str) -> bool:
    """Answer one request; False when nobody asks any more."""
    said, files, _flags, _address = socket.recv_fds(line, 65_536, 2)
    if not said:
        return False
    pid = os.fork()
    if pid == 0:
        line.close()
        for place, file in enumerate(files):
            os.dup2(file, place)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        os._exit(_run(code, script, json.loads(said)) & 0xFF)
    for file in files:
        os.close(file)
    line.sendall(b"%d\n" % pid)
    _pid, status = os.waitpid(pid, 0)
    line.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
    return True


def _main(number: int, script: str) -> None:
    with open(script, "rb") as file:  # noqa: PTH123 - pathlib is not loaded otherwise
        code = compile(file.read(), script, "exec")
    # What it imports stays loaded; what it does, it does as "__main__" only.
    exec(code, {"__name__": "ready", "__file__": script})
    with socket.socket(fileno=number) as line:
        line.sendall(b"ready\n")
        while _answer(line, code, script):
            pass


if __name__ == "__main__":
    _main(int(sys.argv[1]), sys.argv[2])
