import os
import stat
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from certificates.signing_keys import (
    SigningKeyExists,
    SigningKeyExpired,
    SigningKeyExposed,
    SigningKeyInvalid,
    SigningKeyMissing,
    SigningKeyUnreadable,
    create_site_key,
    load_site_key,
)

NOW = datetime(2026, 11, 21, 9, 15, tzinfo=UTC)


def create(path, **over):
    return create_site_key(
        path, **{"common_name": "Melek ASN", "now": NOW, "days": 365, **over}
    )


def test_a_new_key_is_a_private_file_that_loads_again(tmp_path):
    path = tmp_path / "signing-key.pem"
    key = create(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_site_key(path).fingerprint == key.fingerprint
    assert isinstance(key.private_key.curve, ec.SECP256R1)
    assert key.certificate.subject.rfc4514_string() == "CN=Melek ASN"
    assert list(tmp_path.iterdir()) == [path]


def test_the_file_is_private_whatever_the_umask_says(tmp_path):
    before = os.umask(0)
    try:
        create(tmp_path / "signing-key.pem")
    finally:
        os.umask(before)
    path = tmp_path / "signing-key.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_is_never_overwritten(tmp_path):
    path = tmp_path / "signing-key.pem"
    first = create(path)
    with pytest.raises(SigningKeyExists, match="sudah ada"):
        create(path)
    assert load_site_key(path).fingerprint == first.fingerprint
    assert list(tmp_path.iterdir()) == [path]


def test_a_long_name_is_cut_to_what_a_certificate_can_hold(tmp_path):
    key = create(tmp_path / "signing-key.pem", common_name="Melek ASN " * 10)
    assert len(key.certificate.subject.rfc4514_string()) <= len("CN=") + 64


def test_a_missing_key_says_where_it_was_sought_and_what_to_do(tmp_path):
    with pytest.raises(SigningKeyMissing, match="cadangan") as missing:
        load_site_key(tmp_path / "tidak-ada.pem")
    assert "tidak-ada.pem" in str(missing.value)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_key_that_others_can_read_is_refused(tmp_path, mode):
    path = tmp_path / "signing-key.pem"
    create(path)
    path.chmod(mode)
    with pytest.raises(SigningKeyExposed, match="chmod 600"):
        load_site_key(path)


def test_a_folder_in_the_key_s_place_is_unreadable(tmp_path):
    with pytest.raises(SigningKeyUnreadable, match="izin"):
        load_site_key(tmp_path)


def test_a_key_needs_an_existing_folder(tmp_path):
    with pytest.raises(SigningKeyUnreadable, match="tidak dapat ditulis"):
        create(tmp_path / "tidak-ada" / "signing-key.pem")


def private_pem(key):
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def test_only_a_p256_key_with_its_own_certificate_is_accepted(tmp_path):
    path = tmp_path / "signing-key.pem"
    whole = create(path).certificate.public_bytes(serialization.Encoding.PEM)
    contents = {
        "bukan kunci": b"rahasia",
        "kosong": b"",
        "tanpa sertifikat": private_pem(ec.generate_private_key(ec.SECP256R1())),
        "kurva lain": private_pem(ec.generate_private_key(ec.SECP384R1())) + whole,
        "sertifikat lain": private_pem(ec.generate_private_key(ec.SECP256R1())) + whole,
    }
    for content in contents.values():
        path.write_bytes(content)
        with pytest.raises(SigningKeyInvalid, match="cadangan"):
            load_site_key(path)


def test_a_key_is_valid_from_its_first_to_its_last_moment(tmp_path):
    key = create(tmp_path / "signing-key.pem")
    key.check_valid_at(NOW)
    key.check_valid_at(NOW + timedelta(days=365))
    for moment in (NOW - timedelta(seconds=1), NOW + timedelta(days=365, seconds=1)):
        with pytest.raises(SigningKeyExpired, match=r"21-11-2026 s\.d\. 21-11-2027"):
            key.check_valid_at(moment)


def test_the_private_key_does_not_show_in_logs(tmp_path):
    assert "private" not in repr(create(tmp_path / "signing-key.pem"))
