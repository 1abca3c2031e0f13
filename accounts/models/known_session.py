"""Where people are signed in. Written by `accounts.actions.known_sessions` only."""

from typing import ClassVar

from django.db import models

from accounts.models.person import User


class KnownSession(models.Model):
    """A session that a sign-in has begun, for the person to look at and to end.

    Neither fact nor derivation: it is deleted with the session that it names.

    Personal data: when and with what kind of browser somebody signed in; no address.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="known_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    is_by_agency = models.BooleanField(default=False)
    # A digest of issuer and session there, "" where the provider names none.
    agency_session = models.CharField(
        max_length=64, blank=True, default="", db_default=""
    )
    browser = models.CharField(max_length=60, blank=True)
    signed_in_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["agency_session"],
                condition=~models.Q(agency_session=""),
                name="known_session_of_agency",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.signed_in_at}"
