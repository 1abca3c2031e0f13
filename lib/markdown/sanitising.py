"""What may stand in the HTML of a lesson; everything else is taken out.

Classes are listed by name, not by pattern: a text may use the boxes of a lesson
and nothing else of the site's looks. ``style`` is nowhere, and addresses have one
of the named schemes or none.
"""

import nh3

from lib.markdown.blocks import CHECK_CLASS, TITLE_CLASS
from lib.markdown.checking import LINK_SCHEMES

_INLINE_TAGS = {"a", "br", "code", "del", "em", "mark", "strong"}
_TAGS = _INLINE_TAGS | {
    *("audio", "video"),
    *("blockquote", "details", "div", "figcaption", "figure", "h2", "h3", "h4", "hr"),
    *("img", "li", "ol", "p", "pre", "section", "summary", "sup", "table", "tbody"),
    *("td", "th", "thead", "tr", "ul"),
}
_ATTRIBUTES = {
    "*": set(),
    "a": {"href", "id", "aria-label"},
    "audio": {"aria-label", "controls", "src"},
    "div": {"aria-label", "data-question"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    # `srcset` and `sizes` come from `lib.markdown.showing`; no author writes them.
    "img": {"src", "alt", "srcset", "sizes", "width", "height"},
    "li": {"id"},
    "ol": {"start"},
    "p": {"data-embed", "data-title"},
    "section": {"aria-label"},
    "video": {"aria-label", "controls", "src"},
}
_ALIGN = {"left", "center", "right"}
_VALUES = {
    "a": {"rel": {"noopener noreferrer"}, "role": {"doc-noteref", "doc-backlink"}},
    "audio": {"preload": {"none"}},
    "div": {"role": {"group"}, "tabindex": {"0"}},
    "img": {"loading": {"lazy"}},
    "section": {"role": {"doc-endnotes"}},
    "td": {"align": _ALIGN},
    "th": {"align": _ALIGN, "scope": {"col"}},
    "video": {"preload": {"none"}},
}
_CLASSES = {
    "div": {CHECK_CLASS, "m-compare", "m-compare-yes", "m-note", "m-questions"}
    | {"m-scroll"},
    "details": {"m-show"},
    "figure": {"m-figure", "m-media"},
    "h2": {TITLE_CLASS},
    "h3": {TITLE_CLASS},
    "ol": {"m-questions"},
    "p": {"m-case-cap", "m-embed", "m-media-size", "m-ponder"},
    "section": {"m-case", "m-recap", "m-references", "m-today"},
}

_page = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    tag_attribute_values=_VALUES,
    allowed_classes=_CLASSES,
    link_rel=None,
    url_schemes=set(LINK_SCHEMES),
)
_line = nh3.Cleaner(
    tags=_INLINE_TAGS,
    attributes={"*": set(), "a": {"href"}},
    tag_attribute_values={"a": {"rel": {"noopener noreferrer"}}},
    link_rel=None,
    url_schemes=set(LINK_SCHEMES),
)


def clean_page(html: str) -> str:
    """Return balanced markup with the elements of a lesson only."""
    return _page.clean(html)


def clean_line(html: str) -> str:
    """Return balanced markup with elements that may stand within a line only."""
    return _line.clean(html)
