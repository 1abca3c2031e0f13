"""Course folders: every problem is found, with its file, line and remedy."""

import re
from datetime import date
from pathlib import Path

import pytest

from lib.findings import FileProblem
from quizzes.questions.types import TYPES
from studio.folders.reading import FolderRefused, read_folder
from tests.studio.course_folders import (
    IMAGE,
    bank,
    sound_files,
    spoil,
    write_folder,
)

ROOT = Path(__file__).parents[3]
CONTENT = ROOT / "courses" / "content"


def problems_of(folder: Path) -> tuple[FileProblem, ...]:
    with pytest.raises(FolderRefused) as refused:
        read_folder(folder)
    return refused.value.problems


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "kursus")


def test_a_sound_folder_becomes_values(folder):
    course = read_folder(folder)
    version = course.version
    assert (course.key, course.code, course.change) == ("kursus-kecil", "KK", "wording")
    assert version.minutes == 45
    assert [lesson.key for lesson in version.modules[0].lessons] == ["satu", "dua"]
    opener, core = version.modules[0].lessons[0].parts
    assert (opener.key, opener.title, opener.source) == (
        "pembuka",
        "",
        "Pembuka.[^sumber]",
    )
    assert (core.key, core.title) == ("inti", "Bagian inti")
    assert core.source.startswith("## Bagian inti {#inti}\n")
    assert core.source.endswith("/// cek | cek-1\n///")
    assert version.sources[0].checked_on == date(2026, 11, 21)
    assert version.sources[0].dated_on == "2026"
    assert [(r.key, r.kind, r.minutes) for r in version.requirements] == [
        ("pretest", "submitted", 5),
        ("lessons", "lessons", 0),
        ("posttest", "passed", 10),
    ]
    assert [(b.key, b.use, len(b.questions)) for b in course.banks] == [
        ("kursus-kecil-posttest", "graded", 3),
        ("kursus-kecil-practice", "practice", 1),
        ("kursus-kecil-pretest", "pretest", 2),
    ]
    assert list(course.images) == ["images/alur.svg"]


def test_quizzes_say_their_rules_in_seconds_and_in_words(folder):
    course = read_folder(folder)
    pretest, posttest = course.quizzes
    assert [slot.question_key for slot in pretest.slots] == ["pre-1", "pre-2"]
    assert (pretest.time_limit, pretest.attempts_per_block) == (None, 1)
    assert [slot.key for slot in posttest.slots] == ["t1-c1-c2-1", "t1-c1-c2-2"]
    assert (posttest.time_limit, posttest.cooldown) == (600, 86400)
    assert posttest.attempts_per_block == 3
    assert [item.summary for item in course.grade_items] == [
        "2 soal, sekitar 5 menit.",
        "2 soal, 10 menit. Nilai lulus 70. Ada 3 kesempatan.",
    ]
    assert [item.opens_after_lessons for item in course.grade_items] == [False, True]


@pytest.mark.parametrize(
    "shipped",
    sorted(path for path in CONTENT.iterdir() if path.is_dir()),
    ids=lambda path: path.name,
)
def test_every_shipped_course_is_sound(shipped):
    course = read_folder(shipped)
    assert course.version.minutes == course.version.jp * 45
    assert {quiz.purpose for quiz in course.quizzes} == {"pretest", "posttest"}


def test_the_hash_moves_with_words_but_not_with_comments_or_the_kind_of_change(folder):
    before = read_folder(folder).version.content_hash
    spoil(folder, "course.yaml", "code: KK", "# catatan\ncode: KK")
    spoil(folder, "course.yaml", "objectives:", "change: {kind: required}\nobjectives:")
    assert read_folder(folder).version.content_hash == before
    assert read_folder(folder).change == "required"
    spoil(folder, "lessons/01-satu.md", "Isi pelajaran.", "Isi lain.")
    after_words = read_folder(folder).version.content_hash
    assert after_words != before
    spoil(folder, "images/alur.svg", "M0 0h10", "M0 0h9")
    assert read_folder(folder).version.content_hash != after_words


