"""What a document holds: paragraphs with their runs, and tables of such."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Union

_BULLET = "bullet"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike.

    `marks` are signs out of b(old) i(talic) u(nderlined) s(truck) ^ _ h(ighlighted)
    c(oloured) m(ath) p(icture). `address` is where a link leads or, of a picture, its
    relation; the words of a picture describe it.
    """

    words: str
    marks: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Something in a paragraph that is no plain text, and its words.

    Kinds: insertion, deletion, deleted_end, formula, textbox, footnote, comment,
    symbol, hidden, object, ruby, unknown.
    """

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Label:
    """The number or letter that Word itself shows before a paragraph."""

    series: str
    level: int
    form: str
    shown: str

    @property
    def is_bullet(self) -> bool:
        """Whether it is a sign, not a number or letter."""
        return self.form == _BULLET


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its number in the document from 1, its heading level or 0."""

    number: int
    runs: Sequence[Run]
    heading: int = 0
    label: Label | None = None
    found: Sequence[Found] = ()

    @property
    def words(self) -> str:
        """Return the words without what they look like; pictures have none."""
        return "".join(run.words for run in self.runs if "p" not in run.marks)


@dataclass(frozen=True, slots=True)
class DocumentCell:
    """A cell of a table; `is_merged` where it belongs to the one above."""

    blocks: Sequence["Block"]
    span: int = 1
    is_merged: bool = False

    @property
    def words(self) -> str:
        """Return the words of its paragraphs, a line each."""
        return "\n".join(one.words for one in paragraphs_in(self.blocks)).strip()


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """A table; `number` is that of its first paragraph."""

    number: int
    rows: Sequence[Sequence[DocumentCell]]


Block = Union[Paragraph, DocumentTable]  # noqa: UP007 - a DocumentCell holds Blocks


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its blocks, its pictures by relation, words at the page's edges."""

    blocks: Sequence[Block]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    margins: Sequence[str] = ()


def paragraphs_in(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """Yield every paragraph, also those in tables."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from paragraphs_in(cell.blocks)


def block_of(said: Mapping[str, Any]) -> Block:
    """Return a block from what the child wrote."""
    if "rows" in said:
        return DocumentTable(
            said["n"], [[_cell(cell) for cell in row] for row in said["rows"]]
        )
    label = said["list"]
    return Paragraph(
        said["n"],
        [Run(*run) for run in said["runs"]],
        said["heading"],
        Label(*label) if label else None,
        [Found(*one) for one in said["found"]],
    )


def _cell(said: Mapping[str, Any]) -> DocumentCell:
    blocks = [block_of(one) for one in said["blocks"]]
    return DocumentCell(blocks, said["span"], said["merged"])
