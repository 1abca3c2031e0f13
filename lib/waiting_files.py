"""Uploaded files that wait between preview and confirmation.

A waiting file lies in the default storage under a name that nobody can guess. The
session of the person who uploaded it knows the name; nobody else's does, so a link
that is passed on leads nowhere. Files are deleted when they were dropped, and some time
after they came at the latest: by every new upload, and by whoever calls `sweep`.
"""

import secrets
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import PurePath
from typing import IO, Any, Generic, TypeVar
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.core.files.base import File
from django.core.files.storage import default_storage

_MOST_WAITING = 3
_STAMP = "%Y%m%dT%H%M%S"
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file that waits, or that was used: then `result` holds what was done.

    `details` is what was said about it when it was uploaded, as JSON values.
    """

    key: str
    filename: str
    path: str
    details: Mapping[str, Any]
    result: Mapping[str, int] | None = None

    def open(self) -> IO[bytes] | None:
        """Return the content, or None when the file has been swept away."""
        try:
            return default_storage.open(self.path)
        except FileNotFoundError:
            return None

    def delete(self) -> None:
        """Delete the content; what the session remembers stays."""
        default_storage.delete(self.path)


Waiting = TypeVar("Waiting", bound=WaitingFile)


@dataclass(frozen=True)
class WaitingFiles(Generic[Waiting]):
    """The waiting files of one kind, in a folder and a session entry of their own."""

    kind: type[Waiting]
    folder: str
    kept_for: timedelta

    def keep(
        self,
        session: SessionBase,
        *,
        owner: UUID,
        file: "File[bytes]",
        details: Mapping[str, Any],
        now: datetime,
    ) -> Waiting:
        """Store the file for a while and remember it in the owner's session.

        The session remembers three; older ones are dropped with their files.
        """
        self.sweep(now=now)
        key = secrets.token_urlsafe(24)
        stamp = now.astimezone(UTC).strftime(_STAMP)
        path = default_storage.save(f"{self.folder}/{stamp}-{owner.hex}-{key}", file)
        entries: dict[str, Any] = session.get(self.folder, {})
        while len(entries) >= _MOST_WAITING:
            default_storage.delete(entries.pop(next(iter(entries)))["path"])
        entries[key] = {
            "owner": owner.hex,
            "filename": PurePath(file.name or "").name[-_LONGEST_NAME:],
            "path": path,
            "details": dict(details),
            "result": None,
        }
        session[self.folder] = entries
        return self._waiting(key, entries[key])

    def find(self, session: SessionBase, *, owner: UUID, key: str) -> Waiting | None:
        """Return the file of this key when this session and owner uploaded it."""
        entry = session.get(self.folder, {}).get(key)
        if entry is None or entry["owner"] != owner.hex:
            return None
        return self._waiting(key, entry)

    def _waiting(self, key: str, entry: Mapping[str, Any]) -> Waiting:
        said = {name: value for name, value in entry.items() if name != "owner"}
        return self.kind(key=key, **said)

    def say(
        self, session: SessionBase, waiting: Waiting, details: Mapping[str, Any]
    ) -> Waiting:
        """Remember more about the file, or other things; return it as it is now."""
        entries = session[self.folder]
        entries[waiting.key]["details"] = {**waiting.details, **details}
        session[self.folder] = entries
        return self._waiting(waiting.key, entries[waiting.key])

    def finish(
        self, session: SessionBase, waiting: Waiting, result: Mapping[Any, int]
    ) -> None:
        """Remember what was done with the file; it stays until it is deleted."""
        entries = session[self.folder]
        entries[waiting.key]["result"] = dict(result)
        session[self.folder] = entries

    def drop(self, session: SessionBase, waiting: Waiting) -> None:
        """Delete the file and forget it."""
        waiting.delete()
        entries = session[self.folder]
        del entries[waiting.key]
        session[self.folder] = entries

    def sweep(self, *, now: datetime) -> int:
        """Delete files older than they are kept, whoever left them; say how many."""
        return self.sweep_but(frozenset(), now=now)

    def sweep_but(self, kept: Set[str], *, now: datetime) -> int:
        """Sweep all but the files with these names; say how many."""
        try:
            _folders, names = default_storage.listdir(self.folder)
        except FileNotFoundError:
            return 0
        old = [
            name
            for name in names
            if name not in kept and now - _stored_at(name) >= self.kept_for
        ]
        for name in old:
            default_storage.delete(f"{self.folder}/{name}")
        return len(old)


def _stored_at(name: str) -> datetime:
    """Return the moment in the name; what is not a name of ours is very old."""
    try:
        stamp = datetime.strptime(f"{name.partition('-')[0]}Z", f"{_STAMP}%z")
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return stamp
