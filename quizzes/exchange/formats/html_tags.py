"""Elements of HTML that stand on lines of their own."""

BLOCK_TAGS = frozenset({*("blockquote", "hr", "li", "ol", "p", "pre", "ul", "div")})
BLOCK_TAGS |= {"table", "tbody", "td", "th", "thead", "tr"}
HEADINGS = frozenset({f"h{level}" for level in range(1, 7)})
