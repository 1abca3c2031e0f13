"""A provider for all tests of this folder, and a site that knows it."""

from collections.abc import Iterator

import pytest
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.openid_connect.provider import (
    OpenIDConnectProvider,
)
from django.core.cache import cache

from tests.accounts.single_sign_on.provider import Provider
from tests.accounts.single_sign_on.signing_provider import SigningProvider


@pytest.fixture(scope="package")
def running_provider() -> Iterator[Provider]:
    provider = Provider()
    provider.start()
    yield provider
    provider.stop()


@pytest.fixture
def provider(running_provider, settings) -> Provider:
    """The provider, and a site whose settings name it."""
    # What its app does where a site has a provider from the start.
    registry.register(OpenIDConnectProvider)
    settings.ELEARNING_SSO_ISSUER = running_provider.issuer
    settings.ELEARNING_SSO_CLIENT_ID = "melek"
    settings.ELEARNING_SSO_CLIENT_SECRET = "rahasia"
    if running_provider.process is None:
        running_provider.start()
    return running_provider


@pytest.fixture
def signing(settings) -> Iterator[SigningProvider]:
    """A provider whose tokens the test signs, and a site whose settings name it."""
    registry.register(OpenIDConnectProvider)
    provider = SigningProvider()
    settings.ELEARNING_SSO_ISSUER = provider.issuer
    settings.ELEARNING_SSO_CLIENT_ID = "melek"
    settings.ELEARNING_SSO_CLIENT_SECRET = "rahasia"
    settings.PUBLIC_URL = "http://testserver"
    cache.clear()
    yield provider
    provider.stop()
