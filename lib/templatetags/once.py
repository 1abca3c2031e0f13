"""Parts of a template that are the same for everybody, rendered once a process."""

from django import template
from django.template import Context
from django.template.base import NodeList, Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


class OnceNode(template.Node):
    """What stands between `once` and `endonce`."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        # The loader keeps templates, and so this node, for as long as the process.
        self._rendered: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """Return the part in the language that is active."""
        language = get_language()
        found = self._rendered.get(language)
        if found is None:
            # Of an empty context: nothing of a request can be left for the next one.
            found = self.nodelist.render(context.new({}))
            self._rendered[language] = found
        return found


@register.tag
def once(parser: Parser, token: Token) -> OnceNode:
    """Render words that depend on nothing but the language, and keep them."""
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return OnceNode(nodelist)
