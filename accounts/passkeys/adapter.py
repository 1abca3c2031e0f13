"""Hooks into allauth's second factor; nothing else."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.utils.translation import gettext as _

from accounts.browsers import browser_in_words


class SecondFactorAdapter(DefaultMFAAdapter):
    """What devices show of this site and of the person; never her number."""

    def _get_site_name(self) -> str:
        return settings.ELEARNING_PRODUCT_NAME

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """Propose a name for a new key: the device that it is made from."""
        said = context.request.META.get("HTTP_USER_AGENT", "")
        return browser_in_words(said) or _("Kunci sandi")

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """Return what a device keeps beside a key: an internal id and a name."""
        entity = super().get_public_key_credential_user_entity(user)
        return {**entity, "name": user.full_name, "display_name": user.full_name}
