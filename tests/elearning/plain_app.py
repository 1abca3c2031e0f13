"""The smallest site: says how long the body was that it read."""

from collections.abc import Callable, Iterable
from typing import Any


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Answer with the length of what was sent."""
    said = str(len(environ["wsgi.input"].read())).encode()
    start(
        "200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(said)))]
    )
    return [said]
