"""Start processes, keep them running, stop them in order. No Django, no shell."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from elearning.orphans import die_with_parent, write_down

# A process that ends by itself this many times within a minute is not started again;
# one that somebody kills always is.
GIVE_UP_AFTER = 5
STOP_TIMEOUT = 20.0


@dataclass
class Service:
    """One process: its name, its command and how often it has ended lately."""

    name: str
    command: Sequence[str]
    log: Path
    process: "subprocess.Popen[bytes] | None" = None
    ended_at: list[float] = field(default_factory=list)

    def start(self, environment: Mapping[str, str]) -> None:
        """Start the process in a session of its own, so that Ctrl-C reaches only us."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own commands
                list(self.command),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=dict(environment),
                start_new_session=True,
                # Nobody else runs in this process yet, so a hook is safe.
                preexec_fn=die_with_parent,  # noqa: PLW1509
            )

    @property
    def has_ended(self) -> bool:
        """Say whether the process was started and has ended by itself."""
        return self.process is not None and self.process.poll() is not None

    def stop(self) -> None:
        """Ask the process to end, and end it when it does not."""
        process = self.process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            # Its children with it: nothing may go on holding a port.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def tail(self, lines: int = 12) -> str:
        """Return the last lines of the log."""
        text = self.log.read_text(encoding="utf-8", errors="replace")
        return "\n".join(text.splitlines()[-lines:])


class Supervisor:
    """Runs services until a signal comes or one of them cannot be kept running.

    Which processes they are stands in `register`, for whoever comes after a kill.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        say: Callable[[str], None],
        register: Path | None = None,
    ) -> None:
        self.environment = environment
        self.register = register
        self.say = say
        self.services: list[Service] = []
        self.stopping = False

    def listen(self) -> None:
        """Take Ctrl-C, SIGTERM and a closed terminal as the wish to stop."""
        for wanted in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(wanted, self._on_signal)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def start(self, service: Service) -> None:
        """Start a service and remember it; later ones are stopped first."""
        self.services.append(service)
        self._start(service)

    def _start(self, service: Service) -> None:
        service.start(self.environment)
        if self.register is not None:
            processes = [one.process for one in self.services if one.process]
            write_down(self.register, [process.pid for process in processes])

    def watch(self) -> int:
        """Keep the services running; return the exit code once it is time to stop."""
        while not self.stopping:
            for service in self.services:
                if service.has_ended and not self._restart(service):
                    return 1
            time.sleep(0.3)
        return 0

    def _restart(self, service: Service) -> bool:
        code = service.process.returncode if service.process else None
        now = time.monotonic()
        service.ended_at = [at for at in service.ended_at if now - at < 60] + [now]
        was_killed = code is not None and code < 0
        if len(service.ended_at) >= GIVE_UP_AFTER and not was_killed:
            self.say(f"{service.name} berhenti berulang kali. Catatan terakhir:")
            self.say(service.tail())
            return False
        self.say(f"{service.name} berhenti (kode {code}), dijalankan lagi.")
        time.sleep(min(2.0, 0.2 * len(service.ended_at)))
        self._start(service)
        return True

    def stop(self) -> None:
        """Stop everything, the last started first."""
        for service in reversed(self.services):
            service.stop()
        if self.register is not None:
            self.register.unlink(missing_ok=True)


def python(*arguments: str) -> list[str]:
    """Return the command that runs this very Python with `arguments`."""
    return [sys.executable, *arguments]
