"""Reads one DOCX from standard input in a process of its own.

A document of a few kilobytes can ask for more memory than there is; therefore this
process has limits and nothing to lose, and knows nothing of the site: it is started by
`lib.documents.reading` as a script.

python-docx opens the package: parts, relationships, styles. Its `paragraph.text` leaves
out whatever stands in an insertion, a content control or a field, and numbers of lists
are nowhere; so the walk is done here, and everything that is not plain words is named.

Writes one JSON object: `blocks`, `pictures` by their relation, and `notes`. A paragraph
is `{"n", "heading", "list", "runs", "found"}`, a run `[words, marks, address]`, marks
out of b i u s ^ _ h c (h: highlighted, c: coloured, p: a picture, its words are its
description, its address the relation). A table is `{"n", "rows"}` with cells
`{"span", "merged", "blocks"}`. Exit code 0: read; any other: not.
"""

import base64
import contextlib
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn

_MOST_PICTURES = 200
_MOST_PICTURE_BYTES = 12_000_000
_DEEPEST = 20
_HIDDEN_MARKUP = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_V = "{urn:schemas-microsoft-com:vml}"
# Their children are walked as if they stood there themselves.
_THROUGH = {
    *(qn("w:ins"), qn("w:moveTo"), qn("w:hyperlink"), qn("w:smartTag")),
    *(qn("w:sdt"), qn("w:sdtContent"), qn("w:fldSimple"), qn("w:customXml")),
    *(qn("w:dir"), qn("w:bdo"), qn("w:r"), f"{_MC}AlternateContent"),
    *(f"{_MC}Choice", qn("w:rubyBase"), qn("w:ruby")),
}
# They say nothing that a reader sees.
_SILENT = {
    *(qn("w:pPr"), qn("w:rPr"), qn("w:sdtPr"), qn("w:sdtEndPr"), qn("w:proofErr")),
    *(qn("w:bookmarkStart"), qn("w:bookmarkEnd"), qn("w:lastRenderedPageBreak")),
    *(qn("w:fldChar"), qn("w:instrText"), qn("w:softHyphen"), qn("w:sectPr")),
    *(qn("w:commentRangeStart"), qn("w:commentRangeEnd"), qn("w:annotationRef")),
    *(qn("w:permStart"), qn("w:permEnd"), qn("w:smartTagPr"), qn("w:customXmlPr")),
    *(qn("w:footnoteRef"), qn("w:endnoteRef"), qn("w:separator"), qn("w:tblPr")),
    *(qn("w:tblGrid"), qn("w:moveFromRangeStart"), qn("w:moveFromRangeEnd")),
    *(qn("w:moveToRangeStart"), qn("w:moveToRangeEnd"), qn("w:rubyPr")),
    *(f"{_MC}Fallback", qn("w:ptab")),
}
_SIGNS = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "\N{NON-BREAKING HYPHEN}",
}
_TOLD = {
    qn("w:footnoteReference"): "footnote",
    qn("w:endnoteReference"): "footnote",
    qn("w:commentReference"): "comment",
    qn("w:sym"): "symbol",
    qn("w:altChunk"): "object",
    qn("w:object"): "object",
    qn("w:rt"): "ruby",
}
# In the order of preference; a mark counts from the nearest that says it.
_FLAGS = {"b": "w:b", "i": "w:i", "s": "w:strike", "v": "w:vanish"}


def _limit(memory: int, seconds: int, output: int) -> None:
    """Bound what this process may use: bytes, seconds of work, bytes written."""
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))


def refuse_entities(content: bytes) -> None:
    """Raise ValueError where a part defines entities or hides behind an encoding."""
    with ZipFile(BytesIO(content)) as archive:
        for member in archive.infolist():
            if not member.filename.endswith((".xml", ".rels")):
                continue
            part = archive.read(member)
            if _HIDDEN_MARKUP.search(part) or part.startswith(_WIDE):
                raise ValueError(member.filename)


def value_of(element: Any, name: str) -> str | None:
    """Return the `w:val` of a child, None without that child."""
    child = None if element is None else element.find(qn(name))
    return None if child is None else child.get(qn("w:val"), "1")


def is_on(element: Any, name: str) -> bool | None:
    """Return whether properties switch something on; None where they do not say."""
    value = value_of(element, name)
    return None if value is None else value.lower() not in {"0", "false", "off", "none"}


