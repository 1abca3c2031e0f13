"""Word documents that people upload, as paragraphs and tables."""

from lib.documents.blocks import (
    Block,
    Document,
    DocumentCell,
    DocumentTable,
    Found,
    Label,
    Paragraph,
    Run,
)
from lib.documents.html import runs_html
from lib.documents.problems import DocumentProblem
from lib.documents.reading import MAX_DOCUMENT_BYTES, read_document

__all__ = [
    "MAX_DOCUMENT_BYTES",
    "Block",
    "Document",
    "DocumentCell",
    "DocumentProblem",
    "DocumentTable",
    "Found",
    "Label",
    "Paragraph",
    "Run",
    "read_document",
    "runs_html",
]
