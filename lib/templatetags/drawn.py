"""Parts of a page that depend on a few values, drawn once for each of them."""

import re
import secrets
from threading import Lock
from typing import Any
from uuid import uuid4

from django import template
from django.template import Context, TemplateSyntaxError
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()
# So many drawings of a part are kept, the oldest go first: 30 KB each at most.
KEPT = 200
# What differs each time stands for itself in what is kept. Nobody can guess these, so
# nothing that people write can be taken for one of them.
_CSRF, _FRESH = f"c{secrets.token_hex(16)}", f"f{secrets.token_hex(16)}"
_PLACES = re.compile(f"({_CSRF}|{_FRESH})")


class DrawnNode(template.Node):
    """What stands between `drawn_for` and `enddrawn_for`."""

    def __init__(self, nodelist: NodeList, names: dict[str, FilterExpression]) -> None:
        self.nodelist, self._names = nodelist, names
        # The loader keeps templates, and so this node, for as long as the process.
        self._drawn: dict[tuple[Any, ...], list[str]] = {}
        self._lock = Lock()

    def render(self, context: Context) -> SafeString:
        """Return the part as it is for these values, and this request's tokens."""
        values = {name: said.resolve(context) for name, said in self._names.items()}
        token = context.get("csrf_token")
        key = (
            get_language(),
            timezone.get_current_timezone_name(),
            token is None,
            *((type(value), value) for value in values.values()),
        )
        pieces = self._drawn.get(key)
        if pieces is None:
            pieces = self._draw(context, values, has_token=token is not None)
            self._keep(key, pieces)
        filled = [
            str(token) if piece == _CSRF else str(uuid4()) if piece == _FRESH else piece
            for piece in pieces
        ]
        return mark_safe("".join(filled))  # noqa: S308 - rendered and escaped before

    def _draw(
        self, context: Context, values: dict[str, Any], *, has_token: bool
    ) -> list[str]:
        # Of these values alone: nothing of a request can be left for the next one.
        inside = context.new(values | {"is_drawn_once": True})
        if has_token:
            inside["csrf_token"] = _CSRF
        return _PLACES.split(self.nodelist.render(inside))

    def _keep(self, key: tuple[Any, ...], pieces: list[str]) -> None:
        with self._lock:
            self._drawn[key] = pieces
            while len(self._drawn) > KEPT:
                del self._drawn[next(iter(self._drawn))]


@register.tag
def drawn_for(parser: Parser, token: Token) -> DrawnNode:
    """Draw a part of a page once a process for each of the values it is drawn from.

    ``{% drawn_for page label=nav_label %}`` up to ``{% enddrawn_for %}`` sees `page`,
    `label` and nothing else; all of them must be hashable and never change, such as
    frozen dataclasses of tuples. CSRF tokens and `fresh_token` are this request's own.
    """
    tag, *bits = token.split_contents()
    said = [bit if "=" in bit else f"{bit}={bit}" for bit in bits]
    names = token_kwargs(said, parser)
    if said or not names:
        raise TemplateSyntaxError(f"Say {tag} as: {tag} name other=expression")
    nodelist = parser.parse(("enddrawn_for",))
    parser.delete_first_token()
    return DrawnNode(nodelist, names)


@register.simple_tag(takes_context=True)
def fresh_token(context: Context) -> str:
    """Return a number that no page had before, also where the rest is kept."""
    return _FRESH if context.get("is_drawn_once") else str(uuid4())