COURSE, SOURCES, LESSON = "course.yaml", "sources.yaml", "lessons/01-satu.md"
QUESTIONS, DRAWING = "questions/pretest.yaml", "images/alur.svg"
SPOILED = [
    # course.yaml
    (COURSE, "code: KK", "kode: KK", 2, "Kunci “kode” tidak dikenal", "“code”"),
    (COURSE, "code: KK\n", "", 1, "Kunci “code” belum ada", "Tambahkan"),
    (COURSE, "code: KK", "code: KK\ncode: KL", 3, "ditulis dua kali", "Hapus"),
    (COURSE, "code: KK", "code: 12", 2, "“code” bukan teks", "tanda kutip"),
    (COURSE, "jp: 1\n", "jp: satu\n", 7, "“jp” bukan bilangan", "angkanya"),
    (COURSE, "pillar: cakap", "pillar: biru", 5, "“pillar: biru”", "cakap"),
    (COURSE, "[5]", "[9]", 6, "DigComp “9”", "1 sampai 5"),
    (COURSE, "key: kursus-kecil", "key: Kursus", 1, "“Kursus”", "huruf kecil"),
    (COURSE, "level: C2, text", "level: D2, text", 10, "level: D2", "C1, C2"),
    (COURSE, "[satu, dua]", "[satu]", None, "“dua” belum masuk modul", "Sebut"),
    (COURSE, "[satu, dua]", "[satu, dua, tiga]", 14, "“tiga” tidak ada", "ejaan"),
    (COURSE, "[satu, dua]", "[satu, dua, satu]", 14, "dua kali", "satu modul"),
    (COURSE, "plan: 5", "plan: 6", 16, "Jumlah menit 46, seharusnya 45", "JP"),
    (COURSE, "  plan: 5\n", "", 16, "Kunci “plan” belum ada", "Tambahkan"),
    (COURSE, "objective: t1", "objective: t9", 34, "objective: t9", "t1"),
    (COURSE, "count: 2", "count: 2, types: []", 34, "Jenis soal", "numeric"),
    (COURSE, "count: 2", "count: 2, types: [esai]", 34, "Jenis soal", "numeric"),
    (COURSE, "count: 2", "count: 2, types: [numeric]", 34, "yang cocok 0", "Tambah"),
    (
        COURSE,
        "count: 2",
        "count: 4",
        34,
        "perlu 4 soal t1 (C1, C2), yang cocok 3",
        "Tambah",
    ),
    (COURSE, "bank: pretest", "bank: posttest", 28, "sudah dipakai", "sendiri"),
    (COURSE, "bank: pretest", "bank: lain", 23, "“lain” tidak ada", "Tambahkan"),
    (COURSE, "    slots: all\n", "", 20, "belum jelas soalnya", "slots: all"),
    (COURSE, "    pass_mark: 70\n", "", 25, "nilai lulus", "pass_mark"),
    (
        COURSE,
        "bank: pretest",
        "bank: pretest\n    pass_mark: 2",
        24,
        "“pass_mark”",
        "Hapus",
    ),
    (COURSE, "purpose: posttest", "purpose: pretest", 21, "lebih dari satu", "satu"),
    (COURSE, "title: Kursus Kecil", f"title: {'a' * 121}", 3, "terlalu panjang", "120"),
    (COURSE, "Tulis **satu**", "Tulis [^hilang] **satu**", 38, "[^hilang]", "sumber"),
    (
        COURSE,
        "pillar: cakap",
        "pillar: [cakap",
        6,
        "YAML tidak dapat dibaca",
        "Periksa",
    ),
    (COURSE, "digcomp: [5]", "digcomp: &a [5]\nx: *a", 7, "Alias YAML", "isinya"),
    # sources.yaml
    (SOURCES, "dated_on: 2026", "dated_on: kemarin", 4, "“kemarin”", "2020"),
    (SOURCES, "2026-11-21", "2026-13-21", 5, "bukan tanggal", "2026-11-21"),
    (SOURCES, "https://", "javascript://", 3, "Alamat sumber", "https"),
    # lessons
    ("lessons/02-dua.md", "key: dua", "key: satu", 1, "“satu” sudah dipakai", "lain"),
    (LESSON, "minutes: 15\n", "", 2, "“minutes” belum ada", "Tambahkan"),
    (LESSON, "---\nkey", "key", 1, "belum punya kepala", "---"),
    (LESSON, "required: true", "required: ya", 5, "bukan ya atau", "true"),
    (LESSON, "[^sumber]", "[^lain]", 8, "[^lain]", "ejaan"),
    (LESSON, " {#inti}", "", 10, "belum punya kunci", "{#"),
    (LESSON, "{#inti}", "{#pembuka}", 10, "sudah dipakai", "lain"),
    (LESSON, "{#inti}", "{#In ti}", 10, "{#In ti}", "huruf kecil"),
    (LESSON, "Isi pelajaran.", "#### Kecil", 12, "melompat", "###"),
    (LESSON, "Isi pelajaran.", "<b>Isi</b>", 12, "Tag HTML <b", "Markdown"),
    (LESSON, "alur.svg", "hilang.svg", 14, "images/hilang.svg", "Tambahkan"),
    (LESSON, "images/alur.svg", "../alur.svg", 14, "../alur.svg", "kursus"),
    (LESSON, "Alur contoh", "", 14, "teks pengganti", "[ ]"),
    (LESSON, "cek | cek-1", "cek | cek-9", 16, "“cek-9”", "bank soal latihan"),
    (LESSON, "/// cek", "/// kes", 16, "Blok kes", "kasus"),
    # questions
    (QUESTIONS, "key: pre-2", "key: pre-1", 13, "“pre-1”", "lain"),
    (QUESTIONS, "key: pre-2", "key: post-2", 13, "posttest.yaml", "lain"),
    (QUESTIONS, "single_choice", "essay", 3, "type: essay", "single"),
    (QUESTIONS, "objective: t1", "objective: t2", 4, "t2", "t1"),
    (QUESTIONS, "level: C2", "level: C9", 5, "level: C9", "C6"),
    (QUESTIONS, "[sumber]", "[lain]", 11, "“lain”", "ejaan"),
    (QUESTIONS, "correct: true, ", "", 9, "tepat satu kunci", "Tandai"),
    (QUESTIONS, "key: b", "key: a", 10, "“a” sudah dipakai", "lain"),
    (QUESTIONS, ", feedback: Tepat karena ini.", "", 9, "“feedback”", "Tambah"),
    (QUESTIONS, "Pertanyaan pre-1?", "Baik?\n\n      <i>x</i>", 9, "<i", "Mark"),
    (QUESTIONS, "Pertanyaan pre-1?", "![a](images/alur.svg)", 7, "soal", "kata"),
    (QUESTIONS, "text: Benar", "text: <b>Benar</b>", 9, "<b", "Markdown"),
    (QUESTIONS, "questions:", "soal:", 1, "“soal” tidak", "questions"),
    # images
    (DRAWING, "<title>", "<script>", None, "<script>", "tanpa skrip"),
    (DRAWING, 'd="M0', 'onclick="x()" d="M0', 3, "onclick", "tanpa skrip"),
    (DRAWING, 'd="M0', 'style="fill:red" d="M0', 3, "style", "tanpa skrip"),
    (DRAWING, '"currentColor"', '"url(https://x.example/a)"', 3, "luar", "SVG"),
    (DRAWING, '"currentColor"', '"javascript:x"', 3, "Isi atribut", "SVG"),
    (DRAWING, "<title>", "<title><!DOCTYPE a>", 2, "utuh", "Simpan"),
    (DRAWING, "<svg", "<!DOCTYPE svg [<!ENTITY a 'b'>]>\n<svg", 1, "DOCTYPE", "SVG"),
    (DRAWING, "<svg", "<?xml-stylesheet href='a'?><svg", 1, "Instruksi", "SVG"),
    (DRAWING, "<svg", "<?xml version='1.0' encoding='utf-7'?><svg", 1, "utf-7", "SVG"),
    (DRAWING, "2000/svg", "1999/xhtml", 1, "terluarnya", "SVG"),
    (DRAWING, "</svg>", "", 5, "utuh", "Simpan"),
    (DRAWING, "Alur", "a" * 107_000, 1, "107 KB", "100 KB"),
]


