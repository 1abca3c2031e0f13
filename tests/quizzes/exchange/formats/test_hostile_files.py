"""Files that mean harm, or are only broken: refused with words, and quickly."""

import zipfile
from io import BytesIO

import pytest

from quizzes.exchange.formats import (
    FORMATS,
    MAX_BYTES,
    MAX_ITEMS,
    READABLE,
    UnreadableFile,
)
from quizzes.exchange.formats.exchange import Budget
from tests.patience import processor_time

BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>
<quiz><question type="essay"><name><text>&d;</text></name></question></quiz>"""
FOREIGN = b"""<?xml version="1.0"?>
<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<quiz><question type="essay"><name><text>&x;</text></name></question></quiz>"""
DOCTYPE = b'<!DOCTYPE quiz SYSTEM "http://example.test/quiz.dtd"><quiz/>'


@pytest.mark.parametrize("data", [BOMB, FOREIGN, DOCTYPE], ids=["bomb", "file", "dtd"])
def test_document_types_are_refused_before_they_do_anything(data):
    with pytest.raises(UnreadableFile, match="DOCTYPE"):
        FORMATS["moodlexml"].read(data)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<quiz>\n<question>\n</quiz>", "XML rusak di baris 3"),
        (b"<rss/>", "bukan Moodle XML"),
        (b"<a>" * 200_000, "terlalu dalam"),
        (b'<?xml version="1.0" encoding="x-none"?><quiz/>', "Pengodean"),
    ],
)
def test_xml_that_cannot_be_read(data, message):
    with pytest.raises(UnreadableFile, match=message):
        FORMATS["moodlexml"].read(data)


@pytest.mark.parametrize("format", READABLE)
def test_too_large_is_refused_at_once(format):
    content = b"x" * (MAX_BYTES * 5)

    with (
        processor_time(2),
        pytest.raises(UnreadableFile, match="lebih besar dari 10 MB"),
    ):
        FORMATS[format].read(content)


@pytest.mark.parametrize("format", READABLE)
def test_nothing_is_told(format):
    with pytest.raises(UnreadableFile, match="kosong"):
        FORMATS[format].read(b" \n ")


@pytest.mark.parametrize(
    ("format", "question"),
    [("gift", b"Apa?{=a ~b}\n\n"), ("aiken", b"Apa?\nA. a\nB. b\nANSWER: A\n\n")],
)
def test_too_many_questions_are_refused(format, question):
    with pytest.raises(UnreadableFile, match=r"lebih dari 2\.000 soal"):
        FORMATS[format].read(question * (MAX_ITEMS + 1))


def test_a_file_that_takes_too_long_is_given_up():
    with pytest.raises(UnreadableFile, match="terlalu rumit"):
        Budget(seconds=-1).spend()


@pytest.mark.parametrize(
    "data",
    [
        *(b"{" * 400_000, b"::" * 200_000, b"//[id:" * 60_000, b"\\" * 400_000),
        *(b"a{" + b"=" * 300_000, b"a{" + b"~%1%" * 9_000 + b"}"),
        b"a{=" + b"->" * 100_000 + b"}",
    ],
    ids=range(7),
)
def test_gift_of_nothing_but_signs_takes_no_time(data):
    with processor_time(15):
        reading = FORMATS["gift"].read(data)

    assert all(item.problems for item in reading.items)


def test_zip_bombs_are_refused():
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("xl/workbook.xml", "x")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 320_000_000)

    with pytest.raises(UnreadableFile, match="terlalu besar setelah dibuka"):
        FORMATS["xlsx"].read(content.getvalue())


@pytest.mark.parametrize("format", ["gift", "aiken", "yaml"])
def test_bytes_that_are_no_text_are_refused(format):
    with pytest.raises(UnreadableFile):
        FORMATS[format].read(b"\x00\x01\xfe\x00\xff" * 99)


def test_extras_that_lie_are_put_aside():
    text = '// [melek:{"type":"ordering","options":[{"key":1}]}]\nApa?{=a ~b}'

    (item,) = FORMATS["gift"].read(text.encode()).items

    assert item.question.type == "single_choice"
    assert "disunting di luar" in item.losses[0]
    assert not item.problems


@pytest.mark.parametrize(
    "extras",
    [
        '{"type":"dialogue","scenes":5,"options":[]}',
        '{"settings":[1],"tags":{}}',
        '{"type":"gap_select","gaps":"x","options":[{"key":"a"}]}',
        '{"level":9,"checked":"x","sources":{}}',
        '{"type":["x"]}',
        *("[[[[", "{}"),
    ],
)
def test_extras_of_any_shape_break_nothing(extras):
    (item,) = FORMATS["gift"].read(f"// [melek:{extras}]\nApa?{{=a ~b}}".encode()).items

    assert item.question.stem == "Apa?"
