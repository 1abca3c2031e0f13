"""What each format makes of each type when it writes it: its own kind, or a loss."""

import zipfile
from io import BytesIO
from xml.etree import ElementTree

import pytest

from quizzes.exchange.formats import FORMATS
from quizzes.exchange.formats.exchange import no_images
from quizzes.exchange.formats.qti.writing import NAMESPACE
from quizzes.questions.types import TYPES
from tests.quizzes.questions.examples import EXAMPLES

every_type = pytest.mark.parametrize("type_", TYPES)
MOODLE = {
    "single_choice": "multichoice",
    "multiple_response": "multichoice",
    "true_false_set": "matching",
    "matching": "matching",
    "ordering": "ordering",
    "gap_select": "gapselect",
    "numeric": "numerical",
    "short_text": "shortanswer",
    "situational": "multichoice",
    "mark_text": "multichoice",
    "dialogue": "multichoice",
}
# The interaction of the items, and how many of them there are in the package.
QTI = {
    "single_choice": ("choiceInteraction", 1),
    "multiple_response": ("choiceInteraction", 1),
    "true_false_set": ("matchInteraction", 1),
    "matching": ("matchInteraction", 1),
    "ordering": ("orderInteraction", 1),
    "gap_select": ("inlineChoiceInteraction", 3),
    "numeric": ("textEntryInteraction", 1),
    "short_text": ("textEntryInteraction", 1),
    "situational": ("choiceInteraction", 1),
    "mark_text": ("hottextInteraction", 1),
    "dialogue": ("choiceInteraction", 3),
}


def written(format: str, type_: str):
    """Return the example of a type as a format writes it."""
    return FORMATS[format].render([EXAMPLES[type_]], no_images)


@every_type
def test_moodle_xml_writes_moodles_own_type(type_):
    root = ElementTree.fromstring(written("moodlexml", type_).data)

    kinds = [question.get("type") for question in root.iter("question")]
    assert [kind for kind in kinds if kind != "category"] == [MOODLE[type_]]


@every_type
def test_qti_asks_by_the_interaction_of_the_standard(type_):
    with zipfile.ZipFile(BytesIO(written("qti21", type_).data)) as archive:
        names = [name for name in archive.namelist() if name.startswith("items/")]
        items = [ElementTree.fromstring(archive.read(name)) for name in names]

    interactions = [
        element.tag.removeprefix(f"{{{NAMESPACE}}}")
        for item in items
        for element in item.iter()
        if element.tag.endswith("Interaction")
    ]
    assert len(items) == (3 if type_ == "dialogue" else 1)
    name, count = QTI[type_]
    assert interactions == [name] * count
    for item in items:
        right = item.iter(f"{{{NAMESPACE}}}correctResponse")
        assert [value.text for one in right for value in one]


@every_type
def test_aiken_takes_single_choices_and_tells_of_the_others(type_):
    rendering = written("aiken", type_)

    items = (
        FORMATS["aiken"].read(rendering.data).items if rendering.data.strip() else []
    )
    assert len(items) == (type_ == "single_choice")
    ((key, loss), *_others) = rendering.losses
    assert key == EXAMPLES[type_].key
    assert ("tidak ditulis" in loss) == (type_ != "single_choice")
