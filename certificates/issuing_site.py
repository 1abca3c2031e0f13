"""May this site issue at all, and under which address?

What is printed into a QR code stays there for ever, so the address is asked for before
a number is taken. What is wrong here is wrong for every certificate: it is told once,
to the operator, and marks no certificate as failed.
"""

import ipaddress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from socket import inet_aton
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import AuditRecord
from accounts.seal_witness import seals_cut_off
from certificates import glyphs, numbering, signing_keys
from certificates.exceptions import SiteNotReady
from lib.printable import describe

NUMBERS_CONTINUED = "certificates.numbers.continued"
# Written into a database that was made from a backup.
SITE_RESTORED = "elearning.site.restored"
# Settings that stand on every certificate.
_PRINTED = (
    "AGENCY_NAME",
    "OPERATOR",
    "PRODUCT_NAME",
    "ISSUE_PLACE",
    "SIGNER_TITLE",
    "SIGNER_NAME",
    "SIGNER_RANK",
)


@dataclass(frozen=True)
class SiteObstacle:
    """Why no certificate can be issued now, and what the operator does about it."""

    code: str
    message: str


def obstacles(*, now: datetime) -> list[SiteObstacle]:
    """Return everything that keeps every certificate back; empty on a sound site."""
    return [
        SiteObstacle(code, message)
        for code, message in (
            ("no_address", address_problem(settings.PUBLIC_URL, is_demo=settings.DEMO)),
            ("no_key", _key_problem(now)),
            ("no_number", _number_problem()),
            ("restored", restore_problem()),
            ("no_letters", _letter_problem()),
        )
        if message
    ]


def public_address() -> str:
    """Return the address under which certificates are verified, without a slash.

    Raises SiteNotReady: no address, no issue.
    """
    problem = address_problem(settings.PUBLIC_URL, is_demo=settings.DEMO)
    if problem:
        raise SiteNotReady("no_address", problem)
    address: str = settings.PUBLIC_URL
    return address


def restore_problem() -> str:
    """Say that the database comes from a backup; "" where it does not.

    `manage.py restore` has left a record, or the seals beside the database are newer
    than it. What was issued after the copy is in people's hands, and the site asks for
    its highest number before it goes on.
    """
    if not _was_restored() and not _is_older_than_its_seals():
        return ""
    return _(
        "Basis data ini berasal dari cadangan. Jalankan manage.py continue_numbers "
        "lebih dulu, supaya tidak ada nomor yang terbit dua kali."
    )


def _was_restored() -> bool:
    """Say whether no operator has spoken of numbers since the last restore."""
    records = AuditRecord.objects
    last = records.filter(verb=SITE_RESTORED).aggregate(last=Max("pk"))["last"]
    answers = records.filter(verb=NUMBERS_CONTINUED)
    return last is not None and not answers.filter(pk__gt=last).exists()


def _is_older_than_its_seals() -> bool:
    file: Path = settings.ELEARNING_SEAL_FILE
    if not file.exists():
        return False
    state = file.stat()
    return not _cut_off(file, state.st_mtime_ns, state.st_size) <= _answered_for()


@lru_cache(maxsize=1)
def _cut_off(file: Path, changed_at: int, size: int) -> frozenset[str]:
    """Return the seals that are cut off, looked for once for each state of the file.

    Nobody restores a database under a process that runs.
    """
    return frozenset(seals_cut_off(file))


def _answered_for() -> set[str]:
    """Return the seals for which an operator has said the highest number."""
    records = AuditRecord.objects.filter(verb=NUMBERS_CONTINUED)
    return {line for record in records for line in record.detail["seals"]}


def check_was_not_restored() -> None:
    """Raise SiteNotReady until an operator has said which numbers people hold."""
    problem = restore_problem()
    if problem:
        raise SiteNotReady("restored", problem)


def address_problem(address: str, *, is_demo: bool) -> str:
    """Say why this address may not be printed; "" where it may.

    A demo may name this machine; a real site must be reachable from elsewhere.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return _(
            "Alamat situs belum diketahui, padahal tercetak di setiap sertifikat. Isi "
            "PUBLIC_URL, atau jalankan situs dengan “manage.py up”."
        )
    if not is_demo and (parts.scheme != "https" or _is_this_machine(parts.hostname)):
        return _(
            "PUBLIC_URL harus alamat https yang dapat dibuka dari luar, karena "
            "tercetak di setiap sertifikat."
        )
    return ""


def _is_this_machine(host: str) -> bool:
    if host.rstrip(".").rpartition(".")[2] in {"localhost", "localdomain"}:
        return True
    try:
        # Browsers also read 127.1 and 2130706433, as inet_aton does.
        address = ipaddress.ip_address(host if ":" in host else inet_aton(host))
    except (OSError, ValueError):
        return False
    return address.is_loopback or address.is_unspecified


def _key_problem(now: datetime) -> str:
    try:
        key = signing_keys.load_site_key(settings.ELEARNING_SIGNING_KEY)
        key.check_valid_at(now)
    except signing_keys.SigningKeyError as error:
        # Without the path: HR reads this, too.
        return _("Kunci penanda tangan situs tidak dapat dipakai. %(remedy)s") % {
            "remedy": error.remedy
        }
    return ""


def _number_problem() -> str:
    try:
        numbering.number_text(
            settings.ELEARNING_NUMBER_PATTERN,
            sequence=1,
            classification=settings.ELEARNING_CLASSIFICATION_CODE,
            unit=settings.ELEARNING_ISSUER_CODE,
            month=1,
            year=2000,
        )
    except numbering.NumberPatternInvalid as error:
        return f"ELEARNING_NUMBER_PATTERN: {error}"
    return ""


def _letter_problem() -> str:
    """Say which letters of the issuer's and the signer's names no font has."""
    printed = (getattr(settings, f"ELEARNING_{name}") for name in _PRINTED)
    missing = glyphs.missing_glyphs("\n".join(printed))
    if not missing:
        return ""
    return _(
        "Huruf %(letters)s pada nama instansi, penyelenggara, atau penanda tangan "
        "tidak dapat dicetak. Ubah setelan ELEARNING_* yang memuatnya."
    ) % {"letters": describe(missing)}
