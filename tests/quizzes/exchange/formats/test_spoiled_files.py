"""Files spoiled by chance: read as they were meant, or refused; never wrong."""

import copy
import random
from xml.etree import ElementTree

import pytest

from lib.documents import Document, Label, Paragraph, Run
from quizzes.exchange.formats import FORMATS, UnreadableFile
from quizzes.exchange.formats.docx.reading import Sorter, with_keys
from quizzes.exchange.formats.exchange import Budget
from quizzes.exchange.formats.keys import KeyMaker
from quizzes.exchange.formats.texts import TextReader
from tests.question_files import qti

NOISE = (
    *("Bacaan: sandi yang baik itu panjang.", "B. Soal uraian", "Petunjuk umum"),
    *("2. dua", "1. satu", "Kunci Jawaban", "Jawaban:", "Pembahasan: panjang"),
    *("A. N. Kepala", "Catatan: baik", "*", "Kunci: C"),
)
Truth = dict[str, tuple[list[str], int]]


def truth_of(rnd: random.Random) -> Truth:
    """Questions by their words: options and the place of the right one."""
    found: Truth = {}
    for at in range(1, rnd.randint(3, 7)):
        count = rnd.randint(2, 5)
        options = [f"pilihan s{at} o{place}" for place in range(count)]
        found[f"Apa jawaban soal s{at}?"] = options, rnd.randrange(count)
    return found


def written(truth: Truth, rnd: random.Random) -> list[tuple[list[Run], Label | None]]:
    """These questions as paragraphs, in one of the ways in which people write them."""
    is_numbered = rnd.random() < 0.4
    mark = rnd.choice(["bold", "star", "line", "list"])
    found: list[tuple[list[Run], Label | None]] = []
    for number, (stem, (options, right)) in enumerate(truth.items(), 1):
        label = Label("0", 0, "decimal", f"{number}.") if is_numbered else None
        found.append(([Run(stem if label else f"{number}. {stem}")], label))
        for place, option in enumerate(options):
            letter = chr(ord("A") + place)
            look = "b" if mark == "bold" and place == right else ""
            star = "*" if mark == "star" and place == right else ""
            before = "" if is_numbered else f"{letter}. "
            own = Label("0", 1, "upperLetter", f"{letter}.") if is_numbered else None
            found.append(([Run(before), Run(f"{option}{star}", look)], own))
        if mark == "line":
            found.append(([Run(f"Kunci: {chr(ord('A') + right)}")], None))
    if mark == "list":
        found.append(([Run("Kunci Jawaban")], None))
        for number, (_options, right) in enumerate(truth.values(), 1):
            found.append(([Run(f"{number}. {chr(ord('A') + right)}")], None))
    return found


def spoil(
    paragraphs: list[tuple[list[Run], Label | None]], rnd: random.Random
) -> list[Paragraph]:
    """Take out, repeat or put in a paragraph, twice at most."""
    for _ in range(rnd.randint(0, 2)):
        at = rnd.randrange(len(paragraphs))
        what = rnd.choice(["delete", "repeat", "insert"])
        if what == "delete":
            del paragraphs[at]
        elif what == "repeat":
            paragraphs.insert(at, paragraphs[at])
        else:
            paragraphs.insert(at, ([Run(rnd.choice(NOISE))], None))
    return [
        Paragraph(number, [run for run in runs if run.words], 0, label)
        for number, (runs, label) in enumerate(paragraphs, 1)
    ]


@pytest.mark.parametrize("seed", range(60))
def test_what_is_read_of_a_spoiled_document_has_its_own_options_and_key(seed):
    rnd = random.Random(seed)
    truth = truth_of(rnd)
    sorter, keys = Sorter(Budget()), KeyMaker()
    sorter.take_all(Document(spoil(written(truth, rnd), rnd)))
    with_keys(sorter.drafts, sorter.keys)

    items = [draft.item(keys, TextReader([], Budget())) for draft in sorter.drafts]

    for question in (item.question for item in items if not item.problems):
        (stem,) = (one for one in truth if one in question.stem)
        options, right = truth[stem]
        assert {option.text for option in question.options} <= set(options)
        assert [o.text for o in question.options if o.fraction] == [options[right]]


def mutant(source: str, rnd: random.Random) -> bytes:
    """An item of QTI with something missing, strange or twice."""
    root = ElementTree.fromstring(source)
    for _ in range(rnd.randint(1, 3)):
        elements = list(root.iter())
        one = rnd.choice(elements)
        what = rnd.choice(["child", "attribute", "text", "value", "twice", "name"])
        if what == "child" and len(one):
            one.remove(rnd.choice(list(one)))
        elif what == "attribute" and one.attrib:
            del one.attrib[rnd.choice(list(one.attrib))]
        elif what == "text":
            one.text = rnd.choice(["", "x", "-1", "NaN", "1e400", "A A", "[[x]]"])
        elif what == "value" and one.attrib:
            said = rnd.choice(["", "0", "x", "single", "multiple", "1e9"])
            one.set(rnd.choice(list(one.attrib)), said)
        elif what == "twice" and len(one):
            one.append(copy.deepcopy(rnd.choice(list(one))))
        elif what == "name":
            one.tag = rnd.choice(elements).tag
    return ElementTree.tostring(root)


@pytest.mark.parametrize("source", qti.SOURCES, ids=range(len(qti.SOURCES)))
def test_a_spoiled_item_ends_in_a_question_or_in_words(source):
    rnd = random.Random(source)
    for _ in range(40):
        try:
            items = FORMATS["qti21"].read(mutant(source, rnd)).items
        except UnreadableFile:
            continue
        assert all(item.problems or item.question for item in items)