@pytest.mark.parametrize(("file", "old", "new", "line", "message", "remedy"), SPOILED)
def test_each_problem_names_its_file_its_line_and_a_remedy(
    folder, file, old, new, line, message, remedy
):
    problems = problems_of(spoil(folder, file, old, new))
    fitting = [problem for problem in problems if message in problem.message]
    assert fitting, [str(problem) for problem in problems]
    assert remedy.lower() in fitting[0].remedy.lower()
    if line is not None:
        assert (fitting[0].file, fitting[0].line) == (file, line)


def test_an_event_handler_a_script_and_an_outside_link_are_all_listed(folder):
    drawing = IMAGE.replace(
        "<title>Alur</title>",
        '<script>alert(1)</script>\n<use href="https://x.example/a.svg#b"/>\n'
        '<a xmlns:l="http://www.w3.org/1999/xlink" l:href="javascript:x" onload="y"/>',
    )
    (folder / "images/alur.svg").write_text(drawing)
    found = {(p.line, p.message) for p in problems_of(folder)}
    assert found == {
        (2, "Elemen <script> tidak dipakai."),
        (3, "Tautan keluar dari gambar tidak dipakai."),
        (4, "Elemen <a> tidak dipakai."),
        (4, "Atribut href tidak dipakai."),
        (4, "Atribut onload tidak dipakai."),
    }


