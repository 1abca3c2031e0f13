"""`check_content`: a good course passes, and each thing spoiled is told."""

from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.studio.course_folders import spoil
from tests.studio.folders.checks.good_course import (
    ALT,
    COURSE,
    FILLER,
    OPENING,
    bank,
    good_files,
    lesson,
    posttest,
    question,
    write_good,
)

LESSON, EXTRA = "lessons/01-satu.md", "lessons/02-dua.md"
GRADED, PRACTICE = "questions/posttest.yaml", "questions/practice.yaml"
HERE = "/kursus/kursus-baik/"
CASE = "/// kasus | Satu antrean, dua nomor\n"
RECAP = f"/// rangkum | Ringkasan\n- {FILLER}\n///\n"
TODAY = "/// hari-ini | Coba hari ini\nAmati satu antrean selama lima menit.\n///\n"
SECOND = f"## Yang tidak tampak {{#tersembunyi}}\n\n{FILLER} {FILLER}\n\n"


def test_a_good_course_passes(good, checked):
    assert checked(good) == []


SPOILED = [
    # Blueprint and objectives
    ("course.yaml", "count: 4", "count: 5", 36, "punya 12 soal t1 (C1, C2)", "3 soal"),
    ("course.yaml", "{key: t3, level: C6", "{key: t3, level: C4", 12, "Tujuan t3", ""),
    # What the reader refuses
    ("course.yaml", "plan: 5", "plan: 6", 18, "Jumlah menit 46", "Sesuaikan"),
    (GRADED, ', feedback: "Karena a."', "", 9, "“feedback” belum ada", "Tambahkan"),
    (LESSON, f"![{ALT}]", "![]", 14, "belum memiliki teks pengganti", "Tulis"),
    (LESSON, "## Dilema {#dilema}", "#### Dilema {#dilema}", 23, "melompat", "###"),
    (LESSON, "images/alur.svg", "images/lain.svg", 14, "tidak ada di kursus ini", ""),
    # Budget and shape of lessons
    (LESSON, RECAP + "\n", "", 8, "belum punya ringkasan", "/// rangkum"),
    (LESSON, TODAY, "", 8, "dikerjakan hari ini", "/// hari-ini"),
    (LESSON, CASE, "/// catatan\n", 8, "belum punya kotak kasus", "/// kasus"),
    (EXTRA, "/// cek | cek-2\n///\n\n", "", 8, "belum punya soal latihan", "/// cek"),
    (LESSON, OPENING, "Halo?", 8, "belum dibuka dengan kejadian", "30 kata"),
    (LESSON, "dilayani lebih dahulu?", "dilayani dahulu.", 8, "belum dibuka", ""),
    (LESSON, SECOND, "", 8, "punya 2 bagian", "3 sampai 5"),
    (LESSON, f"![{ALT}]", "![Alur loket]", 14, "alur.svg terlalu singkat", "Cerita"),
    ("images/alur.svg", 'height="10" f', 'height="5" f', 1, "tidak punya alas", "rect"),
    ("images/alur.svg", ' fill="#073B44"', "", 1, "tidak punya alas", "rect"),
    # Links
    (LESSON, "Petugas", f"[Lihat]({HERE}pelajaran/tiga/) p", 12, "“tiga” tidak", ""),
    (LESSON, "Petugas", "[Lihat](#tujuh) p", 12, "“tujuh” tidak ada", "alamatnya"),
    (LESSON, "Petugas", "[Lihat](02-dua.md) p", 12, "02-dua.md buntu", "alamatnya"),
    (LESSON, "Petugas", "[Lihat](/kursus/lain/) p", 12, "kursus “lain” tidak", ""),
    # Words
    (LESSON, "Cara ini", "Resiko ini", 12, "“Resiko” bukan bentuk baku", "“Risiko”"),
    (GRADED, "Cara b untuk akta", "Cara b merubah akta", 10, "“merubah”", "mengubah"),
    ("course.yaml", "Merancang satu", "Menganalisa satu", 12, "“Menganalisa”", ""),
    ("images/alur.svg", "Alur loket", "Detil loket", 2, "“Detil”", "“Detail”"),
    (LESSON, "Cara ini", "Cara ini! Ya,", 12, "Tanda seru", "titik"),
    (LESSON, "Cara ini", "Cara — yang — ini — itu", 12, "Tanda pisah", "Pecah"),
    (
        GRADED,
        "Cara b untuk akta",
        "Semua jawaban benar",
        2,
        "“Semua jawaban",
        "",
    ),
    (LESSON, "Cara ini", "Sebanyak 233 desa", 12, "“233 desa” (pernyataan 21)", ""),
    (LESSON, "Cara ini", "Anggaran Rp30,5 triliun", 12, "keadaan sekarang", "RAPBN"),
    (LESSON, "Cara ini", "PermenPANRB 11/2024", 12, "(pernyataan G?)", "Hapus"),
    # Sources
    ("sources.yaml", "  dated_on: 2026\n", "", 1, "belum bertanggal", "dated_on"),
    (GRADED, "source: [sumber]", "source: []", 2, "belum punya sumber", "sources"),
    (LESSON, "Petugas", "[Lihat](/studio/) p", 12, "/studio/ buntu", "alamatnya"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "message", "remedy"),
    SPOILED,
    ids=[f"{row[4]}-{number}" for number, row in enumerate(SPOILED)],
)
def test_what_is_spoiled_is_told_with_file_line_and_remedy(
    good, checked, file, old, new, line, message, remedy
):
    spoil(good, file, old, new)
    told = [row for row in checked(good) if message in row]
    assert len(told) == 1
    assert told[0].startswith(f"kursus/{file}:{line}: ")
    assert remedy in told[0].partition(message)[2]


