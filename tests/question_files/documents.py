"""Word documents as trainers have them."""

import zipfile
from io import BytesIO

from quizzes.questions.pictures import path_of
from tests.question_files.docx_builder import (
    PIXEL,
    docx,
    lines,
    p,
    picture,
    run,
    table,
    write_much,
)
from tests.question_files.file import QuestionFile

_OTP = "Siapa yang boleh meminta kode OTP? | Atasan | *Tidak seorang pun | Rekan"
_NIK = "NIK terdiri atas berapa angka? | 14 | *16"
_PLAIN = """
1. Siapa yang boleh meminta kode OTP?
A. Atasan
B. Tidak seorang pun
C. Rekan
2. NIK terdiri atas berapa angka?
A. 14
B. 16
"""
_BOLD = _PLAIN.replace("Tidak seorang pun", "**Tidak seorang pun").replace(
    "B. 16", "B. **16"
)


def _numbered(words: str, *options: str) -> str:
    said = [p(words, number=1)]
    said += [p(one, number=1, level=1) for one in options]
    return "".join(said)


def _keyed(*rows: tuple[str, str]) -> bytes:
    return docx(lines(_PLAIN) + table([("No", "Kunci"), *rows]))


def _with_member(name: str, content: bytes = b"", **said: int) -> bytes:
    """A document with one file more; `said` are attributes of its entry."""
    data = BytesIO(docx(lines(_BOLD)))
    with zipfile.ZipFile(data, "a") as archive:
        info = zipfile.ZipInfo(name)
        for key, value in said.items():
            setattr(info, key, value)
        archive.writestr(info, content)
    return data.getvalue()


