"""Claims that stand nowhere as facts, and those that need their year."""

import pytest

from studio.folders.checks.claims import check, load_claims
from studio.folders.checks.course import Passage
from tests.studio.course_folders import spoil
from tests.studio.folders.checks.good_course import FILLER, lesson, write_good


class _Course:
    def __init__(self, words, **over):
        self.passages = (Passage("a.md", 3, words, (words,), **over),)


def numbers(words, **over):
    return [
        problem.message.partition("pernyataan ")[2].partition(")")[0]
        for problem in check(_Course(words, **over))
    ]


NEVER = [
    ("Pengguna internet dunia 62 persen.", "10"),
    ("Ada 4,5 miliar pengguna internet.", "10"),
    ("Di Indonesia 73% warga sudah daring.", "11"),
    ("Sekitar 190 juta pengguna.", "11"),
    ("Pengguna naik 12 persen per tahun.", "12"),
    ("Sebanyak 233 desa menjadi contoh.", "21"),
    ("Belanja TI hampir Rp1,4 triliun tiap tahun.", "26"),
    ("Lihat PermenPANRB 11/2024.", "G?"),
    ("Lapor ke bantuan70@bssn.go.id.", "G?"),
    ("Perpres tentang AI sudah terbit.", "G?"),
]
HISTORY = [
    ("Kominfo memakai ruang kerja fleksibel", "2", "pada 2021"),
    ("Semboyannya “Kominfo Connect”", "4", "pada 2021"),
    ("Kominfo menjadi kementerian digital", "5", "saat itu"),
    ("Presiden berpesan “smart shortcut”", "9", "pada 2022"),
    ("Anggarannya Rp30,5 triliun", "19", "dalam RAPBN 2021"),
    ("Akses internet di 4.000 desa", "20", "dalam rencana RAPBN 2021"),
    ("Pegawai tidak mungkin diberhentikan", "23", "katanya pada 2020"),
    ("WFH berlaku bagi ASN di seluruh Indonesia", "28", "pada 2020"),
    ("Satu Data Nasional belum siap", "32", "pada masa pandemi"),
]


@pytest.mark.parametrize(("words", "number"), NEVER)
def test_a_claim_without_a_voucher_stands_only_where_figures_are_checked(words, number):
    assert numbers(words) == [number]
    assert numbers(f"{words} Itu dikatakan pada 2022.") == [number]
    assert numbers(words, is_figure_check=True) == []


@pytest.mark.parametrize(("words", "number", "when"), HISTORY)
def test_history_needs_its_time(words, number, when):
    assert numbers(f"{words}.") == [number]
    assert numbers(f"{words} {when}.") == []


def test_a_claim_is_found_across_lines_and_emphasis(good, checked):
    spoil(good, "lessons/01-satu.md", "Cara ini", "Sebanyak **233**\ndesa")
    (told,) = checked(good)
    assert told.startswith("kursus/lessons/01-satu.md:12: “233 desa”")


@pytest.mark.parametrize(
    "words",
    [
        "Dari 120 berkas, 62 persen lengkap.",
        "Nilainya 4,5 miliar rupiah.",
        "Survei APJII 2025 mencatat 80,66% penduduk.",
        "Cakupan imunisasi turun 12 persen.",
        "Data itu dari Satu Data Indonesia.",
        "Perpres 39/2019 mengatur Satu Data Indonesia. AI belum ada di sana.",
    ],
)
def test_the_same_figures_of_other_things_are_free(words):
    assert numbers(words) == []


def test_every_claim_says_what_to_write_instead():
    claims = load_claims()
    assert {"10", "11", "12", "21", "26"} <= {claim.number for claim in claims}
    assert all(claim.instead.endswith(".") for claim in claims)


def test_a_part_or_a_lesson_of_that_key_may_hold_them(tmp_path, checked):
    spoiled = lesson("satu", 15, "cek-21", "alur").replace(FILLER, "Ada 233 desa.", 1)
    folder = write_good(tmp_path / "k", **{"lessons/01-satu.md": spoiled + FILLER * 2})
    (told,) = checked(folder)
    assert "“233 desa” (pernyataan 21)" in told
    spoil(folder, "lessons/01-satu.md", "{#tampak}", "{#periksa-angkanya}")
    assert checked(folder) == []


def test_a_claim_is_found_in_a_passage_to_be_marked(good, checked):
    file = "questions/practice.yaml"
    spoil(good, file, "type: true_false_set", "type: mark_text")
    spoil(good, file, "Tandai kalimat", "Tandai dari [[a]] desa contoh, [[b]]")
    spoil(good, file, "text: Papan memuat jam", 'text: "233"')
    (told,) = checked(good)
    assert "“233 desa” (pernyataan 21)" in told


def test_a_question_with_that_tag_may_hold_them(good, checked):
    file = "questions/practice.yaml"
    spoil(good, file, "tentang papan antrean", "tentang 233 desa contoh dan")
    (told,) = checked(good)
    assert "“233 desa”" in told
    spoil(good, file, "type: true", "tags: [periksa-angkanya]\n    type: true")
    assert checked(good) == []
