"""Passwords at rest: those of before let their people in, and become today's."""

import pytest
from django.contrib.auth.hashers import (
    PBKDF2PasswordHasher,
    check_password,
    make_password,
)

from elearning import settings as site

PASSWORD = "kopi-pagi-di-kantor"
TODAY = "argon2$argon2id$v=19$m=12288,t=3,p=1$"


@pytest.fixture(autouse=True)
def _hashers_of_the_site(settings):
    settings.PASSWORD_HASHERS = site.PASSWORD_HASHERS


def test_a_password_is_hashed_with_the_settings_that_were_chosen():
    stored = make_password(PASSWORD)

    assert stored.startswith(TODAY)
    assert check_password(PASSWORD, stored) is True
    assert check_password(PASSWORD.upper(), stored) is False


def test_a_hash_of_before_lets_in_and_is_replaced():
    old = PBKDF2PasswordHasher().encode(PASSWORD, "garam-dari-situs-lama", 10)
    replaced = []

    wrong = check_password(
        PASSWORD.upper(), old, lambda said: replaced.append(make_password(said))
    )
    right = check_password(
        PASSWORD, old, lambda said: replaced.append(make_password(said))
    )

    assert (wrong, right) == (False, True)
    assert [stored.startswith(TODAY) for stored in replaced] == [True]
