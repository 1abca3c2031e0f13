"""Files of questions that wait between preview and confirmation.

A waiting file lies in the default storage under a name that nobody can guess. The
session of the person who uploaded it knows the name, and nobody else's does. Files
are deleted after an hour, when somebody uploads the next one, or when dropped.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import PurePath
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.core.files.base import File
from django.core.files.storage import default_storage

from accounts.models import User
from quizzes.import_plan import Kind

FOLDER = "question-imports"
KEPT_FOR = timedelta(hours=1)
_IN_SESSION = "question_imports"
_MOST_WAITING = 3
_STAMP = "%Y%m%dT%H%M%S"
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that waits for a bank; once imported, `result` holds the counts."""

    key: str
    filename: str
    bank_key: str
    format: str
    path: str
    result: Mapping[str, int] | None

    def data(self) -> bytes | None:
        """Return the content, or None when the file has been swept away."""
        try:
            with default_storage.open(self.path) as file:
                return bytes(file.read())
        except FileNotFoundError:
            return None


def keep(
    session: SessionBase,
    *,
    person: User,
    file: "File[bytes]",
    bank_key: str,
    format: str,
    now: datetime,
) -> Upload:
    """Store the file for an hour and remember it in the person's session.

    The session remembers three; older ones are dropped with their files.
    """
    sweep(now=now)
    key = secrets.token_urlsafe(24)
    stamp = now.astimezone(UTC).strftime(_STAMP)
    path = default_storage.save(f"{FOLDER}/{stamp}-{person.key.hex}-{key}", file)
    entries: dict[str, Any] = session.get(_IN_SESSION, {})
    while len(entries) >= _MOST_WAITING:
        default_storage.delete(entries.pop(next(iter(entries)))["path"])
    entries[key] = {
        "person": person.pk,
        "filename": PurePath(file.name or "").name[-_LONGEST_NAME:],
        "bank_key": bank_key,
        "format": format,
        "path": path,
        "result": None,
    }
    session[_IN_SESSION] = entries
    return _upload(key, entries[key])


def find(session: SessionBase, *, person: User, key: str) -> Upload | None:
    """Return the upload of this key when this session and person made it."""
    entry = session.get(_IN_SESSION, {}).get(key)
    if entry is None or entry["person"] != person.pk:
        return None
    return _upload(key, entry)


def _upload(key: str, entry: Mapping[str, Any]) -> Upload:
    said = {name: value for name, value in entry.items() if name != "person"}
    return Upload(key=key, **said)


def finish(session: SessionBase, upload: Upload, result: Mapping[Kind, int]) -> None:
    """Remember what was done; the file stays for the list of what was refused."""
    entries = session[_IN_SESSION]
    entries[upload.key]["result"] = dict(result)
    session[_IN_SESSION] = entries


def drop(session: SessionBase, upload: Upload) -> None:
    """Delete the file and forget it."""
    default_storage.delete(upload.path)
    entries = session[_IN_SESSION]
    del entries[upload.key]
    session[_IN_SESSION] = entries


def sweep(*, now: datetime) -> int:
    """Delete files older than an hour, whoever left them; return how many."""
    try:
        _folders, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return 0
    old = [name for name in names if now - _stored_at(name) >= KEPT_FOR]
    for name in old:
        default_storage.delete(f"{FOLDER}/{name}")
    return len(old)


def _stored_at(name: str) -> datetime:
    """Return the moment in the name; what is not a name of ours is very old."""
    try:
        stamp = datetime.strptime(f"{name.partition('-')[0]}Z", f"{_STAMP}%z")
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return stamp
