"""Sessions in the database, read by a statement that is written once."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from lib.written_once import written_once


class SessionStore(db.SessionStore):
    """Django's own, which every page asks for first."""

    def load(self) -> dict[str, Any]:
        """Return what is stored; nothing for a session that has ended."""
        for session in _running(self.session_key, timezone.now()):
            return self.decode(session.session_data)
        self._session_key = None
        return {}


@written_once
def _running(key: str | None, now: datetime) -> "QuerySet[Session]":
    return Session.objects.filter(session_key=key, expire_date__gt=now)