def test_a_lesson_may_be_too_short_or_too_long(tmp_path, checked):
    short = lesson("satu", 15, "cek-21", "alur").replace(FILLER, "Ya.")
    long = lesson("satu", 15, "cek-21", "alur") + f"\n{FILLER}\n" * 9
    for text, remedy in ((short, "Lengkapi"), (long, "Pendekkan")):
        (told,) = checked(write_good(tmp_path / "k", **{LESSON: text}))
        assert "seharusnya 500 sampai 900." in told
        assert remedy in told


def noise(count: int) -> str:
    """Return so many signs that hardly compress."""
    digests = (sha256(str(n).encode()).hexdigest() for n in range(count // 64 + 1))
    return "".join(digests)[:count]


def test_pictures_weigh_as_well_as_words(good, checked):
    spoil(good, "images/alur.svg", "</title>", f"</title><desc>{noise(5800)}</desc>")
    assert checked(good) == []
    text = (good / LESSON).read_text(encoding="utf-8")
    (good / LESSON).write_text(f"{text}\n`{noise(6000)[::-1]}`\n", encoding="utf-8")
    (told,) = checked(good)
    assert told.startswith(
        f"kursus/{LESSON}:8: Teks, latihan, dan gambar pelajaran ini "
    )
    assert "paling banyak 4400" in told


@pytest.mark.parametrize(
    ("file", "other"), [(PRACTICE, "latihan"), ("questions/pretest.yaml", "pre-test")]
)
def test_a_graded_question_is_not_shown_before(good, checked, file, other):
    text = (good / file).read_text(encoding="utf-8")
    key = "cek-21" if file == PRACTICE else "pre-23"
    first = question(key, 21 if file == PRACTICE else 23)
    (good / file).write_text(text.replace(first, question(key, 3)), encoding="utf-8")
    (told,) = checked(good)
    assert f"soal {other}" in told.lower()
    assert "memakai soal yang berbeda" in told


def test_a_question_is_asked_once(good, checked):
    again = posttest().replace("post-5\n", "post-5x\n")
    (good / GRADED).write_text(again + question("post-5", 4).replace("Kantor", "Dinas"))
    (told,) = checked(good)
    assert "Soal post-5 hampir sama dengan post-5x" in told


def test_a_key_in_two_banks_is_refused(good, checked):
    spoil(good, PRACTICE, "key: cek-2\n", "key: post-1\n")
    assert any("“post-1” sudah dipakai" in row for row in checked(good))


def test_a_course_needs_an_exercise_that_is_no_single_choice(good, checked):
    plain = bank("cek", [21, 22]).replace("cek-22", "cek-2")
    (good / PRACTICE).write_text(plain)
    (told,) = checked(good)
    assert told.startswith("kursus/course.yaml:1: Kursus ini belum punya latihan")


def test_practice_stands_in_a_lesson(good, checked):
    spoil(good, LESSON, "/// cek | cek-21", "/// cek | cek-2")
    (told,) = checked(good)
    assert told.startswith(f"kursus/{PRACTICE}:2: Latihan cek-21 tidak muncul")


def test_a_question_of_c3_tells_what_happened(good, checked):
    text = (good / GRADED).read_text(encoding="utf-8")
    stem = next(line for line in text.splitlines() if "Kantor Palu" in line)
    spoil(good, GRADED, stem, "      Cara mana yang cocok untuk peta?")
    (told,) = checked(good)
    assert "Soal post-16 (C3) belum menceritakan kejadiannya." in told
    spoil(good, GRADED, "      Cara mana", "      Peta basah. Cara mana")
    assert checked(good) == []


def test_a_course_needs_two_pictures(good, checked):
    spoil(good, EXTRA, f"![{ALT}](images/papan.svg)", "")
    assert [row for row in checked(good) if "menampilkan 1 gambar" in row]


def test_a_source_that_nobody_cites_is_told(good, checked):
    more = "- {key: lain, text: Lain., dated_on: 2026, checked_on: 2026-11-21}\n"
    sources = good_files()["sources.yaml"] + more
    (good / "sources.yaml").write_text(sources)
    (told,) = checked(good)
    assert told.startswith("kursus/sources.yaml:6: Sumber lain tidak dirujuk")


def test_a_posttest_that_asks_its_whole_bank_is_no_blueprint(good, checked):
    before, _draw, rest = COURSE.partition("    draw:\n")
    rest = rest.partition("plan:")[2]
    (good / "course.yaml").write_text(f"{before}    slots: all\nplan:{rest}")
    (told,) = checked(good)
    assert "slots: all" in told


def test_problems_of_several_courses_stand_in_one_list(tmp_path, checked):
    write_good(tmp_path / "a")
    write_good(tmp_path / "b")
    spoil(tmp_path / "b", "course.yaml", "key: kursus-baik", "key: kursus-lain")
    spoil(tmp_path / "b", "course.yaml", "pillar: cakap", "pillar: biru")
    (told,) = checked(tmp_path)
    assert told.startswith("b/course.yaml:5: “pillar: biru” tidak dikenal.")


def test_two_courses_do_not_share_questions(tmp_path, checked):
    write_good(tmp_path / "a")
    write_good(tmp_path / "b")
    spoil(tmp_path / "b", "course.yaml", "key: kursus-baik", "key: kursus-lain")
    told = checked(tmp_path)
    # Every question of one is in the other, but for keys.
    assert len(told) == 40
    assert all(row.startswith("b/questions/") for row in told)


def test_a_link_to_another_course_is_followed(tmp_path, checked):
    write_good(tmp_path / "a")
    spoil(
        tmp_path / "a",
        LESSON,
        "Petugas",
        f"[Lihat]({HERE}#tampak) petugas",
    )
    (told,) = checked(tmp_path)
    assert "bagian “tampak” tidak ada" in told
    spoil(
        tmp_path / "a",
        LESSON,
        f"{HERE}#tampak",
        f"{HERE}pelajaran/dua/#tampak",
    )
    assert checked(tmp_path) == []


def command(*args: str) -> str:
    out = StringIO()
    call_command("check_content", *args, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_the_table_stands_at_the_end_and_alone(good):
    table = command(str(good), "--table")
    told = command(str(good)).removeprefix(table).splitlines()
    assert told[:2] == ["", "1 kursus diperiksa, tidak ada masalah."]
    assert told[2].endswith(" pasang soal mungkin saling menjawab: --enemies.")
    *row, size = table.splitlines()[2].split()
    assert row == [
        *("KB", "2", "1.034", "517–517", "36", "2", "2", "1", "0%", "(0/24)"),
        *("a7", "b6", "c5", "d6", "2"),
    ]
    # Libraries that compress differ a little.
    smaller, larger = map(int, size.split("–"))
    assert 500 < smaller <= larger < 900
    assert table.splitlines()[-1].split() == [
        "KB",
        "t2",
        "–",
        "–",
        "24",
        "–",
        "–",
        "24",
    ]


def test_the_command_fails_with_a_count(good):
    spoil(good, LESSON, "Cara ini", "Resiko ini")
    with pytest.raises(CommandError, match="1 masalah di 1 kursus"):
        command(str(good))


def test_a_folder_without_courses_is_refused(tmp_path: Path):
    with pytest.raises(CommandError, match="Tidak ada folder kursus"):
        command(str(tmp_path))
