"""GIFT with the odd corners of Moodle's own import."""

from decimal import Decimal

import pytest

from quizzes.exchange.formats.gift import format
from tests.quizzes.exchange.formats.comparing import only, sound


def read(text: str):
    return only(format.read(text.encode()))


def question(text: str):
    return sound(format.read(text.encode()))


def options(text: str):
    return [(o.text, o.fraction, o.feedback) for o in question(text).options]


def test_title_format_and_feedback():
    found = question("::Nama soal::[markdown]Siapa **dia**?{=A#ya ~B#bukan ####Sebab.}")

    assert (found.key, found.stem, found.feedback) == (
        "nama-soal",
        "Siapa **dia**?",
        "Sebab.",
    )
    assert [(o.text, o.feedback) for o in found.options] == [
        ("A", "ya"),
        ("B", "bukan"),
    ]


def test_escaped_signs_are_letters():
    found = question(
        r"[markdown]Rasio 2\:1 \{a\=b\} \#1 \~x \\n baris\nbaru?{=1\:2 ~\~ ~a\\b}"
    )

    assert found.stem == "Rasio 2:1 {a=b} #1 ~x \\n baris\nbaru?"
    assert [o.text for o in found.options] == ["1:2", "~", "a\\b"]


def test_comments_ids_and_tags():
    found = question(
        "// catatan\n// [id:soal-7] [tag:kata sandi] [tag:a\\]b]\n"
        "::x::Apa?{=a\n// di tengah\n~b}"
    )

    assert found.key == "soal-7"
    assert list(found.tags) == ["kata sandi", "a]b"]
    assert len(found.options) == 2


def test_an_id_that_is_no_key_becomes_one_and_is_said():
    item = read("// [id:Bab 1/Soal 7]\nApa?{=a ~b}")

    assert item.question.key == "bab-1-soal-7"
    assert item.losses == ["Id “Bab 1/Soal 7” menjadi kunci “bab-1-soal-7”."]


def test_weights_with_signs_and_decimals():
    text = "Apa?{~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-100%d}"

    found = question(text)

    assert (found.type, found.scoring) == ("multiple_response", "balanced")
    assert [o.fraction for o in found.options] == [1, 1, 1, 0]


def test_uneven_weights_stay_as_they_are():
    found = question("Apa?{~%75%a ~%25%b ~%-50%c ~d}")

    assert found.scoring == "fractions"
    assert [str(o.fraction) for o in found.options] == ["0.75", "0.25", "-0.5", "0"]


def test_a_weighted_choice_beside_the_right_one():
    assert options("Apa?{=a ~%50%b#hampir ~c}") == [
        ("a", 1, ""),
        ("b", Decimal("0.5"), "hampir"),
        ("c", 0, ""),
    ]


def test_weights_that_do_not_sum_are_refused_with_their_line():
    item = read("// satu\n\n\nApa?{~%50%a ~%20%b ~c}")

    assert item.line == 4
    assert item.problems == [
        "Bobot pilihan yang benar berjumlah 70%. Ubah agar jumlahnya 100%."
    ]


def test_only_numbers_are_weights():
    assert options("Apa?{~%banyak%a =%100%%b%}") == [
        ("%banyak%a", 0, ""),
        ("%b%", 1, ""),
    ]


def test_a_weight_beyond_the_whole_is_refused():
    assert "“a” di luar batas" in read("Apa?{~%150%a =b}").problems[0]


@pytest.mark.parametrize(
    ("answer", "right", "feedback"),
    [
        ("{T}", "benar", ["", ""]),
        ("{FALSE}", "salah", ["", ""]),
        ("{TRUE#keliru#tepat}", "benar", ["tepat", "keliru"]),
        ("{F#keliru#tepat}", "salah", ["keliru", "tepat"]),
    ],
)
def test_true_or_false(answer, right, feedback):
    found = question(f"Bumi bulat.{answer}")

    assert [o.key for o in found.options if o.fraction == 1] == [right]
    assert [o.feedback for o in found.options] == feedback


@pytest.mark.parametrize(
    ("answer", "accepted"),
    [
        ("{#3.1415:0.0005}", [("3.1415", "0.0005", "1")]),
        ("{#1..5}", [("3", "2", "1")]),
        ("{#-3}", [("-3", "0", "1")]),
        ("{#=1822:0#tepat =%50%1822:2}", [("1822", "0", "1"), ("1822", "2", "0.5")]),
        ("{#1.5e2:0}", [("150", "0", "1")]),
    ],
)
def test_numbers(answer, accepted):
    found = question(f"Berapa?{answer}")

    assert found.type == "numeric"
    assert [(o.text, o.match, str(o.fraction)) for o in found.options] == accepted


def test_a_number_that_is_none_is_refused():
    assert "Angka “tiga” tidak terbaca." in read("Berapa?{#tiga}").problems[0]


def test_a_missing_word_leaves_a_gap():
    found = question("Presiden {=Soekarno ~Hatta} membacakan teks itu.")

    assert found.stem == "Presiden _____ membacakan teks itu."
    assert question("Ini {=a ~b}.").stem == "Ini _____."


