"""What eyes see of a page: the pixels of its drawings."""

import io
from typing import Any

from PIL import Image

# Drawings that are displayed, with their boxes on the page. A collapsed or hidden part
# has none; what belongs to a drawing of several has its own `svg` around it.
_DRAWINGS = """() => [...document.querySelectorAll("svg")]
  .filter((svg) => svg.checkVisibility({ visibilityProperty: true }))
  .map((svg) => {
    const { left, top, width, height } = svg.getBoundingClientRect();
    const owner = svg.parentElement;
    const name = owner.getAttribute("aria-label") || owner.textContent.trim();
    return { box: [left, top, left + width, top + height], name: name.slice(0, 60) };
  })
  .filter(({ box: [left, top, right] }) => left > -1 && right > 1)"""


def unseen(page: Any) -> list[str]:
    """Return what stands beside every drawing of which no pixel is seen.

    The page is made as high as its content, so that no bar lies over a drawing. A
    drawing is seen where its box shows more than one colour. Looks again for some
    seconds: a page that still grows has moved its drawings before the picture is taken.
    """
    for pause in (100, 200, 400, 800, 1600, 3200, 0):
        found = unseen_now(page)
        if not found:
            break
        page.wait_for_timeout(pause)
    return found


def unseen_now(page: Any) -> list[str]:
    """Return the same, looking once."""
    usual = page.viewport_size
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": usual["width"], "height": height})
    page.evaluate("scrollTo(0, 0)")
    drawings = page.evaluate(_DRAWINGS)
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    page.set_viewport_size(usual)
    assert drawings, f"{page.url} has no drawing at all"
    return [one["name"] for one in drawings if not _is_seen(picture, one["box"])]


def _is_seen(picture: Image.Image, box: list[float]) -> bool:
    left, top, right, bottom = (round(side) for side in box)
    if right <= left or bottom <= top:
        return False
    return len(picture.crop((left, top, right, bottom)).getcolors(1 << 24) or []) > 1
