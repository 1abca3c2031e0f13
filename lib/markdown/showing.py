"""How pictures, files and films of a course stand in a page.

A picture that would cost more than a whole lesson is fetched when it is asked for; of
everything else that is fetched, the page says how large it is.
"""

from xml.etree.ElementTree import Element, SubElement

from lib.indonesian import format_bytes
from lib.markdown.shown import ShownFile

OPT_IN_BYTES = 8_000
"""A later lesson may cost so much over the wire in all (ARCHITECTURE 5)."""
# As wide as the text of a lesson.
_SIZES = "(min-width: 720px) 660px, 100vw"
_SPOKEN = {"jpg": "JPEG", "webp": "WebP", "webm": "WebM"}


def fill_image(image: Element, found: str | ShownFile) -> None:
    """Give an image its address, and a photograph its sizes."""
    if isinstance(found, str):
        image.set("src", found)
        return
    image.set("src", found.address)
    if found.srcset:
        image.set("srcset", found.srcset)
        image.set("sizes", _SIZES)
    if found.width:
        image.set("width", str(found.width))
        image.set("height", str(found.height))
    if found.size > OPT_IN_BYTES:
        image.set("data-bytes", str(found.size))


def fill_link(link: Element, found: str | ShownFile) -> None:
    """Lead a link to a file, and say behind its words what it is and weighs."""
    if isinstance(found, str):
        link.set("href", found)
        return
    link.set("href", found.address)
    said = f" ({kind_and_size(found)})"
    if len(link):
        link[-1].tail = f"{link[-1].tail or ''}{said}"
    else:
        link.text = f"{link.text or ''}{said}"


def kind_and_size(found: ShownFile) -> str:
    """Return "PDF, 1,2 MB"."""
    kind = _SPOKEN.get(found.ending, found.ending.upper())
    return f"{kind}, {format_bytes(found.size)}"


def wrap_large(image: Element) -> Element | None:
    """Return what stands in a figure for a picture that waits to be asked for."""
    size = image.attrib.pop("data-bytes", "")
    if not size:
        return None
    waiting = Element("details", {"class": "m-show"})
    summary = SubElement(waiting, "summary")
    summary.text = f"Lihat gambar ({format_bytes(int(size))})"
    waiting.append(image)
    return waiting
