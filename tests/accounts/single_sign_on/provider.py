"""A real OpenID Connect provider (oidc-provider-mock) in a process of its own."""

import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import requests

PATIENCE = 60.0


@dataclass
class Provider:
    """A provider on this machine; each start makes new keys and forgets its people."""

    port: int = 0
    process: "subprocess.Popen[bytes] | None" = None
    people: dict[str, dict[str, object]] = field(default_factory=dict)

    @property
    def issuer(self) -> str:
        """The address that stands in its tokens."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start, at the port of before, with new keys and the same people."""
        self.port = self.port or _free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "oidc_provider_mock", f"--port={self.port}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        ends = time.monotonic() + PATIENCE
        while not self._answers():
            assert self.process.poll() is None, "The provider has ended."
            assert time.monotonic() < ends, "The provider does not answer."
            time.sleep(0.1)
        for subject, claims in self.people.items():
            self.say(subject, **claims)

    def stop(self) -> None:
        """End the process, if it runs."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def say(self, subject: str, **claims: object) -> None:
        """Let the provider say this of a person from now on."""
        self.people[subject] = claims
        requests.put(
            f"{self.issuer}/users/{subject}", json=claims, timeout=10
        ).raise_for_status()

    def approve(self, address: str, subject: str) -> str:
        """Sign in there as `subject`; return the address that this leads back to."""
        answer = requests.post(
            address, data={"sub": subject}, allow_redirects=False, timeout=10
        )
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def _answers(self) -> bool:
        try:
            known = f"{self.issuer}/.well-known/openid-configuration"
            return requests.get(known, timeout=1).ok
        except requests.RequestException:
            return False


def path_of(address: str) -> str:
    """Return path and query of an address, for Django's test client."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
