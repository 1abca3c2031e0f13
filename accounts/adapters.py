"""Hooks into allauth; nothing else."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import guards
from accounts.access import as_of
from accounts.actions import known_sessions, sign_ins
from accounts.browsers import browser_in_words
from accounts.models import User

# Where a session that single sign-on began keeps the provider's own way out.
END_ADDRESS = "sso_end"
# And which session there it was.
AGENCY_SESSION = "sso_session"
# When the person of a session signed in (`accounts.middleware.staff_sessions`).
SIGNED_IN_AT = "signed_in_at"
# The first that she has is asked for.
_WAYS_TO_CONFIRM = {
    "reauthenticate": _("Pakai kata sandi"),
    "mfa_reauthenticate:webauthn": _("Pakai kunci sandi"),
    "mfa_reauthenticate": _("Pakai kode dari aplikasi atau kode cadangan"),
}
_logger = logging.getLogger(__name__)


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
    }
    _try: guards.Try
    _meant: User | None

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: HR takes people in."""
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign the person in; from here on she is the one whom the request is from.

        What follows in the same request (the greeting, its menu) asks for her roles.
        """
        now = timezone.now()
        super().login(request, as_of(user, now))
        request.session[SIGNED_IN_AT] = now.isoformat()
        known_sessions.note_session(
            person=user,
            session_key=request.session.session_key or "",
            is_by_agency=END_ADDRESS in request.session,
            agency_session=request.session.get(AGENCY_SESSION, ""),
            browser=browser_in_words(request.META.get("HTTP_USER_AGENT", "")),
            now=now,
        )
        guards.note_address(user.pk, request=request, now=now)
        self._note("accounts.sign_in.succeeded", request, user)

    def logout(self, request: HttpRequest) -> None:
        """Sign the person out; where the provider's way out is stays known."""
        person = request.user
        end_address = request.session.get(END_ADDRESS)
        if person.is_authenticated:
            self._note("accounts.sign_in.ended", request, person)
        super().logout(request)
        if end_address is not None:
            request.session[END_ADDRESS] = end_address

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Lead whoever came with the account of the agency to the way out of that."""
        if END_ADDRESS in request.session:
            return reverse("sso_signed_out")
        return super().get_logout_redirect_url(request)

    def _note(self, verb: str, request: HttpRequest, person: Any) -> None:
        """Append to the trail what the person herself did at the door."""
        sign_ins.note_at_the_door(
            verb,
            person,
            by=person,
            network=guards.client_network(request),
            now=timezone.now(),
        )

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Return how she may say again that it is she, in our order and words."""
        methods = {one["id"]: one for one in super().get_reauthentication_methods(user)}
        return [
            {**methods[name], "description": words}
            for name, words in _WAYS_TO_CONFIRM.items()
            if name in methods
        ]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try at a password, before anything is compared.

        Her number and her address in mails are one account. Raises ValidationError
        while a wait lasts, also for the right password.
        """
        self._meant = _person_meant(credentials)
        account = self._meant.pk if self._meant else _typed(credentials)
        try:
            self._try = guards.try_secret(
                "password", account, request=request, now=timezone.now()
            )
        except guards.TooManyTries as wait:
            raise ValidationError(wait.message, code="too_many_tries") from wait

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Return whose password this is, None for nobody's. Only mistakes count."""
        person = super().authenticate(request, **credentials)
        if person is not None:
            self._try.succeeded()
        return person

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Append to the trail that the password was wrong."""
        guards.note_wrong(self._try, self._meant, request=request)

    def send_password_reset_mail(
        self, user: Any, email: str, context: dict[str, Any]
    ) -> None:
        """Send the link, and append to the trail that somebody asked for it."""
        sign_ins.note_at_the_door(
            "accounts.password.reset_asked",
            user,
            by=None,
            network=guards.client_network(self.request),
            now=timezone.now(),
        )
        super().send_password_reset_mail(user, email, context)

    def send_notification_mail(
        self, template_prefix: str, user: Any, *args: Any, **kwargs: Any
    ) -> None:
        """Tell the person by mail what was changed at her door, and the trail too.

        What is told of is done by now; a mail that cannot be sent does not undo it.
        """
        self._note(sign_ins.NOTICES[template_prefix], self.request, user)
        try:
            super().send_notification_mail(template_prefix, user, *args, **kwargs)
        except (OSError, SMTPException):
            _logger.exception("No notice was sent: %s", template_prefix)

    def tell_of_unlinking(self, person: User) -> bool:
        """Tell her by mail that HR has undone the link; False where that failed."""
        if not person.email:
            return False
        try:
            self.send_mail("account/email/sso_unlinked", person.email, {"user": person})
        except (OSError, SMTPException):
            _logger.exception("Nobody was told of an unlinked account.")
            return False
        return True

    def clean_username(self, username: str, shallow: bool = False) -> Any:
        """Leave the number alone; it was checked when HR took the person in."""
        return username


def _typed(credentials: dict[str, Any]) -> str:
    said = credentials.get("username") or credentials.get("email") or ""
    return str(said).strip().lower()


def _person_meant(credentials: dict[str, Any]) -> User | None:
    return User.objects.all().signing_in_as(_typed(credentials)).first()
