"""Accessibility of a page as axe-core sees it."""

import os
from pathlib import Path
from typing import Any

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 900}
# The laptop comes last: on a phone the heads of a table are hidden.
LOOKS = [(size, scheme) for size in (PHONE, LAPTOP) for scheme in ("light", "dark")]
_SOURCE = Path(__file__).parent / "vendor" / "axe-4.14.1.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_IS_SMALL = """async selector => {
  const top = scrollY;
  const target = document.querySelector(selector);
  target.scrollIntoView({ block: "center", behavior: "instant" });
  const rule = { type: "rule", values: ["target-size"] };
  const { violations } = await axe.run(target, { runOnly: rule });
  scrollTo({ top, behavior: "instant" });
  return violations.length > 0;
}"""


# A colour on its way to another one is no colour of the page.
_END_TRANSITIONS = """() => {
  for (const one of document.getAnimations()) {
    if (Number.isFinite(one.effect.getComputedTiming().endTime)) one.finish();
  }
}"""


def violations(page: Any) -> list[str]:
    """Return one line per violation on the page; none is right."""
    if not page.evaluate("!!window.axe"):
        page.evaluate(_SOURCE.read_text("utf-8"))
    page.evaluate(_END_TRANSITIONS)
    result = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", _TAGS
    )
    return [
        f"{row['id']} ({row['impact']}): {row['help']} – "
        + "; ".join(node["html"][:120] for node in nodes[:3])
        for row in result["violations"]
        if (nodes := _lasting(page, row))
    ]


def _lasting(page: Any, row: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what is wrong wherever the page is scrolled to.

    Half a control may lie under a bar that sticks to the screen; axe takes what is
    left for a target that is too small.
    """
    if row["id"] != "target-size":
        return list(row["nodes"])
    return [
        node for node in row["nodes"] if page.evaluate(_IS_SMALL, node["target"][0])
    ]


def assert_accessible(page: Any) -> None:
    """Fail with the list of violations, and on sideways scrolling."""
    found = violations(page)
    assert not found, page.url + "\n" + "\n".join(found)
    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert overflow <= 0, f"{page.url} scrolls {overflow} px sideways"


def assert_accessible_in_every_look(page: Any, name: str = "") -> None:
    """The same on a phone and on a laptop, light and dark; ends as a light laptop.

    A page with a name leaves its pictures in the folder SCREENSHOTS, if there is one.
    """
    folder = os.environ.get("SCREENSHOTS")
    for size, scheme in LOOKS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        if name and folder:
            path = Path(folder, f"{name}-{size['width']}-{scheme}.png")
            page.screenshot(path=path, full_page=True)
        assert_accessible(page)
    page.emulate_media(color_scheme="light")
