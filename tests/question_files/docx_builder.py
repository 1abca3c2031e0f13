"""Small Word documents, written part by part."""

import zipfile
from collections.abc import Iterable
from io import BytesIO
from xml.sax.saxutils import escape

_SPACES = " ".join(
    f'xmlns:{name}="{address}"'
    for name, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "v": "urn:schemas-microsoft-com:vml",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    }.items()
)
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154"
    "789c6364f8cf500f0003860180"
    "5a347d6b0000000049454e44ae426082"
)
# Questions "1." with options "A.", and lists "a)" beside them.
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/>'
    '<w:lvlText w:val="%2."/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="•"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="o"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
)


def run(words: str, *marks: str) -> str:
    """A run; `marks` are names of properties, such as "b"."""
    said = "".join(f"<w:{mark}/>" for mark in marks)
    pieces = escape(words).split("\n")
    text = "<w:br/>".join(
        "<w:tab/>".join(
            f'<w:t xml:space="preserve">{one}</w:t>' for one in piece.split("\t")
        )
        for piece in pieces
    )
    return f"<w:r><w:rPr>{said}</w:rPr>{text}</w:r>"


def p(*content: str, number: int = 0, level: int = 0, style: str = "") -> str:
    """A paragraph of words or of runs, with Word's own number where it is asked for."""
    said = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        said += (
            f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        )
    runs = "".join(one if one.startswith("<") else run(one) for one in content)
    return f"<w:p><w:pPr>{said}</w:pPr>{runs}</w:p>"


def lines(text: str) -> str:
    """A paragraph for each line; **bold** ones are bold behind their letter."""
    found = []
    for line in text.strip().split("\n"):
        before, *bold = line.strip().split("**")
        found.append(p(run(before), *(run(one, "b") for one in bold[:1])))
    return "".join(found)


def table(rows: Iterable[Iterable[str]]) -> str:
    """A table of words."""
    said = "".join(
        "<w:tr>"
        + "".join(f"<w:tc>{p(*one.split(chr(10)))}</w:tc>" for one in row)
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{said}</w:tbl>"


def picture(about: str) -> str:
    """A run with the only picture of the document."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{about}"/>'
        '<a:graphic><a:graphicData><a:blip r:embed="rId9"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def write_much(archive: zipfile.ZipFile, name: str, *, megabytes: int) -> None:
    """Write a file of nothing but spaces."""
    with archive.open(name, "w") as file:
        for _ in range(megabytes):
            file.write(b" " * 1_000_000)


def docx(body: str, *, extra: dict[str, str] | None = None) -> bytes:
    """A document of these paragraphs; `extra` parts go beside it."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="Judul{at}">'
        f'<w:name w:val="heading {at}"/></w:style>'
        for at in (1, 2, 3)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}">'
        '<Default Extension="rels" ContentType="application/'
        'vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main'
        '+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
        f'<Override PartName="/word/numbering.xml" ContentType="{_WORD}.numbering+xml"'
        "/></Types>",
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/numbering" Target="numbering.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId9" Type="{_OFFICE}/image" Target="media/a.png"/>'
        "</Relationships>",
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}<w:sectPr/></w:body>"
        "</w:document>",
        "word/numbering.xml": f"<w:numbering {_SPACES}>{NUMBERING}</w:numbering>",
        "word/styles.xml": f"<w:styles {_SPACES}>{styles}</w:styles>",
        **(extra or {}),
    }
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        archive.writestr("word/media/a.png", PIXEL)
    return content.getvalue()
