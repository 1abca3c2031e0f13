"""A provider whose tokens a test signs: names sessions, changes keys, tells logouts.

The real one of `provider.py` does neither name sessions nor tell of their end.
"""

import json
import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from accounts.single_sign_on.logout_tokens import EVENT


class SigningProvider:
    """Discovery, keys and tokens on this machine; `people` is what it says of whom."""

    def __init__(self) -> None:
        self.people: dict[str, dict[str, Any]] = {}
        self.asked: list[str] = []
        self.moved_to = ""
        self.change_keys()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def issuer(self) -> str:
        """The address that stands in its tokens."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def change_keys(self) -> None:
        """Sign with another key from now on, and publish that one alone."""
        self.key, self.key_name = ec.generate_private_key(ec.SECP256R1()), str(uuid4())

    def stop(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()

    def sign(self, key: Any = None, **claims: Any) -> str:
        """Return a token with these claims; None leaves one out."""
        now = int(time.time())
        said = {"iss": self.issuer, "aud": "melek", "iat": now, **claims}
        present = {name: value for name, value in said.items() if value is not None}
        headers = {"kid": self.key_name}
        return jwt.encode(present, key or self.key, "ES256", headers=headers)

    def logout_token(self, key: Any = None, **claims: Any) -> str:
        """Return a logout token; it names nobody unless told."""
        now = int(time.time())
        said = {"jti": str(uuid4()), "exp": now + 120, "events": {EVENT: {}}}
        return self.sign(key, **{**said, **claims})

    def answer(self, path: str, sent: str) -> Mapping[str, Any] | None:
        """Return what it answers at a path."""
        self.asked.append(path)
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.issuer,
                "jwks_uri": f"{self.issuer}/keys",
                "authorization_endpoint": f"{self.issuer}/in",
                "token_endpoint": f"{self.issuer}/token",
                "userinfo_endpoint": f"{self.issuer}/who",
            }
        if path == "/keys":
            public = jwt.algorithms.ECAlgorithm.to_jwk(self.key.public_key())
            return {"keys": [{**json.loads(public), "kid": self.key_name}]}
        if path == "/token":
            self._who = next(name for name in self.people if f"code={name}" in sent)
            end = int(time.time()) + 600
            claims = {**self.people[self._who], "sub": self._who, "exp": end}
            return {"access_token": "a", "id_token": self.sign(**claims)}
        if path == "/who":
            return {"sub": self._who}
        return None

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                answer = provider.answer(self.path, self.rfile.read(length).decode())
                body = json.dumps(answer).encode()
                code = 404 if answer is None else 200
                self.send_response(302 if provider.moved_to else code)
                if provider.moved_to:
                    self.send_header("Location", provider.moved_to)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                self.do_GET()

            def log_message(self, *_said: Any) -> None:
                pass

        return Handler
