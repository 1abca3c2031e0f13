"""What a text is found by, what is asked for, and where it stands."""

from courses.search.marking import Marker, text_of
from courses.search.words import asked_for, counted, words_of, written


def test_slashes_dots_and_hyphens_part_words():
    assert words_of("ASN/PNS, PP 11/2017, pemdi.go.id, kata-kata") == [
        *("asn", "pns", "pp", "11", "2017", "pemdi", "go", "id", "kata", "kata")
    ]


def test_capitals_accents_and_apostrophes_do_not_matter():
    assert words_of("Nur’aini ZOË") == words_of("nur'aini zoe") == ["nuraini", "zoe"]


def test_what_tells_nothing_is_not_asked_for_unless_it_is_all():
    def words(text: str) -> list[str]:
        return [written(term) for term in asked_for(text)]

    assert words("apa itu laporan yang harian") == ["laporan", "harian"]
    assert words("yang di") == ["yang", "di"]
    assert words("% _ !") == []
    assert len(asked_for(" ".join(f"kata{n}" for n in range(50)))) == 8


def test_phrases_of_one_meaning_carry_one_mark():
    for text in ("AI", "kecerdasan artifisial", "Kecerdasan Buatan"):
        assert counted(text)["=ai"] == 1
        assert asked_for(text)[0].words[0] == "=ai"
    assert "=ai" not in counted("air dan artifisial")


def shown(words: str, text: str) -> str:
    return Marker(asked_for(words)).html(text)


def test_words_are_marked_in_any_form_but_not_in_tags():
    assert (
        shown("pengaruh", '<p title="pengaruh">Ia memengaruhi &pengaruh; kita</p>')
        == '<p title="pengaruh">Ia <mark>memengaruhi</mark> &pengaruh; kita</p>'
    )
    assert shown("AI", "air, AI, kecerdasan buatan") == (
        "air, <mark>AI</mark>, <mark>kecerdasan buatan</mark>"
    )
    assert shown("maruf", "Ma’ruf") == "<mark>Ma’ruf</mark>"
    assert shown("data", '<a title="a > data">b</a>') == '<a title="a > data">b</a>'


def test_an_excerpt_stands_around_the_first_hit():
    text = "awal " * 60 + "sandi " + "akhir " * 60
    pieces = Marker(asked_for("sandi")).excerpt(text)

    assert [piece.text for piece in pieces if piece.is_hit] == ["sandi"]
    whole = "".join(piece.text for piece in pieces)
    assert whole.startswith("… awal")
    assert whole.endswith("akhir …")
    assert len(whole) < 230
    assert "".join(p.text for p in Marker([]).excerpt("singkat")) == "singkat"


def test_html_is_read_as_people_read_it():
    assert text_of("<p>satu</p><p>dua &amp; <b>tiga</b></p>") == "satu dua & tiga"
