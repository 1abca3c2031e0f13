"""SVG drawings, hostile until they have been parsed.

Only drawing elements and attributes by name are let in: nothing that runs, fetches,
animates or styles. Document types and processing instructions are refused, so that
no entity is ever expanded.
"""

import re
from dataclasses import dataclass

# expat with the DTD refused before any declaration of it takes effect.
from xml.parsers import expat

_NAMESPACE = "http://www.w3.org/2000/svg"
ELEMENTS = frozenset(
    {
        *("svg", "title", "desc", "g", "defs", "symbol", "use", "path", "rect"),
        *("circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"),
        *("linearGradient", "radialGradient", "stop", "clipPath", "marker", "pattern"),
    }
)
ATTRIBUTES = frozenset(
    {
        *("xmlns", "version", "viewBox", "width", "height", "x", "y", "dx", "dy"),
        *("x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "d", "points", "id"),
        *("class", "transform", "preserveAspectRatio", "role", "lang", "href"),
        *("aria-label", "aria-labelledby", "aria-hidden", "focusable"),
        *("fill", "fill-opacity", "fill-rule", "opacity", "color", "stroke"),
        *("stroke-width", "stroke-opacity", "stroke-linecap", "stroke-linejoin"),
        *("stroke-dasharray", "stroke-dashoffset", "stroke-miterlimit"),
        *("font-family", "font-size", "font-weight", "font-style", "letter-spacing"),
        *("text-anchor", "dominant-baseline", "textLength", "lengthAdjust", "rotate"),
        *("offset", "stop-color", "stop-opacity", "gradientUnits", "fx", "fy"),
        *("gradientTransform", "spreadMethod", "clip-path", "clip-rule"),
        *("clipPathUnits", "marker-start", "marker-mid", "marker-end", "markerWidth"),
        *("markerHeight", "markerUnits", "refX", "refY", "orient", "patternUnits"),
        *("patternTransform", "patternContentUnits", "vector-effect"),
    }
)
_URL = re.compile(r"url\s*\(\s*(?P<target>[^)]*)\)?", re.IGNORECASE)
_INSIDE = re.compile(r"#[\w.-]+")
_FOREIGN = re.compile(r"[a-z][a-z0-9+.-]*:|//|\\", re.IGNORECASE)
_REMEDY = "Simpan sebagai SVG sederhana tanpa skrip, gaya, dan tautan."


@dataclass(frozen=True, slots=True)
class SvgProblem:
    """What is not plain drawing, its line, and what to do."""

    line: int
    message: str
    remedy: str


def find_svg_problems(data: bytes) -> list[SvgProblem]:
    """Return everything in an SVG file that is not plain drawing."""
    return _Checker().check(data)


class _Checker:
    """Walks one file with expat and reports by line."""

    def __init__(self) -> None:
        self._found: list[SvgProblem] = []
        self._is_root = True
        self._parser = expat.ParserCreate("utf-8", " ")
        self._parser.XmlDeclHandler = self._declaration
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.ProcessingInstructionHandler = self._instruction

    def check(self, data: bytes) -> list[SvgProblem]:
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            broken = "Ini bukan SVG yang utuh."
            remedy = "Simpan ulang gambar sebagai SVG."
            self._found.append(SvgProblem(error.lineno, broken, remedy))
        except _StopReading:
            pass
        return self._found

    def _report(self, message: str) -> None:
        line = self._parser.CurrentLineNumber
        self._found.append(SvgProblem(line, message, _REMEDY))

    def _declaration(self, _version: str, encoding: str | None, _alone: int) -> None:
        # A browser would follow the declaration, this parser does not.
        if (encoding or "utf-8").lower() != "utf-8":
            self._report(f"Pengodean {encoding} tidak dipakai.")

    def _doctype(self, *_declaration: object) -> None:
        self._report("Deklarasi DOCTYPE tidak dipakai.")
        raise _StopReading

    def _instruction(self, target: str, _data: str) -> None:
        self._report(f"Instruksi <?{target}?> tidak dipakai.")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _space, local = name.rpartition(" ")
        if self._is_root and (namespace, local) != (_NAMESPACE, "svg"):
            self._report("Elemen terluarnya bukan svg.")
            raise _StopReading
        self._is_root = False
        if namespace != _NAMESPACE or local not in ELEMENTS:
            self._report(f"Elemen <{local}> tidak dipakai.")
        for attribute, value in attributes.items():
            self._check_attribute(attribute, value)

    def _check_attribute(self, name: str, value: str) -> None:
        local = name.rpartition(" ")[2]
        if name not in ATTRIBUTES:
            self._report(f"Atribut {local} tidak dipakai.")
        elif name == "href" and not _INSIDE.fullmatch(value):
            self._report("Tautan keluar dari gambar tidak dipakai.")
        elif any(map(_points_outside, _URL.finditer(value))):
            self._report(f"Atribut {local} menunjuk ke luar gambar.")
        elif name not in {"xmlns", "aria-label"} and _FOREIGN.search(value):
            self._report(f"Isi atribut {local} tidak dipakai.")


def _points_outside(url: re.Match[str]) -> bool:
    return not _INSIDE.fullmatch(url["target"].strip("'\" "))


class _StopReading(Exception):
    """Ends the walk; never leaves this module."""