@dataclass
class Styles:
    """The properties of styles, each with those it is based on."""

    elements: dict[str, Any]
    default: str = ""

    def chain(self, key: str | None) -> Iterator[Any]:
        """Yield a style and its bases, nearest first."""
        seen: set[str] = set()
        while key and key in self.elements and key not in seen:
            seen.add(key)
            yield self.elements[key]
            key = value_of(self.elements[key], "w:basedOn")

    def heading(self, key: str | None) -> int:
        """Return the level of a heading, 0 for other text; a title is level 1."""
        for style in self.chain(key):
            name = value_of(style, "w:name") or ""
            found = _HEADING.fullmatch(name)
            if found or name.lower() == "title":
                return int(found[1]) if found else 1
        return 0


def styles_of(document: Any) -> Styles:
    """Return the styles of a document by their ids."""
    found = document.styles.element.findall(qn("w:style"))
    default = next(
        (
            one.get(qn("w:styleId"), "")
            for one in found
            if one.get(qn("w:default")) in {"1", "true"}
            and one.get(qn("w:type")) == "paragraph"
        ),
        "",
    )
    return Styles({one.get(qn("w:styleId"), ""): one for one in found}, default)


def _letters(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    signs = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, sign in signs:
        while number >= value and len(text) < 20:
            text, number = text + sign, number - value
    return text


_WRITTEN: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
}


@dataclass
class Numbering:
    """Counts the lists of a document as Word does."""

    levels: dict[str, dict[int, Any]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, number: str, level: int) -> list[Any] | None:
        """Count one paragraph more; return list, level, format and what is shown."""
        kind = self.kinds.get(number)
        if kind is None or level not in self.levels.get(kind, {}):
            return None
        counts = self._counts.setdefault(kind, {})
        start = self._start(kind, level)
        restart = self.restarts.get(number, {}).get(level)
        if restart is not None and (number, level) not in self._begun:
            counts[level] = restart
        else:
            counts[level] = counts.get(level, start - 1) + 1
        self._begun.add((number, level))
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        form = value_of(self.levels[kind][level], "w:numFmt") or "decimal"
        return [kind, level, form, self._shown(kind, level, counts)]

    def _start(self, kind: str, level: int) -> int:
        said = value_of(self.levels[kind][level], "w:start") or "1"
        return int(said) if said.isdecimal() and len(said) < 6 else 1

    def _shown(self, kind: str, level: int, counts: dict[int, int]) -> str:
        pattern = value_of(self.levels[kind][level], "w:lvlText") or ""

        def counted(found: "re.Match[str]") -> str:
            at = int(found[1]) - 1
            form = value_of(self.levels[kind].get(at), "w:numFmt") or "decimal"
            number = counts.get(at, 1)
            return _WRITTEN.get(form, str)(number)

        return re.sub(r"%(\d)", counted, pattern)


def numbering_of(document: Any) -> Numbering:
    """Return the lists that a document defines."""
    numbering = Numbering()
    try:
        root = document.part.part_related_by(RT.NUMBERING).element
    except KeyError:
        return numbering
    for one in root.findall(qn("w:abstractNum")):
        numbering.levels[one.get(qn("w:abstractNumId"), "")] = {
            int(level.get(qn("w:ilvl"), "0")): level
            for level in one.findall(qn("w:lvl"))
        }
    for one in root.findall(qn("w:num")):
        key = one.get(qn("w:numId"), "")
        numbering.kinds[key] = value_of(one, "w:abstractNumId") or ""
        numbering.restarts[key] = {
            int(over.get(qn("w:ilvl"), "0")): int(said)
            for over in one.findall(qn("w:lvlOverride"))
            if (said := value_of(over, "w:startOverride") or "").isdecimal()
        }
    return numbering


@dataclass
class WalkedParagraph:
    """A paragraph while it is walked."""

    style: str
    runs: list[list[str]] = field(default_factory=list)
    found: list[list[str]] = field(default_factory=list)

    def say(self, words: str, marks: str, address: str = "") -> None:
        """Take words; those that look like the ones before them join these."""
        before = self.runs[-1] if self.runs else None
        if before and before[1:] == [marks, address] and "p" not in marks:
            before[0] += words
        else:
            self.runs.append([words, marks, address])

    def tell(self, kind: str, words: str = "") -> None:
        """Name what is no plain text."""
        self.found.append([kind, " ".join(words.split())[:80]])


def words_in(element: Any, tag: str = "w:t") -> str:
    """Return the words anywhere inside an element."""
    return "".join(one.text or "" for one in element.iter(qn(tag)))


