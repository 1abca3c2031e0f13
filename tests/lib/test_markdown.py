import re
import threading

import pytest

from lib.markdown import (
    CheckSlot,
    Heading,
    MarkdownProblem,
    find_problems,
    plain_line,
    render,
    render_inline,
    split_at_checks,
    split_parts,
)
from tests.every_case import every_case

SOURCES = {
    "wapres-2020": "Wakil Presiden, *Sambutan*, 2020.",
    "bkn": "<https://bkn.id>",
}

LESSON = """Pak Markus menunggu.

## Apa yang berubah? {#apa-berubah}

Cara kerja ikut berubah.[^wapres-2020]

/// kasus | Tiga jam perahu
Pak Markus tinggal di pulau.

Bagian mana yang masih memakai cara lama?
{: .renung }

//// details | Lihat satu cara
Syaratnya belum digital.
////
///

/// cek | k1-cek-1
///

### Lebih dekat

Selesai.

## Coba *hari* ini {#coba}
Pilih satu formulir.
"""


def html_of(source, **more):
    return render(source, citations=SOURCES, **more).html


def problem_of(source, **more):
    with pytest.raises(MarkdownProblem) as caught:
        render(source, citations=SOURCES, **more)
    return caught.value


def test_a_lesson_is_split_at_its_sections():
    parts = split_parts(LESSON)
    assert [(p.key, p.title, p.line) for p in parts] == [
        ("pembuka", "", 1),
        ("apa-berubah", "Apa yang berubah?", 4),
        ("coba", "Coba hari ini", 26),
    ]
    assert parts[0].source == "Pak Markus menunggu.\n\n"
    assert parts[2].source == "Pilih satu formulir.\n"
    lines = LESSON.split("\n")
    for part in parts:
        first = part.source.split("\n")[0]
        assert lines[part.line - 1] == first


def test_a_lesson_may_start_with_a_section():
    assert [part.key for part in split_parts("## Satu {#satu}\n\nTeks")] == ["satu"]


@every_case(("source", "keys"), [("", []), ("Teks.", ["pembuka"])])
def test_a_lesson_without_sections_is_at_most_an_opener(source, keys):
    assert [part.key for part in split_parts(source)] == keys


def test_sections_inside_code_do_not_split():
    parts = split_parts("## Satu {#satu}\n\n```\n## Dua {#dua}\n```\n")
    assert [part.key for part in parts] == ["satu"]


@every_case(
    ("source", "line", "message"),
    [
        ("## Tanpa kunci\n", 1, "belum memiliki kunci"),
        ("a\n\n## A {#a}\n\n## B {#a}\n", 5, "sudah dipakai di atas"),
        ("## A {#Aku}\n", 1, "tidak dapat dipakai"),
        ("## A {#pembuka}\n", 1, "pembuka pelajaran"),
        ("### A\n", 1, "melompat"),
        ("/// catatan\n\n## A {#a}\n\n///\n", 3, "di dalam blok catatan"),
    ],
)
def test_a_lesson_that_cannot_be_split_is_refused(source, line, message):
    with pytest.raises(MarkdownProblem, match=message) as caught:
        split_parts(source)
    assert caught.value.line == line


def test_a_part_becomes_the_markup_of_the_design():
    part = split_parts(LESSON)[1]
    rendered = render(part.source, citations=SOURCES)
    assert rendered.body == (
        "<p>Cara kerja ikut berubah."
        '<sup><a aria-label="Rujukan 1" href="#rujukan-1" id="kutipan-1"'
        ' role="doc-noteref">1</a></sup></p>\n'
        '<section class="m-case">\n<p class="m-case-cap">Kasus</p>\n'
        '<h3 class="m-title">Tiga jam perahu</h3>\n'
        "<p>Pak Markus tinggal di pulau.</p>\n"
        '<p class="m-ponder">Bagian mana yang masih memakai cara lama?</p>\n'
        "<details>\n<summary>Lihat satu cara</summary>\n"
        "<p>Syaratnya belum digital.</p>\n</details>\n</section>\n"
        '<div class="m-check-slot" data-question="k1-cek-1"></div>\n'
        "<h3>Lebih dekat</h3>\n<p>Selesai.</p>"
    )
    assert rendered.references == (
        '<section class="m-references" role="doc-endnotes" aria-label="Rujukan">'
        '<ol><li id="rujukan-1">Wakil Presiden, <em>Sambutan</em>, 2020. '
        '<a href="#kutipan-1" role="doc-backlink"'
        ' aria-label="Kembali ke rujukan 1 dalam teks">↑</a></li></ol></section>'
    )
    assert rendered.html == rendered.body + rendered.references
    assert rendered.check_keys == ("k1-cek-1",)
    assert rendered.headings == (Heading(3, "", "Lebih dekat"),)


