"""A password made of the names of the site and its agency is none."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


def is_refused(password: str) -> bool:
    try:
        validate_password(password)
    except ValidationError as refused:
        return "password_of_the_site" in [one.code for one in refused.error_list]
    return False


def test_words_of_the_site_alone_are_refused_and_own_words_beside_them_are_not(
    settings,
):
    settings.ELEARNING_AGENCY_NAME = "Pemerintah Kabupaten Mawarsari"
    refused = (
        "MelekASN2026!!",
        "pegawai-mawarsari",
        "ASN-mawarsari-1234",
        "rahasia.asn.2026",
    )
    taken = (
        "melek kuda jendela",
        "kereta-pagi-hujan",
        "8f3k2j9x1q7z",
        "1234-5678-9012-x",
    )

    assert [one for one in refused if not is_refused(one)] == []
    assert [one for one in taken if is_refused(one)] == []


@pytest.mark.parametrize("length", [64, 128])
def test_a_long_password_is_taken_as_it_is(length):
    validate_password(("kuda jendela " * 20)[:length])
