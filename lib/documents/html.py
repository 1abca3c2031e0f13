"""Runs of words as HTML."""

import html
from collections.abc import Sequence

from lib.documents.blocks import Run

_TAGS = {"b": "b", "i": "i", "u": "u", "s": "s", "^": "sup", "_": "sub"}


def runs_html(runs: Sequence[Run]) -> str:
    """Return runs as HTML without a paragraph around them, every sign escaped.

    A picture becomes an `img` whose source is its relation.
    """
    return "".join(map(_html, runs)).strip()


def _html(run: Run) -> str:
    if "p" in run.marks:
        source, words = html.escape(run.address), html.escape(run.words)
        return f'<img src="{source}" alt="{words}">'
    text = html.escape(run.words).replace("\t", " ").replace("\n", "<br>")
    if not text.strip():
        return text
    for mark, tag in _TAGS.items():
        if mark in run.marks:
            text = f"<{tag}>{text}</{tag}>"
    if run.address:
        text = f'<a href="{html.escape(run.address)}">{text}</a>'
    return text