def test_the_text_for_search_holds_the_words_and_no_numbers_of_citations():
    rendered = render(split_parts(LESSON)[1].source, citations=SOURCES)
    assert rendered.text.split("\n")[0] == "Cara kerja ikut berubah."
    assert "Tiga jam perahu" in rendered.text
    assert "Sambutan" not in rendered.text
    assert rendered.words == 29


def test_columns_notes_and_recaps_have_their_boxes():
    source = (
        "/// banding\n//// kolom | Lama\n- a\n////\n"
        "//// kolom-ya | Baru\n- b\n////\n///\n"
        "/// catatan\nc\n///\n/// rangkum\nd\n///\n/// hari-ini | Besok saja\ne\n///\n"
    )
    assert html_of(source).replace("\n", "") == (
        '<div class="m-compare"><div><h3 class="m-title">Lama</h3><ul><li>a</li></ul>'
        '</div><div class="m-compare-yes"><h3 class="m-title">Baru</h3>'
        "<ul><li>b</li></ul></div></div>"
        '<div class="m-note"><h3 class="m-title">Catatan</h3><p>c</p></div>'
        '<section class="m-recap"><h3 class="m-title">Ringkasan</h3><p>d</p></section>'
        '<section class="m-today"><h3 class="m-title">Besok saja</h3><p>e</p></section>'
    )


def test_questions_are_one_list_whose_items_hold_one_box():
    html = html_of(
        "/// tanya\n1. **Siapa** memakainya?\n2. Langkah mana?\n///\n\nLalu."
    )
    assert html.replace("\n", "") == (
        '<ol class="m-questions"><li><div><strong>Siapa</strong> memakainya?</div></li>'
        "<li><div>Langkah mana?</div></li></ol><p>Lalu.</p>"
    )


def test_titles_of_boxes_rise_with_the_place_of_the_text():
    source = "/// catatan | A\nb\n///\n"
    assert '<h2 class="m-title">A</h2>' in html_of(source, heading_above=1)
    assert '<h3 class="m-title">A</h3>' in html_of(source)


def test_a_picture_alone_is_a_figure_with_its_caption():
    html = html_of(
        '![Alur lama](images/alur.svg "Sebelum")', image_url=lambda path: f"/m/{path}"
    )
    assert html.replace("\n", "") == (
        '<figure class="m-figure"><img alt="Alur lama" loading="lazy"'
        ' src="/m/images/alur.svg"><figcaption>Sebelum</figcaption></figure>'
    )


def test_a_picture_within_a_line_stays_there():
    assert html_of("Lihat ![ikon](images/i.svg) ini.") == (
        '<p>Lihat <img alt="ikon" loading="lazy" src="images/i.svg"> ini.</p>'
    )


def test_a_picture_that_does_not_exist_is_named_with_its_line():
    def no_pictures(path):
        raise KeyError(path)

    problem = problem_of(
        "a\n\n![b](images/x.svg)", image_url=no_pictures, first_line=10
    )
    assert (problem.line, problem.message) == (
        12,
        "Gambar images/x.svg tidak ditemukan.",
    )


def test_tables_scroll_by_themselves_and_align_without_style():
    html = html_of("| Nama | Nilai |\n|------|------:|\n| a | 1,5 |\n")
    assert html.startswith(
        '<div aria-label="Tabel" class="m-scroll" role="group" tabindex="0">\n<table>'
    )
    assert '<th align="right" scope="col">Nilai</th>' in html
    assert '<td align="right">1,5</td>' in html
    assert "style" not in html


