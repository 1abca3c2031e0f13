"""Excel and CSV as trainers have them."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from tests.question_files.file import QuestionFile

Rows = Sequence[Any]
"""Rows of cells."""
_HEAD = ["No", "Soal", "A", "B", "C", "D", "Kunci", "Pembahasan"]
_OTP = "Siapa yang boleh meminta kode OTP?"
_NIK = "NIK terdiri atas berapa angka?"
_READ = (
    f"{_OTP} | Atasan | Petugas bank | *Tidak seorang pun | Rekan",
    f"{_NIK} | 14 | *16 | 18 | 20",
)


def book(
    sheets: Mapping[str, Rows],
    merged: Sequence[str] = (),
    formats: Mapping[str, str] | None = None,
) -> bytes:
    """A workbook; `merged` are ranges of its last sheet, `formats` those of cells."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    place = xlsxwriter.utility.xl_rowcol_to_cell(at, column)
                    code = (formats or {}).get(place)
                    look = workbook.add_format({"num_format": code}) if code else None
                    if value != "":
                        sheet.write(at, column, value, look)
            for area in merged:
                first = xlsxwriter.utility.xl_cell_to_rowcol(area.partition(":")[0])
                kept = rows[first[0]][first[1]]
                sheet.merge_range(area, kept)
    return content.getvalue()


def _questions(keys: Sequence[Any]) -> list[list[Any]]:
    return [
        [1, _OTP, "Atasan", "Petugas bank", "Tidak seorang pun", "Rekan", keys[0]],
        [2, _NIK, 14, 16, 18, 20, keys[1]],
    ]


def _lettered(keys: Sequence[Any]) -> bytes:
    title = [["DINAS KOMINFO"], ["Soal pelatihan"], []]
    return book({"Soal": [*title, _HEAD, *_questions(keys)]})


_KAHOOT: Rows = [
    *([] for _ in range(7)),
    [
        "",
        "Question - max 120 characters",
        *(f"Answer {at} - max 75 characters" for at in range(1, 5)),
        "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs",
        "Correct answer(s) - choose at least one",
    ],
    [1, _OTP, "Atasan", "Petugas bank", "Tidak seorang pun", "Rekan", 20, "3"],
    [2, "Mana data pribadi?", "NIK", "Nomor telepon", "Cuaca", "", 30, "1,2"],
    [3, "", "", "", "", "", "", ""],
]
_QUIZIZZ: Rows = [
    [
        *("Question Text", "Question Type", "Option 1", "Option 2", "Option 3"),
        *("Option 4", "Option 5", "Correct Answer", "Time in seconds", "Image Link"),
        "Answer explanation",
    ],
    [_NIK, "Multiple Choice", "14", "16", "18", "20", "", 2, 30, "", "Enam belas."],
    ["Mana data pribadi?", "Checkbox", "NIK", "Cuaca", "Telepon", "", "", "1,3", 20],
    ["Ibu kota Indonesia?", "Fill-in-the-Blank", "", "", "", "", "", "Jakarta", 20],
    ["Ceritakan.", "Open-Ended", "", "", "", "", "", "", 60],
]
_ANSWERS = (
    f"Timestamp,Username,Total score,{_NIK},{_NIK} [Score],{_NIK} [Feedback]\n"
    "2026/11/02,siti@example.go.id,1,16,1.00 / 1,\n"
    "2026/11/02,budi@example.go.id,0,14,0.00 / 1,\n"
    "2026/11/02,tono@example.go.id,0,18,0.00 / 1,\n"
)
_REPORT: Rows = [
    [
        "Question Number",
        "Question",
        "Answer 1",
        "Answer 2",
        "Correct Answers",
        "Answer",
    ],
    *(
        ["1 Quiz", "Boleh dibagi?", "Ya, boleh", "Tidak", "Tidak", said]
        for said in ("Tidak", "Ya, boleh", "Tidak")
    ),
]

