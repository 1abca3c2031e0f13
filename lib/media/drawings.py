"""SVG drawings from drawing programs, made into plain drawings.

`lib.svg` is the gate: what it passes is kept byte for byte. Everything else is taken
apart and written anew from its lists of elements and attributes, and then has to pass
the same gate.
"""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from lib.media.problems import MediaProblem
from lib.svg import ATTRIBUTES, ELEMENTS, find_svg_problems

MAX_DRAWING = 100_000
_NAMESPACE = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
# Around what is drawn; without them it is drawn all the same.
_GROUPS = frozenset({"a", "switch"})
# What drawing programs keep for themselves: nobody misses it.
_SILENT = frozenset({"metadata", "namedview", "title", "desc", "script"})


def clean_drawing(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return a plain drawing, and the names of the elements that it has lost.

    A plain drawing comes back as it is. Raises MediaProblem.
    """
    if len(data) > MAX_DRAWING * 10:
        raise _too_large()
    lost: Counter[str] = Counter()
    if find_svg_problems(data):
        data = _rewritten(data, lost)
    if len(data) > MAX_DRAWING:
        raise _too_large()
    for problem in find_svg_problems(data):
        raise MediaProblem(problem.message, problem.remedy)
    return data, tuple(sorted(lost))


def _too_large() -> MediaProblem:
    return MediaProblem(
        f"Gambar SVG ini lebih dari {MAX_DRAWING // 1000} KB.",
        "Sederhanakan garisnya, atau simpan sebagai PNG.",
    )


def _rewritten(data: bytes, lost: Counter[str]) -> bytes:
    try:
        root = fromstring(data)
    except (ParseError, DefusedXmlException, ValueError, RecursionError) as broken:
        raise MediaProblem(
            "Ini bukan SVG yang utuh.", "Simpan ulang gambar sebagai SVG biasa."
        ) from broken
    if root.tag != f"{_NAMESPACE}svg":
        raise MediaProblem(
            "Elemen terluarnya bukan svg.", "Simpan ulang gambar sebagai SVG biasa."
        )
    if any(element.tag == f"{_NAMESPACE}style" for element in root.iter()):
        raise MediaProblem(
            "Warna di SVG ini ditulis dalam lembar gaya.",
            "Ekspor dengan pilihan “presentation attributes”, atau simpan sebagai PNG.",
        )
    try:
        plain = _plain(root, lost)
        plain.set("xmlns", _NAMESPACE.strip("{}"))
        return tostring(plain, encoding="unicode").encode()
    except RecursionError as deep:
        raise MediaProblem(
            "Susunan SVG ini terlalu dalam.", "Gabungkan grup-grupnya, lalu simpan."
        ) from deep


def _plain(element: Element, lost: Counter[str]) -> Element:
    """Return the element with what may stand in a drawing, and nothing else."""
    tag = element.tag.removeprefix(_NAMESPACE)
    tag = "g" if tag in _GROUPS else tag
    plain = Element(tag, dict(_attributes(element, tag)))
    plain.text, plain.tail = element.text, element.tail
    for child in element:
        name = child.tag.rpartition("}")[2]
        is_ours = child.tag == f"{_NAMESPACE}{name}"
        if is_ours and (name in ELEMENTS or name in _GROUPS):
            plain.append(_plain(child, lost))
        elif name not in _SILENT:
            lost[name] += 1
    return plain


def _attributes(element: Element, tag: str) -> Iterator[tuple[str, str]]:
    """Yield the attributes that may stay; those of `style` as attributes."""
    for name, value in element.attrib.items():
        if name == "style":
            for rule in value.split(";"):
                prop, _colon, said = rule.partition(":")
                if _may_stand(prop.strip(), said.strip()):
                    yield prop.strip(), said.strip()
        elif name in {_LINK, "href"}:
            if tag != "g" and _may_stand("href", value):
                yield "href", value
        elif _may_stand(name, value):
            yield name, value


def _may_stand(name: str, value: str) -> bool:
    """Whether the gate lets an attribute through, shown to it alone."""
    if name not in ATTRIBUTES or name == "xmlns":
        return False
    probe = Element("svg", {"xmlns": _NAMESPACE.strip("{}"), name: value})
    return not find_svg_problems(tostring(probe, encoding="unicode").encode())
