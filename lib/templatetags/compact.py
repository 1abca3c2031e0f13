"""Pages without the indentation of their templates: fewer bytes on a poor line."""

import re

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
# Spelled out, because \s would take no-break spaces too.
_INDENT = re.compile(
    r"(<(?:pre|textarea)\b.*?</(?:pre|textarea)>)|\n[ \t\r\n]+",
    re.DOTALL | re.IGNORECASE,
)


class CompactNode(Node):
    """Renders what it holds, each line from its first character on."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        """Keep a line break wherever there was one: it parts words that are inline."""
        html = _INDENT.sub(
            lambda found: found[1] or "\n", self.nodelist.render(context)
        )
        return mark_safe(html)  # noqa: S308 - rendered and escaped before


@register.tag
def compact(parser: Parser, token: Token) -> CompactNode:
    """Leave indentation and empty lines out up to ``{% endcompact %}``.

    ``<pre>`` and ``<textarea>`` stay as they are. Not for text that CSS shows with
    its line breaks.
    """
    nodelist = parser.parse(("endcompact",))
    parser.delete_first_token()
    return CompactNode(nodelist)
