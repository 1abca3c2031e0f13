"""Accessibility of a page as axe-core sees it."""

from pathlib import Path
from typing import Any

_SOURCE = Path(__file__).parent / "vendor" / "axe-4.14.1.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Any) -> list[str]:
    """Return one line per violation on the page; none is right."""
    page.evaluate(_SOURCE.read_text("utf-8"))
    result = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", _TAGS
    )
    return [
        f"{row['id']} ({row['impact']}): {row['help']} – "
        + "; ".join(node["html"][:120] for node in row["nodes"][:3])
        for row in result["violations"]
    ]


def assert_accessible(page: Any) -> None:
    """Fail with the list of violations, and on sideways scrolling."""
    found = violations(page)
    assert not found, page.url + "\n" + "\n".join(found)
    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert overflow <= 0, f"{page.url} scrolls {overflow} px sideways"
