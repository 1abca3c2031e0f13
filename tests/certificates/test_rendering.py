import io
import os
import threading
from dataclasses import replace
from decimal import Decimal

import outloud
import pikepdf
import pymupdf
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.people_import.cells import CellProblem, check_text, clean
from certificates import typesetting
from certificates.breaking import BREAK
from certificates.rendering import (
    DESIGN_VERSIONS,
    ModuleLine,
    RenderingFailed,
    check_data,
    input_hash,
    render,
)
from lib.printable import PRINTABLE, unprintable
from tests.certificates.examples import CROWDED, PLAIN, certificate_data, with_issuer
from tests.certificates.pages import MM, lines_of, opened, pixels, text_of
from tests.examples import some

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    b'<path d="M0 0h9v9z"/></svg>'
)
FRONT, BACK = 0, 1


@pytest.fixture(scope="module")
def plain():
    return render(PLAIN)


@pytest.fixture(scope="module")
def crowded():
    return render(CROWDED)


def assert_everything_is_inside(pdf):
    inside = pymupdf.Rect(26.5 * MM, 20 * MM, 270.5 * MM, 192 * MM)
    for page in (FRONT, BACK):
        for box, text in lines_of(pdf, page):
            assert box in inside, text


def test_a_certificate_is_two_pages_of_a4_landscape(plain):
    sizes = [(page.rect.width / MM, page.rect.height / MM) for page in opened(plain)]
    assert sizes == [pytest.approx((297, 210), abs=0.01)] * 2


def test_the_front_names_who_what_and_how_much(plain):
    front = text_of(plain, FRONT)
    for expected in (
        "Pemerintah Kabupaten Contoh",
        "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
        "Sertifikat",
        "Nomor 12/800.2.4/BKPSDM/XI/2026",
        "diberikan kepada",
        "Sari Percobaan, S.Sos.",
        "NIP 199001172015042907",
        "Administrator Database Kependudukan Ahli Muda",
        "Dinas Kependudukan dan Pencatatan Sipil",
        "dinyatakan lulus dengan predikat Memuaskan",
        "Pola Pikir Digital untuk Pelayanan Publik",
        "secara daring (e-learning)",
        "3–21 November 2026",
        "4 (empat) Jam Pelajaran (JP).",
        "Contoh, 21 November 2026",
        "Kepala Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
        "Drs. Budi Contoh, M.Si.",
        "Pembina Utama Muda · NIP 197005181995031902",
    ):
        assert expected in front


def test_the_back_lists_what_was_taught(plain):
    back = text_of(plain, BACK)
    for expected in (
        "Nomor 12/800.2.4/BKPSDM/XI/2026",
        "K1, versi 3",
        "Bukan soal banyaknya aplikasi 70",
        "Jumlah: 4 JP (1 JP = 45 menit) 180",
        "Menyusun satu perbaikan kecil",
        "Daftar materi ini bagian tak terpisahkan dari sertifikat.",
        "Kode 7KQ4M-2XD9R",
    ):
        assert expected in back


def test_the_proof_is_worded_as_issued_by_the_system(plain):
    assert (
        "Sertifikat ini diterbitkan oleh sistem Melek ASN. Keaslian dapat diperiksa di "
        "melek.contoh.example/verifikasi dengan kode 7KQ4M-2XD9R."
        in text_of(plain, FRONT)
    )
    assert "tandatangan" not in (text_of(plain, FRONT) + text_of(plain, BACK)).lower()


def test_a_signature_is_mentioned_only_when_the_data_says_so():
    front = text_of(render(certificate_data(signed_electronically=True)), FRONT)
    assert "Ditandatangani secara elektronik" in front
    assert "Diterbitkan oleh" not in front


def test_the_score_is_printed_only_when_it_is_given(plain):
    scored = render(certificate_data(score=Decimal("87.50")))
    assert "Memuaskan (nilai 87,5)" in text_of(scored, FRONT)
    assert "87,5" in text_of(scored, BACK)
    assert "nilai" not in text_of(plain, FRONT)


