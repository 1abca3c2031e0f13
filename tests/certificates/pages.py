"""Looking at a drawn certificate: its words, its places, its pixels."""

from collections.abc import Iterator
from typing import Any

import pymupdf

MM = 72 / 25.4


def opened(pdf: bytes) -> Any:
    return pymupdf.open(stream=pdf, filetype="pdf")


def text_of(pdf: bytes, page: int) -> str:
    """The page's words, one space apart."""
    return " ".join(opened(pdf)[page].get_text().split())


def lines_of(pdf: bytes, page: int) -> Iterator[tuple[Any, str]]:
    """Every printed line with its box, in points from the top left."""
    for block in opened(pdf)[page].get_text("dict")["blocks"]:
        for line in block.get("lines", ()):
            text = "".join(span["text"] for span in line["spans"])
            if text.strip():
                yield pymupdf.Rect(line["bbox"]), text


def pixels(pdf: bytes, page: int, per_mm: float) -> Any:
    scale = per_mm / MM
    return opened(pdf)[page].get_pixmap(
        matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csGRAY
    )
