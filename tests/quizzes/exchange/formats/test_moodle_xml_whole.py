"""Moodle XML that is odd and real: every word and mark is kept, or named as a loss."""

import re
from base64 import b64encode

from lib import markdown
from quizzes.exchange.formats.moodle_xml import format
from quizzes.questions.rendering import address_of
from tests.every_case import every_case
from tests.quizzes.exchange.formats.comparing import only
from tests.quizzes.exchange.formats.test_moodle_xml import PNG, picture, read

OTHER_PNG = PNG + b"\x00"
PAIR = (
    "<subquestion format='html'><text>{}</text><answer><text>{}</text></answer>"
    "</subquestion>"
)


def quiz(type: str, inside: str) -> str:
    return (
        f'<quiz><question type="{type}"><name><text>x</text></name><questiontext '
        f'format="html"><text>Apa?</text></questiontext>{inside}</question></quiz>'
    )


def item_of(type: str, inside: str):
    return only(format.read(quiz(type, inside).encode()))


def answer(text: str, fraction: object = 100, more: str = "") -> str:
    return f'<answer fraction="{fraction}"><text>{text}</text>{more}</answer>'


def shown(stem: str) -> str:
    return markdown.render(stem, citations={}, image_url=address_of).html


@every_case(
    "html, words",
    [
        ("<p>1. Satu</p>", "<p>1. Satu</p>"),
        ("<p>2026. Tahun apa?</p>", "<p>2026. Tahun apa?</p>"),
        ("<p>3) Tiga</p>", "<p>3) Tiga</p>"),
        ("<p>- minus</p>", "<p>- minus</p>"),
        ("<p>+ plus</p>", "<p>+ plus</p>"),
        ("<p>* bintang</p>", "<p>* bintang</p>"),
        ("<p># pagar</p>", "<p># pagar</p>"),
        ("<p>&gt; lebih</p>", "<p>&gt; lebih</p>"),
        ("<p>/// catatan</p>", "<p>/// catatan</p>"),
        ("Judul<br>---", "<p>Judul<br>\n---</p>"),
        ("Judul<br>===", "<p>Judul<br>\n===</p>"),
        ("<p>Judul\n# 2\n- 3</p>", "<p>Judul\n# 2\n- 3</p>"),
        ("a | b<br>--|--<br>c | d", "<p>a | b<br>\n--|--<br>\nc | d</p>"),
        ("<div>1. a</div>", "<p>1. a</p>"),
        ("<p><ins>1. a</ins></p>", "<p>1. a</p>"),
        ("<b>A</b><br>- b", "<p><strong>A</strong><br>\n- b</p>"),
        ("<ul><li>1. a</li></ul>", "<ul>\n<li>1. a</li>\n</ul>"),
        ("<ol><li>- a</li></ol>", "<ol>\n<li>- a</li>\n</ol>"),
    ],
)
def test_what_begins_a_line_stays_what_it_is(html, words):
    item = only(read(html))

    assert shown(item.question.stem) == words


@every_case(
    "rows, cells, losses",
    [
        ("<tr><th>a|b</th></tr><tr><td>1|2</td></tr>", ["a|b", "1|2"], 0),
        ("<tr><th>a</th></tr><tr><td>1</td><td>2</td></tr>", ["a", "", "1", "2"], 0),
        ("<tr><td>1</td></tr><tr><td>2</td><td>3</td></tr>", None, 0),
        (
            "<tr><th colspan='2'>a</th></tr><tr><td>1</td><td>2</td></tr>",
            ["a", "", "1", "2"],
            1,
        ),
        (
            "<tr><th>a</th><th>b</th></tr><tr><td rowspan='2'>1</td><td>2</td></tr>"
            "<tr><td>3</td></tr>",
            ["a", "b", "1", "2", "", "3"],
            1,
        ),
        ("<tr><td><h3>Judul</h3>isi</td></tr>", ["", "Judul isi"], 2),
        ("<tr><td><code>a|b</code></td></tr>", ["", "a|b"], 0),
        ("<tr><td><p>a</p><p>b</p></td></tr>", ["", "a b"], 0),
        ("<tr><td>a<br>b</td></tr>", ["", "a b"], 1),
        (
            "<thead><tr><th>a</th></tr><tr><th>b</th></tr></thead>"
            "<tbody><tr><td>c</td></tr></tbody>",
            ["a", "b", "c"],
            0,
        ),
        ("<tr><td>a<table><tr><td>b|c</td></tr></table></td></tr>", None, 1),
    ],
)
def test_no_cell_of_a_table_is_lost(rows, cells, losses):
    item = only(read(f"<table>{rows}</table>"))

    html = shown(item.question.stem)
    found = re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", html)
    texts = [re.sub("<[^>]*>", "", cell) for cell in found]
    if cells is not None:
        assert texts == cells
    for words in ("1", "2", "3", "a", "b", "c"):
        assert (f">{words}<" in rows) <= any(words in text for text in texts)
    assert len(item.losses) == losses, item.losses


