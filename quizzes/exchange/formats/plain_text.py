"""Plain words as Markdown that shows exactly these words."""

import html
import re

from lib import markdown
from lib.markdown import MarkdownProblem

# Signs that may begin or end a mark inside a line; `[[1]]` is a gap and stays.
_SIGNS = re.compile(r"\[\[[\w-]+\]\]|[\\`*_\[\]]|<(?=[^\s\d])|==+|~~+|&(?=#?\w+;)")
# A backslash does nothing before these.
_ENTITIES = {"&": "&amp;", "<": "&lt;"}
_BULLET = re.compile(r"•(?=\s)")
# What opens a block where a stripped line begins.
_OPENERS = re.compile(
    r"(?:(?P<rule>[-*_](?:[ ]*[-*_]){2,}[ ]*\Z)|[-+*](?=\s|\Z)|[#>|]|/{3,}"
    r"|\{:|[-:](?=[-: ]*\|[-:| ]*\Z)|(?P<number>\d+)(?=[.)](?:\s|\Z)))",
)


def escape_words(text: str) -> str:
    """Return words so that no sign in them is a mark, whatever stands around them."""
    return _SIGNS.sub(_escaped, text)


def escape_line(text: str) -> str:
    """Return a whole paragraph so that no sign in it is a mark.

    Signs that show as they are, as in "2 * 3", are left alone.
    """
    if _SIGNS.search(text) is None or _is_literal(text):
        return text
    return escape_words(text)


def plain_to_line(text: str) -> str:
    """Return a line of plain text as Markdown."""
    return escape_line(text.strip())


def plain_to_markdown(text: str) -> str:
    """Return plain text as Markdown: lines stay lines, empty lines paragraphs."""
    paragraphs = re.split(r"\n[ \t]*(?:\n[ \t]*)+", text.strip())
    return "\n\n".join(
        "  \n".join(without_opener(line.strip()) for line in one.split("\n"))
        for one in map(_escaped_paragraph, paragraphs)
    )


def _escaped_paragraph(text: str) -> str:
    return escape_words(text) if "\n" in text else escape_line(text)


def without_opener(line: str) -> str:
    """Return a stripped line so that it opens no list, heading, rule or table."""
    if _BULLET.match(line):
        return f"&bull;{line[1:]}"
    opener = _OPENERS.match(line)
    if opener is None or line.startswith("\\"):
        return line
    at = opener.end("number") if opener["number"] else 0
    return f"{line[:at]}\\{line[at:]}"


def _escaped(sign: re.Match[str]) -> str:
    if sign[0] in _ENTITIES:
        return _ENTITIES[sign[0]]
    if sign[0].startswith("[["):
        return sign[0]
    return "".join(f"\\{one}" for one in sign[0])


def _is_literal(text: str) -> bool:
    """Whether the words already show as they are."""
    if "\\" in text:
        # What it takes away depends on where the words will stand.
        return False
    try:
        return markdown.render_inline(text) == html.escape(text, quote=False)
    except MarkdownProblem:
        return False
