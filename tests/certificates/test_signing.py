import io
import random
import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import outloud
import pikepdf
import pymupdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.generic import NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import DummyTimeStamper

from certificates.rendering import render
from certificates.signing import NotSigned, SigningFailed, Trust, sign, verify
from certificates.signing_keys import SigningKeyExpired, create_site_key
from tests.certificates.examples import PLAIN

NOW = datetime(2026, 11, 21, 9, 15, tzinfo=UTC)
REASON = "Sertifikat 12/800.2.4/BKPSDM/XI/2026"


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    path = tmp_path_factory.mktemp("keys") / "signing-key.pem"
    return create_site_key(path, common_name="Melek ASN", now=NOW, days=365)


@pytest.fixture(scope="module")
def trust(key):
    return Trust([key.certificate])


@pytest.fixture(scope="module")
def unsigned():
    return render(PLAIN)


@pytest.fixture(scope="module")
def signed(unsigned, key):
    return sign(unsigned, key=key, signed_at=NOW, reason=REASON)


def embedded(pdf):
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    return signature


def is_genuine(pdf, trust):
    try:
        return verify(pdf, trust=trust).is_genuine
    except NotSigned:
        return False


def test_a_signed_certificate_is_genuine(signed, trust):
    verification = verify(signed, trust=trust)
    assert verification.is_genuine is True
    assert verification.intact is True
    assert verification.covers_whole_file is True
    assert verification.modified_after is False
    assert verification.signed_at == NOW


def test_the_signature_is_pades_and_states_time_and_reason(signed):
    signature = embedded(signed)
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.sig_object["/Reason"] == REASON
    attributes = {item["type"].native for item in signature.signer_info["signed_attrs"]}
    assert "signing_certificate_v2" in attributes
    # PAdES B-B keeps the time in the signature dictionary only.
    assert "signing_time" not in attributes
    algorithm = signature.signer_info["signature_algorithm"]["algorithm"].native
    assert algorithm == "sha256_ecdsa"


def test_signing_leaves_the_file_pdf_1_7_and_pdf_a_2a(unsigned, signed):
    """Asked of qpdf, which signs nothing and knows nothing of our library."""
    for pdf in (unsigned, signed):
        with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as meta:
            assert (opened.pdf_version, opened.Root.get("/Version")) == ("1.7", None)
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
            extensions = opened.Root.get("/Extensions", {})
            assert "/ISO_" not in extensions
            bases = {str(row["/BaseVersion"]) for row in extensions.values()}
            assert bases <= {"/1.7"}


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="poppler is not there")
def test_poppler_reads_pdf_1_7_and_a_valid_signature(signed, tmp_path):
    path = tmp_path / "sertifikat.pdf"
    path.write_bytes(signed)

    def say(*command: str) -> str:
        done = subprocess.run(
            [*command, str(path)], check=False, capture_output=True, text=True
        )
        return done.stdout

    assert "PDF version:     1.7" in say("pdfinfo")
    # Its text, for it ends well whatever it finds.
    assert "Signature is Valid" in say("pdfsig", "-nocert")
    assert "Total document signed" in say("pdfsig", "-nocert")


@pytest.mark.parametrize("again", ["pikepdf", "pymupdf"])
def test_a_copy_that_was_saved_anew_is_not_genuine_any_more(signed, trust, again):
    copy = io.BytesIO()
    if again == "pikepdf":
        with pikepdf.open(io.BytesIO(signed)) as opened:
            opened.save(copy)
    else:
        with pymupdf.open(stream=signed, filetype="pdf") as opened:
            opened.save(copy, garbage=4)

    assert not is_genuine(copy.getvalue(), trust)


def test_a_signed_certificate_can_still_be_read_aloud(signed, tmp_path):
    path = tmp_path / "sertifikat.pdf"
    path.write_bytes(signed)
    result = outloud.check(str(path))
    assert (result.error, result.errors, result.warnings) == (None, 0, 0)


def test_signing_only_adds_to_the_file_and_leaves_its_metadata_alone(unsigned, signed):
    assert signed.startswith(unsigned)
    with (
        pikepdf.open(io.BytesIO(unsigned)) as before,
        pikepdf.open(io.BytesIO(signed)) as after,
    ):
        assert before.Root.Metadata.read_bytes() == after.Root.Metadata.read_bytes()
        assert dict(before.docinfo) == dict(after.docinfo)
        field = after.Root.AcroForm.Fields[0]
        assert str(field.TU) == "Tanda tangan digital sistem penerbit"
        parents = after.Root.StructTreeRoot.ParentTree.Nums
        element = parents[list(parents).index(field.StructParent) + 1]
        assert element.S == "/Form"
        assert element.K.Obj.objgen == field.objgen