def test_only_links_that_leave_the_site_carry_rel():
    html = html_of(
        "[a](https://a.id) [b](/kursus/) [c](#bagian) [d](//e.id) <http://[f>"
    )
    assert re.findall("<a [^>]*>", html) == [
        '<a href="https://a.id" rel="noopener noreferrer">',
        '<a href="/kursus/">',
        '<a href="#bagian">',
        '<a href="//e.id" rel="noopener noreferrer">',
        '<a rel="noopener noreferrer">',
    ]


def test_a_source_cited_again_keeps_its_number_and_has_two_ways_back():
    rendered = render("A.[^bkn] B.[^wapres-2020] C.[^bkn]", citations=SOURCES)
    assert re.findall(r'<li id="rujukan-(\d)">.*?(bkn|Wakil)', rendered.references) == [
        ("1", "bkn"),
        ("2", "Wakil"),
    ]
    assert re.findall(r'href="#(rujukan-\d)" id="([\w-]+)"', rendered.body) == [
        ("rujukan-1", "kutipan-1"),
        ("rujukan-2", "kutipan-2"),
        ("rujukan-1", "kutipan-1-2"),
    ]
    assert re.findall('<a href="#[^"]*"[^>]*>', rendered.references) == [
        '<a href="#kutipan-1" role="doc-backlink"'
        ' aria-label="Kembali ke rujukan 1 dalam teks">',
        '<a href="#kutipan-1-2" role="doc-backlink"'
        ' aria-label="Kembali ke rujukan 1 dalam teks, kemunculan ke-2">',
        '<a href="#kutipan-2" role="doc-backlink"'
        ' aria-label="Kembali ke rujukan 2 dalam teks">',
    ]


def test_numbers_of_citations_follow_the_order_of_the_text_also_in_nested_blocks():
    source = "> - A[^bkn]\n\nB[^wapres-2020]\n\n| c |\n|---|\n| d[^bkn] |\n"
    numbers = re.findall(r'role="doc-noteref">(\d)<', html_of(source))
    assert numbers == ["1", "2", "1"]


def test_parts_of_a_page_can_go_on_counting():
    rendered = render("A.[^bkn]", citations=SOURCES, first_number=4)
    assert 'id="kutipan-4"' in rendered.body
    assert '<ol start="4"><li id="rujukan-4">' in rendered.references


def test_a_text_without_citations_has_no_references():
    assert render("A.", citations=SOURCES).references == ""


def test_one_rendering_leaves_nothing_behind_for_the_next():
    render("A.[^bkn]\n\n[b]: https://b.id", citations=SOURCES)
    rendered = render("A [x][b]", citations=SOURCES)
    assert rendered.html == "<p>A [x][b]</p>"


