"""The signature inside the PDF: PAdES baseline B-B, or B-T with a time stamp.

Signing is the last thing that happens to a file: whatever is added afterwards, even
a byte, is noticed by ``verify``. pyHanko and what it needs are a fifth of a process:
do not import this module above a function (docs/decisions/0050).
"""

import io
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.extensions import DeveloperExtension
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import validation
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from certificates import pdf_structure
from certificates.exceptions import SigningFailed
from certificates.signing_keys import SigningKey

FIELD_NAME = "TandaTangan"
FIELD_LABEL = "Tanda tangan digital sistem penerbit"
# Room for the signature, in hex digits; a time stamp brings its own certificates.
_RESERVED = 4096
_RESERVED_WITH_TIMESTAMP = 32768
# ISO 32000-1, which the drawn file declares and keeps.
_VERSION = (1, 7)
# What a damaged file makes the reader and the ASN.1 decoder raise.
_UNREADABLE = (
    PdfError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    OverflowError,
    RecursionError,
    zlib.error,
)


class NotSigned(Exception):
    """The bytes hold no readable PDF signature at all."""


@dataclass(frozen=True)
class Trust:
    """Whose signatures count: the site's keys, old ones included, and TSA roots.

    A certificate is judged at the time the signature states, so a key that has
    expired since still vouches for what it signed.
    """

    certificates: Sequence[x509.Certificate]
    timestamp_roots: Sequence[x509.Certificate] = ()


@dataclass(frozen=True)
class Verification:
    """What a signed file says about itself.

    ``intact``: the signature is mathematically right for the bytes it covers, and
    comes from a trusted certificate valid at ``signed_at``. ``covers_whole_file``:
    it covers every byte but its own value. ``modified_after``: a later revision
    changes the document.
    """

    intact: bool
    covers_whole_file: bool
    modified_after: bool
    signed_at: datetime

    @property
    def is_genuine(self) -> bool:
        """All three together; nothing less is a genuine file."""
        return self.intact and self.covers_whole_file and not self.modified_after


def sign(
    pdf: bytes,
    *,
    key: SigningKey,
    signed_at: datetime,
    reason: str,
    timestamper: TimeStamper | None = None,
) -> bytes:
    """Return the file with one signature over all of it, still valid PDF/UA.

    PAdES B-B with ECDSA P-256; B-T when a ``timestamper`` is given, whose network
    errors pass through for the caller to retry. Two calls give different bytes: the
    signature is drawn anew. Raises ``SigningKeyExpired`` when the key is not valid at
    ``signed_at``, ``SigningFailed`` for a file that cannot be signed.
    """
    key.check_valid_at(signed_at)
    signer = _SignerAt(
        PdfSignatureMetadata(
            field_name=FIELD_NAME,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            reason=reason,
        ),
        _cms_signer(key),
        timestamper=timestamper,
    )
    signer.signed_at = signed_at
    signed = io.BytesIO()
    try:
        writer = _Appending(io.BytesIO(pdf))
        pdf_structure.add_signature_field(writer, name=FIELD_NAME, label=FIELD_LABEL)
        signer.sign_pdf(
            writer,
            existing_fields_only=True,
            bytes_reserved=_RESERVED_WITH_TIMESTAMP if timestamper else _RESERVED,
            output=signed,
        )
    except (PdfError, SigningError, pdf_structure.StructureUnsupported) as error:
        raise SigningFailed(
            f"Berkas PDF tidak dapat ditandatangani: {error}"
        ) from error
    return signed.getvalue()


def verify(pdf: bytes, *, trust: Trust) -> Verification:
    """Judge the first signature of a file, without touching the network.

    A file with a changed or an added byte gives a ``Verification`` that is not genuine
    or raises ``NotSigned``, depending on how much of it is left to read. The bytes of
    the signature's own value are the exception; the stored hash of the file covers
    those.
    """
    with _reading_what_anyone_may_send():
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
        if not signatures:
            raise NotSigned("Berkas ini tidak memuat tanda tangan.")
        signed_at = signatures[0].self_reported_timestamp
        if signed_at is None or signed_at.utcoffset() is None:
            raise NotSigned("Tanda tangan ini tidak menyebut waktunya.")
    signers = _context(trust.certificates, signed_at)
    timestampers = _context(trust.timestamp_roots, signed_at)
    with _reading_what_anyone_may_send():
        status = validation.validate_pdf_signature(
            signatures[0],
            signer_validation_context=signers,
            ts_validation_context=timestampers,
        )
        return Verification(
            intact=status.bottom_line,
            covers_whole_file=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
            modified_after=status.modification_level != ModificationLevel.NONE,
            signed_at=signed_at,
        )


@contextmanager
def _reading_what_anyone_may_send() -> Iterator[None]:
    """Turn whatever a damaged file makes the reader raise into ``NotSigned``."""
    try:
        yield
    except _UNREADABLE as error:
        raise NotSigned("Berkas ini tidak memuat tanda tangan yang terbaca.") from error


class _Appending(IncrementalPdfFileWriter):
    """A writer that leaves the document what it says it is.

    The library would put the machine's time into the metadata and write the XMP anew,
    in a form whose PDF/A extension schemas not every validator reads. And it would
    call a file with a signature by an elliptic curve PDF 2.0, which PDF/A-2 must not
    be (ISO 19005-2, 5.1); PAdES (EN 319 142-1) asks for no more than 1.7.
    """

    def _update_meta(self) -> None:
        pass

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """Keep the version of the file."""

    def register_extension(self, ext: DeveloperExtension) -> None:
        """Announce an extension of this version, and none of a later one."""
        if str(ext.base_version) <= f"/{_VERSION[0]}.{_VERSION[1]}":
            super().register_extension(ext)


class _SignerAt(PdfSigner):
    """A signer whose clock is handed in; the library would read the machine's."""

    signed_at: datetime

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.signed_at
        return session


def _cms_signer(key: SigningKey) -> SimpleSigner:
    private_key = key.private_key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    store: Any = SimpleCertificateStore
    return SimpleSigner(
        signing_cert=_asn1(key.certificate),
        signing_key=load_private_key_from_pemder_data(private_key, passphrase=None),
        cert_registry=store(),
    )


def _context(roots: Sequence[x509.Certificate], moment: datetime) -> ValidationContext:
    return ValidationContext(
        trust_roots=[_asn1(root) for root in roots],
        moment=moment,
        allow_fetching=False,
    )


def _asn1(certificate: x509.Certificate) -> Any:
    """Return the certificate as the type that pyHanko's libraries share."""
    der = certificate.public_bytes(serialization.Encoding.DER)
    return next(load_certs_from_pemder_data(der))