def test_no_changed_byte_goes_unnoticed(signed, trust):
    _, gap, rest, _ = embedded(signed).byte_range
    chance = random.Random(1)
    places = chance.sample(range(gap), 60) + chance.sample(range(rest, len(signed)), 40)
    for place in places:
        changed = bytearray(signed)
        changed[place] ^= 1 << chance.randrange(8)
        assert is_genuine(bytes(changed), trust) is False, place


@pytest.mark.parametrize(
    "tail", [b"\n", b"x", b"%%EOF", b"9 0 obj\n<<>>\nendobj\n", b"\0" * 5000]
)
def test_bytes_put_behind_the_signature_are_noticed(signed, trust, tail):
    assert is_genuine(signed + tail, trust) is False


def test_a_later_revision_is_noticed_though_the_signature_still_holds(signed, trust):
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    page = writer.find_page_for_modification(0)[0].get_object()
    page["/Rotate"] = NumberObject(180)
    writer.update_container(page)
    revised = io.BytesIO()
    writer.write(revised)
    verification = verify(revised.getvalue(), trust=trust)
    assert verification.covers_whole_file is False
    assert verification.modified_after is True
    assert verification.is_genuine is False


@pytest.mark.parametrize("lost", [1, 10, 5000, 60000])
def test_a_file_cut_short_is_noticed(signed, trust, lost):
    assert is_genuine(signed[:-lost], trust) is False


def test_a_file_without_a_signature_is_not_signed(unsigned, trust):
    for file in (unsigned, b"", b"bukan PDF", b"%PDF-1.7\n%%EOF"):
        with pytest.raises(NotSigned, match="tidak memuat tanda tangan"):
            verify(file, trust=trust)


def test_somebody_else_s_signature_is_not_ours(unsigned, trust, tmp_path):
    other = create_site_key(
        tmp_path / "other.pem", common_name="Melek ASN", now=NOW, days=365
    )
    forged = sign(unsigned, key=other, signed_at=NOW, reason=REASON)
    assert verify(forged, trust=trust).is_genuine is False
    assert verify(forged, trust=Trust([other.certificate])).is_genuine is True
    assert verify(forged, trust=Trust([])).is_genuine is False


def test_an_old_key_still_vouches_for_what_it_signed(unsigned, trust, tmp_path):
    old = create_site_key(
        tmp_path / "old.pem", common_name="Melek ASN", now=NOW, days=1
    )
    signed_at = NOW + timedelta(hours=12)
    file = sign(unsigned, key=old, signed_at=signed_at, reason=REASON)
    both = Trust([*trust.certificates, old.certificate])
    assert verify(file, trust=both).is_genuine is True


def test_an_expired_key_signs_nothing(unsigned, key):
    with pytest.raises(SigningKeyExpired, match="kunci baru"):
        sign(unsigned, key=key, signed_at=NOW + timedelta(days=366), reason=REASON)


def test_a_file_is_signed_once(signed, key):
    with pytest.raises(SigningFailed, match="tidak dapat ditandatangani"):
        sign(signed, key=key, signed_at=NOW, reason=REASON)


def test_a_file_without_structure_is_not_signed(key):
    blank = pymupdf.open()
    blank.new_page()
    for file in (blank.tobytes(), b"bukan PDF"):
        with pytest.raises(SigningFailed, match="tidak dapat ditandatangani"):
            sign(file, key=key, signed_at=NOW, reason=REASON)


@pytest.fixture(scope="module")
def authority():
    """A time-stamp authority that lives in memory: its certificate and its service."""
    private_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Stempel Waktu Contoh")])
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private_key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=365))
        .add_extension(usage, critical=True)
        .sign(private_key, hashes.SHA256())
    )
    der = serialization.Encoding.DER
    timestamper = DummyTimeStamper(
        next(load_certs_from_pemder_data(certificate.public_bytes(der))),
        load_private_key_from_pemder_data(
            private_key.private_bytes(
                der,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            ),
            passphrase=None,
        ),
        fixed_dt=NOW,
    )
    return certificate, timestamper


def test_a_time_stamp_is_added_and_must_be_trusted_too(unsigned, key, authority):
    certificate, timestamper = authority
    stamped = sign(
        unsigned, key=key, signed_at=NOW, reason=REASON, timestamper=timestamper
    )
    kinds = [
        item["type"].native for item in embedded(stamped).signer_info["unsigned_attrs"]
    ]
    assert kinds == ["signature_time_stamp_token"]
    believed = Trust([key.certificate], timestamp_roots=[certificate])
    assert verify(stamped, trust=believed).is_genuine is True
    assert verify(stamped, trust=Trust([key.certificate])).is_genuine is False
