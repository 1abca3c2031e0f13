"""Uploaded sheets that wait, in rows of their own instead of a session.

So a draft is there after the browser was closed, a session has ended or the server was
started anew. Only its owner finds it.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.core.files.base import File
from django.core.files.storage import default_storage

from accounts.models import PeopleDraft, User
from accounts.people_import.plan import ImportOptions
from lib.waiting_files import WaitingFile, WaitingFiles

_MOST_DRAFTS = 3
_STAMP = "%Y%m%dT%H%M%S"
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Upload(WaitingFile):
    """A sheet with what was chosen for it; deleted when it was applied."""

    draft: PeopleDraft = field(kw_only=True)

    @property
    def options(self) -> ImportOptions:
        """Return what was chosen when it was uploaded."""
        return ImportOptions(
            starts_on=date.fromisoformat(self.details["starts_on"]),
            deactivate_missing=self.details["deactivate_missing"],
            # A file that was uploaded before a deployment has none.
            cleared=frozenset(self.details.get("cleared", ())),
        )

    @property
    def columns(self) -> Mapping[str, Any] | None:
        """Return what the columns of its sheet are."""
        said: Mapping[str, Any] | None = self.details.get("columns")
        return said

    @property
    def is_large(self) -> bool:
        """Whether a worker reads and applies it."""
        return bool(self.details.get("is_large"))

    @property
    def must_name_columns(self) -> bool:
        """Whether nobody has said yet what its columns are, and it is no sure guess."""
        return bool(self.details.get("must_name_columns"))


def upload_of(row: PeopleDraft) -> Upload:
    """Return a draft as the pages of an upload know it."""
    return Upload(
        *(row.key, row.filename, row.path, row.details, row.result), draft=row
    )


@dataclass(frozen=True)
class DraftFiles(WaitingFiles[Upload]):
    """Waiting files whose rows are `PeopleDraft`; the session is not asked."""

    def keep(
        self,
        session: SessionBase,
        *,
        owner: UUID,
        file: "File[bytes]",
        details: Mapping[str, Any],
        now: datetime,
    ) -> Upload:
        """Store the file for a while.

        Of the owner's three are kept, and those that a worker has in hand; older ones
        are dropped with their files.
        """
        self.sweep(now=now)
        mine = PeopleDraft.objects.filter(owner__key=owner)
        for old in mine.order_by("-stored_at", "-pk")[_MOST_DRAFTS - 1 :]:
            if not old.is_at_work:
                _delete(old)
        key = secrets.token_urlsafe(24)
        row = PeopleDraft.objects.create(
            key=key,
            owner=User.objects.get(key=owner),
            filename=PurePath(file.name or "").name[-_LONGEST_NAME:],
            path=self.save(file, owner=owner, now=now, key=key),
            details=dict(details),
            stored_at=now,
        )
        return upload_of(row)

    def save(
        self, file: "File[bytes]", *, owner: UUID, now: datetime, key: str = ""
    ) -> str:
        """Store a file under a name that nobody can guess; return where."""
        stamp = now.astimezone(UTC).strftime(_STAMP)
        name = f"{stamp}-{owner.hex}-{key or secrets.token_urlsafe(24)}"
        return default_storage.save(f"{self.folder}/{name}", file)

    def find(self, session: SessionBase, *, owner: UUID, key: str) -> Upload | None:
        """Return the file of this key when this person uploaded it."""
        row = PeopleDraft.objects.filter(owner__key=owner, key=key).first()
        return upload_of(row) if row else None

    def say(
        self, session: SessionBase, waiting: Upload, details: Mapping[str, Any]
    ) -> Upload:
        """Remember more about the file, or other things; return it as it is now."""
        row = PeopleDraft.objects.get(key=waiting.key)
        row.details = {**row.details, **details}
        row.save(update_fields=["details"])
        return upload_of(row)

    def finish(
        self, session: SessionBase, waiting: Upload, result: Mapping[Any, int]
    ) -> None:
        """Remember what was done with the file; it stays until it is deleted."""
        PeopleDraft.objects.filter(key=waiting.key).update(result=dict(result))

    def drop(self, session: SessionBase, waiting: Upload) -> None:
        """Delete the file and forget it."""
        for row in PeopleDraft.objects.filter(key=waiting.key):
            _delete(row)

    def sweep(self, *, now: datetime) -> int:
        """Delete drafts and files older than they are kept; say how many files.

        One that is being applied stays until that is over.
        """
        # The row stays a day longer, to say what became of its file.
        old = PeopleDraft.objects.filter(stored_at__lte=now - 2 * self.kept_for)
        for row in old.exclude(state=PeopleDraft.State.APPLYING):
            _delete(row)
        applied = PeopleDraft.objects.filter(state=PeopleDraft.State.APPLYING)
        kept = {PurePath(path).name for row in applied for path in row.paths}
        return self.sweep_but(kept, now=now)


def _delete(row: PeopleDraft) -> None:
    for path in row.paths:
        default_storage.delete(path)
    row.delete()
