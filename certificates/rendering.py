"""From the frozen facts of a certificate to its PDF: two pages of A4 landscape.

No database, no clock, no network: everything printed stands in ``CertificateData``,
and the same data gives the same bytes. Every word is chosen here and in ``wording``;
the typst files under ``design/`` only lay them out. ``design_version`` names one of
their folders, which is never edited once certificates have been released with it.
"""

import hashlib
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from certificates import breaking, glyphs, typesetting, wording
from lib import indonesian
from lib.printable import describe, unprintable

DESIGN_VERSIONS = ("kawung_1",)
# Modules of white that a reader needs around the symbol (ISO/IEC 18004).
_QR_QUIET_ZONE = 4
# In em: 243 mm at 20 points, the smallest size of the name on one line.
_WIDEST_HOLDER = 34.0
# In em: less than this much text fits on its page whatever its letters are. Every row
# of the back takes room besides.
_SURELY_FITS_FRONT, _SURELY_FITS_BACK = 580.0, 900.0
_PER_MODULE, _PER_OBJECTIVE = 27.0, 40.0
_PICTURE = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|(\xef\xbb\xbf)?\s*<(\?xml|svg)")


class RenderingFailed(Exception):
    """The certificate cannot be drawn; the message says what to correct.

    ``characters`` lists the characters that no font of the design can draw.
    """

    def __init__(self, message: str, *, characters: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.characters = characters


class ModuleLine(NamedTuple):
    """One row of the table of materi: a title and its planned minutes."""

    title: str
    minutes: int


@dataclass(frozen=True, kw_only=True)
class IssuerBlock:
    """Who issues the certificate, and under which product name.

    ``crest`` is the agency's own mark as SVG, PNG or JPEG; the state emblem is
    for the agency to choose, never a default.
    """

    agency_name: str
    body_name: str
    product_name: str
    crest: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class SignerBlock:
    """The official named on the certificate; ``nip`` as it is to be printed."""

    title: str
    name: str
    rank: str = ""
    nip: str = ""


@dataclass(frozen=True, kw_only=True)
class CertificateData:
    """Everything a certificate shows, as it was on the day of issue.

    ``name`` carries the degrees and is printed exactly as given. ``id_label`` is
    "NIP" or "NI PPPK", ``id_number`` in one piece. ``verify_url`` is the whole
    address in the QR code, ending in ``code``. ``score`` is printed unless it is
    ``None``, ``predikat`` and ``jabatan`` unless they are empty. The minutes of
    ``modules`` add up to ``jp`` × 45; a ``jp`` of 0 says that the course was taken
    again and no JP is credited.
    """

    number: str
    code: str
    verify_url: str
    issuer: IssuerBlock
    name: str
    id_label: str
    id_number: str
    jabatan: str
    unit_name: str
    agency: str
    course_title: str
    course_code: str
    course_version: str
    jp: int
    started_on: date
    completed_on: date
    predikat: str
    score: Decimal | None
    place: str
    issued_on: date
    signer: SignerBlock
    modules: tuple[ModuleLine, ...]
    objectives: tuple[str, ...]
    signed_electronically: bool = False
    title: str = wording.TITLE
    mode: str = "secara daring (e-learning)"
    design_version: str = "kawung_1"


def render(data: CertificateData) -> bytes:
    """Return the PDF (PDF/A-2a and PDF/UA-1 by the exporter's own check).

    Raises ``RenderingFailed`` for data that contradicts itself, for a character
    without a glyph, and for text too long even at the smallest size: nothing is
    ever cut off or printed over something else.
    """
    _check_content(data)
    return _set(data)


def check_data(data: CertificateData) -> None:
    """Raise ``RenderingFailed`` if ``render`` would refuse the data.

    Meant for the moment of issue, before a number is taken. Text that might be too
    long, or mixes scripts, is set once to see.
    """
    _check_content(data)
    if _may_overflow(data) or any(unprintable(text) for _label, text in _texts(data)):
        _set(data)


def _set(data: CertificateData) -> bytes:
    try:
        return typesetting.typeset(
            f"{data.design_version}/certificate.typ",
            _layout_input(_on_one_line(data)),
            dated_on=data.issued_on,
        )
    except typesetting.ForkedAfterTypesetting:
        raise
    except typesetting.TypesettingFailed as error:
        raise RenderingFailed(_explain(error)) from error


def _may_overflow(data: CertificateData) -> bool:
    modules = sum(breaking.width_of(module.title) for module in data.modules)
    objectives = sum(map(breaking.width_of, data.objectives))
    everywhere = sum(breaking.width_of(text) for _label, text in _texts(data))
    back = (
        modules
        + objectives
        + _PER_MODULE * len(data.modules)
        + _PER_OBJECTIVE * len(data.objectives)
    )
    front = everywhere - modules - objectives
    return front > _SURELY_FITS_FRONT or back > _SURELY_FITS_BACK


def _check_content(data: CertificateData) -> None:
    if data.design_version not in DESIGN_VERSIONS:
        raise RenderingFailed(f"Desain {data.design_version} tidak dikenal.")
    if data.completed_on < data.started_on:
        raise RenderingFailed("Tanggal selesai mendahului tanggal mulai.")
    planned = sum(module.minutes for module in data.modules)
    if data.jp and planned != data.jp * wording.MINUTES_PER_JP:
        raise RenderingFailed(
            f"Jumlah menit materi {planned}, seharusnya "
            f"{data.jp * wording.MINUTES_PER_JP} ({data.jp} JP × 45 menit)."
        )
    if data.issuer.crest is not None and not _PICTURE.match(data.issuer.crest):
        raise RenderingFailed("Lambang harus berkas SVG, PNG, atau JPEG.")
    _check_texts(_on_one_line(data))


def input_hash(data: CertificateData) -> str:
    """Return the SHA-256 (hex) of everything that decides how the page looks.

    Equal for equal data in every process and on every machine; a file whose stored
    hash is the same need not be drawn again.
    """
    canonical = json.dumps(
        asdict(data), default=_plain, ensure_ascii=False, sort_keys=True
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, Decimal):
        return wording.score_text(value)
    if isinstance(value, date):
        return value.isoformat()
    msg = f"{type(value).__name__} has no place in a certificate."
    raise TypeError(msg)


def _check_texts(data: CertificateData) -> None:
    texts = list(_texts(data))
    try:
        missing = glyphs.missing_glyphs("\n".join(text for _, text in texts))
    except typesetting.ForkedAfterTypesetting:
        raise
    except typesetting.TypesettingFailed as error:
        raise RenderingFailed(_explain(error)) from error
    for label, text in texts:
        if any(character in text for character in missing):
            raise RenderingFailed(
                f"Huruf {describe(missing)} pada {label} tidak dapat dicetak. "
                "Ganti dengan huruf Latin.",
                characters=missing,
            )


def _texts(data: CertificateData) -> Iterator[tuple[str, str]]:
    """Yield every text of the certificate with what it is called in messages."""
    yield "judul sertifikat", data.title
    yield "nomor", data.number
    yield "nama peserta", data.name
    yield "nomor induk", f"{data.id_label} {data.id_number}"
    yield "jabatan", data.jabatan
    yield "unit kerja", data.unit_name
    yield "instansi", data.agency
    yield "judul pelatihan", data.course_title
    yield "kode pelatihan", f"{data.course_code} {data.course_version}"
    yield "bentuk pelatihan", data.mode
    yield "predikat", data.predikat
    yield "tempat terbit", data.place
    yield "kode dan alamat", f"{data.code} {data.verify_url}"
    yield "instansi penerbit", data.issuer.agency_name
    yield "lembaga penerbit", data.issuer.body_name
    yield "nama produk", data.issuer.product_name
    yield "jabatan penanda tangan", data.signer.title
    yield "nama penanda tangan", data.signer.name
    yield "pangkat penanda tangan", f"{data.signer.rank} {data.signer.nip}"
    yield from (("daftar materi", module.title) for module in data.modules)
    yield from (("tujuan pembelajaran", text) for text in data.objectives)


def _on_one_line(data: CertificateData) -> CertificateData:
    """Return the data with the line breaks taken out of its texts."""
    return _each_text(data, glyphs.on_one_line)


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    """Return data, a block of it or a text, with every text changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, ModuleLine):
        return value._replace(title=change(value.title))
    if isinstance(value, tuple):
        return tuple(_each_text(part, change) for part in value)
    if isinstance(value, CertificateData | IssuerBlock | SignerBlock):
        changed = {
            f.name: _each_text(getattr(value, f.name), change) for f in fields(value)
        }
        return replace(value, **changed)
    return value


def _explain(error: typesetting.TypesettingFailed) -> str:
    for page in ("depan", "belakang"):
        if f"overflow:{page}" in str(error):
            return f"Teks halaman {page} terlalu panjang. Ringkas teksnya."
    return f"Sertifikat tidak dapat disusun: {error}"


def _layout_input(data: CertificateData) -> dict[str, Any]:
    """Return what the typst files read: words and pictures, no decisions."""
    shown = _each_text(data, breaking.breakable)
    return {
        **_issuer_input(shown.issuer),
        **_front_input(shown),
        # The name has the whole width of the page.
        "holder_name": breaking.breakable(data.name, widest=_WIDEST_HOLDER),
        **_proof_input(data),
        **_signer_input(shown),
        **_back_input(shown),
        # What programs read, and no column holds.
        "document_title": f"{data.title} {data.number}: {data.name}",
        "document_description": f"{data.title} pelatihan {data.course_title}",
    }


def _issuer_input(issuer: IssuerBlock) -> dict[str, Any]:
    return {
        "agency_name": issuer.agency_name,
        "body_name": issuer.body_name,
        "product_name": issuer.product_name,
        "crest": None if issuer.crest is None else list(issuer.crest),
        "crest_alt": f"Lambang {issuer.agency_name}",
    }


def _front_input(data: CertificateData) -> dict[str, Any]:
    sentence = [
        *wording.result_runs(data.predikat, data.score),
        *wording.training_runs(
            data.course_title,
            mode=data.mode,
            organiser=data.issuer.body_name or data.issuer.agency_name,
            learned=wording.period(data.started_on, data.completed_on),
        ),
        *wording.credit_runs(data.jp),
    ]
    return {
        "title": data.title,
        "number_line": f"Nomor {data.number}",
        "given_to": wording.GIVEN_TO,
        "id_line": f"{data.id_label} {data.id_number}",
        "position": [text for text in (data.jabatan, data.unit_name) if text],
        "agency": data.agency,
        "sentence": [asdict(run) for run in sentence],
    }


def _proof_input(data: CertificateData) -> dict[str, Any]:
    import segno

    symbol = segno.make(data.verify_url, error="m", micro=False, boost_error=False)
    svg = io.BytesIO()
    symbol.save(svg, kind="svg", border=_QR_QUIET_ZONE, dark="#073B44", light="#FFFFFF")
    before_address, before_code, after_code = wording.check_runs(
        data.issuer.product_name, signed_electronically=data.signed_electronically
    )
    return {
        "qr": svg.getvalue().decode(),
        "qr_quiet": _QR_QUIET_ZONE,
        "qr_modules": symbol.symbol_size(border=0)[0],
        "qr_alt": f"Kode QR menuju {data.verify_url}",
        "verify_url": data.verify_url,
        "shown_address": wording.shown_address(data.verify_url, data.code),
        "code": data.code,
        "check_title": wording.CHECK_TITLE,
        "check_before_address": before_address,
        "check_before_code": before_code,
        "check_after_code": after_code,
    }


def _signer_input(data: CertificateData) -> dict[str, Any]:
    signer = data.signer
    nip = f"NIP {signer.nip}" if signer.nip else ""
    return {
        "place_and_date": f"{data.place}, "
        f"{indonesian.format_date(data.issued_on, 'medium')}",
        "signer_title": signer.title,
        "signed_electronically": data.signed_electronically,
        "seal_lines": wording.seal_lines(
            data.issuer.product_name, signed_electronically=data.signed_electronically
        ),
        "signer_name": signer.name,
        "signer_detail": " · ".join(filter(None, (signer.rank, nip))),
    }


def _back_input(data: CertificateData) -> dict[str, Any]:
    facts = [
        ("Pelatihan", data.course_title),
        ("Kode", f"{data.course_code}, versi {data.course_version}"),
        ("Peserta", data.name),
        ("Waktu", wording.period(data.started_on, data.completed_on)),
        ("Predikat", data.predikat),
        ("Nilai", "" if data.score is None else wording.score_text(data.score)),
    ]
    number = indonesian.format_number
    return {
        "back_title": wording.BACK_TITLE,
        "back_subtitle": f"Nomor {data.number}",
        "materi_title": "Daftar materi",
        "table_head": ["No.", "Materi", "Menit"],
        "modules": [
            {"title": module.title, "minutes": number(module.minutes)}
            for module in data.modules
        ],
        "total_label": wording.total_label(data.jp),
        "total_minutes": number(sum(module.minutes for module in data.modules)),
        "facts_title": "Keterangan",
        "facts": [{"label": label, "value": value} for label, value in facts if value],
        "objectives_title": "Tujuan pembelajaran",
        "objectives": list(data.objectives),
        "note": wording.NOTE,
        "back_identity": f"Kode {data.code}",
    }
