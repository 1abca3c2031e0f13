"""Moodle XML as Moodle writes it: every type, pictures, and what stays behind."""

from base64 import b64encode
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from quizzes.exchange.formats.moodle_xml import format
from quizzes.questions.pictures import PICTURE_PATH as PATH
from tests.quizzes.exchange.formats.comparing import only, said, sound
from tests.quizzes.questions.examples import EXAMPLES

DATA = Path(__file__).with_name("data")
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944"
    "4154789c6364f8cf500f00038601805a347d6b0000000049454e44ae426082"
)
QUESTION = """<quiz><question type="multichoice"><name><text>x</text></name>
<questiontext format="html"><text><![CDATA[{stem}]]></text>{file}</questiontext>
<single>true</single>
<answer fraction="100"><text>a</text></answer>
<answer fraction="0"><text>b</text></answer>
</question></quiz>"""


@pytest.fixture(scope="module")
def reading():
    return format.read((DATA / "moodle.xml").read_bytes())


@pytest.fixture(scope="module")
def items(reading):
    return {item.name: item for item in reading.items}


def read(stem: str = "Apa?", file: str = ""):
    return format.read(QUESTION.format(stem=stem, file=file).encode())


def picture(data: bytes, name: str = "a.png") -> str:
    content = b64encode(data).decode()
    return f'<file name="{name}" path="/" encoding="base64">{content}</file>'


def test_every_sound_question_is_read(items):
    refused = {name for name, item in items.items() if item.problems}

    assert refused == {"Uraikan", "Cloze", "Asing"}
    assert {
        name: item.question.type for name, item in items.items() if item.question
    } == {
        "Tautan aman": "single_choice",
        "Data pribadi": "multiple_response",
        "OTP": "single_choice",
        "SPBE": "short_text",
        "Rata-rata": "numeric",
        "Alat": "matching",
        "Langkah": "ordering",
        "Isian": "gap_select",
        "Tarik": "gap_select",
    }


def test_a_picture_comes_along(reading, items):
    question = items["Tautan aman"].question

    (path,) = reading.images
    assert PATH.fullmatch(path)
    assert question.stem == f"Lihat gambar ini.\n\n![Satu titik]({path})"
    assert reading.images[path].startswith(b"\x89PNG")


def test_names_tags_and_feedback(items):
    question = items["Tautan aman"].question

    assert question.key == "tautan-1"
    assert list(question.tags) == ["keamanan", "surel"]
    assert question.feedback == "Periksa **alamatnya**."
    assert [(o.text, o.feedback) for o in question.options] == [
        ("go.id", "Ya"),
        ("bit.example", "Bukan"),
    ]


def test_what_stays_behind_is_told(reading, items):
    losses = items["Tautan aman"].losses
    assert any("Petunjuk (hint)" in loss for loss in losses)
    assert any("Nilai 2.0000000 tidak ikut." in loss for loss in losses)
    assert not any("nilai keseluruhan" in loss for loss in losses)
    assert any("tersembunyi" in loss for loss in items["SPBE"].losses)
    assert any("angka lain" in loss for loss in items["Rata-rata"].losses)
    assert any("2 langkah saja" in loss for loss in items["Langkah"].losses)
    assert "Keamanan digital" in reading.notes[0]


def test_what_cannot_be_marked_is_told_with_its_line(items):
    assert items["Uraikan"].question is None
    assert items["Uraikan"].line == 88
    assert "“stack”" in items["Asing"].problems[0]


def test_details_of_the_types(items):
    assert items["Data pribadi"].question.scoring == "balanced"
    assert items["Data pribadi"].question.options[1].text == r"Nama \*lengkap\*"
    assert [o.feedback for o in items["OTP"].question.options] == ["Jangan.", "Betul."]
    assert items["SPBE"].question.scoring == "exact"
    assert items["SPBE"].question.stem == "Apa **singkatannya**?"
    numeric = items["Rata-rata"].question
    assert [(o.text, o.match) for o in numeric.options] == [("9.6", "0.05")]
    assert numeric.settings == {"unit": "surat"}
    assert items["Langkah"].question.scoring == "absolute"
    assert items["Isian"].question.stem == "Dalam [[b]] hari oleh [[c]] *."


