"""Lessons and questions written in Markdown: checked, rendered and sanitised.

The doors:
``render`` for a text, ``render_inline`` for a line, ``split_parts`` for a lesson,
``find_problems`` for an editor that shows everything at once.
"""

from lib.markdown.checking import find_inline_problems, find_problems
from lib.markdown.outline import Heading
from lib.markdown.parts import (
    OPENER_KEY,
    CheckSlot,
    PartSource,
    split_at_checks,
    split_parts,
)
from lib.markdown.problems import MarkdownProblem
from lib.markdown.rendering import (
    RENDERER_VERSION,
    Rendered,
    plain_line,
    render,
    render_inline,
)
from lib.markdown.shown import FindFile, ShownFile

__all__ = [
    "OPENER_KEY",
    "RENDERER_VERSION",
    "CheckSlot",
    "FindFile",
    "Heading",
    "MarkdownProblem",
    "PartSource",
    "Rendered",
    "ShownFile",
    "find_inline_problems",
    "find_problems",
    "plain_line",
    "render",
    "render_inline",
    "split_at_checks",
    "split_parts",
]
