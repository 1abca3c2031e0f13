"""Backups closed with age (age-encryption.org), for those who hold the other key.

A backup is closed for recipients: public keys, which may stand in a setting, so that
the site itself can open none of its backups. A passphrase protects the identity file
that opens them, as with the tool `age`: whoever finds it needs the words, too.
"""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyrage

from elearning.backups.refusals import BackupRefused

_MAGIC = b"age-encryption.org/"
Identities = Sequence[pyrage.x25519.Identity]
Recipients = Sequence[pyrage.x25519.Recipient]


def read_recipients(said: Sequence[str]) -> list[pyrage.x25519.Recipient]:
    """Return the public keys. Raises BackupRefused for what is none."""
    try:
        return [pyrage.x25519.Recipient.from_str(text.strip()) for text in said]
    except pyrage.RecipientError as error:
        raise BackupRefused(
            "Kunci publik cadangan harus diawali age1. Buat dengan manage.py "
            "create_backup_key, lalu isi ELEARNING_BACKUP_RECIPIENTS."
        ) from error


def new_identity(passphrase: str) -> tuple[bytes, str]:
    """Return the content of a new identity file and the public key it opens for.

    With a passphrase the file is closed with it.
    """
    identity = pyrage.x25519.Identity.generate()
    content = f"{identity}\n".encode("ascii")
    if passphrase:
        content = pyrage.passphrase.encrypt(content, passphrase)
    return content, str(identity.to_public())


def read_identity(path: Path, passphrase: str) -> list[pyrage.x25519.Identity]:
    """Return what an identity file holds. Raises BackupRefused, with the remedy."""
    content = path.read_bytes()
    if content.startswith(_MAGIC):
        try:
            content = pyrage.passphrase.decrypt(content, passphrase)
        except pyrage.DecryptError as error:
            raise BackupRefused(
                "Kata sandi untuk berkas kunci cadangan ini salah. Coba lagi."
            ) from error
    lines = content.decode("ascii", "replace").splitlines()
    try:
        return [
            pyrage.x25519.Identity.from_str(line.strip())
            for line in lines
            if line.strip() and not line.startswith("#")
        ]
    except pyrage.IdentityError as error:
        raise BackupRefused(
            f"{path} bukan berkas kunci cadangan. Pakai berkas yang dibuat manage.py "
            "create_backup_key."
        ) from error


def is_closed(path: Path) -> bool:
    """Say whether a file can be read with a key only."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


@contextmanager
def closed(path: Path, recipients: Recipients) -> Iterator[IO[bytes]]:
    """Yield what is to be written to a new private file; without recipients, openly.

    The bytes are on the disk when the block has ended. Raises OSError where they do
    not fit.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        if recipients:
            with _drained(lambda source: _encrypt(source, file, recipients)) as sink:
                yield sink
        else:
            yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def opened(path: Path, identities: Identities) -> Iterator[IO[bytes]]:
    """Yield the content of a file, also of a closed one.

    Raises BackupRefused where a key is missing or another one, and for a closed file
    that was cut short or changed.
    """
    with path.open("rb") as file:
        if not is_closed(path):
            yield file
            return
        if not identities:
            raise BackupRefused(
                "Cadangan ini disandikan. Sertakan berkas kuncinya: --identity BERKAS."
            )
        with _filled(lambda sink: _decrypt(file, sink, identities)) as source:
            yield source


def _encrypt(source: IO[bytes], file: IO[bytes], recipients: Recipients) -> None:
    try:
        pyrage.encrypt_io(source, file, recipients)
    except pyrage.EncryptError as error:
        raise OSError(str(error)) from error


def _decrypt(file: IO[bytes], sink: IO[bytes], identities: Identities) -> None:
    try:
        pyrage.decrypt_io(file, sink, identities)
    except pyrage.DecryptError as error:
        raise BackupRefused(
            "Kunci ini bukan untuk cadangan ini, atau awal berkasnya rusak. Coba "
            "berkas kunci lain."
        ) from error
    except BrokenPipeError:
        # Whoever reads wants no more.
        return
    except OSError as error:
        raise BackupRefused(
            "Cadangan ini terpotong atau berubah sesudah dibuat. Salin lagi "
            "berkasnya, atau pakai cadangan lain."
        ) from error


@contextmanager
def _drained(work: Callable[[IO[bytes]], None]) -> Iterator[IO[bytes]]:
    """Yield a file whose content `work` reads in a thread, until the block ends."""
    source, sink = _pipe()
    failures: list[BaseException] = []
    thread = _begin(work, source, failures)
    try:
        with sink:
            yield sink
    except BrokenPipeError:
        thread.join()
        if not failures:
            raise
    finally:
        thread.join()
    if failures:
        raise failures[0]


@contextmanager
def _filled(work: Callable[[IO[bytes]], None]) -> Iterator[IO[bytes]]:
    """Yield a file that `work` writes in a thread; its failure goes before others."""
    source, sink = _pipe()
    failures: list[BaseException] = []
    thread = _begin(work, sink, failures)
    try:
        with source:
            yield source
    finally:
        thread.join()
        if failures:
            raise failures[0]


def _pipe() -> tuple[IO[bytes], IO[bytes]]:
    source, sink = os.pipe()
    return os.fdopen(source, "rb"), os.fdopen(sink, "wb")


def _begin(
    work: Callable[[IO[bytes]], None], end: IO[bytes], failures: list[BaseException]
) -> threading.Thread:
    def run() -> None:
        try:
            with end:
                work(end)
        except BaseException as failure:  # noqa: BLE001 - told where it is waited for
            failures.append(failure)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread
