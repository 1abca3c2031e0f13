"""Whose doing is logged: the request, the task and the person that a thread works for.

Ids only. What a line says about it stands beside the message, for machines to look for.
"""

import re
import secrets
from collections.abc import Mapping
from contextvars import ContextVar, Token

Said = Mapping[str, object]
_NOTHING: Said = {}
_said: ContextVar[Said] = ContextVar("log_context", default=_NOTHING)
# What a proxy may hand in: nothing that could be a number of a person, or a line break.
_REQUEST_ID = re.compile(r"[0-9a-f][0-9a-f-]{14,34}[0-9a-f]", re.IGNORECASE)


def start_lines(**ids: object) -> Token[Said]:
    """Say what lines are about from here on; `end_lines` takes what is returned."""
    return _said.set(ids)


def add(**ids: object) -> None:
    """Say more about the same."""
    _said.set({**_said.get(), **ids})


def forget(*names: str) -> None:
    """Say so much less."""
    _said.set({key: id for key, id in _said.get().items() if key not in names})


def end_lines(token: Token[Said]) -> None:
    """Forget what `start_lines` and `add` have said."""
    _said.reset(token)


def current() -> Said:
    """Return what was said."""
    return _said.get()


def request_id(handed_in: str = "") -> str:
    """Return the id that a proxy has given to a request, or a new one."""
    if _REQUEST_ID.fullmatch(handed_in) and not handed_in.isdecimal():
        return handed_in
    return secrets.token_hex(8)