def _bomb() -> bytes:
    """A document whose text unpacks into 120 million bytes."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        write_much(archive, "word/document.xml", megabytes=120)
    return data.getvalue()


_TEXTBOX = (
    "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
    f"{p('Nilai paling tinggi 100')}</w:txbxContent></v:textbox></v:shape></w:pict>"
    "</w:r>"
)
_FORMULA = "<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>"
_TRACKED = (
    f'{run("1. Siapa yang boleh meminta ")}<w:ins w:id="1" w:author="a">{run("kode ")}'
    '</w:ins><w:del w:id="2" w:author="a"><w:r><w:delText>sandi </w:delText></w:r>'
    f"</w:del>{run('OTP?')}"
)
_ENTITY = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><w:document xmlns:w='
    '"http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
)

FILES = (
    QuestionFile(
        "word-nomor-diketik-kunci-tebal.docx", docx(lines(_BOLD)), (_OTP, _NIK)
    ),
    QuestionFile(
        "word-nomor-otomatis-kunci-bintang.docx",
        docx(
            p("Latihan", style="Judul1")
            + _numbered(
                "Siapa yang boleh meminta kode OTP?",
                "Atasan",
                "*Tidak seorang pun",
                "Rekan",
            )
            + _numbered("NIK terdiri atas berapa angka?", "14", "16*")
        ),
        (_OTP, _NIK),
        told=("Judul tidak dibaca: “Latihan”",),
    ),
    QuestionFile(
        "word-kunci-dan-pembahasan-di-bawah.docx",
        docx(
            lines(
                _PLAIN.replace(
                    "C. Rekan",
                    "C. Rekan\nKunci: B\nPembahasan: Kode hanya untuk pemiliknya.\n"
                    "Tujuan: t1\nTingkat: C2",
                )
                + "Jawaban : B. 16"
            )
        ),
        (f"{_OTP} ~ Kode hanya untuk pemiliknya.", _NIK),
    ),
    QuestionFile(
        "word-tabel-kunci-di-akhir.docx", _keyed(("1", "B"), ("2", "b")), (_OTP, _NIK)
    ),
    QuestionFile(
        "word-tabel-kunci-mendatar.docx",
        docx(lines(_PLAIN) + p("Kunci Jawaban") + table([("1", "2"), ("B", "B")])),
        (_OTP, _NIK),
    ),
    QuestionFile(
        "word-kunci-dan-pembahasan-di-akhir.docx",
        docx(
            lines(_PLAIN) + lines("Kunci dan Pembahasan\n1. B. Kode itu rahasia.\n2. B")
        ),
        (f"{_OTP} ~ Kode itu rahasia.", _NIK),
    ),
    QuestionFile(
        "word-pilihan-menyamping.docx",
        docx(
            p("Jawablah dengan benar!")
            + p("1. NIK terdiri atas berapa angka?")
            + p("A. 14\tB. 16")
            + p("2. Siapa yang boleh meminta kode OTP?")
            + p("a) Atasan\tb) Tidak seorang pun\tc) Rekan")
            + p("Kunci Jawaban:")
            + p("1. B   2. B")
        ),
        (_NIK, _OTP),
        told=("Di luar soal tidak dibaca: “Jawablah dengan benar!”",),
    ),
    QuestionFile(
        "word-satu-paragraf-per-soal.docx",
        docx(
            p(
                run("1. NIK terdiri atas berapa angka?\nA. 14\nB. "),
                run("16", "b"),
            )
        ),
        (_NIK,),
    ),
    QuestionFile(
        "word-pilihan-dalam-tabel.docx",
        docx(
            p("1. Siapa yang boleh meminta kode OTP?")
            + table([("A. Atasan", "C. Rekan"), ("B. Tidak seorang pun", "")])
            + p("Kunci: B")
        ),
        (_OTP,),
    ),
    QuestionFile(
        "word-daftar-gambar-dan-tabel-di-soal.docx",
        docx(
            lines(
                "1. Perhatikan pernyataan berikut.\n1. Sandi panjang.\n2. Sandi pendek."
            )
            + p(picture("Dua sandi"))
            + table([("Sandi", "Umur"), ("panjang", "lama")])
            + lines("Mana yang benar?\nA. **1 saja\nB. 2 saja")
        ),
        (
            "Perhatikan pernyataan berikut. / 1\\. Sandi panjang. / "
            f"2\\. Sandi pendek. / ![Dua sandi]({path_of(PIXEL)}) / | Sandi | Umur | / "
            "| --- | --- | / | panjang | lama | / Mana yang benar? | *1 saja | 2 saja",
        ),
    ),
    QuestionFile(
        "word-dua-jawaban-benar.docx",
        docx(
            lines("1. Mana data pribadi?\nA. NIK\nB. Cuaca\nC. Telepon\nKunci: A dan C")
        ),
        ("[multiple_response] Mana data pribadi? | *NIK | Cuaca | *Telepon",),
    ),
    QuestionFile(
        "word-kunci-dari-sorotan.docx",
        docx(
            p("1. NIK terdiri atas berapa angka?")
            + p("A. 14")
            + p(
                "<w:r><w:t>B. </w:t></w:r>"
                '<w:r><w:rPr><w:highlight w:val="yellow"/></w:rPr><w:t>16</w:t></w:r>'
            )
        ),
        (_NIK,),
        told=("Kunci dibaca dari sorotan: B",),
    ),
    QuestionFile(
        "word-perubahan-terlacak.docx",
        docx(p(_TRACKED) + lines("A. Atasan\nB. **Tidak seorang pun\nC. Rekan")),
        (_OTP,),
        told=("sisipan “kode” dibaca", "“sandi” sudah dihapus"),
    ),
    QuestionFile(
        "word-kotak-teks-dan-rumus.docx",
        docx(
            p(run("1. Berapa nilainya?"), _TEXTBOX)
            + lines("A. **100\nB. 10")
            + p(run("2. Hitung "), _FORMULA)
            + lines("A. **1\nB. 2")
        ),
        ("! kotak teks “Nilai paling tinggi 100”", "! rumus “x+1”"),
    ),
    QuestionFile(
        "word-tabel-kunci-kurang.docx",
        _keyed(("1", "B")),
        (_OTP, "! Soal 2 tidak ada di daftar kunci"),
    ),
    QuestionFile(
        "word-kunci-di-luar-pilihan.docx",
        _keyed(("1", "E"), ("2", "B")),
        ("! Kunci “E” di luar pilihannya (A sampai C)", _NIK),
    ),
    QuestionFile(
        "word-nomor-kembar.docx",
        docx(
            lines(_PLAIN.replace("2. NIK", "1. NIK"))
            + table([("No", "Kunci"), ("1", "B")])
        ),
        ("! Nomor 1 dipakai oleh lebih dari satu soal", "! Nomor 1 dipakai"),
    ),
    QuestionFile(
        "word-kunci-bertentangan.docx",
        docx(lines(_BOLD.replace("C. Rekan", "C. Rekan\nKunci: A"))),
        ("! kuncinya berbeda: paragraf 5 “A” dan huruf tebal di B", _NIK),
    ),
    QuestionFile(
        "word-paragraf-di-antara-soal.docx",
        docx(lines(_BOLD.replace("2. NIK", "Bacaan untuk soal berikut.\n2. NIK"))),
        ("! Paragraf 5 “Bacaan untuk soal", "! Paragraf 5 “Bacaan untuk soal"),
    ),
    QuestionFile(
        "word-huruf-terlompat-dan-uraian.docx",
        docx(lines("1. Apa?\nA. **x\nC. y\n2. Ceritakan pengalaman Anda.")),
        ("! setelah pilihan A diharapkan B", "! Soal uraian tidak dapat dinilai"),
    ),
    QuestionFile(
        "word-kunci-di-tengah.docx",
        docx(
            lines(
                "1. Apa itu OTP?\nA. Kode\nB. Nama\nKunci:\nA\n"
                "2. NIK terdiri atas berapa angka?\nA. 14\nB. **16"
            )
        ),
        ("! tidak jelas milik soal yang mana", "! tidak jelas milik soal yang mana"),
    ),
    QuestionFile(
        "word-tanpa-soal.docx",
        docx(p("Notula rapat.")),
        ("!! Tidak ada soal bernomor",),
    ),
    QuestionFile(
        "word-berkata-sandi.docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        ("!! kata sandi",),
    ),
    QuestionFile("word-bom.docx", _bomb(), ("!! terlalu besar setelah dibuka",)),
    QuestionFile(
        "word-nama-ke-luar.docx",
        _with_member("../../etc/passwd", b"x"),
        ("!! menunjuk ke luar",),
    ),
    QuestionFile(
        "word-berisi-tautan.docx",
        _with_member("word/tautan", b"/etc/passwd", external_attr=0o120777 << 16),
        ("!! adalah tautan",),
    ),
    QuestionFile(
        "word-dengan-entitas.docx",
        docx("", extra={"word/document.xml": _ENTITY}),
        ("!! rusak atau terlalu rumit",),
    ),
)