class Reader:
    """Walks a document."""

    def __init__(self, document: Any) -> None:
        self._styles = styles_of(document)
        self._numbering = numbering_of(document)
        self._relations = document.part.rels
        self._count = 0
        self.pictures: dict[str, str] = {}
        self._picture_bytes = 0

    def blocks(self, parent: Any, depth: int = 0) -> list[dict[str, Any]]:
        """Return the paragraphs and tables of a body or a cell, in their order."""
        if depth > _DEEPEST:
            raise ValueError
        found: list[dict[str, Any]] = []
        for child in parent:
            if child.tag == qn("w:p"):
                found.append(self._paragraph(child))
            elif child.tag == qn("w:tbl"):
                found.append(self._table(child, depth))
            elif child.tag in _THROUGH:
                found += self.blocks(child, depth + 1)
            elif child.tag == qn("w:altChunk") or child.tag == f"{_M}oMathPara":
                found.append(self._only(child))
        return found

    def _only(self, element: Any) -> dict[str, Any]:
        """Return something that stands beside paragraphs as one of its own."""
        self._count += 1
        paragraph = WalkedParagraph("")
        self._inside(element, paragraph, "", 0)
        return self._written(paragraph, None, 0)

    def _paragraph(self, element: Any) -> dict[str, Any]:
        self._count += 1
        number = self._count
        properties = element.find(qn("w:pPr"))
        style = value_of(properties, "w:pStyle") or self._styles.default
        paragraph = WalkedParagraph(style)
        for child in element:
            self._inside(child, paragraph, "", 0)
        marks = None if properties is None else properties.find(qn("w:rPr"))
        if is_on(marks, "w:del"):
            paragraph.tell("deleted_end")
        found = self._written(paragraph, self._list(properties, style), number)
        found["heading"] = self._styles.heading(style)
        return found

    def _written(
        self, paragraph: WalkedParagraph, label: list[Any] | None, number: int
    ) -> dict[str, Any]:
        return {
            "n": number or self._count,
            "heading": 0,
            "list": label,
            "runs": [run for run in paragraph.runs if run[0] or "p" in run[1]],
            "found": paragraph.found,
        }

    def _list(self, properties: Any, style: str) -> list[Any] | None:
        """Return the label of a paragraph in a list, by itself or by its style."""
        said = [None if properties is None else properties.find(qn("w:numPr"))]
        for one in self._styles.chain(style):
            inherited = one.find(qn("w:pPr"))
            said.append(None if inherited is None else inherited.find(qn("w:numPr")))
        number = next((n for one in said if (n := value_of(one, "w:numId"))), None)
        level = next((n for one in said if (n := value_of(one, "w:ilvl"))), "0")
        if number is None or number == "0" or not level.isdecimal():
            return None
        return self._numbering.label(number, int(level))

    def _inside(
        self,
        element: Any,
        paragraph: WalkedParagraph,
        marks: str,
        depth: int,
        to: str = "",
    ) -> None:
        """Take what stands inside a paragraph."""
        tag = element.tag
        if depth > _DEEPEST:
            raise ValueError
        if not isinstance(tag, str) or tag in _SILENT:
            return
        if tag == qn("w:t"):
            paragraph.say(element.text or "", marks, to)
        elif tag in _SIGNS:
            paragraph.say(_SIGNS[tag], marks, to)
        elif tag in _THROUGH:
            self._through(element, paragraph, marks, depth, to)
        else:
            self._name(element, paragraph, marks)

    def _name(self, element: Any, paragraph: WalkedParagraph, marks: str) -> None:
        """Name what is no plain text; a formula leaves its letters in its place."""
        tag = element.tag
        if tag in {qn("w:del"), qn("w:moveFrom")}:
            words = words_in(element, "w:delText") + words_in(element)
            paragraph.tell("deletion", words)
        elif tag in {f"{_M}oMath", f"{_M}oMathPara"}:
            words = "".join(one.text or "" for one in element.iter(f"{_M}t"))
            paragraph.tell("formula", words)
            paragraph.say(words, f"{marks}m")
        elif tag in {qn("w:drawing"), qn("w:pict"), qn("w:object")}:
            self._drawing(element, paragraph)
        elif tag in _TOLD:
            paragraph.tell(_TOLD[tag], element.get(qn("w:char"), "") or "")
        else:
            paragraph.tell("unknown", f"{tag.rpartition('}')[2]}: {words_in(element)}")

    def _through(
        self, element: Any, paragraph: WalkedParagraph, marks: str, depth: int, to: str
    ) -> None:
        if element.tag in {qn("w:ins"), qn("w:moveTo")}:
            paragraph.tell("insertion", words_in(element))
        if element.tag == qn("w:hyperlink"):
            relation = self._relations.get(element.get(qn("r:id"), ""))
            is_outside = relation is not None and relation.is_external
            to = str(relation.target_ref) if is_outside else ""
        if element.tag == qn("w:r"):
            marks = self._marks(element.find(qn("w:rPr")), paragraph.style)
            if "v" in marks:
                paragraph.tell("hidden", words_in(element))
                return
        for child in element:
            self._inside(child, paragraph, marks, depth + 1, to)

    def _marks(self, own: Any, style: str) -> str:
        """Return how the words of a run look: by itself, its style, its paragraph's."""
        said = [own]
        for key in (value_of(own, "w:rStyle"), style):
            said += [one.find(qn("w:rPr")) for one in self._styles.chain(key)]
        marks = "".join(
            mark
            for mark, name in _FLAGS.items()
            if next((on for one in said if (on := is_on(one, name)) is not None), False)
        )
        raised = next((v for one in said if (v := value_of(one, "w:vertAlign"))), "")
        marks += {"superscript": "^", "subscript": "_"}.get(raised, "")
        if is_on(own, "w:u"):
            marks += "u"
        shade = None if own is None else own.find(qn("w:shd"))
        fill = "auto" if shade is None else shade.get(qn("w:fill"), "auto")
        if is_on(own, "w:highlight") or fill.lower() not in {"auto", "ffffff"}:
            marks += "h"
        color = (value_of(own, "w:color") or "auto").lower()
        return marks + "c" * (color not in {"auto", "000000"})

    def _drawing(self, element: Any, paragraph: WalkedParagraph) -> None:
        """Take the pictures of a drawing; name text boxes and everything else."""
        boxes = list(element.iter(qn("w:txbxContent")))
        for box in boxes:
            paragraph.tell("textbox", words_in(box))
        named = [one.get(qn("r:embed")) for one in element.iter(qn("a:blip"))]
        named += [one.get(qn("r:id")) for one in element.iter(f"{_V}imagedata")]
        is_object = element.tag == qn("w:object")
        about = next(iter(element.iter(qn("wp:docPr"))), None)
        words = "" if about is None else about.get("descr", "")
        for relation in filter(None, named if not is_object else ()):
            self._keep(relation)
            paragraph.runs.append([words, "p", relation])
        if is_object or not (boxes or any(named)):
            name = "" if about is None else about.get("name", "")
            paragraph.tell("object", name)

    def _keep(self, relation: str) -> None:
        found = self._relations.get(relation)
        if relation in self.pictures or found is None or found.is_external:
            return
        content = found.target_part.blob
        self._picture_bytes += len(content)
        is_much = len(self.pictures) >= _MOST_PICTURES
        if is_much or self._picture_bytes > _MOST_PICTURE_BYTES:
            raise ValueError
        self.pictures[relation] = base64.b64encode(content).decode()

    def _table(self, element: Any, depth: int) -> dict[str, Any]:
        first = self._count + 1
        rows = []
        for row in _inside_all(element, qn("w:tr")):
            cells = [self._cell(cell, depth) for cell in _inside_all(row, qn("w:tc"))]
            rows.append(cells)
        return {"n": first, "rows": rows}

    def _cell(self, element: Any, depth: int) -> dict[str, Any]:
        properties = element.find(qn("w:tcPr"))
        span = value_of(properties, "w:gridSpan") or "1"
        merged = value_of(properties, "w:vMerge")
        return {
            "span": int(span) if span.isdecimal() and len(span) < 4 else 1,
            "merged": merged is not None and merged != "restart",
            "blocks": self.blocks(element, depth + 1),
        }


def _inside_all(element: Any, tag: str) -> Iterator[Any]:
    """Yield children of a tag, also those in content controls."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _THROUGH:
            yield from _inside_all(child, tag)


def notes_of(document: Any) -> list[list[str]]:
    """Return what stands outside the text: words at the head and foot of pages."""
    found: dict[str, None] = {}
    for relation in document.part.rels.values():
        if relation.reltype in {RT.HEADER, RT.FOOTER} and not relation.is_external:
            words = " ".join(words_in(relation.target_part.element).split())
            if words:
                found[words[:80]] = None
    return [["margin", words] for words in found]


def _main(memory: int, seconds: int, output: int) -> None:
    """Read standard input and write what it holds."""
    _limit(memory, seconds, output)
    content = sys.stdin.buffer.read()
    refuse_entities(content)
    document = Document(BytesIO(content))
    reader = Reader(document)
    blocks = reader.blocks(document.element.body)
    answer = {
        "blocks": blocks,
        "pictures": reader.pictures,
        "notes": notes_of(document),
    }
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    _main(*map(int, sys.argv[1:]))