def test_an_empty_jabatan_leaves_no_trace():
    front = text_of(render(certificate_data(jabatan="")), FRONT)
    assert "Dinas Kependudukan dan Pencatatan Sipil" in front
    assert "· Dinas" not in front


def test_the_same_data_gives_the_same_bytes_in_every_thread(plain):
    drawn = []
    threads = [
        threading.Thread(target=lambda: drawn.append(render(PLAIN))) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert drawn == [plain, plain]
    assert render(CROWDED) != plain


@pytest.mark.parametrize("page", ["plain", "crowded"])
def test_a_screen_reader_can_read_it(page, request, tmp_path):
    path = tmp_path / "sertifikat.pdf"
    path.write_bytes(request.getfixturevalue(page))
    result = outloud.check(str(path))
    assert (result.error, result.errors, result.warnings) == (None, 0, 0)


def test_the_file_says_what_it_is(plain):
    with pikepdf.open(io.BytesIO(plain)) as pdf, pdf.open_metadata() as meta:
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
        assert meta["pdfuaid:part"] == "1"
        assert meta["xmp:CreateDate"] == "2026-11-21T00:00:00+00:00"
        assert str(pdf.Root.Lang) == "id-ID"
        assert PLAIN.number in meta["dc:title"]


def test_every_text_is_set_in_the_fonts_of_the_design(plain):
    fonts = {
        font[3].split("+")[-1] for page in opened(plain) for font in page.get_fonts()
    }
    assert {name.split("-")[0] for name in fonts} == {
        "PlusJakartaSans",
        "LibertinusSerif",
        "DejaVuSansMono",
    }


def test_the_qr_code_holds_the_whole_address_and_keeps_its_quiet_zone(plain):
    symbol = segno.make(PLAIN.verify_url, error="m", micro=False, boost_error=False)
    modules = [[int(module) for module in row] for row in symbol.matrix]
    quiet = 4
    (box,) = [
        info
        for info in opened(plain)[FRONT].get_drawings()
        if info["type"] == "f"
        and abs(info["rect"].width - info["rect"].height) < 0.01
        and info["rect"].width > 20 * MM
    ]
    side = box["rect"].width / MM
    module = side / (len(modules) + 2 * quiet)
    assert module * len(modules) >= 20
    image = pixels(plain, FRONT, per_mm=20)
    left, top = box["rect"].x0 / MM, box["rect"].y0 / MM

    def is_dark(row, column):
        x = left + (column + quiet + 0.5) * module
        y = top + (row + quiet + 0.5) * module
        return int(image.pixel(int(x * 20), int(y * 20))[0] < 128)

    around = range(-quiet, len(modules) + quiet)
    seen = [[is_dark(row, column) for column in around] for row in around]
    blank = [0] * len(around)
    assert seen == [
        *[blank] * quiet,
        *[[0] * quiet + row + [0] * quiet for row in modules],
        *[blank] * quiet,
    ]


def test_the_kawung_frame_closes_at_all_four_corners(plain):
    tile, start, per_mm = 87, 49.5, 10
    image = pixels(plain, FRONT, per_mm)

    def crop(column, row):
        x, y = int(start + column * tile), int(start + row * tile)
        return [
            image.pixel(x + dx, y + dy)[0]
            for dy in range(1, tile, 4)
            for dx in range(1, tile, 4)
        ]

    ring = [(column, row) for column in range(33) for row in (0, 22)]
    ring += [(column, row) for column in (0, 32) for row in range(23)]
    pattern = crop(0, 0)
    assert min(pattern) < 170 < max(pattern)
    for column, row in ring:
        differences = [
            abs(a - b) for a, b in zip(crop(column, row), pattern, strict=True)
        ]
        assert max(differences) < 40, (column, row)


@pytest.mark.parametrize("page", [FRONT, BACK])
def test_the_longest_texts_stay_inside_and_apart(crowded, page):
    assert len(opened(crowded)) == 2
    assert_everything_is_inside(crowded)
    lines = list(lines_of(crowded, page))
    for place, (box, text) in enumerate(lines):
        for other, other_text in lines[place + 1 :]:
            shared = pymupdf.Rect(box) & other
            overlap = shared.height if shared.width > 0.5 and not shared.is_empty else 0
            assert overlap < 0.35 * min(box.height, other.height), (text, other_text)


def test_no_word_of_the_longest_texts_is_lost(crowded):
    front, back = text_of(crowded, FRONT), text_of(crowded, BACK)
    for text in (
        CROWDED.name,
        CROWDED.course_title,
        CROWDED.unit_name,
        CROWDED.agency,
        CROWDED.issuer.agency_name,
        CROWDED.signer.title,
        CROWDED.signer.name,
    ):
        assert text in front
    assert back.count("melampaui satu baris pada tabel daftar materi") == 12
    assert back.count("akurat, dan dapat dibagipakaikan.") == 6
    assert "1.080" in back


@pytest.mark.parametrize(
    ("over", "page"),
    [
        ({"unit_name": "Subbagian Perencanaan dan Pelaporan " * 60}, "depan"),
        (
            {"objectives": ("Menjelaskan prinsip kolaborasi lintas unit. " * 9,) * 9},
            "belakang",
        ),
    ],
)
def test_a_text_that_fits_at_no_size_is_refused_rather_than_cut(over, page):
    for refuse in (render, check_data):
        with pytest.raises(RenderingFailed, match=f"halaman {page} terlalu panjang"):
            refuse(certificate_data(**over))


@pytest.mark.parametrize("word", ["Kusuma" * 7, "W" * 60, "Ẃ" * 60])
@pytest.mark.parametrize("field", ["name", "unit_name", "course_title"])
def test_a_word_wider_than_a_column_is_broken_and_stays_inside(field, word):
    drawn = render(certificate_data(**{field: word}))

    assert_everything_is_inside(drawn)
    assert word in "".join(text_of(drawn, FRONT).replace(BREAK, "").split())


def test_a_broken_word_can_still_be_read_aloud(tmp_path):
    path = tmp_path / "sertifikat.pdf"
    path.write_bytes(render(certificate_data(name="Kusuma" * 20)))
    result = outloud.check(str(path))
    assert (result.error, result.errors, result.warnings) == (None, 0, 0)


# As long as the columns of the database let them be.
_NAMES = st.text(alphabet=sorted(PRINTABLE), min_size=1, max_size=150)
_TITLES = st.text(alphabet=sorted(PRINTABLE), max_size=80)


@settings(max_examples=some(40))
@given(name=_NAMES.filter(str.strip), before=_TITLES, after=_TITLES)
def test_every_name_that_records_may_hold_is_drawn(name, before, after):
    data = certificate_data(name=f"{before[:50]} {name}, {after}")

    check_data(data)
    assert_everything_is_inside(render(data))


# What names are made of, too long at times, or anything at all.
_CELLS = st.one_of(
    st.text(alphabet=sorted(PRINTABLE), max_size=170), st.text(max_size=12)
)


@given(cell=_CELLS)
def test_what_an_import_takes_as_a_name_is_drawn(cell):
    name = clean(cell)
    refusal = ""
    try:
        check_text(name, 150)
    except CellProblem as problem:
        refusal = problem.message
    if refusal:
        assert any(verb in refusal for verb in ("Ganti", "Ketik", "Ringkas"))
    elif name:
        assert_everything_is_inside(render(certificate_data(name=name)))


@settings(max_examples=some(40))
@given(name=st.text(min_size=1, max_size=150).filter(str.strip))
def test_whatever_stands_in_a_name_is_drawn_or_refused_by_name(name):
    data = certificate_data(name=name)
    is_refused = False
    try:
        check_data(data)
    except RenderingFailed:
        is_refused = True
    if is_refused:
        assert unprintable(name)
    else:
        render(data)


def test_a_character_without_a_glyph_is_refused_by_its_name():
    with pytest.raises(RenderingFailed, match="nama peserta") as refused:
        check_data(certificate_data(name="Budi 王 Contoh"))
    assert refused.value.characters == ("王",)
    assert "U+738B" in str(refused.value)
    assert "Budi" not in str(refused.value)


def test_markup_in_a_name_is_only_text():
    name = '#panic("x") *b* _i_ $x$ @a <b> `c` \\n "q" // --'
    assert name in text_of(render(certificate_data(name=name)), FRONT)


def test_a_line_break_in_a_name_is_a_space():
    drawn = render(certificate_data(name=" Sari\r\nPercobaan,\tS.Sos."))
    assert drawn == render(certificate_data(name="Sari Percobaan, S.Sos."))


@pytest.mark.parametrize("extension", ["png", "jpeg", "svg"])
def test_the_crest_is_drawn_and_has_a_text(extension):
    picture = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 8, 8), 0)
    crest = SVG if extension == "svg" else picture.tobytes(extension)
    drawn = render(with_issuer(crest=crest))
    assert drawn != render(PLAIN)
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        texts = [str(item.Alt) for item in pdf.objects if _is_figure(item)]
    assert "Lambang Pemerintah Kabupaten Contoh" in texts


