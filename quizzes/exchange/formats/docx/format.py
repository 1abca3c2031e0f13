"""Numbered questions with lettered options, in Word.

Numbers and letters may be typed or Word's own. The key is a bold option, a star, a
line "Kunci: B" or a list at the end; whatever says it must say the same.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from lib.documents import Document, DocumentProblem, read_document
from quizzes.exchange.formats.docx.draft import Draft
from quizzes.exchange.formats.docx.reading import Sorter, notes_of, with_keys
from quizzes.exchange.formats.exchange import (
    Budget,
    Reading,
    UnreadableFile,
    check_size,
)
from quizzes.exchange.formats.keys import KeyMaker
from quizzes.exchange.formats.texts import TextReader
from quizzes.questions.pictures import NotAPicture, path_of


def read(data: bytes, _said: Mapping[str, Any] | None = None) -> Reading:
    """Return the questions of a document. Raises UnreadableFile."""
    check_size(data)
    try:
        document = read_document(data)
    except DocumentProblem as problem:
        raise UnreadableFile(str(problem)) from problem
    budget = Budget()
    sorter = Sorter(budget)
    sorter.take_all(document)
    if not sorter.drafts:
        raise UnreadableFile(
            "Tidak ada soal bernomor di dokumen ini. Beri nomor tiap soal (1., 2., …) "
            "dan huruf tiap pilihan (A., B., …), lalu unggah lagi."
        )
    with_keys(sorter.drafts, sorter.keys)
    paths, images, faults = _pictures(document)
    keys = KeyMaker()
    items = []
    for draft in sorter.drafts:
        _refuse_faults(draft, faults)
        items.append(draft.item(keys, TextReader([], budget, images=paths)))
    notes = [*notes_of(sorter, document), *_told_signs(sorter.drafts)]
    return Reading(items, notes, images, counts="Paragraf")


def _told_signs(drafts: list[Draft]) -> Iterator[str]:
    count = sum("b" in draft.signs for draft in drafts)
    if count:
        yield f"Kunci dibaca dari huruf tebal pada {count} soal. Periksa hasilnya."


def _pictures(
    document: Document,
) -> tuple[dict[str, str], dict[str, bytes], dict[str, str]]:
    """Return paths by relation, pictures by path, and why others are none."""
    paths, images, faults = {}, {}, {}
    for relation, content in document.pictures.items():
        try:
            path = path_of(content)
        except NotAPicture as reason:
            faults[relation] = str(reason)
        else:
            paths[relation] = path
            images[path] = content
    return paths, images, faults


def _refuse_faults(draft: Draft, faults: Mapping[str, str]) -> None:
    for relation, reason in faults.items():
        if any(f'<img src="{relation}"' in one for one in draft.stem):
            draft.problems.append(f"Gambar di soal {draft.count}: {reason}")
