"""Blind sheets: shuffled, without a key, and scored against their own key alone."""

import csv
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from lib.spreadsheets import read_table
from quizzes.questions import QuestionContent
from studio.blind.kinds import KINDS, key_of
from studio.blind.scoring import UnreadableAnswer, read_letters
from studio.blind.sheets import Asked, make_sheet
from tests.quizzes.questions.examples import EXAMPLES
from tests.studio.course_folders import bank, sound_files, write_folder

POOL = [Asked("K1", "post-test", EXAMPLES[name]) for name in KINDS]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course of nine questions before and after it."""
    return write_folder(
        tmp_path / "kursus",
        {
            **sound_files(),
            "questions/posttest.yaml": bank(*(f"post-{n}" for n in range(7))),
        },
    )


def command(*words: object) -> str:
    out = StringIO()
    call_command("blind_sheets", *map(str, words), stdout=out)
    return out.getvalue()


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the lines of a sheet or a key file by their titles."""
    with path.open("rb") as stream:
        table = read_table(stream, path.name)
    return [dict(zip(table.header, row.cells, strict=True)) for row in table.rows]


def answered(source: Path, target: Path, answers: dict[str, str], **more: str) -> Path:
    """Write a sheet with answers by number into a CSV."""
    rows = [
        {**row, "jawaban": answers.get(row["no"], ""), **more}
        for row in rows_of(source)
    ]
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return target


@pytest.fixture
def made(folder, tmp_path) -> Path:
    """The sheets of that course."""
    command(tmp_path / "uji", "--seed", 7, "--from", folder)
    return tmp_path / "uji"


# --- sheets --------------------------------------------------------------------------
def test_both_sheets_ask_the_same_in_the_same_order_and_hold_no_key(made):
    keys = rows_of(made / "kunci/kunci.csv")
    bare = rows_of(made / "tanpa-soal/tanpa-soal.xlsx")
    full = rows_of(made / "dengan-soal/dengan-soal.xlsx")

    assert len(keys) == len(bare) == len(full) == 9
    assert {row["kegunaan"] for row in keys} == {"pre-test", "post-test"}
    for key, one, other in zip(keys, bare, full, strict=True):
        assert key["lembar"] == one["lembar"] == other["lembar"]
        assert one[key["kunci"]] == other[key["kunci"]] == "Benar"
        assert other["soal"] == f"Pertanyaan {key['soal']}?"
        assert (one["jawaban"], one["ragu"]) == ("", "")
        assert "kunci" not in other
    assert "soal" not in bare[0]
    assert not any("post-" in cell for row in bare for cell in row.values())


def test_options_keep_what_is_written_as_code():
    content = EXAMPLES["single_choice"]
    options = [replace(one, text=f"Milik `{one.key}.go.id`") for one in content.options]
    asked = Asked("K1", "pre-test", replace(content, options=tuple(options)))

    (row,) = make_sheet([asked], types=["single_choice"], count=None, seed=1).rows

    wanted = {f"Milik {one.key}.go.id" for one in content.options}
    assert set(row.options) == wanted


def test_the_seed_alone_decides(folder, tmp_path):
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        command(tmp_path / name, "--seed", seed, "--from", folder, "--format", "csv")
    keys = [(tmp_path / name / "kunci/kunci.csv").read_text() for name in "abc"]

    assert keys[0] == keys[1] != keys[2]


def test_nothing_is_written_over(made, folder):
    with pytest.raises(CommandError, match="sudah ada"):
        command(made, "--seed", 8, "--from", folder)


def test_questions_are_chosen_by_course_bank_and_number(folder, tmp_path):
    said = ("--seed", 3, "--from", folder, "--course", "kk", "--use", "post-test")
    command(tmp_path / "uji", *said, "--count", 5)
    keys = rows_of(tmp_path / "uji/kunci/kunci.csv")

    assert len({row["soal"] for row in keys}) == 5
    assert {row["kegunaan"] for row in keys} == {"post-test"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--count", 10), "Hanya ada 9 soal"),
        (("--count", 0), "paling sedikit 1"),
        (("--course", "K9"), "tidak ditemukan: k9"),
        (("--type", "ordering"), "Tidak ada soal"),
    ],
)
def test_what_cannot_be_drawn_is_told(folder, tmp_path, words, told):
    with pytest.raises(CommandError, match=told):
        command(tmp_path / "uji", "--seed", 1, "--from", folder, *words)
    assert not (tmp_path / "uji").exists()


@pytest.mark.parametrize("words", [(), ("folder",), ("--key", "kunci.csv")])
def test_a_command_that_says_too_little_is_told_what_is_missing(words):
    with pytest.raises(CommandError, match="Tulis"):
        command(*words)


def test_the_banks_of_the_site_can_be_asked(world, course, tmp_path):
    command(tmp_path / "uji", "--seed", 1, "--from", "situs", "--course", course.code)

    keys = rows_of(tmp_path / "uji/kunci/kunci.csv")
    assert len(keys) == 2 + course.question_banks.get(use="graded").questions.count()


