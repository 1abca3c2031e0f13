"""Tags and filters that draw: what they print, and what they refuse."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import timezone

from lib.icons import ICONS
from lib.templatetags import ui
from tests.every_case import every_case

MOMENT = dt.datetime(2026, 11, 21, 9, 15, tzinfo=dt.UTC)


def render(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


# --- icons -------------------------------------------------------------------------
def test_an_icon_is_drawn_where_it_stands():
    html = render('{% icon "check" %}{% icon "check" "lg" %}')

    assert html.count(ICONS["check"]) == 2
    assert html.count('aria-hidden="true"') == 2
    assert 'class="m-icon m-icon-lg"' in html


def test_no_drawing_stands_elsewhere_than_where_it_is_seen():
    """A part that a script swaps in would come without it."""
    files = [*Path("templates").rglob("*.html"), *Path("static/js").glob("*.js")]

    assert len(files) > 100
    assert [path for path in files if "<use" in path.read_text("utf-8")] == []


def test_an_unknown_icon_is_refused():
    with pytest.raises(KeyError):
        render('{% icon "unicorn" %}')


# --- petals ------------------------------------------------------------------------
def test_twenty_jp_are_five_flowers_with_as_many_full_petals_as_earned():
    html = render("{% petals 9 20 %}")

    assert html.count("<svg") == 5
    assert html.count("<path") == 20
    assert html.count("is-empty") == 11
    assert "is-new" not in html
    assert 'aria-label="9 dari 20 JP sudah terkumpul"' in html


def test_only_flowers_with_a_full_petal_have_a_core():
    assert render("{% petals 9 20 %}").count('class="core"') == 3


def test_added_petals_are_marked_as_new():
    html = render("{% petals 13 20 4 %}")

    assert html.count("is-new") == 4
    assert html.count("is-empty") == 7


def test_more_than_the_target_fills_every_petal():
    assert "is-empty" not in render("{% petals 30 20 %}")


@every_case("target", [0, 22, 44])
def test_a_target_that_makes_no_flowers_becomes_a_bar(target):
    html = render("{% petals 5 target %}", target=target)

    assert 'class="m-bar"' in html
    assert f'aria-label="5 dari {target} JP sudah terkumpul"' in html
    assert ui.fits_petals(target) is False


def test_the_forty_jp_that_still_fit_are_ten_flowers():
    assert render("{% petals 5 40 %}").count("<svg") == 10


def test_a_petal_is_two_arcs_between_its_inner_and_outer_point():
    path = ui.petal_path(44, 2.4, 0)

    assert path == "M19.6 19.6A17.6 17.6 0 0 1 2 2 17.6 17.6 0 0 1 19.6 19.6Z"


def test_petals_lie_clockwise_from_the_top_left():
    outer = [
        re.findall(r"1 (\S+ \S+) ", ui.petal_path(44, 2.4, q))[0] for q in range(4)
    ]

    assert outer == ["2 2", "42 2", "42 42", "2 42"]


# --- pillars, bars -----------------------------------------------------------------
def test_a_pillar_lights_its_own_petal_and_says_its_name():
    html = render('{% pillar "etika" %}')
    petals = re.findall(r"<path[^>]*>", html)

    assert [' class="on"' in petal for petal in petals] == [False, False, True, False]
    assert html.endswith("Etika Digital</span>")


@every_case(
    ("value", "total", "width"),
    [(5, 13, "38.46"), (0, 4, "0"), (9, 4, "100"), (-1, 4, "0"), (3, 0, "0")],
)
def test_a_bar_stays_between_nothing_and_full(value, total, width):
    html = render("{% bar value total %}", value=value, total=total)

    assert f'<rect width="{width}" height="8"/>' in html


def test_a_bar_without_a_label_is_decoration():
    assert 'aria-hidden="true"' in render("{% bar 1 2 %}")


def test_a_bar_with_a_label_is_read_aloud_and_escaped():
    html = render('{% bar 1 2 "daun" label=label %}', label='1 "dari" 2')

    assert 'role="img" aria-label="1 &quot;dari&quot; 2"' in html
    assert 'class="daun"' in html


def test_the_marks_of_the_brand_are_geometry_without_style():
    html = render('{% brand_mark %}{% motif %}{% motif "lg" %}')

    assert "style=" not in html
    assert "data:" not in html


# --- dates and numbers -------------------------------------------------------------
@every_case(
    ("style", "words"),
    [
        ("long", "Sabtu, 21 November 2026"),
        ("medium", "21 November 2026"),
        ("short", "21 Nov 2026"),
    ],
)
def test_a_day_is_written_in_indonesian(style, words):
    assert ui.tanggal(dt.date(2026, 11, 21), style) == words


def test_a_moment_is_shown_on_the_day_and_hour_of_the_active_zone():
    late = dt.datetime(2026, 11, 21, 16, 30, tzinfo=dt.UTC)

    with timezone.override("Asia/Jayapura"):
        assert ui.tanggal(late, "medium") == "22 November 2026"
        assert ui.jam(late) == "01.30 WIT"
        assert ui.bulan(late) == "Nov"
    with timezone.override("Asia/Jakarta"):
        assert ui.tanggal(late, "medium") == "21 November 2026"
        assert ui.jam(MOMENT) == "16.15 WIB"


def test_nothing_is_written_as_nothing():
    written = [f(None) for f in (ui.tanggal, ui.bulan, ui.jam, ui.angka, ui.durasi)]

    assert written == ["", "", "", "", ""]


@every_case(
    ("value", "decimals", "words"),
    [
        (1284, None, "1.284"),
        (100, None, "100"),
        (66.6667, None, "66,67"),
        (0.5, None, "0,5"),
        (12.1, 1, "12,1"),
        (80, 1, "80,0"),
    ],
)
def test_numbers_have_dots_for_thousands_and_only_the_decimals_they_need(
    value, decimals, words
):
    assert ui.angka(value, decimals) == words


def test_a_remaining_time_has_a_long_and_a_short_form_and_never_falls_below_zero():
    assert ui.durasi(760) == "12 menit 40 detik"
    assert ui.durasi(125, "short") == "2.05"
    assert ui.durasi(-3, "short") == "0.00"


def test_question_numbers_are_listed_in_words():
    assert ui.daftar_soal([2, 5, 7]) == "soal 2, 5, 7."


# --- text --------------------------------------------------------------------------
def test_the_boxes_of_a_lesson_get_their_icons():
    html = (
        '<p class="m-case-cap">Kasus</p>'
        '<div>\n<h3 class="m-title">A</h3></div>'
        '<div class="m-compare-yes">\n<h3 class="m-title">B</h3></div>'
    )

    drawn = ui.lesson_icons(html)

    assert drawn.count("<svg") == 3
    assert drawn.index(ICONS["bulb"]) < drawn.index("Kasus")
    assert drawn.index(ICONS["file"]) < drawn.index("A</h3>")
    assert drawn.index(ICONS["check"]) < drawn.index("B</h3>")


def test_text_without_boxes_is_left_alone():
    assert ui.lesson_icons("<p>Teks.</p><div><h3>Judul</h3></div>") == (
        "<p>Teks.</p><div><h3>Judul</h3></div>"
    )


def test_an_inline_drawing_loses_its_xml_prologue_only():
    assert ui.inline_svg("<?xml version='1.0'?>\n<svg/>") == "<svg/>"


# --- the agency --------------------------------------------------------------------
def test_the_agencys_names_are_found_under_a_site_of_somebody_else():
    context = Context({"site": {"product_name": "Melek ASN"}})
    context.push(site=object())

    html = Template("{% load ui %}{% agency as site %}{{ site.product_name }}").render(
        context
    )

    assert html == "Melek ASN"


def test_without_a_context_processor_the_names_are_empty():
    assert render("{% agency as site %}[{{ site.product_name }}]") == "[]"


def test_a_percentage_that_could_not_be_measured_is_a_dash():
    assert ui.percent(69.5) == "70%"
    assert ui.percent(2.68, 1) == "2,7%"
    assert ui.percent(0) == "0%"
    assert ui.percent(None) == "–"


# --- numbers of people -------------------------------------------------------------
@every_case(
    ("text", "read"),
    [
        ("198503122010011002", "198503122010011002"),
        ("NIP: 198503122010011002 → 198503122010011003", None),
        ("19850312 201001 1 002", None),
        ("1985031220100110021", None),
        ("–", None),
        ("<b>198503122010011002</b>", None),
    ],
)
def test_a_nip_stands_in_one_piece_whatever_is_around_it(text, read):
    html = render("{{ text|nip }}", text=text)

    read_aloud = re.sub("<[^>]*>", "", html)
    assert read_aloud == (read or text).replace("<", "&lt;").replace(">", "&gt;")
    assert html.count('class="m-digits"') == len(re.findall(r"\b\d{18}\b", text))
