"""No question lends another its stem or its key; what is open is refused."""

import pytest

from quizzes.exchange.formats import FORMATS, UnreadableFile
from quizzes.exchange.formats.registry import format_of
from tests.every_case import every_case

ONE = "Satu?\nA. a\nB. b\n"
TWO = "Dua?\nA. x\nB. y\nANSWER: A\n"
CHOICE = "Dua?{=x ~y}"


def read(format, text):
    return FORMATS[format].read(text.encode()).items


@every_case(
    "text",
    [
        f"{ONE}\n{TWO}",
        f"{ONE}ANSWER\n{TWO}",
        f"{ONE}ANSWER B\n{TWO}",
        f"{ONE}ANSWER:\n{TWO}",
        f"{ONE}ANSWER: A dan B\n{TWO}",
        f"{ONE}ANSWER: A, B\n{TWO}",
        f"{ONE}ANSWER: 2\n{TWO}",
        f"{ONE}ANSWER = B\n\n{TWO}",
        f"{ONE}Jawaban B.\n{TWO}",
        f"{ONE}Kunci: B\n{TWO}",
        f"{ONE}KUNCI JAWABAN: (B)\n{TWO}",
        f"{ONE}answer - b\n{TWO}",
    ],
)
def test_aiken_without_a_readable_answer_leaves_the_next_question_alone(text):
    first, second = read("aiken", text)

    assert first.question is None
    assert "ANSWER" in first.problems[-1]
    assert (second.question.stem, second.problems) == ("Dua?", [])
    assert [(o.text, o.fraction) for o in second.question.options] == [
        ("x", 1),
        ("y", 0),
    ]


@every_case(
    "text, line",
    [
        # Whether a line below B is of B or of the next question, nobody can tell.
        (f"{ONE}{TWO}", 5),
        (f"{ONE}C. c\n{TWO}", 6),
        ("Satu?\nA. a\nB. b\nD. d\nANSWER: A\n", 4),
        ("Satu?\na. a\nb. b\nA. c\nB. d\nANSWER: A\n", 4),
        # What stands below an answer may be a remark on it.
        (f"{ONE}ANSWER: A\nPembahasan: karena a.\n{TWO}", 5),
        (f"{ONE}ANSWER: A\n\nUmpan balik: bagus\n\n{TWO}", 6),
        (f"{ONE}ANSWER: A\nKarena a benar.\n\n{TWO}", 5),
    ],
)
def test_aiken_that_may_be_two_questions_is_refused_with_its_line(text, line):
    item = read("aiken", text)[-1]

    assert any(problem.startswith(f"Baris {line}: ") for problem in item.problems)


@every_case(
    "text, options",
    [
        ("Satu?\nA.a\nB.b\nANSWER: B\n", ["a", "b"]),
        ("Satu?\nA)a\n\nB) b\n\nANSWER: B.\n", ["a", "b"]),
        ("Satu?\nA. Jalan A.\nB. a panjang\nsampai dua baris\nANSWER: b\n", None),
        ("A.N. Kepala artinya?\nA. atas nama\nB. a\nANSWER: B\n", ["atas nama", "a"]),
        ("Bacalah.\n\nSatu?\nA. a\nB. b\nANSWER:B\n", ["a", "b"]),
        (f"Nol?\nA. a\nB. b\nANSWER: A\nSatu?\n{ONE[6:]}ANSWER: B\n", ["a", "b"]),
    ],
)
def test_aiken_that_is_clear_stays_one_question(text, options):
    item = read("aiken", text)[-1]

    assert not item.problems
    assert [o.fraction for o in item.question.options] == [0, 1]
    if options:
        assert [o.text for o in item.question.options] == options


@every_case(
    "text, line",
    [
        (f"Satu?{{=a ~b}}\n{CHOICE}", 2),
        (f"::Satu::Satu?{{=a ~b}}\n::Dua::{CHOICE}", 2),
        (f"::Satu::Satu?{{\n=a\n~b\n}}\n::Dua::{CHOICE}", 5),
        (f"::Satu::Satu?{{=a ~b}} {CHOICE}", 1),
        (f"// catatan\n::Satu::Satu?{{=a ~b}}\n// lagi\n{CHOICE}", 4),
        (f"::Ket::Bacalah teks ini.\n::Dua::{CHOICE}", 2),
        ("::Satu::Satu?{=a ~b}\n::Dua::Dua? Tanpa jawaban.", 2),
        (f"Satu?{{=a ~b\n{CHOICE}", 2),
        ("Satu?{=a {x} ~b}", 1),
        (f"Satu?{{T}}\n{CHOICE}", 2),
        (f"Satu?{{#5}}\n{CHOICE}", 2),
        (f"Satu?{{=a -> b =c -> d}}\n{CHOICE}", 2),
        ("Satu?{=a ~b}}", 1),
    ],
)
def test_gift_without_an_empty_line_is_refused_with_its_line(text, line):
    (item,) = read("gift", text)

    assert item.question is None
    assert item.problems[0].startswith(f"Baris {line}: ")
    assert "baris kosong" in item.problems[0]