FILES = (
    QuestionFile("excel-judul-di-atas-kunci-huruf.xlsx", _lettered(["C", "B"]), _READ),
    QuestionFile("excel-kunci-nomor.xlsx", _lettered([3, 2]), (_READ[0], _READ[1])),
    QuestionFile(
        "excel-kunci-teks.xlsx", _lettered(["Tidak seorang pun", "16"]), _READ
    ),
    QuestionFile(
        "excel-judul-dua-baris-digabung.xlsx",
        book(
            {
                "Soal": [
                    ["No", "Soal", "Pilihan Jawaban", "", "", "", "Kunci"],
                    ["", "", "A", "B", "C", "D", ""],
                    *_questions(["C", "B"]),
                ]
            },
            merged=["A1:A2", "B1:B2", "C1:F1", "G1:G2"],
        ),
        _READ,
    ),
    QuestionFile(
        "excel-pilihan-ke-bawah.xlsx",
        book(
            {
                "Soal": [
                    ["No", "Soal", "Pilihan", "Kunci"],
                    [1, _NIK, "A. 14", ""],
                    ["", "", "B. 16", "x"],
                    ["", "", "C. 18", ""],
                ]
            },
            merged=["A2:A4", "B2:B4"],
        ),
        (f"{_NIK} | 14 | *16 | 18",),
    ),
    QuestionFile(
        "excel-pilihan-dalam-satu-sel.xlsx",
        book(
            {
                "Soal": [
                    ["Pertanyaan", "Pilihan Jawaban", "Jawaban Benar"],
                    [_NIK, "A. 14\nB. 16\nC. 18", "B"],
                ]
            }
        ),
        (f"{_NIK} | 14 | *16 | 18",),
    ),
    QuestionFile(
        "excel-beberapa-lembar.xlsx",
        book({"Petunjuk": [["Isi lembar B"]], "B": [_HEAD, *_questions(["C", "B"])]}),
        _READ,
        said={"sheet": "B"},
    ),
    QuestionFile(
        "kahoot-kuis.xlsx",
        book({"Sheet1": _KAHOOT}),
        (
            _READ[0],
            "[multiple_response] Mana data pribadi? | *NIK | *Nomor telepon | Cuaca",
        ),
    ),
    QuestionFile(
        "kahoot-laporan.xlsx",
        book({"RawReportData Data": _REPORT}),
        ("Boleh dibagi? | Ya, boleh | *Tidak",),
    ),
    QuestionFile(
        "quizizz-templat.xlsx",
        book({"Sheet1": _QUIZIZZ}),
        (
            f"{_NIK} | 14 | *16 | 18 | 20 ~ Enam belas.",
            "[multiple_response] Mana data pribadi? | *NIK | Cuaca | *Telepon",
            "[short_text] Ibu kota Indonesia? | *Jakarta",
            "! “Open-Ended” tidak dapat dinilai",
        ),
    ),
    QuestionFile(
        "google-forms-jawaban-kuis.csv",
        _ANSWERS.encode(),
        (f"{_NIK} | 14 | *16 | 18",),
    ),
    QuestionFile(
        "google-forms-jawaban-tanpa-nilai.csv",
        f"Cap waktu,Nama,{_NIK}\n2026/11/02,Siti,16\n".encode(),
        ("!! tanpa kolom [Score]",),
    ),
    QuestionFile(
        "csv-titik-koma-windows.csv",
        f"Soal;A;B;Kunci\n{_NIK};14 – angka;16;b\n".encode("cp1252"),
        (f"{_NIK} | 14 – angka | *16",),
    ),
    QuestionFile(
        "csv-tanpa-judul-kolom.csv",
        f"{_NIK},14,16,B\n".encode(),
        (f"{_NIK} | 14 | *16",),
        said={"header": 0, "roles": ["stem", "option", "option", "key"]},
    ),
    QuestionFile(
        "csv-benar-salah.csv",
        b"Pertanyaan,Jenis,Kunci\nSandi boleh dibagi.,Benar/Salah,Salah\n"
        b"NIK rahasia.,Benar/Salah,B\nOTP umum.,Benar/Salah,S\nIni?,Benar/Salah,A\n",
        (
            "Sandi boleh dibagi. | Benar | *Salah",
            "NIK rahasia. | *Benar | Salah",
            "OTP umum. | Benar | *Salah",
            "! “A” tidak dikenal",
        ),
    ),
    QuestionFile(
        "csv-kunci-b-bermakna-dua.csv",
        b"Soal,A,B,Kunci\nNIK rahasia.,Benar,Salah,B\nOTP umum.,Benar,Salah,A\n",
        ("! dapat berarti huruf", "OTP umum. | *Benar | Salah"),
    ),
    QuestionFile(
        "excel-dua-kunci-berbeda.xlsx",
        book(
            {
                "Soal": [
                    ["Soal", "A", "B", "Kunci", "Jawaban Benar"],
                    [_NIK, "14", "16", "B", "14"],
                    ["Apa itu OTP?", "Kode", "Nama", "A", "Kode"],
                ]
            }
        ),
        ("! Kuncinya berbeda: Baris 2", "Apa itu OTP? | *Kode | Nama"),
    ),
    QuestionFile(
        "excel-kunci-di-luar-pilihan.xlsx",
        _lettered(["E", "B"]),
        ("! Kunci “E” di luar pilihannya (A sampai D)", _READ[1]),
    ),
    QuestionFile(
        "excel-kunci-bermakna-dua.xlsx",
        book({"Soal": [["Soal", "A", "B", "C", "Kunci"], ["2 + 1?", 3, 1, 2, 3]]}),
        ("! dapat berarti huruf atau nomor pilihan",),
    ),
    QuestionFile(
        "excel-sel-gabungan.xlsx",
        book(
            {
                "Soal": [
                    ["Soal", "A", "B", "Kunci", "Pembahasan"],
                    ["Apa itu OTP?", "Kode", "Nama", "A", "Sama."],
                    [_NIK, "14", "16", "B", ""],
                ]
            },
            merged=["E2:E3"],
        ),
        ("! Sel E2:E3 digabung", "! Sel E2:E3 digabung"),
    ),
    QuestionFile(
        "excel-tanggal-dan-rumus.xlsx",
        book(
            {
                "Soal": [
                    ["Soal", "A", "B", "Kunci"],
                    ["Kapan?", 46000, "Besok", "A"],
                    ["Berapa?", "=1+1", "3", "A"],
                ]
            },
            formats={"B2": "d mmmm"},
        ),
        ("! berisi tanggal", "! berisi rumus"),
    ),
    QuestionFile(
        "excel-200-kolom.xlsx",
        book({"Soal": [["Soal", "Kunci", *(f"k{at}" for at in range(198))]]}),
        ("!! berisi 200 kolom",),
    ),
    QuestionFile(
        "excel-berkata-sandi.xlsx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        ("!! kata sandi",),
    ),
)