def test_threads_do_not_disturb_each_other():
    source = "\n\n".join(f"Kalimat {n}.[^bkn] *a*" for n in range(100))
    expected = html_of(source)
    results = []
    threads = [
        threading.Thread(target=lambda: results.append(html_of(source)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 4


def test_a_lesson_falls_apart_around_its_questions():
    body = render(split_parts(LESSON)[1].source, citations=SOURCES).body
    before, check, after = split_at_checks(body)
    assert check == CheckSlot("k1-cek-1")
    assert after == "\n<h3>Lebih dekat</h3>\n<p>Selesai.</p>"
    assert f"{before}{after}" == re.sub("<div.*</div>", "", body)


@every_case(
    ("source", "html"),
    [
        ("Menutup *loket*", "Menutup <em>loket</em>"),
        ("1. Menutup loket", "1. Menutup loket"),
        ("# A\n- b", "# A\n- b"),
        ("A\n\nB", "A<br>B"),
        ("5 < 6 & `<b>`", "5 &lt; 6 &amp; <code>&lt;b&gt;</code>"),
        ("[a](https://a.id)", '<a href="https://a.id">a</a>'),
        ("    empat spasi", "empat spasi"),
        ("", ""),
    ],
)
def test_a_line_has_inline_marks_only(source, html):
    assert render_inline(source) == html


def test_a_line_takes_no_picture():
    with pytest.raises(MarkdownProblem, match="Gambar tidak dapat"):
        render_inline("![a](images/a.svg)")


def test_a_line_that_is_too_long_is_refused():
    with pytest.raises(MarkdownProblem, match="terlalu panjang"):
        render_inline("a" * 60_001)


def test_the_words_of_a_line_are_without_marks():
    assert plain_line("Apa *itu* `x` & [y](https://y.id)?") == "Apa itu x & y?"


@every_case(
    ("source", "line", "message"),
    [
        ("a\n\nB.[^tidak-ada]", 3, "Rujukan [^tidak-ada] tidak ada di daftar sumber."),
        ("[^bkn]: Sumber saya", 1, "Isi rujukan tidak ditulis di sini."),
        ("a\n\n/// kasuss | B\nc\n///\n", 3, "Blok kasuss tidak dikenal."),
        ("a\n\n/// kasus | B\nc\n", 3, "Blok kasus belum ditutup."),
        ("/// kasus\nc\n///\n", 1, "Blok kasus belum berjudul."),
        ("/// tanya | B\n1. c\n///\n", 1, "Blok tanya tidak memakai judul."),
        ("a\n\n///\n", 3, "Penutup /// tidak memiliki pembuka."),
        ("/// cek | Kunci Salah\n///\n", 1, "Blok cek belum menyebut soalnya."),
        ("/// cek | a\nteks\n///\n", 2, "Blok cek berisi teks."),
        ("/// catatan\n//// cek | a\n////\n///\n", 2, "Blok cek berada di dalam blok"),
        ("- a\n\n    /// cek | a\n    ///\n", 3, "Blok cek berada di dalam blok"),
        ("/// kolom | A\nb\n///\n", 1, "Blok kolom berada di luar blok banding."),
        ("/// catatan\n/// rangkum\na\n///\n///\n", 2, "Blok rangkum memakai garis"),
        ("/// catatan\n    attrs: {id: a}\n///\n", 2, "Baris setelah pembuka blok"),
        ("a\n\n![](images/a.svg)", 3, "Gambar ini belum memiliki teks pengganti."),
        ("![a](https://b.id/c.png)", 1, "Gambar https://b.id/c.png tidak dapat"),
        ("c\n\n![a [b [c] d] e](https://f.id/g.png)", 3, "Gambar https://f.id/g.png"),
        ("![a](images/../../b.svg)", 1, "Gambar images/../../b.svg tidak dapat"),
        ("![a](//b.id/c.svg)", 1, "Gambar //b.id/c.svg tidak dapat"),
        ("# Judul\n", 1, "Judul # sudah dipakai"),
        ("### A\n\n##### B\n", 3, "Judul ##### terlalu kecil."),
        ("## A {#a}\n\n#### B\n", 3, "Judul melompat ke ####."),
        ("#### A\n", 1, "Judul melompat ke ####."),
        ("###A\n", 1, "Tanda ### tidak diikuti spasi."),
        ("- ### A\n", 1, "Judul ini tidak berada di awal baris."),
        ("### A {#a} b\n", 1, "Kunci {#a} tidak dapat dipakai."),
        ("a <b>c</b>", 1, "Tag HTML <b tidak dipakai."),
        ("a\n<!-- catatan -->", 2, "Tag HTML <!-- tidak dipakai."),
        ("a\n\n<script>alert(1)</script>", 3, "Tag HTML <script tidak dipakai."),
        ("[a](javascript:alert(1))", 1, "Alamat javascript:alert tidak"),
        ("a\n{: .m-band }", 2, "Tanda {: .m-band } tidak dikenal."),
        ("a\n\n```\nb", 3, "Blok kode belum ditutup."),
        ("``` {.py #a}\nb\n```", 1, "Pembuka blok kode tidak dikenal."),
        ("> " * 9 + "a", 1, "Baris ini menjorok terlalu dalam."),
        ("[a](http://[b)", 1, "Alamat http://[b tidak dapat dipakai."),
        ("/// catatan\n//// rangkum\na\n///\n", 2, "Blok rangkum belum ditutup."),
        ("a\n\n" * 3000, 1, "Teks berisi terlalu banyak paragraf (3000)."),
        ("a" * 60_001, 1, "Teks terlalu panjang (60001 karakter)."),
        ("a\n\n" + "[" * 9, 3, "Paragraf ini terlalu panjang"),
    ],
)
def test_problems_name_the_line_and_a_remedy(source, line, message):
    problem = problem_of(source)
    assert problem.line == line
    assert problem.message.startswith(message)
    assert problem.remedy.endswith(".")
    assert str(problem) == f"Baris {line}: {problem.message} {problem.remedy}"


def test_an_unknown_block_close_to_a_known_one_is_suggested():
    assert problem_of("/// kasuss | B\nc\n///\n").remedy == "Mungkin maksudnya kasus."


def test_an_opener_may_not_start_with_a_small_heading():
    assert problem_of("### A\n", heading_above=1).remedy.endswith("pakai ##.")


def test_lines_of_problems_can_be_those_of_the_file():
    assert problem_of("a\n\n[^x]", first_line=20).line == 22


def test_an_editor_gets_every_problem_at_once():
    problems = find_problems("<b>\n\n![](images/a.svg)\n\n[^x]\n\n/// abc\n")
    assert [problem.line for problem in problems] == [1, 3, 5, 7, 7]


@every_case(
    "source",
    [
        "`<b>` dan `/// kasus` dan ``[^x]``",
        "```html\n<b>[^x]</b>\n## a\n/// abc\n![](x)\n```",
        "~~~\n<script>\n~~~",
        r"\<b> dan \[^x] dan \# a",
        "a < b dan c > d, 3<5",
        "<https://a.id/b> dan <nama@instansi.go.id>",
        "A/B dan //// di tengah baris",
    ],
)
def test_what_is_code_escaped_or_plain_is_no_problem(source):
    assert find_problems(source) == ()


def test_windows_line_ends_do_not_shift_the_lines():
    assert problem_of("a\r\n\r\n[^x]").line == 3


def test_an_underlined_line_is_no_heading_and_an_indented_one_no_code():
    assert html_of("Judul\n=====") == "<p>Judul\n=====</p>"
    assert html_of("    lurus") == "<p>lurus</p>"


@every_case(
    "text, html",
    [
        ("5*3*2", "5*3*2"),
        ("2**3**4", "2**3**4"),
        ("5*3*2 dan *ini*", "5*3*2 dan <em>ini</em>"),
        ("**5**", "<strong>5</strong>"),
        ("*3 kali*", "<em>3 kali</em>"),
        ("mem**per**baiki", "mem<strong>per</strong>baiki"),
    ],
)
def test_stars_between_digits_multiply(text, html):
    assert render_inline(text) == html
    assert f"<p>{html}</p>" in render(text, citations={}).html


ITEMS = "<ul>\n<li>satu</li>\n<li>dua</li>\n</ul>"
NUMBERED = ITEMS.replace("ul>", "ol>")
NESTED = "<ul>\n<li>satu<ul>\n<li>dua</li>\n</ul>\n</li>\n<li>tiga</li>\n</ul>"


@every_case(
    "text, html",
    [
        ("Syarat:\n- satu\n- dua", f"<p>Syarat:</p>\n{ITEMS}"),
        ("Syarat:\n* satu\n* dua", f"<p>Syarat:</p>\n{ITEMS}"),
        ("Langkah:\n1. satu\n2. dua", f"<p>Langkah:</p>\n{NUMBERED}"),
        ("Langkah:\n1) satu\n2) dua", f"<p>Langkah:</p>\n{NUMBERED}"),
        ("• satu\n• dua", ITEMS),
        ("Syarat:\n• satu\n• dua", f"<p>Syarat:</p>\n{ITEMS}"),
        ("- satu\n  - dua\n- tiga", NESTED),
        ("- satu\n   - dua\n- tiga", NESTED),
        ("- satu\n    - dua\n- tiga", NESTED),
        ("- satu\n\t- dua\n- tiga", NESTED),
        (
            "1. satu\n   - dua\n2. tiga",
            NESTED.replace("<ul>", "<ol>", 1)[:-5] + "</ol>",
        ),
        ("1. satu\n- dua", "<ol>\n<li>satu</li>\n</ol>\n<ul>\n<li>dua</li>\n</ul>"),
        (
            "- satu\n\n  lanjut\n- dua",
            "<ul>\n<li>\n<p>satu</p>\n<p>lanjut</p>\n</li>\n<li>\n<p>dua</p>\n</li>\n</ul>",
        ),
        ("- satu\n\nlepas", "<ul>\n<li>satu</li>\n</ul>\n<p>lepas</p>"),
        ("> Syarat:\n> - satu\n> - dua", None),
        # Only a first number interrupts a paragraph.
        ("Undang-undang tahun\n2026. Lalu", "<p>Undang-undang tahun\n2026. Lalu</p>"),
        ("a\\\n\\- b", None),
        ("```\nSyarat:\n- satu\n```", "<pre><code>Syarat:\n- satu\n</code></pre>"),
    ],
)
def test_lists_of_other_editors_are_lists(text, html):
    found = render(text, citations={}).html

    if html is not None:
        assert found == html
    elif text.startswith(">"):
        assert ITEMS in found
    else:
        assert "<li>" not in found


@every_case(
    "text, shown",
    [
        ("Lihat https://bkn.go.id/a_b_c.", "https://bkn.go.id/a_b_c"),
        ("(https://bkn.go.id/x)", "https://bkn.go.id/x"),
        ("**https://bkn.go.id**", "https://bkn.go.id"),
        (r"https://bkn.go.id/a\_b?c=1&d=2", "https://bkn.go.id/a_b?c=1&amp;d=2"),
        ("`https://bkn.go.id`", None),
        ("xhttps://bkn.go.id", None),
        ("javascript:alert(1)", None),
    ],
)
def test_a_bare_address_is_a_link_to_itself(text, shown):
    html = render(text, citations={}).html

    if shown is None:
        assert "<a " not in html
    else:
        assert f'<a href="{shown}" rel="noopener noreferrer">{shown}</a>' in html
    assert "<a " not in render_inline(text)


def test_an_address_in_a_link_is_no_second_link():
    html = render("[https://a.id](https://b.id) <https://c.id>", citations={}).html

    assert html.count("<a ") == 2
    assert 'href="https://a.id"' not in html


TABLE = "| a | b |\n| --- | --- |\n"


@every_case(
    "text, line",
    [
        (f"{TABLE}| 1 | 2 | tiga |", 3),
        (f"{TABLE}| 1 | 2 |\n1 | 2 | tiga", 4),
        (f"Tabel:\n{TABLE}| 1 | 2 | tiga |", 4),
        ("> | a |\n> | --- |\n> | 1 | 2 |", 3),
        ("- satu\n    ```\n    kode\n    ```", 2),
        ("1. satu\n   ~~~\n   kode\n   ~~~", 2),
        ("- ```\n  kode\n  ```", 1),
        ("> ```\n> kode\n> ```", 1),
    ],
)
def test_what_other_editors_take_and_is_not_shown_is_named_with_its_line(text, line):
    assert [problem.line for problem in find_problems(text)] == [line]


@every_case(
    "text, cells",
    [
        (f"{TABLE}| 1 | 2 |", ["1", "2"]),
        (f"Tabel:\n{TABLE}| 1 | 2 |", ["1", "2"]),
        (f"{TABLE}| `x|y` | 2 |", ["<code>x|y</code>", "2"]),
        (f"{TABLE}| x \\| y | 2 |", ["x | y", "2"]),
        (f"{TABLE}| 1 |", ["1", ""]),
        (
            f"{TABLE}| ![x | y](images/a.png) | 2 |",
            ['<img alt="x | y" loading="lazy" src="images/a.png">', "2"],
        ),
    ],
)
def test_every_cell_of_a_table_is_shown(text, cells):
    assert not find_problems(text)
    html = render(text, citations={}).html
    assert re.findall(r"<td>(.*?)</td>", html) == cells
