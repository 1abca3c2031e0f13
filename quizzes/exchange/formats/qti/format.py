"""QTI 2.1 out: a content package with one assessment item for each question.

IMS Question & Test Interoperability 2.1 (final, 2012) and Content Packaging 1.1. What
marks a response is written out as response processing, so that another system gives
the marks that this one gives; where QTI has no words for it, that is a loss.
"""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from quizzes.exchange.formats.exchange import ImageReader, Rendering, no_images
from quizzes.exchange.formats.qti.items import items_of_question
from quizzes.exchange.formats.qti.writing import CONTENT_FOLDER
from quizzes.questions.content import QuestionContent
from quizzes.questions.pictures import PICTURE_PATH as PATH

_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"
_PLACE = (
    f"{_PACKAGE} http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd"
)
# The same questions, the same bytes.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def render(
    questions: Sequence[QuestionContent], image: ImageReader = no_images
) -> Rendering:
    """Return a package; a dialogue becomes an item for each of its scenes."""
    content, losses = BytesIO(), []
    manifest, resources = _manifest()
    stored: set[str] = set()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for question in questions:
            written = items_of_question(question)
            losses += [(question.key, loss) for loss in written.losses]
            for item in written.items:
                _add(package, f"items/{item.identifier}.xml", item.root)
                resource = _resource(resources, item.identifier)
                for path in _pictures(item.root):
                    data = image(path)
                    if data is None:
                        losses.append((question.key, "Gambar tidak ditemukan di sini."))
                        continue
                    SubElement(resource, "file", href=path)
                    if path not in stored:
                        stored.add(path)
                        package.writestr(zipfile.ZipInfo(path, _MOMENT), data)
        _add(package, "imsmanifest.xml", manifest)
    return Rendering(
        content.getvalue(), "soal-qti21.zip", "application/zip", tuple(losses)
    )


def _manifest() -> tuple[Element, Element]:
    manifest = Element(
        "manifest",
        {
            "xmlns": _PACKAGE,
            "xmlns:xsi": _SCHEMA,
            "xsi:schemaLocation": _PLACE,
            "identifier": "soal",
        },
    )
    metadata = SubElement(manifest, "metadata")
    SubElement(metadata, "schema").text = "QTIv2.1 Package"
    SubElement(metadata, "schemaversion").text = "1.0.0"
    SubElement(manifest, "organizations")
    return manifest, SubElement(manifest, "resources")


def _resource(resources: Element, identifier: str) -> Element:
    href = f"items/{identifier}.xml"
    resource = SubElement(
        resources,
        "resource",
        identifier=f"r-{identifier}",
        type="imsqti_item_xmlv2p1",
        href=href,
    )
    SubElement(resource, "file", href=href)
    return resource


def _pictures(root: Element) -> list[str]:
    """Return the pictures that an item shows, as paths in the package."""
    sources = (image.get("src", "") for image in root.iter("img"))
    paths = (source.removeprefix(CONTENT_FOLDER) for source in sources)
    return [path for path in dict.fromkeys(paths) if PATH.fullmatch(path)]


def _add(package: zipfile.ZipFile, name: str, root: Element) -> None:
    if name == "imsmanifest.xml":
        indent(root)
    data = tostring(root, encoding="utf-8", xml_declaration=True)
    info = zipfile.ZipInfo(name, _MOMENT)
    info.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(info, data)
