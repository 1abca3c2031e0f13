"""Whatever a person types, the result is a problem with its line or safe HTML."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lib.markdown import (
    MarkdownProblem,
    find_problems,
    render,
    render_inline,
    split_at_checks,
    split_parts,
)
from lib.markdown.checking import (
    MAX_LENGTH,
    MAX_LINKS,
    MAX_MARKS,
    MAX_PARAGRAPH,
    MAX_PARAGRAPHS,
)
from lib.markdown.masking import normalise
from lib.markdown.sanitising import clean_line, clean_page
from tests.every_case import every_case
from tests.examples import some
from tests.patience import processor_time

SOURCES = {"bkn": "BKN *2020* <https://bkn.id> <script>x</script> [x](javascript:y)"}
VOID = {"br", "hr", "img"}
TAGS = {
    *("a", "blockquote", "br", "code", "del", "details", "div", "em", "figcaption"),
    *("figure", "h2", "h3", "h4", "hr", "img", "li", "mark", "ol", "p", "pre"),
    *("section", "strong", "summary", "sup", "table", "tbody", "td", "th", "thead"),
    *("tr", "ul"),
}
ATTRIBUTES = {
    *("align", "alt", "aria-label", "class", "data-question", "href", "id", "loading"),
    *("rel", "role", "scope", "src", "start", "tabindex"),
}


class Judge(HTMLParser):
    """Refuse markup that is not balanced, or that holds anything unexpected."""

    def __init__(self, html):
        super().__init__()
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            assert name in ATTRIBUTES
            if name == "class":
                assert value.startswith("m-")
            if name in {"href", "src"}:
                scheme = value.partition(":")[0] if ":" in value else ""
                assert not scheme.isalpha() or scheme.lower() in {
                    *("http", "https", "mailto", "tel")
                }
                assert name == "href" or not value.startswith(("/", "http"))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_comment(self, data):
        raise AssertionError(data)


def judge(source):
    """Render a source; return its HTML, or nothing where it was refused."""
    problems = find_problems(source, citations=SOURCES)
    if problems:
        lines = source.count("\n") + source.count("\r") + 1
        assert all(1 <= problem.line <= lines for problem in problems)
        with pytest.raises(MarkdownProblem, match=re.escape(problems[0].message)):
            render(source, citations=SOURCES)
        return None
    try:
        rendered = render(source, citations=SOURCES)
    except MarkdownProblem:
        return None
    Judge(rendered.html)
    for piece in split_at_checks(rendered.body):
        if isinstance(piece, str):
            Judge(piece)
    return rendered.html


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="https://a.id" onclick="x()">a</a>',
    "<iframe src=https://a.id></iframe>",
    "<style>*{display:none}</style>",
    "<svg/onload=alert(1)>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<p style='position:fixed'>a",
    "<div><div><div",
    "<!--[if IE]><script>x</script><![endif]-->",
    "<?php x ?>",
    "</section></main>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](java&Tab;script:alert(1))",
    "[a](<javascript:alert(1)>)",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x)",
    "[a][b]\n\n[b]: javascript:alert(1)",
    '[a](https://a.id "x\\" onmouseover=\\"y")',
    "<javascript:alert(1)>",
    "![a](data:image/svg+xml;base64,PHN2Zz4=)",
    '![a](x.svg"onerror="y)',
    '![a"onerror="x](images/a.svg)',
    "![a][b]\n\n[b]: https://e.id/pixel.png",
    "![b]\n\n[b]: https://e.id/pixel.png",
    "a {: onclick=x style=y }",
    "### a {#x onclick=y}",
    "### a {: #x style=y }",
    "/// catatan\n    attrs: {onclick: x, style: y, class: m-band}\na\n///",
    "/// catatan | <img src=x onerror=y>\na\n///",
    "/// kasus | [a](javascript:x)\na\n///",
    '/// cek | a" onclick="x\n///',
    "/// html | script\nalert(1)\n///",
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0\x03",
    "`\x02wzxhzdk:0\x03` <https://a.id> \x02klzzwxh:0001\x03",
    "a\x00<scr\x00ipt>alert(1)</script>",
    "＜script＞",
    "[^bkn]",
    "[^bkn](javascript:x)",
    "[[^bkn]](https://a.id)",
    "[a [^bkn] b](https://a.id)",
    "| a |\n|:-|\n| <script> |",
    "```html\n<script>alert(1)</script>\n```",
    '```"onclick=x\na\n```',
    "``` {onclick=x}\na\n```",
    "<a@b.id?body=<script>>",
    '<https://a.id/"onclick=x>',
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62;",
]


@every_case("source", HOSTILE)
def test_hostile_sources_are_refused_or_harmless(source):
    judge(source)
    judge(f"> {source}\n\n- {source}\n\n| {source} |\n|---|\n| {source} |\n")


@every_case("source", HOSTILE)
def test_hostile_lines_are_refused_or_harmless(source):
    try:
        html = render_inline(source)
    except MarkdownProblem:
        return
    Judge(html)
    assert "<p>" not in html


@every_case("source", HOSTILE)
def test_the_sanitiser_alone_takes_hostile_html_out(source):
    # As if the parser let everything through.
    for clean in (clean_page, clean_line):
        html = clean(source)
        Judge(html)
        assert clean(html) == html


def test_what_hides_in_entities_is_no_link():
    assert judge("[a](&#106;avascript:alert(1))") == "<p><a>a</a></p>"
    assert judge("[a](java&Tab;script:alert(1))") == "<p><a>a</a></p>"


def test_the_text_of_a_source_is_sanitised_too():
    html = render("A.[^bkn]", citations=SOURCES).references
    assert "<script" not in html
    assert "javascript:" not in html
    assert "<em>2020</em>" in html


# Marks that are never wrong by themselves, so that most mixtures are rendered …
fair = st.sampled_from(
    [
        *("a", " ", "\n", "\n\n", "    ", "*", "**", "_", "`", "\n```\na\n```\n"),
        *("[", "](", ")", "!", "<", ">", "&", "&lt;", "\\", "|", "\n|b|\n|:-|\n|c|\n"),
        *("\n- ", "\n1. ", "\n> ", "\n### d\n", "\n---\n", "\n===\n", " {#k}\n"),
        *("\n/// catatan\n", "\n//// details | e\n", "\n////\n", "\n///\n"),
        *("\n\n/// cek | k-1\n///\n", "\n/// banding\n//// kolom | f\ng\n////\n///\n"),
        *("\n/// tanya\n1. h\n2. i\n///\n", "\n/// catatan\n\n- j\n\n    k\n\n///\n"),
        *("[^bkn]", "![l](images/m.svg)", "[n](https://o.id)", "\n{: .renung }\n"),
        *("\n[p]: https://q.id\n", "[p]", "<https://r.id>", "==", "~~", "\x02", "é"),
    ]
)
# … and those that are.
foul = st.sampled_from(
    [
        *("a", " ", "\n", "\n\n", "    ", "\t", "*", "**", "_", "`", "```\n", "~~~\n"),
        *(
            "[",
            "](",
            ")",
            "!",
            "<",
            ">",
            "<b>",
            "</p>",
            "&",
            "&lt;",
            "\\",
            "|",
            "|-|\n",
        ),
        *("- ", "1. ", "> ", "# ", "## a {#b}\n", "### c\n", "---\n", "===\n", "{#k}"),
        *(
            "\n/// catatan\n",
            "\n//// details | d\n",
            "\n////\n",
            "\n///\n",
            "/// tanya\n",
        ),
        *("\n/// cek | k-1\n///\n", "/// banding\n", "//// kolom | e\n", "==", "~~"),
        *(
            "[^bkn]",
            "[^x]",
            "![f](images/g.svg)",
            "[h](https://i.id)",
            "{: .renung }\n",
        ),
        *("[j]: https://k.id\n", "[j]", "<https://l.id>", "\x02", "\r\n", "é", "💡"),
        *("javascript:", "onerror=", "<script", "style=", "\u2028", "\x0b", "\x1c"),
    ]
)


@settings(max_examples=some(400), deadline=None)
@given(
    st.one_of(
        st.lists(fair, max_size=30),
        st.lists(st.one_of(fair, foul), max_size=40),
    ).map("".join)
)
@example("- a\n/// cek | k-1\n///\n")
@example("> a\n/// catatan\nb\n///\n")
@example("/// tanya\n1. a\n\n    b\n\n2. c\n///\n")
@example("```\na\n```\n/// cek | k-1\n///\n")
def test_any_mixture_of_marks_gives_balanced_and_safe_markup(source):
    judge(source)


@settings(max_examples=some(300), deadline=None)
@given(st.lists(st.one_of(fair, foul), max_size=30).map("".join))
def test_any_mixture_of_marks_can_be_split_or_is_refused(source):
    try:
        parts = split_parts(source)
    except MarkdownProblem:
        return
    lines = normalise(source).split("\n")
    for part in parts:
        own = part.source.removesuffix("\n").split("\n")
        assert lines[part.line - 1 :][: len(own)] == own
        judge(part.source)


@settings(max_examples=some(200), deadline=None)
@given(st.lists(st.one_of(fair, foul), max_size=20).map("".join))
def test_any_line_gives_balanced_and_safe_markup(source):
    try:
        html = render_inline(source)
    except MarkdownProblem:
        return
    Judge(html)


def paragraph(unit, marks):
    """A paragraph as costly as the limits allow."""
    return (unit * marks)[:MAX_PARAGRAPH].ljust(MAX_PARAGRAPH - 1, "a")


def filled(text):
    return "\n\n".join([text] * (MAX_LENGTH // (len(text) + 2)))


@pytest.mark.parametrize(
    "source",
    [
        "[" * 1_000_000,
        "](" * 500_000,
        "[" * 50_000,
        filled(paragraph("[a](", MAX_LINKS)),
        filled(paragraph("*a", MAX_MARKS)),
        filled(paragraph("a*b**c***", MAX_MARKS // 6)),
        filled(paragraph("_a", MAX_MARKS)),
        filled(paragraph("`a``b```", MAX_MARKS // 6)),
        filled(paragraph("[^bkn]", MAX_MARKS // 2)),
        "a\n\n" * MAX_PARAGRAPHS,
        "/// catatan\n" + "- a\n\n" * (MAX_PARAGRAPHS - 5) + "\n///",
        "|a|b|\n|-|-|\n|a|b|\n\n" * (MAX_PARAGRAPHS - 5),
        "> " * 30_000,
        "".join("    " * depth + "- a\n" for depth in range(9)) * 100,
        "/// catatan\n" * 4_000,
        "".join("/" * n + " catatan\n\n" for n in range(3, 300)),
        "".join("`" * n + "\n" for n in range(3, 300)),
        "#" * 50_000,
        "&" * 50_000,
        "\\" * 50_000,
    ],
    ids=range(20),
)
def test_costly_sources_are_quick(source):
    # Seconds of a busy and slow machine; without the limits some take minutes.
    with processor_time(10):
        judge(source)
