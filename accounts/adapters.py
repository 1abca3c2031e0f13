"""Hooks into allauth; nothing else."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import as_of


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from HR; nobody signs up, and one message serves both mistakes."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "NIP atau kata sandi belum cocok. Periksa keduanya, lalu coba lagi."
        ),
        "email_password_mismatch": _(
            "NIP atau kata sandi belum cocok. Periksa keduanya, lalu coba lagi."
        ),
        "invalid_login": _(
            "NIP atau kata sandi belum cocok. Periksa keduanya, lalu coba lagi."
        ),
        "too_many_login_attempts": _(
            "Terlalu banyak percobaan masuk. Tunggu lima menit, lalu coba lagi."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: HR takes people in."""
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign the person in; from here on she is the one whom the request is from.

        What follows in the same request (the greeting, its menu) asks for her roles.
        """
        super().login(request, as_of(user, timezone.now()))

    def clean_username(self, username: str, shallow: bool = False) -> Any:
        """Leave the number alone; it was checked when HR took the person in."""
        return username