def test_problems_of_all_files_are_listed_together_in_order(folder):
    spoil(folder, "course.yaml", "pillar: cakap", "pillar: biru")
    spoil(folder, "lessons/02-dua.md", "[^sumber]", "[^lain]")
    spoil(folder, "questions/practice.yaml", "level: C2", "level: C9")
    files = [problem.file for problem in problems_of(folder)]
    assert files == ["course.yaml", "lessons/02-dua.md", "questions/practice.yaml"]


def test_a_bank_may_hold_questions_of_every_type(folder):
    manual = (ROOT / "docs" / "question-yaml.md").read_text("utf-8")
    blocks = re.findall(r"```yaml\nquestions:\n(.*?)```", manual, re.DOTALL)
    practice = folder / "questions/practice.yaml"
    practice.write_text(practice.read_text("utf-8") + "".join(blocks), "utf-8")
    questions = read_folder(folder).banks[1].questions
    assert {question.type for question in questions} == set(TYPES)
    assert len({question.key for question in questions}) == len(questions) > 11


def test_a_problem_reads_as_file_line_message_and_remedy(folder):
    spoil(folder, "course.yaml", "pillar: cakap", "pillar: biru")
    assert str(problems_of(folder)[0]) == (
        "course.yaml:5: “pillar: biru” tidak dikenal. "
        "Pilih salah satu: cakap, aman, etika, budaya."
    )


def test_missing_files_are_named(tmp_path):
    files = sound_files()
    del files["sources.yaml"], files["course.yaml"]
    named = {p.file for p in problems_of(write_folder(tmp_path / "k", files))}
    assert {"course.yaml", "sources.yaml"} <= named


def test_a_folder_that_does_not_exist_is_refused(tmp_path):
    assert problems_of(tmp_path / "tidak-ada")[0].message == (
        "Folder kursus tidak ditemukan."
    )


def test_links_are_not_followed(folder, tmp_path):
    secret = tmp_path / "rahasia.md"
    secret.write_text("rahasia")
    (folder / "lessons/03-tautan.md").symlink_to(secret)
    (folder / "questions/lain").symlink_to(tmp_path)
    found = [(p.file, p.message) for p in problems_of(folder)]
    assert found == [
        ("lessons/03-tautan.md", "Tautan ke berkas lain tidak dipakai."),
        ("questions/lain", "Tautan ke berkas lain tidak dipakai."),
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("catatan.txt", "Berkas ini tidak dikenal."),
        (
            "images/foto.bmp",
            "Folder images hanya berisi berkas .svg, .png, .jpg, .webp.",
        ),
        ("lain/berkas.md", "Folder ini tidak dikenal."),
        ("lessons/dalam/satu.md", "Ini bukan berkas biasa."),
    ],
)
def test_foreign_files_are_refused(folder, name, message):
    write_folder(folder, {name: "x"})
    assert message in {problem.message for problem in problems_of(folder)}


