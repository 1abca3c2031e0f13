"""64 people answer while version N becomes N+1, and N again: no request may fail.

`DATABASE_URL=postgres://… python -m bench rollout --before REF` checks REF out into a
folder, makes its tables there and serves it by the web process of docker-compose.yml.
Then it does what docs/upgrading.md says, with people at work all the time: the files
of the newest commit, `manage.py prepare`, a reload; after a while the files of REF and
a reload, now on the tables of the newest commit. Nobody asks twice: what is not
answered as it should be has failed.

Printed for each phase: requests, failed ones, seconds of the slowest; in the end what
was acknowledged and is not there.
"""

import argparse
import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.drill import Sitter
from bench.serving import at_port, said
from bench.stage import broker, own_database

PEOPLE, THINKING = 64, 1.0
_WORKER = "lib/web_worker.py"
_MAKE = "import json, django; django.setup(); from bench.drill import make_sitters; \
print(json.dumps([[s.key, s.token, s.session, s.forms] for s in make_sitters({})]))"
_COUNT = "import django; django.setup(); from quizzes.models import ResponseSave; \
print(ResponseSave.objects.count())"


def main() -> None:
    """Run the drill and print what it found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--before", required=True, help="an older commit")
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--seconds", type=float, default=15.0, help="of each phase")
    options = parser.parse_args()
    if "DATABASE_URL" not in os.environ:
        sys.exit("Two versions side by side are of the scaled size: set DATABASE_URL.")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stack.enter_context(own_database("melek_bench_rollout"))
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "bench.served_settings",
            "SECRET_KEY": "only-for-this-bench",
        }
        stack.enter_context(broker(folder))
        tree = _Tree(folder / "site")
        stack.callback(tree.remove)
        tree.check_out(options.before)
        _drill(stack, tree, folder, options)


def _drill(stack: ExitStack, tree: "_Tree", logs: Path, options: Any) -> None:
    from tests.e2e.running import free_port, stop, wait_for

    port = free_port()
    os.environ["PUBLIC_URL"] = f"http://127.0.0.1:{port}"
    tree.python("manage.py", "prepare")
    made = json.loads(tree.python("-c", _MAKE.format(options.people)))
    before = int(tree.python("-c", _COUNT))
    with (logs / "web.log").open("ab") as log:
        command = at_port(said("web"), port)
        web = subprocess.Popen(command, cwd=tree.folder, stdout=log, stderr=log)
    stack.callback(stop, web)
    wait_for(f"http://127.0.0.1:{port}/healthz", web, logs / "web.log")
    crowd = _Crowd(port, [Sitter(*one) for one in made])
    with crowd:
        crowd.phase("N", options.seconds)
        crowd.phase("tables of N+1 are made", 0)
        tree.check_out("HEAD", of=Path.cwd())
        tree.python("manage.py", "prepare")
        crowd.phase("reload to N+1", 0)
        _reload(web)
        crowd.phase("N+1", options.seconds)
        tree.check_out(options.before)
        crowd.phase("reload to N, new tables", 0)
        _reload(web)
        crowd.phase("N, new tables", options.seconds)
    crowd.report(int(tree.python("-c", _COUNT)) - before)


def _reload(web: "subprocess.Popen[bytes]") -> None:
    """Exchange the workers, and wait until the old ones are gone.

    Before that new ones may still be reading files, which must not change again.
    """
    import psutil

    old = psutil.Process(web.pid).children()
    os.kill(web.pid, signal.SIGHUP)
    _gone, alive = psutil.wait_procs(old, timeout=180)
    if alive or web.poll() is not None:
        print("THE RELOAD FAILED")


class _Tree:
    """A work tree of this repository that changes its version in its place."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        subprocess.run(
            ["git", "worktree", "add", "--detach", "--quiet", str(folder)], check=True
        )

    def check_out(self, commit: str, *, of: Path | None = None) -> None:
        """Put the files of a commit there, and the newest class of web workers.

        Commits before 1 December 2026 have it where a reload mixes versions.
        """
        named = subprocess.run(
            ["git", "rev-parse", commit],
            cwd=of,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        subprocess.run(
            ["git", "checkout", "--force", "--detach", "--quiet", named],
            cwd=self.folder,
            check=True,
        )
        shutil.copy(_WORKER, self.folder / _WORKER)

    def python(self, *arguments: str) -> str:
        """Run Python there; return what it printed last."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        lines = done.stdout.strip().splitlines()
        return lines[-1] if lines else ""

    def remove(self) -> None:
        """Take it out of the repository."""
        command = ["git", "worktree", "remove", "--force", str(self.folder)]
        subprocess.run(command, check=True)


@dataclass
class _Crowd:
    """People who answer until they are told to stop, and what they were answered."""

    port: int
    sitters: list[Sitter]
    acknowledged: int = 0
    current: str = ""
    counts: dict[str, Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    slowest: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    done: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> None:
        self.threads = [
            threading.Thread(target=self._work, args=(sitter, number))
            for number, sitter in enumerate(self.sitters)
        ]
        for thread in self.threads:
            thread.start()

    def __exit__(self, *_error: object) -> None:
        self.done.set()
        for thread in self.threads:
            thread.join()

    def phase(self, name: str, seconds: float) -> None:
        """Count under another name from now on, at least so long."""
        self.current = name
        time.sleep(seconds)

    def _work(self, sitter: Sitter, number: int) -> None:
        # Not all at once, and not in step.
        self.done.wait(number * THINKING / len(self.sitters))
        while not self.done.wait(THINKING):
            self._count("save", lambda: self._save(sitter))
            self._count("home", lambda: self._home(sitter))

    def _count(self, what: str, ask: Any) -> None:
        phase, began = self.current, time.perf_counter()
        said = ask()
        with self.lock:
            self.counts[phase][f"{what}: {said}"] += 1
            taken = time.perf_counter() - began
            self.slowest[phase] = max(self.slowest[phase], taken)

    def _save(self, sitter: Sitter) -> str:
        status, _seconds = sitter.say_again(self)  # type: ignore[arg-type]
        with self.lock:
            self.acknowledged += status == 200
        return "ok" if status == 200 else f"failed ({status})"

    def _home(self, sitter: Sitter) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            cookie = {"Cookie": f"sessionid={sitter.session}"}
            connection.request("GET", "/", headers=cookie)
            answer = connection.getresponse()
            is_whole = b"</html>" in answer.read()
        except (OSError, http.client.HTTPException) as error:
            return f"failed ({type(error).__name__})"
        finally:
            connection.close()
        is_good = answer.status == 200 and is_whole
        return "ok" if is_good else f"failed ({answer.status})"

    def report(self, kept: int) -> None:
        """Print a line for each phase, then what was lost."""
        for phase, counts in self.counts.items():
            bad = {said: n for said, n in counts.items() if "failed" in said}
            print(
                f"{phase:26}{counts.total():7} requests, failed {sum(bad.values())}, "
                f"slowest {self.slowest[phase]:.1f} s {bad or ''}"
            )
        print(f"acknowledged {self.acknowledged}, kept {kept}")


if __name__ == "__main__":
    main()
