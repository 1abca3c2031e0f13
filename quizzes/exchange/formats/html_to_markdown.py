"""HTML of other systems as our Markdown: sanitised, converted, and what was lost."""

import re
from collections.abc import Mapping
from html import unescape

import nh3

from quizzes.exchange.formats.exchange import MAX_LINE, MAX_TEXT
from quizzes.exchange.formats.html_tables import MARKS
from quizzes.exchange.formats.html_tags import BLOCK_TAGS, HEADINGS

_LINE_TAGS = frozenset({*("a", "b", "br", "code", "del", "em", "i", "mark"), "strong"})
_LINE_TAGS |= {"s", "strike", "sub", "sup", "kbd", "samp", "tt", "ins"}
# Their words stay and nothing that matters goes.
_PLAIN = frozenset({*("span", "font", "small", "section", "article", "u", "html")})
_PLAIN |= {"body", "head", "tfoot", "caption", "colgroup", "col", "center", "abbr"}
_PLAIN |= {"cite", "label", "figure", "figcaption", "o:p", "header", "main", "big"}
_TAGS = _LINE_TAGS | BLOCK_TAGS | HEADINGS | {"img"}
_DEEPEST = 60
_VOID = frozenset({"br", "hr", "img"})
_TAG = re.compile(r"<(?P<name>[A-Za-z][A-Za-z0-9:-]{0,40})(?P<attributes>[^<>]*)")
_ATTRIBUTE = re.compile(
    r"(?P<name>[A-Za-z-]{1,40})\s{0,9}=\s{0,9}"
    r"(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"'>]+)"
)
_BOUNDS = re.compile(r"</?(?:p|li|tr|div|pre|blockquote|h[1-6])\b[^>]*>")
_BETWEEN_CELLS = re.compile(r"</t[dh]>")
_FORMULA = re.compile(r"\\\(.+?\\\)|\$\$.+?\$\$", re.DOTALL)
_REMEDY = "Periksa tampilannya setelah diimpor."
# Lists may say in a style, too, that letters stand before their items.
_COUNTED = re.compile(
    r"<ol\b(?P<more>[^<>]{0,300}?list-style(?:-type)?\s{0,9}:\s{0,9}"
    r"(?P<case>lower|upper)-(?P<sign>alpha|latin|roman))",
    re.IGNORECASE,
)


def html_to_markdown(
    html: str, losses: list[str], *, images: Mapping[str, str] | None = None
) -> str:
    """Return a text of paragraphs as Markdown and add to `losses` what went.

    `images` gives by file name the path of a picture that came with the question.
    Scripts, styles and unknown elements are taken out before anything is converted.
    """
    from quizzes.exchange.formats.html_converter import Converter

    converter = Converter(images or {}, losses)
    return _tidy(converter.convert(_sanitised(MARKS.sub("", html), losses)))


def html_to_line(html: str, losses: list[str]) -> str:
    """Return a line of text as Markdown; blocks in it become lines."""
    from quizzes.exchange.formats.html_converter import Converter

    survey = _sanitised(html, losses, MAX_LINE)
    if re.search(r"<(?:li|table|pre|blockquote|h[1-6])\b", survey):
        losses.append(f"Daftar atau tabel di dalam pilihan menjadi baris. {_REMEDY}")
    if "<img" in survey:
        losses.append(
            "Gambar di dalam pilihan tidak ikut. Taruh gambarnya di soal, atau "
            "ceritakan isinya."
        )
    cleaned = nh3.clean(
        _BETWEEN_CELLS.sub(" ", _BOUNDS.sub("<br>", survey)),
        tags=set(_LINE_TAGS),
        attributes={"a": {"href"}},
        link_rel=None,
    )
    text = Converter({}, losses, is_line=True).convert(cleaned)
    lines = [line.strip() for line in text.split("\n")]
    return "\n\n".join(filter(None, lines))


def _sanitised(html: str, losses: list[str], limit: int = MAX_TEXT) -> str:
    if len(html) > limit:
        losses.append("Teks terlalu panjang dan dipotong. Bagi menjadi beberapa soal.")
        html = html[:limit]
    losses += _removed(html)
    if _FORMULA.search(html):
        losses.append(f"Rumus matematika menjadi teks biasa. {_REMEDY}")
    cleaned = nh3.clean(
        _COUNTED.sub(_with_type, html),
        tags=set(_TAGS),
        attributes={
            "a": {"href"},
            "img": {"src", "alt"},
            "ol": {"start", "type"},
            "td": {"colspan", "rowspan"},
            "th": {"colspan", "rowspan"},
        },
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    if _depth(cleaned) > _DEEPEST:
        losses.append(f"Susunan teks yang terlalu dalam diratakan. {_REMEDY}")
        return nh3.clean(cleaned, tags={"br"})
    return cleaned


def _with_type(tag: re.Match[str]) -> str:
    """Say in an attribute, which outlives sanitising, what the style of a list says."""
    sign = "i" if tag["sign"].lower() == "roman" else "a"
    sign = sign.upper() if tag["case"].lower() == "upper" else sign
    return f'<ol type="{sign}"{tag["more"]}'


def _removed(html: str) -> dict[str, None]:
    """Say what of the HTML will be missing; a look at tags, in linear time."""
    found: dict[str, None] = {}
    for tag in _TAG.finditer(html):
        name = tag["name"].lower()
        if name in HEADINGS:
            found["Judul di dalam soal menjadi teks tebal."] = None
        elif name not in _TAGS | _PLAIN:
            found[f"Elemen HTML <{name[:20]}> dibuang. {_REMEDY}"] = None
        if name == "u":
            found[f"Garis bawah tidak ikut. {_REMEDY}"] = None
        for attribute in _ATTRIBUTE.finditer(tag["attributes"]):
            loss = _lost_with(attribute["name"].lower(), unescape(attribute["value"]))
            if loss:
                found[loss] = None
    return found


def _lost_with(name: str, value: str) -> str:
    if name.startswith("on"):
        return f"Atribut HTML {name[:20]} dibuang. {_REMEDY}"
    if name in {"style", "color", "bgcolor", "face"}:
        return "Warna, ukuran, dan gaya teks tidak ikut."
    if name in {"href", "src"} and _is_script(value.strip("\"'")):
        return f"Tautan yang menjalankan skrip dibuang. {_REMEDY}"
    return ""


def _depth(html: str) -> int:
    """Return how deep the elements of clean HTML stand in each other."""
    depth = deepest = 0
    for tag in re.finditer(r"<(/?)([a-z0-9]+)", html):
        if tag[2] not in _VOID:
            depth += -1 if tag[1] else 1
            deepest = max(deepest, depth)
    return deepest


def _is_script(address: str) -> bool:
    plain = re.sub(r"[\x00-\x20]", "", address).lower()
    return plain.startswith(("javascript:", "vbscript:", "data:text"))


def _tidy(text: str) -> str:
    text = text.replace("\N{NO-BREAK SPACE}", " ")
    lines = [
        line if line.endswith("  ") else line.rstrip() for line in text.split("\n")
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
