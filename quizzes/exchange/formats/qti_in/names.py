"""Names of elements and attributes: those of QTI 3.0 as QTI 2 wrote them."""

import re
from xml.etree.ElementTree import Element

_DASHED = re.compile(r"-([a-z])")


def tag_of(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def plain_names(root: Element) -> Element:
    """Give every element its bare name, those of QTI 3.0 the one of QTI 2; return it.

    `qti-simple-choice` becomes `simpleChoice`, and of such an element `max-choices`
    becomes `maxChoices`. Elements of HTML stay as they are.
    """
    for element in root.iter():
        name = tag_of(element)
        is_newer = name.startswith("qti-")
        element.tag = _joined(name.removeprefix("qti-")) if is_newer else name
        if is_newer:
            for key in [key for key in element.attrib if "-" in key]:
                if not key.startswith("data-"):
                    element.set(_joined(key), element.attrib.pop(key))
    return root


def _joined(name: str) -> str:
    return _DASHED.sub(lambda found: found[1].upper(), name)
