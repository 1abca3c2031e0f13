"""Who is signed in, read once a request."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import User
from accounts.notices.counting import unread_count
from lib.written_once import written_once


class PersonBackend(AuthenticationBackend):
    """allauth's ways in; the person comes with her unit, which most pages ask for.

    `unread` is how many notices wait for her, for the bell."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        """Return whom the credentials let in; refuse for all backends otherwise.

        Nobody else is asked, or a wrong password would be hashed twice. Raises
        PermissionDenied, which Django takes for a refusal.
        """
        person = super().authenticate(request, **credentials)
        if person is None:
            raise PermissionDenied
        return person

    def get_user(self, user_id: Any) -> User | None:
        """Return the person of a session with her unit, None if she may not be in."""
        for person in _with_unit(user_id):
            return person if self.user_can_authenticate(person) else None
        return None


@written_once
def _with_unit(pk: int) -> "QuerySet[User]":
    people = User.objects.select_related("unit").annotate(unread=unread_count())
    found: QuerySet[User] = people.filter(pk=pk)
    return found