def _is_figure(item):
    return isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"


@pytest.mark.parametrize("crest", [b"", b"GIF89a", b"<html>"])
def test_a_crest_of_another_kind_is_refused(crest):
    with pytest.raises(RenderingFailed, match="Lambang harus"):
        check_data(with_issuer(crest=crest))


def test_a_broken_picture_is_refused():
    with pytest.raises(RenderingFailed, match="tidak dapat disusun"):
        render(with_issuer(crest=b"\x89PNG\r\n\x1a\n rusak"))


@pytest.mark.parametrize(
    ("over", "hint"),
    [
        ({"modules": (ModuleLine("Satu", 179),)}, "179, seharusnya 180"),
        ({"jp": 5}, "180, seharusnya 225"),
        ({"started_on": PLAIN.completed_on, "completed_on": PLAIN.started_on}, "mulai"),
        ({"design_version": "../rahasia"}, "tidak dikenal"),
    ],
)
def test_data_that_contradicts_itself_is_refused(over, hint):
    with pytest.raises(RenderingFailed, match=hint):
        check_data(certificate_data(**over))
    with pytest.raises(RenderingFailed, match=hint):
        render(certificate_data(**over))


def test_every_design_version_has_its_folder():
    for version in DESIGN_VERSIONS:
        assert (typesetting.DESIGN_ROOT / version / "certificate.typ").is_file()


