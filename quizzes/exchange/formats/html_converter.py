"""markdownify, speaking our dialect of Markdown.

markdownify brings a parser of eight megabytes, so only what converts imports this
(docs/decisions/0050).
"""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote

from markdownify import MarkdownConverter

from lib.indonesian import roman
from quizzes.exchange.formats.exchange import UnreadableFile
from quizzes.exchange.formats.html_tables import (
    marked_cell,
    marked_row,
    table_of,
)
from quizzes.exchange.formats.html_tags import BLOCK_TAGS, HEADINGS
from quizzes.exchange.formats.plain_text import (
    escape_line,
    escape_words,
    without_opener,
)

# Where these stand, a sign before them may pair with one behind.
_MARKED = re.compile(r"<(?!/?(?:p|div|li|ul|ol|table|tbody|thead|tr|td|th|hr|h\d)\b)")
_RAISED = dict(zip("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", strict=True))
_LOWERED = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))
_FILES = "@@PLUGINFILE@@/"
_LETTERS = 26
_ITEMS = 3999


class Converter(MarkdownConverter):
    """Reads HTML that was sanitised; names of methods are the library's."""

    def __init__(
        self, images: Mapping[str, str], losses: list[str], *, is_line: bool = False
    ) -> None:
        super().__init__(
            bullets="-", strong_em_symbol="*", heading_style="atx", autolinks=False
        )
        self._images = images
        self._losses = losses
        self._is_line = is_line
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

    def process_text(self, el: Any, parent_tags: Any = None) -> str:
        """Keep words that begin a line from opening a list, a heading or a rule."""
        text = str(super().process_text(el, parent_tags))  # type: ignore[misc]
        if self._is_line or {"pre", "_noformat"} & (parent_tags or set()):
            return text
        first, *others = text.split("\n")
        if _begins_line(el):
            first = _without_opener(first)
        return "\n".join([first, *map(_without_opener, others)])

    def convert_a(self, el: Any, text: str, parent_tags: Any) -> str:
        """Leave the words of a link to a file that stays behind."""
        if unquote(str(el.attrs.get("href", ""))).startswith(_FILES):
            self._losses.append(
                f"Tautan ke berkas di Moodle (“{' '.join(text.split())[:40]}”) tidak "
                "ikut. Tulis isinya, atau taut ke alamat yang dapat dibuka siapa pun."
            )
            return text
        return str(super().convert_a(el, text, parent_tags))  # type: ignore[misc]

    def convert_br(self, el: Any, text: str, parent_tags: Any) -> str:
        """Leave a line end where cells and headings are put on one line."""
        is_inline = "_inline" in parent_tags
        return "\n" if is_inline else str(super().convert_br(el, text, parent_tags))  # type: ignore[misc]

    def convert_td(self, el: Any, text: str, parent_tags: Any) -> str:
        columns, rows = el.attrs.get("colspan", "1"), el.attrs.get("rowspan", "1")
        return marked_cell(text, is_head=el.name == "th", columns=columns, rows=rows)

    convert_th = convert_td

    def convert_tr(self, el: Any, text: str, parent_tags: Any) -> str:
        return marked_row(text, is_head=el.parent.name == "thead")

    def convert_table(self, el: Any, text: str, parent_tags: Any) -> str:
        return table_of(text, self._losses)

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
            mark = _mark(number, str(parent.attrs.get("type", "")))
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
        path = self._path(source)
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

    def _path(self, source: str) -> str | None:
        """Return the path of a picture by its address, as Moodle writes or serves it.

        It may be percent-encoded and carry a query; the names of files are neither.
        """
        bare = re.split(r"[?#]", source, maxsplit=1)[0]
        addresses = (source, unquote(source), bare, unquote(bare))
        return next(
            (self._images[one] for one in addresses if one in self._images), None
        )


def _mark(number: int, kind: str) -> str:
    """Return what stands before an item of a list that counts.

    Markdown counts in figures only. Letters and Roman numerals stay as words, since
    questions and options speak of them ("yang benar adalah A dan C").
    """
    if kind in {"a", "A"} and 1 <= number <= _LETTERS:
        sign = chr(ord(kind) + number - 1)
    elif kind in {"i", "I"} and 1 <= number <= _ITEMS:
        sign = roman(number) if kind == "I" else roman(number).lower()
    else:
        return f"{number}."
    return f"- {sign}."


def _begins_line(text: Any) -> bool:
    """Whether a piece of text stands where a line of Markdown begins."""
    node = text
    while True:
        before = node.previous_sibling
        while before is not None and before.name is None and not before.strip():
            before = before.previous_sibling
        if before is not None:
            return before.name in BLOCK_TAGS | HEADINGS | {"br"}
        node = node.parent
        if node is None or node.name != "ins":
            return node is None or node.name in {*BLOCK_TAGS, "[document]"}


def _without_opener(line: str) -> str:
    words = line.lstrip()
    return line[: len(line) - len(words)] + without_opener(words)


def _around(mark: str, text: str) -> str:
    """Put marks tightly around the words, on each line that has any."""
    lines = []
    for line in text.split("\n"):
        words = line.strip()
        before = line[: len(line) - len(line.lstrip())]
        after = line[len(line.rstrip()) :]
        lines.append(f"{before}{mark}{words}{mark}{after}" if words else line)
    return "\n".join(lines)
