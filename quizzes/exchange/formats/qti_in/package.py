"""A package of QTI: its XML files with their names, and the pictures beside them."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from lib.archives import ArchiveProblem, check_archive
from quizzes.exchange.formats.exchange import UnreadableFile
from quizzes.exchange.formats.moodle_xml.tree import read_tree
from quizzes.exchange.formats.qti_in.names import plain_names, tag_of
from quizzes.questions.pictures import NotAPicture, path_of

_ZIP = b"PK\x03\x04"
_MOST_MEMBERS = 3_000
_MOST_BYTES = 200_000_000
_MOST_OF_ONE = 10_000_000
_XML = (".xml", ".dat", ".qti")
_MANIFEST = "imsmanifest.xml"
# Without definitions of its own: it names a file that nobody fetches.
_BARE_DOCTYPE = re.compile(
    rb"<!DOCTYPE\s+[\w:.-]+(?:\s+(?:SYSTEM|PUBLIC)(?:\s+(?:\"[^\"\[\]]*\"|'[^'\[\]]*'))"
    rb"{1,2})?\s*>"
)


@dataclass
class Package:
    """What lies beside an item; `images` are the pictures that were asked for."""

    data: bytes
    names: frozenset[str] = frozenset()
    images: dict[str, bytes] = field(default_factory=dict)

    def picture(self, source: str, beside: str) -> str:
        """Return the path of a picture by its address in an item.

        Raises NotAPicture with the reason.
        """
        bare = unquote(re.split(r"[?#]", source, maxsplit=1)[0])
        # Canvas writes where its export lies instead of a path.
        bare = bare.removeprefix("$IMS-CC-FILEBASE$/").removeprefix("%24")
        candidates = (
            posixpath.normpath(posixpath.join(posixpath.dirname(beside), bare)),
            posixpath.normpath(bare.lstrip("/")),
            posixpath.normpath(posixpath.join("web_resources", bare)),
        )
        name = next((one for one in candidates if one in self.names), None)
        if name is None:
            raise NotAPicture("tidak ada di dalam paket. Ekspor ulang dengan medianya.")
        with zipfile.ZipFile(BytesIO(self.data)) as archive:
            content = _member(archive, name)
        path = path_of(content)
        self.images[path] = content
        return path


def trees_of(data: bytes) -> tuple[Package, Iterator[tuple[str, Element | str]]]:
    """Return the package and its XML files; a text where one cannot be read.

    The files come in the order of the manifest, each with its name; of a bare file the
    name is "". Names of elements are those of QTI 2. Raises UnreadableFile.
    """
    if not data.startswith(_ZIP):
        return Package(data), iter([("", _tree(data))])
    try:
        names = check_archive(
            BytesIO(data),
            most_members=_MOST_MEMBERS,
            most_bytes=_MOST_BYTES,
            ending=".zip",
        )
    except ArchiveProblem as problem:
        raise UnreadableFile(str(problem)) from problem
    return Package(data, frozenset(names)), _files(data, names)


def _files(data: bytes, names: list[str]) -> Iterator[tuple[str, Element | str]]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in _in_order(archive, names):
            try:
                yield name, _tree(_member(archive, name))
            except UnreadableFile as problem:
                yield name, problem.message


def _in_order(archive: zipfile.ZipFile, names: list[str]) -> list[str]:
    """Return the XML files, those that the manifest names first and in its order."""
    wanted = [one for one in names if one.lower().endswith(_XML)]
    manifest = next(
        (one for one in names if posixpath.basename(one) == _MANIFEST), None
    )
    if manifest is None:
        return wanted
    root = _tree(_member(archive, manifest))
    folder = posixpath.dirname(manifest)
    said = [
        posixpath.normpath(posixpath.join(folder, unquote(one.get("href", ""))))
        for one in root.iter()
        if tag_of(one) in {"file", "resource"} and one.get("href")
    ]
    # Blackboard says the name elsewhere.
    said += [
        value
        for one in root.iter()
        for key, value in one.attrib.items()
        if key.endswith("}file")
    ]
    first = [one for one in dict.fromkeys(said) if one in set(wanted)]
    rest = [one for one in wanted if one not in set(first) and one != manifest]
    return [*first, *rest]


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _MOST_OF_ONE:
        raise UnreadableFile(
            f"Berkas {name[:60]} di dalam paket lebih besar dari 10 MB. Perkecil, lalu "
            "ekspor ulang."
        )
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError) as error:
        raise UnreadableFile(
            f"Berkas {name[:60]} di dalam paket rusak. Ekspor ulang paketnya."
        ) from error


def _tree(data: bytes) -> Element:
    root, _notes = read_tree(
        _BARE_DOCTYPE.sub(b"", data, count=1), program="sistem asalnya"
    )
    return plain_names(root)
