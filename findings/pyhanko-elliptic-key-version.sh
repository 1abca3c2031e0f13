#!/usr/bin/env bash
# Package   pyHanko 0.38.0 (PyPI); the PDF/A-2a is made by typst 0.15.0, the keys by cryptography 50.0.2
# Input     One PDF/A-2a, signed (PAdES) once with an RSA key and once with an EC P-256 key.
# Expected  The document keeps its version 1.7: PDF/A-2 is built on PDF 1.7 and allows no later one.
# Seen      RSA: 1.7. EC: the catalog says /Version /2.0 and announces an extension of PDF 2.0 (ISO 32002), while the
#           XMP of the same file goes on claiming PDF/A, part 2.
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
python3 -m venv venv
venv/bin/pip install --quiet pyhanko==0.38.0 typst==0.15.0 cryptography==50.0.2

cat > run.py <<'PY'
import io
import re
from datetime import UTC, datetime, timedelta

import typst
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko_certvalidator.registry import SimpleCertificateStore


def signer(key):
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Penerbit Contoh")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
    der = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return SimpleSigner(
        signing_cert=next(load_certs_from_pemder_data(der)),
        signing_key=load_private_key_from_pemder_data(private, passphrase=None),
        cert_registry=SimpleCertificateStore(),
    )


def facts(pdf):
    reader = PdfFileReader(io.BytesIO(pdf))
    xmp = reader.root["/Metadata"].data.decode()
    part = re.search(r"pdfaid:part\D+(\d)", xmp)[1]
    extensions = sorted(reader.root.get("/Extensions", {}))
    return reader.root.get("/Version", f"header {pdf[5:8].decode()}"), extensions, f"PDF/A-{part}"


source = b'#set document(title: "Contoh", date: datetime(year: 2026, month: 1, day: 5))\n#set text(lang: "id")\n= Contoh\nIsi.'
drawn = typst.compile(source, format="pdf", pdf_standards=["a-2a"])
meta = PdfSignatureMetadata(field_name="TandaTangan", subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
seen = {"drawn": facts(drawn)}
for name, key in (("RSA", rsa.generate_private_key(65537, 2048)), ("EC", ec.generate_private_key(ec.SECP256R1()))):
    signed = sign_pdf(IncrementalPdfFileWriter(io.BytesIO(drawn)), meta, signer=signer(key))
    seen[name] = facts(signed.getvalue())
print("expected: version 1.7 in all three")
for name, (version, extensions, claim) in seen.items():
    print(f"seen:     {name}: version {version}, extensions {extensions}, XMP claims {claim}")
assert {claim for _, _, claim in seen.values()} == {"PDF/A-2"}
versions = {name: str(version) for name, (version, _, _) in seen.items()}
assert versions["EC"] == "/2.0" and "/2.0" not in (versions["drawn"], versions["RSA"]), "The behaviour has changed."
assert "/ISO_" in seen["EC"][1], "The behaviour has changed."
PY
echo "pyHanko 0.38.0: the version of a PDF/A-2a after a signature"
venv/bin/python run.py
