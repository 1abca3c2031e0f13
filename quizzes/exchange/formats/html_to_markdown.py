"""HTML of other systems as our Markdown: sanitised, converted, and what was lost."""

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import Any

import nh3
from markdownify import MarkdownConverter

from quizzes.exchange.formats.exchange import MAX_LINE, MAX_TEXT, UnreadableFile
from quizzes.exchange.formats.plain_text import escape_line, escape_words

_LINE_TAGS = frozenset({*("a", "b", "br", "code", "del", "em", "i", "mark"), "strong"})
_LINE_TAGS |= {"s", "strike", "sub", "sup", "kbd", "samp", "tt", "ins"}
_BLOCK_TAGS = frozenset({*("blockquote", "hr", "li", "ol", "p", "pre", "ul", "div")})
_BLOCK_TAGS |= {"table", "tbody", "td", "th", "thead", "tr"}
_HEADINGS = frozenset({f"h{level}" for level in range(1, 7)})
# Their words stay and nothing that matters goes.
_PLAIN = frozenset({*("span", "font", "small", "section", "article", "u", "html")})
_PLAIN |= {"body", "head", "tfoot", "caption", "colgroup", "col", "center", "abbr"}
_PLAIN |= {"cite", "label", "figure", "figcaption", "o:p", "header", "main", "big"}
_TAGS = _LINE_TAGS | _BLOCK_TAGS | _HEADINGS | {"img"}
# Where these stand, a sign before them may pair with one behind.
_MARKED = re.compile(r"<(?!/?(?:p|div|li|ul|ol|table|tbody|thead|tr|td|th|hr|h\d)\b)")
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
_RAISED = dict(zip("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", strict=True))
_LOWERED = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))
_REMEDY = "Periksa tampilannya setelah diimpor."


def html_to_markdown(
    html: str, losses: list[str], *, images: Mapping[str, str] | None = None
) -> str:
    """Return a text of paragraphs as Markdown and add to `losses` what went.

    `images` gives by file name the path of a picture that came with the question.
    Scripts, styles and unknown elements are taken out before anything is converted.
    """
    converted = _Converter(images or {}, losses)
    return _tidy(converted.convert(_sanitised(html, losses)))


def html_to_line(html: str, losses: list[str]) -> str:
    """Return a line of text as Markdown; blocks in it become lines."""
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
    text = _Converter({}, losses).convert(cleaned)
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
        html,
        tags=set(_TAGS),
        attributes={"a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    if _depth(cleaned) > _DEEPEST:
        losses.append(f"Susunan teks yang terlalu dalam diratakan. {_REMEDY}")
        return nh3.clean(cleaned, tags={"br"})
    return cleaned


def _removed(html: str) -> dict[str, None]:
    """Say what of the HTML will be missing; a look at tags, in linear time."""
    found: dict[str, None] = {}
    for tag in _TAG.finditer(html):
        name = tag["name"].lower()
        if name in _HEADINGS:
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


class _Converter(MarkdownConverter):
    """markdownify, speaking our dialect; names of methods are the library's."""

    def __init__(self, images: Mapping[str, str], losses: list[str]) -> None:
        super().__init__(
            bullets="-", strong_em_symbol="*", heading_style="atx", autolinks=False
        )
        self._images = images
        self._losses = losses
        self._escape: Callable[[str], str] = escape_words

    def convert(self, html: str) -> str:
        """Return the Markdown; raises UnreadableFile for HTML that is too deep."""
        self._escape = escape_words if _MARKED.search(html) else escape_line
        try:
            return str(super().convert(html))
        except RecursionError as error:
            raise UnreadableFile(
                "Susunan HTML di dalam berkas ini terlalu dalam. Sederhanakan soalnya."
            ) from error

    def escape(self, text: str, parent_tags: Any) -> str:
        return self._escape(text)

    def convert_hN(  # noqa: N802
        self, n: int, el: Any, text: str, parent_tags: Any
    ) -> str:
        words = " ".join(text.split())
        return f"\n\n**{words}**\n\n" if words else ""

    def convert_em(self, el: Any, text: str, parent_tags: Any) -> str:
        return _around("*", text)

    convert_i = convert_em

    def convert_strong(self, el: Any, text: str, parent_tags: Any) -> str:
        return _around("**", text)

    convert_b = convert_strong

    def convert_mark(self, el: Any, text: str, parent_tags: Any) -> str:
        return _around("==", text)

    def convert_del(self, el: Any, text: str, parent_tags: Any) -> str:
        return _around("~~", text)

    convert_s = convert_del
    convert_strike = convert_del

    def convert_ins(self, el: Any, text: str, parent_tags: Any) -> str:
        return text

    def convert_div(self, el: Any, text: str, parent_tags: Any) -> str:
        return f"\n\n{text.strip()}\n\n" if text.strip() else ""

    def convert_li(self, el: Any, text: str, parent_tags: Any) -> str:
        """Indent what belongs to an item by four, as Python-Markdown asks."""
        parent = el.parent
        mark = "-"
        if parent is not None and parent.name == "ol":
            start = str(parent.attrs.get("start", "1"))
            number = int(start) if start.isdecimal() and len(start) < 6 else 1
            mark = f"{number}."
            parent.attrs["start"] = str(number + 1)
        first, *others = text.strip().split("\n") or [""]
        rest = [f"    {line}" if line.strip() else "" for line in others]
        return "\n".join([f"{mark} {first}", *rest]) + "\n"

    def convert_sup(self, el: Any, text: str, parent_tags: Any) -> str:
        return self._script(text, _RAISED)

    def convert_sub(self, el: Any, text: str, parent_tags: Any) -> str:
        return self._script(text, _LOWERED)

    def _script(self, text: str, signs: Mapping[str, str]) -> str:
        if all(sign in signs for sign in text):
            return "".join(signs[sign] for sign in text)
        self._losses.append(f"Huruf naik atau turun “{text[:20]}” menjadi biasa.")
        return text

    def convert_img(self, el: Any, text: str, parent_tags: Any) -> str:
        source = str(el.attrs.get("src", ""))
        path = self._images.get(source)
        if path is None:
            self._losses.append(
                f"Gambar {source[:60] or '(tanpa alamat)'} tidak ikut. Unggah sebagai "
                "berkas di dalam Moodle XML, atau ceritakan isinya."
            )
            return escape_line(str(el.attrs.get("alt", "")))
        words = " ".join(str(el.attrs.get("alt", "")).split())
        if not words:
            words = source.rpartition("/")[2]
            self._losses.append(
                f"Gambar {words[:60]} belum memiliki teks pengganti; namanya yang "
                "dipakai. Tulis isi gambarnya."
            )
        return f"![{re.sub(r'[][]', ' ', words)}]({path})"


def _around(mark: str, text: str) -> str:
    """Put marks tightly around the words, on each line that has any."""
    lines = []
    for line in text.split("\n"):
        words = line.strip()
        before = line[: len(line) - len(line.lstrip())]
        after = line[len(line.rstrip()) :]
        lines.append(f"{before}{mark}{words}{mark}{after}" if words else line)
    return "\n".join(lines)


def _tidy(text: str) -> str:
    text = text.replace("\N{NO-BREAK SPACE}", " ")
    lines = [
        line if line.endswith("  ") else line.rstrip() for line in text.split("\n")
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