def test_a_table_beyond_measure_is_read_in_time():
    rows = "<tr>" + "<td colspan='999' rowspan='999'>x</td>" * 1_000 + "</tr>"

    item = only(read(f"<table>{rows}</table>"))

    assert any("Tabel" in loss for loss in item.losses)


@every_case(
    "address, name",
    [
        ("a%20b.png", "a b.png"),
        ("a.png?time=1700000000", "a.png"),
        ("a.png#atas", "a.png"),
        ("a%20b.png?forcedownload=1", "a b.png"),
        ("50%25.png", "50%.png"),
        ("a%3Fb.png", "a?b.png"),
        ("peta%20(1).png", "peta (1).png"),
        ("caf%C3%A9.png", "café.png"),
        ("a&amp;b.png", "a&amp;b.png"),
    ],
)
def test_pictures_are_found_by_every_spelling_of_their_address(address, name):
    reading = read(
        f'<img src="@@PLUGINFILE@@/{address}" alt="Peta">', picture(PNG, name)
    )

    item = only(reading)
    (path,) = reading.images
    assert item.question.stem == f"![Peta]({path})"
    assert not item.losses


def test_two_texts_with_pictures_of_one_name_keep_their_own():
    image = '<![CDATA[<img src="@@PLUGINFILE@@/a.png" alt="x">]]>'
    text = quiz(
        "truefalse",
        f'<generalfeedback format="html"><text>{image}</text>'
        f'<file name="a.png" path="/">{b64encode(OTHER_PNG).decode()}</file>'
        f"</generalfeedback>{answer('true')}{answer('false', 0)}",
    ).replace(
        "<text>Apa?</text>",
        f'<text>{image}</text><file name="a.png" path="/">{b64encode(PNG).decode()}'
        "</file>",
    )

    reading = format.read(text.encode())

    question = only(reading).question
    shown_first = question.stem.partition("(")[2].rstrip(")")
    shown_after = question.feedback.partition("(")[2].rstrip(")")
    assert reading.images[shown_first] == PNG
    assert reading.images[shown_after] == OTHER_PNG


def test_a_link_to_a_file_of_moodle_is_a_loss():
    item = only(read('<a href="@@PLUGINFILE@@/a%20b.pdf">Baca dulu</a>'))

    assert item.question.stem == "Baca dulu"
    assert "Tautan ke berkas di Moodle (“Baca dulu”)" in item.losses[0]


def test_markup_that_is_not_escaped_is_text_as_well():
    item = only(read()).question
    text = quiz("truefalse", f"{answer('true')}{answer('false', 0)}").replace(
        "<text>Apa?</text>",
        "<text><p>Apa <b>itu</b>, 1 &lt; 2?</p><p>Ya</p></text>",
    )

    assert item.stem == "Apa?"
    assert only(format.read(text.encode())).question.stem == (
        "Apa **itu**, 1 < 2?\n\nYa"
    )