@given(st.integers(0, 2**32))
def test_every_type_keeps_its_key_through_the_shuffle(seed):
    sheet = make_sheet(POOL, seed=seed, count=None, types=KINDS)
    for row in sheet.rows:
        content = row.asked.content
        texts = {option.key: option.text for option in content.options}
        shown = dict(zip("abcdefgh", row.options, strict=False))
        said = [shown[letter] for letter in row.key.replace("-", "")]
        right = [texts[key] for key in key_of(content)]
        if content.type == "ordering":
            assert said == right
            assert list(row.options) != right
        else:
            assert sorted(said) == sorted(right)


def test_passages_of_a_text_are_shown_with_their_letters():
    asked = Asked("K1", "post-test", EXAMPLES["mark_text"])
    (row,) = make_sheet([asked], seed=1, count=1, types=KINDS).rows

    assert "[[" not in row.stem
    for letter, text in zip("abcdefgh", row.options, strict=False):
        assert f"({letter}) “{text}”" in row.stem


def test_types_that_no_letter_answers_are_left_out():
    pool = [Asked("K1", "post-test", content) for content in EXAMPLES.values()]
    sheet = make_sheet(pool, seed=1, count=None, types=EXAMPLES)

    assert {row.asked.content.type for row in sheet.rows} == set(KINDS)


# --- answers -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("written", "type", "read"),
    [
        (" B ", "single_choice", "b"),
        ("", "single_choice", ""),
        ("c, A", "multiple_response", "ac"),
        ("-", "true_false_set", "-"),
        ("d > b > a > c", "ordering", "dbac"),
    ],
)
def test_letters_are_read_as_people_write_them(written, type, read):
    assert read_letters(written, type=type, options=4) == read


@pytest.mark.parametrize(
    ("written", "type", "told"),
    [
        ("e", "single_choice", "a sampai d"),
        ("ab", "single_choice", "satu huruf"),
        ("aa", "multiple_response", "sekali"),
        ("abc", "ordering", "4 huruf"),
        ("benar", "true_false_set", "a sampai d"),
    ],
)
def test_what_is_no_answer_is_told(written, type, told):
    with pytest.raises(UnreadableAnswer, match=told):
        read_letters(written, type=type, options=4)


def test_answers_are_counted_by_course_with_their_interval(made, tmp_path):
    keys = {row["no"]: row["kunci"] for row in rows_of(made / "kunci/kunci.csv")}
    wrong = {**keys, "1": "b" if keys["1"] == "a" else "a", "2": ""}
    sheet = made / "tanpa-soal/tanpa-soal.xlsx"
    told = command(
        "--score",
        answered(sheet, tmp_path / "isi.csv", wrong),
        "--key",
        made / "kunci/kunci.csv",
    ).splitlines()

    assert told[1].split() == ["KK", "9", "8", "7", "87,5%", "52,9%–97,8%"]
    assert told[2].split()[1:] == told[1].split()[1:]
    assert told[4] == "Dengan menebak: 50,0%. Ragu: 0 soal."
    assert told[5].split()[0] == "1."
    assert len(told) == 6


def test_doubts_are_counted_and_listed_even_where_the_answer_agrees(made, tmp_path):
    keys = {row["no"]: row["kunci"] for row in rows_of(made / "kunci/kunci.csv")}
    filled = answered(
        made / "dengan-soal/dengan-soal.xlsx", tmp_path / "isi.csv", keys, ragu="x"
    )
    told = command("--score", filled, "--key", made / "kunci/kunci.csv")

    assert "Ragu: 9 soal." in told
    assert told.count(", ragu") == 9


def test_a_sheet_is_scored_with_its_own_key_alone(made, folder, tmp_path):
    command(tmp_path / "lain", "--seed", 8, "--from", folder)
    with pytest.raises(CommandError, match="bukan pasangan kuncinya"):
        command(
            "--score",
            made / "tanpa-soal/tanpa-soal.xlsx",
            "--key",
            tmp_path / "lain/kunci/kunci.csv",
        )


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        ({"jawaban": "z"}, "tidak terbaca"),
        ({"no": "1"}, "dua kali"),
        ({"no": "satu"}, "bukan angka"),
        ({"lembar": ""}, "bukan pasangan kuncinya"),
    ],
)
def test_a_spoiled_sheet_is_told_with_its_line(made, tmp_path, spoil, told):
    filled = answered(
        made / "tanpa-soal/tanpa-soal.xlsx", tmp_path / "isi.csv", {}, **spoil
    )
    with pytest.raises(CommandError, match=told):
        command("--score", filled, "--key", made / "kunci/kunci.csv")


def test_another_file_is_no_key(made):
    sheet = made / "tanpa-soal/tanpa-soal.xlsx"
    with pytest.raises(CommandError, match="Kolom kursus"):
        command("--score", sheet, "--key", sheet)
    with pytest.raises(CommandError, match="tidak terbaca"):
        command("--score", made / "hilang.csv", "--key", made / "hilang.csv")


def test_the_best_of_a_situation_is_its_key():
    content: QuestionContent = EXAMPLES["situational"]
    (best,) = key_of(content)
    worth = {option.key: option.fraction for option in content.options}

    assert worth[best] == max(worth.values())