def test_pairs_and_a_choice_that_belongs_nowhere():
    found = question("Pasangkan.{=a -> 1 =b -> 2 =c -> 1 = -> 3}")

    assert found.type == "matching"
    assert [(o.text, o.group, o.match) for o in found.options] == [
        ("a", "row", "d"),
        ("b", "row", "e"),
        ("c", "row", "d"),
        ("1", "choice", ""),
        ("2", "choice", ""),
        ("3", "choice", ""),
    ]


def test_short_answers():
    found = question("Ibu kota?{=Jakarta#ya =%50%Batavia}")

    assert (found.type, found.scoring) == ("short_text", "casefold")
    assert question("Ibu kota?{=Jak*}").scoring == "wildcard"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Ceritakan.{}", "Soal uraian tidak dapat dinilai otomatis."),
        ("Baca dulu teks ini.", "Ini keterangan, bukan soal"),
        ("Apa?{=a ~b", "Kurung { dan } tidak berpasangan."),
        ("Apa}{=a ~b", "Kurung { dan } tidak berpasangan."),
    ],
)
def test_what_is_no_question_here_is_told(text, reason):
    item = read(f"\n\n{text}")

    assert item.question is None
    assert item.line == 3
    assert item.problems[0].startswith(reason)


def test_html_becomes_markdown_and_scripts_are_losses():
    item = read(
        r"[html]<p>Apa <b>itu</b>?<script>alert(1)</script></p>{"
        r"\=<i>a</i> =<i onclick\='x()'>a</i> ~b}".replace(r"\=<i>a</i> ", "")
    )

    assert item.question.stem == "Apa **itu**?"
    assert item.question.options[0].text == "*a*"
    assert any("<script>" in loss for loss in item.losses)
    assert any("onclick" in loss for loss in item.losses)


def test_plain_signs_do_not_become_marks():
    found = question("[plain]Berapa 2*3*4?{=a*b*c ~_x_}")

    assert found.stem == "Berapa 2*3*4?"
    assert [o.text for o in found.options] == [r"a\*b\*c", r"\_x\_"]


def test_windows_lines_a_mark_and_categories():
    text = (
        "\ufeff$CATEGORY: Bab 1/Bagian\r\n\r\nSatu?{=a ~b}\r\n\r\n\r\nDua?{=a ~b}\r\n"
    )

    reading = format.read(text.encode())

    assert [(item.question.stem, item.line) for item in reading.items] == [
        ("Satu?", 3),
        ("Dua?", 6),
    ]
    assert "Bab 1/Bagian" in reading.notes[0]


def test_same_titles_get_keys_of_their_own():
    reading = format.read(b"::Satu::A?{=a ~b}\n\n::Satu::B?{=a ~b}")

    assert [item.question.key for item in reading.items] == ["satu", "satu-2"]


def test_the_same_id_twice_is_refused():
    reading = format.read(b"// [id:x]\nA?{=a ~b}\n\n// [id:x]\nB?{=a ~b}")

    assert not reading.items[0].problems
    assert "muncul dua kali" in reading.items[1].problems[0]


def test_what_moodle_would_mark_otherwise_is_said():
    from tests.quizzes.questions.examples import EXAMPLES

    rendering = format.render(list(EXAMPLES.values()))

    said = {key for key, _loss in rendering.losses}
    assert EXAMPLES["dialogue"].key in said
    assert EXAMPLES["single_choice"].key not in said


@pytest.mark.parametrize(
    ("text", "loss"),
    [
        ("Apa?{=%50%a ~b}", "bobot di belakang = (“%50%a”) menjadi teks"),
        ("Apa?{true}", "“true” dengan huruf kecil menjadi isian singkat"),
        ("Apa?{>2\nx\ny\n}", "Cara menilai RELATIVE_NEXT_EXCLUDE_LAST"),
    ],
)
def test_what_moodle_reads_otherwise_than_it_looks_is_told(text, loss):
    item = read(text)

    assert not item.problems
    assert [loss in one for one in item.losses] == [True]


def test_behind_the_sign_of_a_right_choice_a_weight_is_text():
    assert options("Apa?{=%50%a ~%25%b}") == [
        ("%50%a", 1, ""),
        ("b", Decimal("0.25"), ""),
    ]


def test_a_typed_answer_may_name_its_format():
    assert options("Apa?{=[plain]a =%50%[x] b}") == [
        ("a", 1, ""),
        ("[x] b", Decimal("0.5"), ""),
    ]


def test_behind_the_arrow_words_have_no_marks_and_no_format():
    found = question("[markdown]Apa?{=**a** -> *1* &lt; 2 =b -> [html] 2}")

    texts = [option.text for option in found.options]
    assert texts == ["**a**", "b", r"\*1\* < 2", "[html] 2"]


def test_steps_of_a_markdown_question_are_no_markdown():
    found = question(
        "[markdown]Apa?{>2 ALL V ABS SHOW none\n*a*\n<b>b</b> &#123;c&#125;\n}"
    )

    assert [option.text for option in found.options] == [r"\*a\*", "**b** {c}"]