@every_case(
    "type, inside, loss",
    [
        (
            "multichoice",
            f"<single>true</single>{answer('a')}{answer('b', -33.33333)}",
            "mengurangi nilai sampai 33,3333%",
        ),
        (
            "numerical",
            f"{answer('5')}<unitgradingtype>1</unitgradingtype>"
            "<unitpenalty>0.1</unitpenalty>",
            "satuan yang keliru mengurangi nilai",
        ),
        (
            "numerical",
            f"{answer('5')}<units><unit><multiplier>1000</multiplier>"
            "<unit_name>m</unit_name></unit></units>",
            "Pengali satuan tidak ikut",
        ),
        ("numerical", f"{answer('*', 0)}{answer('5')}", "jawaban pertama yang cocok"),
        ("numerical", f"{answer('5', 50)}{answer('6')}", "jawaban pertama yang cocok"),
        ("numerical", f"{answer('5')}{answer('*', 50)}", "bernilai 50%"),
        ("shortanswer", f"{answer('*a*', 0)}{answer('b')}", "jawaban pertama"),
        (
            "matching",
            PAIR.format("&lt;p&gt;&lt;br&gt;&lt;/p&gt;", "yatim")
            + PAIR.format("a", "1")
            + PAIR.format("b", "2"),
            "Baris untuk “yatim” tidak berisi teks",
        ),
    ],
)
def test_what_is_marked_otherwise_is_a_loss(type, inside, loss):
    item = item_of(type, inside)

    assert any(loss in one for one in item.losses), item.losses


@every_case(
    "type, inside",
    [
        ("multichoice", f"<single>true</single>{answer('a')}{answer('b', 0)}"),
        ("numerical", f"{answer('5')}<unitgradingtype>0</unitgradingtype>"),
        (
            "numerical",
            f"{answer('5')}<units><unit><multiplier>1.0</multiplier>"
            "<unit_name>m</unit_name></unit></units>",
        ),
        ("shortanswer", f"{answer('a')}{answer('b', 50)}"),
        (
            "matching",
            PAIR.format("a", "1") + PAIR.format("b", "2") + PAIR.format("", 3),
        ),
    ],
)
def test_what_is_marked_alike_is_no_loss(type, inside):
    item = item_of(type, inside)

    assert (item.losses, item.problems) == ([], [])


def test_a_row_without_anything_to_match_is_refused():
    item = item_of("matching", PAIR.format("a", "") + PAIR.format("b", "2"))

    assert any("tidak memiliki pasangan" in problem for problem in item.problems)


@every_case("type, tag", [("ddwtos", "dragbox"), ("gapselect", "selectoption")])
def test_markup_in_what_is_chosen_is_markup(type, tag):
    inside = "".join(
        f"<{tag}><text>{text}</text><group>1</group></{tag}>"
        for text in ("H&lt;sub&gt;2&lt;/sub&gt;O", "&lt;b&gt;b&lt;/b&gt;")
    )
    text = quiz(type, inside).replace("Apa?", "[[1]] dan [[2]]")

    options = only(format.read(text.encode())).question.options
    assert [option.text for option in options] == ["H₂O", "**b**"]


def test_all_steps_are_shown_where_moodle_shows_all():
    steps = f"{answer('a', 1)}{answer('b', 2)}{answer('c', 3)}"
    said = (
        "<gradingtype>ABSOLUTE_POSITION</gradingtype>"
        "<selecttype>{}</selecttype><selectcount>2</selectcount>"
    )

    assert not item_of("ordering", steps + said.format("ALL")).losses
    assert (
        "2 langkah saja" in item_of("ordering", steps + said.format("RANDOM")).losses[0]
    )


@every_case(
    "grade, is_told", [("1.0", False), ("", False), ("10", True), ("0.5", True)]
)
def test_points_other_than_one_are_a_loss(grade, is_told):
    inside = f"<defaultgrade>{grade}</defaultgrade>{answer('a')}{answer('b', 50)}"

    assert bool(item_of("shortanswer", inside).losses) is is_told


def test_a_word_to_drag_that_is_empty_markup_is_a_loss():
    boxes = "".join(
        f"<dragbox><text>{text}</text><group>1</group></dragbox>"
        for text in ("a", "b", "&lt;p&gt;&lt;/p&gt;", "")
    )
    text = quiz("ddwtos", boxes).replace("Apa?", "[[1]] dan [[2]]")

    item = only(format.read(text.encode()))

    assert [o.text for o in item.question.options] == ["a", "b"]
    assert len(item.losses) == 1