def test_a_picture_goes_out_and_comes_back():
    source = read('<img src="@@PLUGINFILE@@/a.png" alt="Titik">', picture(PNG))
    question = sound(source)

    out = format.render([question], source.images.get)
    again = format.read(out.data)

    assert not out.losses
    assert again.images == source.images
    assert said(only(again).question) == said(question)


def test_a_picture_that_is_gone_is_a_loss_of_the_export():
    shown = '<img src="@@PLUGINFILE@@/a.png" alt="Titik">'
    question = sound(read(shown, picture(PNG)))

    out = format.render([question])

    assert out.losses == [
        ("x", "Gambar tidak ditemukan di situs ini. Unggah lagi gambarnya.")
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"MZ\x90", "bukan PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "<script>"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "onload"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 1_000_001, "terlalu besar"),
    ],
)
def test_pictures_are_known_by_their_content(data, reason):
    reading = read('<img src="@@PLUGINFILE@@/a.png">', picture(data))

    assert not reading.images
    assert any(reason in loss for loss in only(reading).losses)


def test_a_plain_drawing_is_let_in():
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><circle r="1"/></svg>'

    reading = read(
        '<img src="@@PLUGINFILE@@/a.svg" alt="x">', picture(drawing, "a.svg")
    )

    assert list(reading.images.values()) == [drawing]


def test_a_picture_without_words_gets_its_name_and_says_so():
    reading = read('<img src="@@PLUGINFILE@@/a.png">', picture(PNG))

    assert only(reading).question.stem.startswith("![a.png](gambar/soal/")
    assert any("teks pengganti" in loss for loss in only(reading).losses)


def test_scripts_in_stems_are_taken_out_and_told():
    item = only(read("<p onclick='x()'>Apa?</p><script>alert(1)</script>"))

    assert item.question.stem == "Apa?"
    assert any("<script>" in loss for loss in item.losses)
    assert any("onclick" in loss for loss in item.losses)


def test_an_encoding_that_is_not_the_declared_one():
    text = QUESTION.format(stem="Café?", file="")

    reading = format.read(text.encode("cp1252"))

    assert only(reading).question.stem == "Café?"
    assert "Windows-1252" in reading.notes[0]
    assert only(format.read(text.encode("utf-16"))).question.stem == "Café?"


def test_moodle_finds_what_it_asks_for():
    """The elements that Moodle's import reads are there, for each of its types."""
    rendering = format.render(list(EXAMPLES.values()))

    root = ElementTree.fromstring(rendering.data)
    for question in root.iter("question"):
        assert question.findtext("name/text")
        assert question.findtext("questiontext/text")
        assert question.find("questiontext").get("format") == "html"
        children = {child.tag for child in question}
        needs = {
            "multichoice": {"single", "answer"},
            "shortanswer": {"usecase", "answer"},
            "numerical": {"answer"},
            "matching": {"subquestion"},
            "ordering": {"answer", "gradingtype", "layouttype"},
            "gapselect": {"selectoption"},
        }[question.get("type")]
        assert needs <= children


def test_html_that_markdown_would_write_otherwise_comes_back_as_it_was():
    question = replace(EXAMPLES["single_choice"], stem="Apa __itu__?\n\n* satu\n* dua")

    item = only(format.read(format.render([question]).data))

    assert item.question.stem == question.stem


def test_edited_html_is_read_anew():
    question = replace(EXAMPLES["single_choice"], stem="Apa __itu__?")
    data = format.render([question]).data.replace(b"Apa ", b"Siapa ")

    assert only(format.read(data)).question.stem == "Siapa **itu**?"
