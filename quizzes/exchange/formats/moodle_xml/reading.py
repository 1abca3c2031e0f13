"""Questions out of Moodle XML."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

from lib.untrusted_json import read_json
from quizzes.exchange.formats.exchange import Budget, Reading, ReadItem, UnreadableFile
from quizzes.exchange.formats.keys import KeyMaker
from quizzes.exchange.formats.moodle.question import MoodleQuestion
from quizzes.exchange.formats.moodle.reading import Context, from_moodle
from quizzes.exchange.formats.moodle_xml.tree import line_of, read_tree
from quizzes.exchange.formats.moodle_xml.types import (
    BY_NAME,
    OTHERS,
    PICTURE,
    XmlBody,
    bare,
    is_one,
    pictures_of,
)
from quizzes.exchange.formats.texts import TextReader
from quizzes.questions.pictures import NotAPicture, path_of

# What Moodle puts into every question of its own accord.
_STANDARD_WORDS = {
    *("Your answer is correct.", "Your answer is partially correct."),
    *("Your answer is incorrect.", "Jawaban Anda benar.", "Jawaban Anda salah."),
}


def read(data: bytes) -> Reading:
    """Return the questions of a Moodle XML file. Raises UnreadableFile."""
    root, notes = read_tree(data)
    if root.tag != "quiz":
        raise UnreadableFile(
            "Ini bukan Moodle XML: elemen terluarnya bukan <quiz>. Pilih format lain, "
            "atau ekspor dari Moodle sebagai Moodle XML."
        )
    reader = _FileReader()
    items = [item for element in root.iter("question") for item in reader.read(element)]
    if reader.categories:
        names = ", ".join(list(reader.categories)[:5])
        notes.append(
            f"Kategori tidak ikut: {names}. Semua soal masuk ke bank yang dipilih."
        )
    return Reading(items, notes, reader.images)


class _FileReader:
    """Gathers keys and pictures over a whole file."""

    def __init__(self) -> None:
        self._keys = KeyMaker()
        self._budget = Budget()
        self.images: dict[str, bytes] = {}
        self.categories: dict[str, None] = {}

    def read(self, element: Element) -> list[ReadItem]:
        """Return the question of an element; nothing for a category."""
        kind = element.get("type", "")
        if kind == "category":
            self.categories[bare(element.find("category"))[:60]] = None
            return []
        line = line_of(element)
        self._budget.spend(line)
        name = " ".join(bare(element.find("name")).split())
        reader = BY_NAME.get(kind)
        if reader is None:
            what = OTHERS.get(kind, f"“{kind[:40]}”")
            message = (
                f"Jenis soal Moodle {what} tidak dapat dinilai di sini. "
                "Ubah jenis soalnya, atau hapus dari berkas."
            )
            return [ReadItem(None, name, line, [], [message])]
        context = Context(line)
        texts = self._texts(element, context)
        moodle = reader(XmlBody(element, texts, context), _frame(element, name, texts))
        context.losses += _leftovers(element)
        return [_without_repeats(from_moodle(moodle, self._keys, context))]

    def _texts(self, element: Element, context: Context) -> TextReader:
        """Return a reader that knows the pictures of this question."""
        extras = _extras(element)
        kept = extras.get("kept")
        return TextReader(
            context.losses,
            self._budget,
            self._pictures(element, context.losses),
            kept if isinstance(kept, Mapping) else {},
        )

    def _pictures(self, element: Element, losses: list[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for file in element.iter("file"):
            name = file.get("name", "")
            try:
                data = base64.b64decode(
                    "".join((file.text or "").split()), validate=True
                )
                path = path_of(data)
            except (binascii.Error, ValueError):
                losses.append(f"Berkas {name[:60]} rusak. Unggah lagi di Moodle.")
            except NotAPicture as reason:
                losses.append(f"Berkas {name[:60]} tidak ikut: {reason}")
            else:
                self.images[path] = data
                file.set(PICTURE, path)
        for parent in element.iter():
            found |= pictures_of(parent)
        return found


def _frame(element: Element, name: str, texts: TextReader) -> MoodleQuestion:
    """Return what every kind has."""
    body = XmlBody(element, texts, Context())
    return MoodleQuestion(
        kind="choice",
        name=name,
        stem=body.block("questiontext"),
        feedback=body.block("generalfeedback"),
        idnumber=bare(element.find("idnumber")),
        tags=tuple(filter(None, (bare(tag) for tag in element.iterfind("tags/tag")))),
        extras=_extras(element),
    )


def _extras(element: Element) -> dict[str, Any]:
    try:
        extras = read_json(bare(element.find("melek")) or "{}")
    except ValueError:
        return {}
    return extras if isinstance(extras, dict) else {}


def _leftovers(element: Element) -> list[str]:
    """Say what the question has that a question here does not."""
    found = []
    if any(bare(hint) for hint in element.iterfind("hint")):
        found.append("Petunjuk (hint) tidak ikut. Bila perlu, tulis di pembahasan.")
    for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        words = bare(element.find(name)).replace("<p>", "").replace("</p>", "")
        if words and words not in _STANDARD_WORDS:
            found.append(
                "Umpan balik untuk nilai keseluruhan tidak ikut. "
                "Bila perlu, tulis di pembahasan."
            )
            break
    grade = bare(element.find("defaultgrade"))
    if not is_one(grade):
        found.append(f"Nilai {grade[:12]} tidak ikut. Atur poinnya di kuis.")
    if bare(element.find("hidden")) == "1":
        found.append("Di Moodle soal ini tersembunyi. Di sini ia menjadi draf.")
    return found


def _without_repeats(item: ReadItem) -> ReadItem:
    return replace(item, losses=list(dict.fromkeys(item.losses)))
