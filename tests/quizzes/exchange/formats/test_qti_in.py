"""QTI in: what this site writes is marked the same when it comes back."""

from decimal import Decimal

import pytest

from quizzes.exchange.formats import FORMATS, UnreadableFile
from quizzes.questions.content import QuestionContent
from quizzes.questions.types import TYPES
from tests.question_files import qti
from tests.question_files.docx_builder import PIXEL
from tests.quizzes.questions.examples import EXAMPLES

QTI = FORMATS["qti21"]
# What comes back as another type: a path through scenes, and points of a situation.
_OTHERWISE = {"dialogue", "situational"}


def back(question: QuestionContent) -> QuestionContent:
    reading = QTI.read(QTI.render([question]).data)
    (item,) = reading.items
    assert item.problems == []
    assert item.question is not None
    return item.question


@pytest.mark.parametrize("type_", [one for one in TYPES if one not in _OTHERWISE])
def test_a_type_comes_back_as_itself(type_):
    question = EXAMPLES[type_]

    again = back(question)

    assert again.type == type_
    assert again.key == question.key
    assert [o.fraction for o in again.options] == [o.fraction for o in question.options]
    assert again.feedback == question.feedback
    default = next(iter(TYPES[type_].scorings), "")
    wished = question.scoring or default
    # Spelling is compared by QTI as `casefold`, which is told when it is written.
    assert (again.scoring or default) == (
        "casefold" if wished == "normalized" else wished
    )


def test_a_number_keeps_every_tolerance():
    question = EXAMPLES["numeric"]

    again = back(question)

    said = [(Decimal(o.text), o.match, o.fraction) for o in again.options]
    assert said == [
        (Decimal(o.text), o.match or "0", o.fraction) for o in question.options
    ]


def test_scenes_come_back_one_by_one():
    question = EXAMPLES["dialogue"]

    reading = QTI.read(QTI.render([question]).data)

    assert len(reading.items) == len(question.settings["scenes"])
    assert {item.question.type for item in reading.items} == {"single_choice"}


def test_own_response_processing_is_told():
    reading = QTI.read(QTI.render([EXAMPLES["single_choice"]]).data)

    assert "ditulis khusus" in reading.items[0].losses[0]


def test_a_number_with_unknown_rules_is_refused():
    item = qti.item(
        '<responseDeclaration identifier="RESPONSE" cardinality="single" '
        'baseType="float"><correctResponse><value>5</value></correctResponse>'
        "</responseDeclaration><itemBody><p>Berapa? <textEntryInteraction "
        'responseIdentifier="RESPONSE"/></p></itemBody><responseProcessing>'
        "<responseCondition/></responseProcessing>",
        rule="",
    )

    (read,) = QTI.read(item.encode()).items

    assert "ditulis khusus dan tidak dapat dibaca" in read.problems[0]


@pytest.mark.parametrize("tag", ["video", "object", "math"])
def test_media_and_formulas_are_refused_by_name(tag):
    item = qti.CHOICE.replace("<itemBody>", f"<itemBody><{tag}/>")

    (read,) = QTI.read(item.encode()).items

    assert read.question is None
    assert ("MathML" if tag == "math" else f"<{tag}>") in read.problems[0]


def test_a_picture_comes_out_of_the_package():
    item = qti.CHOICE.replace(
        "<itemBody>", '<itemBody><p><img src="../m/a.png" alt="T"/></p>'
    )
    data = qti.package(
        {"imsmanifest.xml": qti.manifest("i/a.xml"), "i/a.xml": item, "m/a.png": PIXEL}
    )

    reading = QTI.read(data)

    assert reading.items[0].problems == []
    assert list(reading.images.values()) == [PIXEL]
    assert next(iter(reading.images)) in reading.items[0].question.stem


def test_a_picture_that_is_not_there_refuses_its_question():
    item = qti.CHOICE.replace("<itemBody>", '<itemBody><img src="x.png" alt="T"/>')

    (read,) = QTI.read(item.encode()).items

    assert read.problems[0].startswith("Gambar x.png: tidak ada di dalam paket.")


def test_a_package_without_items_is_refused():
    with pytest.raises(UnreadableFile, match="Tidak ada soal QTI"):
        QTI.read(qti.package({"imsmanifest.xml": qti.manifest()}))


def test_one_broken_file_leaves_the_others():
    data = qti.package(
        {
            "imsmanifest.xml": qti.manifest("a.xml", "b.xml"),
            "a.xml": "<x",
            "b.xml": qti.CHOICE,
        }
    )

    first, second = QTI.read(data).items

    assert "XML rusak" in first.problems[0]
    assert second.problems == []


def test_nobody_fetches_what_a_picture_names():
    item = qti.CHOICE.replace(
        "<itemBody>", '<itemBody><img src="https://example.com/a.png" alt="T"/>'
    )

    (read,) = QTI.read(item.encode()).items

    assert "tidak ada di dalam paket" in read.problems[0]


def test_the_same_identifier_twice_gives_two_keys():
    data = qti.package(
        {"a.xml": qti.CHOICE, "b.xml": qti.CHOICE.replace("Atasan", "X")}
    )

    first, second = QTI.read(data).items

    assert first.question.key == "soal-1"
    assert second.question.options != first.question.options
    assert second.question.key != "soal-1"
