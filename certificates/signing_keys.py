"""The site's own signing key: one PEM file, private key first, then certificate.

The key proves that a file left this site unchanged. It is not a certified electronic
signature (PP 71/2019, article 60), and nothing printed on a certificate says so.
"""

import os
import stat
import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

# X.520 allows no longer one; what is cut is for display only.
_COMMON_NAME_LENGTH = 64


class SigningKeyError(Exception):
    """A key that cannot be used; ``remedy`` tells the operator what to do."""

    remedy: ClassVar[str] = ""

    def __init__(self, message: str) -> None:
        super().__init__(f"{message} {self.remedy}")


class SigningKeyMissing(SigningKeyError):
    """There is no file at the configured path."""

    remedy = (
        "Pulihkan berkas itu dari cadangan. Pada pemasangan baru, buat kunci lebih "
        "dahulu."
    )


class SigningKeyExists(SigningKeyError):
    """A file is already there; a key is never overwritten."""

    remedy = (
        "Kunci lama tetap dipakai untuk memeriksa sertifikat yang sudah terbit. "
        "Pilih nama berkas lain untuk kunci baru."
    )


class SigningKeyUnreadable(SigningKeyError):
    """The file or its folder cannot be read or written by this process."""

    remedy = "Periksa pemilik dan izin berkas serta foldernya."


class SigningKeyExposed(SigningKeyError):
    """Others on this machine could read the private key."""

    remedy = (
        "Jalankan chmod 600 pada berkas itu. Bila berkas mungkin sudah disalin orang "
        "lain, ganti kuncinya."
    )


class SigningKeyInvalid(SigningKeyError):
    """The file does not hold a P-256 key and the certificate that belongs to it."""

    remedy = "Pulihkan berkas itu dari cadangan atau buat kunci baru."


class SigningKeyExpired(SigningKeyError):
    """The certificate is not valid at the time of signing."""

    remedy = (
        "Buat kunci baru di berkas lain, dan simpan kunci lama untuk memeriksa "
        "sertifikat yang sudah terbit."
    )


@dataclass(frozen=True)
class SigningKey:
    """An ECDSA P-256 key with its certificate; the private part is never printed."""

    private_key: ec.EllipticCurvePrivateKey = field(repr=False)
    certificate: x509.Certificate

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, hex: names the key in records."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    def check_valid_at(self, moment: datetime) -> None:
        """Raise ``SigningKeyExpired`` outside the certificate's validity."""
        first = self.certificate.not_valid_before_utc
        last = self.certificate.not_valid_after_utc
        if not first <= moment <= last:
            msg = f"Kunci penanda tangan berlaku {first:%d-%m-%Y} s.d. {last:%d-%m-%Y}."
            raise SigningKeyExpired(msg)


def create_site_key(
    path: Path, *, common_name: str, now: datetime, days: int
) -> SigningKey:
    """Make a self-signed P-256 key at ``path`` and return it.

    The file appears whole or not at all, with mode 0600, and nothing is ever
    overwritten: ``SigningKeyExists`` if the path is taken, also when another process
    takes it at the same moment. ``SigningKeyUnreadable`` if it cannot be written.
    """
    private_key = ec.generate_private_key(ec.SECP256R1())
    certificate = _self_signed(private_key, common_name, now, days)
    pem = private_key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ) + certificate.public_bytes(serialization.Encoding.PEM)
    _write_new(path, pem)
    return SigningKey(private_key, certificate)


def load_site_key(path: Path) -> SigningKey:
    """Read the key at ``path``.

    Refuses, each with its own ``SigningKeyError``: no file, a file others may read,
    one that cannot be read, one that holds no P-256 key with its certificate.
    Whether the certificate is still valid is asked when signing.
    """
    try:
        mode = path.stat().st_mode
        pem = path.read_bytes()
    except FileNotFoundError as error:
        raise SigningKeyMissing(f"Kunci penanda tangan {path} tidak ada.") from error
    except OSError as error:
        msg = f"Kunci penanda tangan {path} tidak dapat dibaca."
        raise SigningKeyUnreadable(msg) from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        msg = f"Kunci penanda tangan {path} terbuka bagi pengguna lain."
        raise SigningKeyExposed(msg)
    return _parse(pem, path)


def _parse(pem: bytes, path: Path) -> SigningKey:
    try:
        private_key = serialization.load_pem_private_key(pem, password=None)
        certificate = x509.load_pem_x509_certificate(pem)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        msg = f"Isi {path} bukan kunci dan sertifikat PEM."
        raise SigningKeyInvalid(msg) from error
    if not isinstance(private_key, ec.EllipticCurvePrivateKey) or not isinstance(
        private_key.curve, ec.SECP256R1
    ):
        raise SigningKeyInvalid(f"Kunci di {path} bukan ECDSA P-256.")
    if private_key.public_key() != certificate.public_key():
        raise SigningKeyInvalid(f"Sertifikat di {path} bukan milik kuncinya.")
    return SigningKey(private_key, certificate)


def _self_signed(
    private_key: ec.EllipticCurvePrivateKey,
    common_name: str,
    now: datetime,
    days: int,
) -> x509.Certificate:
    shown = common_name[:_COMMON_NAME_LENGTH]
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, shown)])
    public_key = private_key.public_key()
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False
        )
        .sign(private_key, hashes.SHA256())
    )


def _write_new(path: Path, content: bytes) -> None:
    """Write ``content`` to a private file and give it its name in one step."""
    try:
        # mkstemp makes the file 0600; link refuses a name that is taken.
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.link(name, path)
        finally:
            Path(name).unlink()
        _sync_folder(path.parent)
    except FileExistsError as error:
        raise SigningKeyExists(f"Berkas {path} sudah ada.") from error
    except OSError as error:
        msg = f"Kunci penanda tangan {path} tidak dapat ditulis."
        raise SigningKeyUnreadable(msg) from error


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut, too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