def test_hidden_files_and_a_readme_are_passed_over(folder):
    write_folder(folder, {".DS_Store": "x", "README.md": "x", "images/.x": "x"})
    assert read_folder(folder).key == "kursus-kecil"


def test_text_that_is_not_utf8_names_the_line(folder):
    (folder / "lessons/01-satu.md").write_bytes(b"---\nkey: \xff\n---\n")
    problem = next(p for p in problems_of(folder) if "UTF-8" in p.message)
    assert (problem.file, problem.line) == ("lessons/01-satu.md", 2)


def test_deeply_nested_yaml_is_a_problem_and_no_crash(folder):
    (folder / "sources.yaml").write_text("[" * 5000)
    assert any(p.file == "sources.yaml" for p in problems_of(folder))


def test_a_file_that_is_too_large_is_not_read(folder):
    (folder / "lessons/01-satu.md").write_text("a" * 300_001)
    assert any(p.message == "Berkas ini terlalu besar." for p in problems_of(folder))


def test_the_blueprint_counts_rows_that_share_questions(folder):
    spoil(
        folder,
        "course.yaml",
        "      - {objective: t1, levels: [C1, C2], count: 2}\n",
        "      - {objective: t1, levels: [C1, C2], count: 2}\n"
        "      - {objective: t1, levels: [C2], count: 2}\n",
    )
    problems = problems_of(folder)
    assert [(p.line, p.message) for p in problems] == [
        (
            35,
            "Aturan 2 perlu 2 soal t1 (C2), paling banyak 1 tersisa setelah aturan di "
            "atasnya terisi.",
        )
    ]
    write_folder(folder, {"questions/posttest.yaml": bank("a", "b", "c", "d")})
    assert read_folder(folder).key == "kursus-kecil"


def test_a_line_of_the_blueprint_may_name_types(folder):
    spoil(
        folder,
        "course.yaml",
        "count: 2}",
        "count: 1, types: [single_choice, numeric]}\n"
        "      - {objective: t1, levels: [C1, C2], count: 1}",
    )
    _pretest, posttest = read_folder(folder).quizzes
    assert [(slot.key, tuple(slot.types)) for slot in posttest.slots] == [
        ("t1-c1-c2-1", ("single_choice", "numeric")),
        ("t1-c1-c2-2", ()),
    ]


def enemies(folder, file: str, *keys: str, all_of: tuple[str, ...]) -> None:
    """Write a bank in which the first of `keys` names the others as its enemies."""
    text = bank(*all_of)
    marker = f"  - key: {keys[0]}\n"
    text = text.replace(marker, f"{marker}    enemies: [{', '.join(keys[1:])}]\n")
    write_folder(folder, {file: text})


def test_a_test_without_a_paper_is_refused_with_the_numbers(folder):
    keys = ("post-1", "post-2")
    enemies(folder, "questions/posttest.yaml", *keys, all_of=keys)
    (problem,) = problems_of(folder)
    assert (problem.file, problem.line) == ("course.yaml", 34)
    assert problem.message == (
        "Aturan 1 perlu 2 soal t1 (C1, C2), paling banyak 1 dapat berdiri bersama "
        "karena saling menjawab."
    )
    assert problem.remedy.startswith("Tambah soal yang tidak saling menjawab")
    enemies(folder, "questions/posttest.yaml", *keys, all_of=(*keys, "post-3"))
    assert read_folder(folder).banks[0].questions[0].composition.enemies == ("post-2",)


def test_a_pretest_that_asks_everything_has_no_enemies(folder):
    keys = ("pre-1", "pre-2")
    enemies(folder, QUESTIONS, *keys, all_of=keys)
    (problem,) = problems_of(folder)
    assert (problem.file, problem.line) == ("course.yaml", 23)
    assert "pre-1 dan pre-2 saling menjawab" in problem.message