@every_case(
    "text, stem",
    [
        ("Ini {=a ~b} kata yang\nhilang.", "kata yang  \nhilang."),
        ("::Satu::\nDi std::vector?{=a ~b}", "Di std::vector?"),
        (r"Himpunan \{1, 2\}?{=a \{x\} ~b}", "Himpunan {1, 2}?"),
        ("[html]<p>Satu?</p>{=a ~b}\n", "Satu?"),
    ],
)
def test_gift_that_is_one_question_stays_one(text, stem):
    (item,) = read("gift", text)

    assert not item.problems
    assert item.question.stem.endswith(stem)


def test_gift_with_a_second_title_on_a_line_of_its_own_is_still_one_title():
    (item,) = read("gift", "::Judul yang\npanjang::Satu?{=a ~b}")

    assert (item.name, item.problems) == ("Judul yang panjang", [])


@every_case(
    "text, scoring, steps, losses",
    [
        (
            "{>3 ALL VERTICAL RELATIVE_TO_CORRECT SHOW none\nsatu\ndua\ntiga\n}",
            "relative_to_correct",
            3,
            0,
        ),
        ("{>3 ALL VERTICAL ABSOLUTE_POSITION HIDE 123\na b\nc\nd\n}", "absolute", 3, 0),
        ("{>2 ALL HORIZONTAL ALL_OR_NOTHING SHOW\nx\ny\nz\n}", "all_or_nothing", 3, 0),
        ("{>2 RANDOM V ABS SHOW abc\nx\ny\nz\n####Sebab.}", "absolute", 3, 1),
        ("{>0 ALL VERTICAL LONGEST_ORDERED_SUBSET SHOW none\nx\ny\n}", "", 2, 1),
        ("{>3\nx\ny\nz\n}", "", 3, 1),
    ],
)
def test_gift_ordering_as_moodle_writes_it(text, scoring, steps, losses):
    (item,) = read("gift", f"::Urut::[html]<p>Urutkan.</p>{text}")

    assert (item.question.type, item.problems) == ("ordering", [])
    assert item.question.scoring == scoring
    assert len(item.question.options) == steps
    assert len(item.losses) == losses


@every_case(
    "text, accepted, losses",
    [
        ("{#=5:0#tepat ~#bukan}", [("5", 1)], 1),
        ("{#5:1 ~#bukan}", [("5", 1)], 1),
        ("{#=5:0 =%50%6:0#hampir\n~#bukan\n}", [("5", 1), ("6", "0.5")], 1),
        ("{#=%100%5:0#\n\t=%0%*#lainnya\n}", [("5", 1)], 1),
        ("{#=5:0 ~*#bukan}", [("5", 1)], 1),
        ("{#=5:0 =%50%*:0}", [("5", 1)], 1),
    ],
)
def test_gift_numbers_with_a_catch_all_keep_their_own_feedback(text, accepted, losses):
    (item,) = read("gift", f"Berapa?{text}")

    assert not item.problems
    assert [(o.text, str(o.fraction)) for o in item.question.options] == [
        (number, str(worth)) for number, worth in accepted
    ]
    assert not any("bukan" in o.feedback for o in item.question.options)
    assert len(item.losses) == losses
    assert "angka lain" in item.losses[0]


def test_gift_numbers_behind_a_tilde_are_refused():
    (item,) = read("gift", "Berapa?{#=5:0 ~%50%6:0#hampir}")

    assert "dengan = di depannya" in item.problems[0]


@every_case(
    "text",
    [
        "Ibu kota {1:SHORTANSWER:=Jakarta~%50%Batavia}.",
        "Ibu kota {1:MC:=Jakarta#ya~Medan} ada di {2:MULTICHOICE_H:Sumatra~=Jawa}.",
        "Satu {:SA:=a}.\n\nDua {1:NUMERICAL:=5:0.1}.",
        "{ 1:NM:=5:0.1#ya~%50%5:0.5 } ekor",
    ],
)
def test_a_cloze_file_is_named_and_not_read(text):
    format = format_of(text.encode(), "soal.txt")

    with pytest.raises(UnreadableFile, match="Cloze"):
        format.read(text.encode())


def test_a_cloze_question_among_others_is_refused_alone():
    first, second = read("gift", f"Kota {{1:SA:=a}}.\n\n{CHOICE}")

    assert "Cloze" in first.problems[0]
    assert (second.question.stem, second.problems) == ("Dua?", [])


@every_case(
    "text, name",
    [
        ("Apa?\nJawaban: {=a ~b}", "gift"),
        ("Apa?\nA. a\nB. b\nJawaban: B\n", "aiken"),
        ("Apa?\r\nA. a\r\nB. b\r\nANSWER: B\r\n", "aiken"),
    ],
)
def test_a_line_with_an_answer_tells_aiken_only_with_a_letter(text, name):
    assert format_of(text.encode(), "soal.txt").name == name


@every_case(
    "text, is_told",
    [
        ("Satu?{=a ~b}\nDua tanpa jawaban.", True),
        ("Satu?{=a ~b}  \n  Pembahasan: karena a.", True),
        ("Satu {=a ~b} kata.", False),
        ("Satu {=a ~b}.\n", False),
    ],
)
def test_gift_text_right_below_an_answer_is_told(text, is_told):
    (item,) = read("gift", text)

    assert any("Teks di bawah jawaban" in loss for loss in item.losses) is is_told