def test_equal_data_has_an_equal_hash():
    assert input_hash(replace(PLAIN)) == input_hash(PLAIN)
    assert input_hash(certificate_data(score=Decimal(80))) == input_hash(
        certificate_data(score=Decimal("80.00"))
    )


@pytest.mark.parametrize(
    "changed",
    [
        certificate_data(name="Sari Percobaan"),
        certificate_data(score=Decimal(80)),
        certificate_data(issued_on=PLAIN.completed_on.replace(day=22)),
        certificate_data(modules=(ModuleLine("Satu", 180),)),
        certificate_data(signer=replace(PLAIN.signer, rank="")),
        certificate_data(signed_electronically=True),
        with_issuer(crest=b"satu"),
        with_issuer(crest=b"dua"),
    ],
)
def test_whatever_changes_the_page_changes_the_hash(changed):
    assert input_hash(changed) != input_hash(PLAIN)


def test_crests_that_differ_have_hashes_that_differ():
    assert input_hash(with_issuer(crest=b"1")) != input_hash(with_issuer(crest=b"2"))


def test_a_fork_of_a_process_that_has_drawn_refuses_instead_of_hanging(plain):
    child = os.fork()
    if not child:
        try:
            render(PLAIN)
        except typesetting.ForkedAfterTypesetting:
            os._exit(7)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
