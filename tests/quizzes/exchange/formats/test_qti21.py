"""QTI 2.1 packages: the rules of the standard that need no schema to be checked."""

import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree

import pytest

from quizzes.exchange.formats.qti import format
from quizzes.exchange.formats.qti.writing import NAMESPACE
from quizzes.questions.content import OptionContent
from tests.quizzes.questions.examples import ALL, EXAMPLES

Q = f"{{{NAMESPACE}}}"
# What may stand in an assessmentItem, in this order.
PARTS = [
    *("responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing"),
    "modalFeedback",
]
# By interaction: cardinalities and base types that the standard lets it have.
KINDS = {
    "choiceInteraction": ({"single", "multiple"}, {"identifier"}),
    "orderInteraction": ({"ordered"}, {"identifier"}),
    "matchInteraction": ({"multiple"}, {"directedPair"}),
    "hottextInteraction": ({"single", "multiple"}, {"identifier"}),
    "inlineChoiceInteraction": ({"single"}, {"identifier"}),
    "textEntryInteraction": ({"single"}, {"string", "float"}),
}
IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


def package(questions, image=lambda _path: None):
    rendering = format.render(questions, image)
    return rendering, zipfile.ZipFile(BytesIO(rendering.data))


def items(questions):
    _rendering, archive = package(questions)
    return {
        name: ElementTree.fromstring(archive.read(name))
        for name in archive.namelist()
        if name.startswith("items/")
    }


@pytest.fixture(scope="module")
def everything():
    return items(ALL)


def local(element) -> str:
    return element.tag.removeprefix(Q)


def interactions(item):
    return [one for one in item.iter() if local(one) in KINDS]


def test_parts_stand_in_the_order_of_the_standard(everything):
    for item in everything.values():
        order = [PARTS.index(local(part)) for part in item]
        assert order == sorted(order)
        assert order.count(PARTS.index("itemBody")) == 1
        for name in ("identifier", "title", "adaptive", "timeDependent"):
            assert item.get(name)


def test_every_interaction_has_its_response(everything):
    for name, item in everything.items():
        declared = {
            one.get("identifier"): one for one in item.iter(f"{Q}responseDeclaration")
        }
        used = [one.get("responseIdentifier") for one in interactions(item)]
        assert sorted(used) == sorted(declared), name
        for one in interactions(item):
            response = declared[one.get("responseIdentifier")]
            cardinalities, base = KINDS[local(one)]
            assert response.get("cardinality") in cardinalities
            assert response.get("baseType") in base


def test_keys_and_mappings_name_what_is_offered(everything):
    for name, item in everything.items():
        offered = {
            one.get("identifier")
            for one in item.iter()
            if local(one)
            in {"simpleChoice", "simpleAssociableChoice", "hottext", "inlineChoice"}
        }
        assert all(IDENTIFIER.fullmatch(one) for one in offered)
        for response in item.iter(f"{Q}responseDeclaration"):
            if response.get("baseType") not in {"identifier", "directedPair"}:
                continue
            said = [one.text for one in response.iter(f"{Q}value")]
            said += [one.get("mapKey") for one in response.iter(f"{Q}mapEntry")]
            assert said, name
            assert {word for one in said for word in one.split()} <= offered


def test_outcomes_and_feedback_are_declared(everything):
    for item in everything.values():
        outcomes = {
            one.get("identifier") for one in item.iter(f"{Q}outcomeDeclaration")
        }
        responses = {
            one.get("identifier") for one in item.iter(f"{Q}responseDeclaration")
        }
        assert "SCORE" in outcomes
        for rule in item.iter(f"{Q}setOutcomeValue"):
            assert rule.get("identifier") in outcomes
            assert len(rule) == 1
        for variable in item.iter(f"{Q}variable"):
            assert variable.get("identifier") in outcomes | responses
        for feedback in item.iter(f"{Q}modalFeedback"):
            assert feedback.get("outcomeIdentifier") in outcomes


def test_no_key_of_a_gap_is_told(everything):
    for item in everything.values():
        assert "[[" not in ElementTree.tostring(item, encoding="unicode")


def test_the_manifest_lists_every_file():
    rendering, archive = package(ALL)

    manifest = ElementTree.fromstring(archive.read("imsmanifest.xml"))
    space = manifest.tag.removesuffix("manifest")
    resources = list(manifest.iter(f"{space}resource"))
    hrefs = {file.get("href") for file in manifest.iter(f"{space}file")}
    assert hrefs == set(archive.namelist()) - {"imsmanifest.xml"}
    assert {one.get("type") for one in resources} == {"imsqti_item_xmlv2p1"}
    identifiers = [one.get("identifier") for one in resources]
    assert len(set(identifiers)) == len(identifiers)
    assert format.render(ALL).data == rendering.data


def shares(item) -> dict[str, Decimal]:
    return {
        one.get("mapKey"): Decimal(one.get("mappedValue"))
        for one in item.iter(f"{Q}mapEntry")
    }


def test_weights_are_those_of_the_balanced_rule(everything):
    item = everything["items/data-yang-disamarkan.xml"]

    found = shares(item)
    assert sum(value for value in found.values() if value > 0) == pytest.approx(1)
    assert found["o-topik"] == Decimal("-0.5")
    bounds = next(item.iter(f"{Q}mapping"))
    assert (bounds.get("lowerBound"), bounds.get("upperBound")) == ("0", "1")


def test_none_of_them_is_an_answer_of_its_own(everything):
    item = everything["items/boleh-dibagikan.xml"]

    right = next(item.iter(f"{Q}correctResponse"))
    assert [value.text for value in right] == ["o-tidak-ada"]
    assert shares(item)["o-tidak-ada"] == 1


def test_points_of_a_situation_are_parts(everything):
    values = shares(everything["items/rekan-membagikan-hoaks.xml"])

    assert list(values.values()) == [1, Decimal("0.8"), Decimal("0.4"), 0]


def test_tolerances_are_ranges_a_hair_wider(everything):
    """Not `equal`: one engine never reads its tolerance, another not a relative one."""
    found = [
        [
            float(one[1].text)
            for one in everything[f"items/{name}.xml"].iter(f"{Q}{end}")
        ]
        for name in ("rata-rata-pengaduan", "perkiraan-pemilih")
        for end in ("gte", "lte")
    ]

    assert found == [
        [48, pytest.approx(9.1, abs=1e-6), 9.6],
        [48, pytest.approx(10.1, abs=1e-6), 9.6],
        [pytest.approx(2256.25, abs=1e-4)],
        [pytest.approx(2493.75, abs=1e-4)],
    ]
    assert found[0][1] < 9.1
    assert found[1][1] > 10.1


def test_no_expression_meets_a_blank_response(everything):
    """Each rule that asks for a response first asks whether there is one."""
    for name, item in everything.items():
        (processing,) = item.iter(f"{Q}responseProcessing")
        for condition in processing.findall(f"{Q}responseCondition"):
            used = {one.get("identifier") for one in condition.iter(f"{Q}variable")}
            if any(one.startswith("RESPONSE") for one in used):
                assert condition[0][0].tag == f"{Q}isNull", name


def test_the_explanation_is_asked_for_last(everything):
    for item in everything.values():
        shown = [
            one
            for one in item.iter(f"{Q}setOutcomeValue")
            if one.get("identifier") == "PEMBAHASAN"
        ]
        feedback = [
            one
            for one in item.iter(f"{Q}modalFeedback")
            if one.get("outcomeIdentifier") == "PEMBAHASAN"
        ]
        assert [one[0].text for one in shown] == [
            one.get("identifier") for one in feedback
        ]
        for outcome in item.iter(f"{Q}outcomeDeclaration"):
            if outcome.get("identifier") == "PEMBAHASAN":
                assert outcome[0][0].text not in {None, "ada"}


def test_an_outcome_that_is_a_word_has_a_value_from_the_start(everything):
    """Without one an engine ends in an exception for every response."""
    for item in everything.values():
        for outcome in item.iter(f"{Q}outcomeDeclaration"):
            if outcome.get("cardinality") == "single":
                assert outcome.findtext(f"{Q}defaultValue/{Q}value"), outcome.attrib


def test_nothing_needs_to_be_chosen_and_case_is_said(everything):
    for item in everything.values():
        for one in interactions(item):
            if local(one) in {"choiceInteraction", "hottextInteraction"}:
                assert one.get("minChoices") == "0"
            if local(one) == "matchInteraction":
                assert one.get("minAssociations") == "0"
        for entry in item.iter(f"{Q}mapEntry"):
            assert entry.get("caseSensitive") in {"true", "false"}


def test_an_answer_without_a_star_is_compared_as_a_text():
    question = replace(
        EXAMPLES["short_text"],
        scoring="wildcard",
        options=[
            OptionContent("a", "2*fa", Decimal(1)),
            OptionContent("b", r"C\*", Decimal("0.5")),
        ],
    )

    (item,) = items([question]).values()

    assert len(list(item.iter(f"{Q}patternMatch"))) == 1
    (entry,) = item.iter(f"{Q}mapEntry")
    assert (entry.get("caseSensitive"), entry.get("mapKey")) == ("false", "C*")


def test_where_case_counts_no_mapping_is_asked():
    """One importer forgets `caseSensitive` of a mapping, another that of stringMatch.

    What remains the same everywhere: a `stringMatch` that is case-sensitive, and a
    mapping that is not.
    """
    (item,) = items([replace(EXAMPLES["short_text"], scoring="exact")]).values()
    assert not list(item.iter(f"{Q}mapResponse"))
    assert {one.get("caseSensitive") for one in item.iter(f"{Q}stringMatch")} == {
        "true"
    }

    (item,) = items([replace(EXAMPLES["short_text"], scoring="casefold")]).values()
    assert list(item.iter(f"{Q}mapResponse"))
    assert not list(item.iter(f"{Q}stringMatch"))


def test_wildcards_become_patterns(everything):
    item = everything["items/verifikasi-dua-langkah.xml"]

    patterns = [one.get("pattern") for one in item.iter(f"{Q}patternMatch")]
    assert re.fullmatch(patterns[0], "Verifikasi dua langkah")
    assert not re.fullmatch(patterns[0], "verifikasi tiga langkah")
    assert re.fullmatch(patterns[1], "pakai 2fa saja")


def test_what_is_an_anchor_elsewhere_stands_in_brackets():
    options = [OptionContent("a", "$5*x^2", Decimal(1))]
    question = replace(EXAMPLES["short_text"], scoring="wildcard", options=options)

    (item,) = items([question]).values()

    (pattern,) = [one.get("pattern") for one in item.iter(f"{Q}patternMatch")]
    assert pattern == r"[$]5.*[Xx][\^]2"


def test_marked_text_keeps_its_passages(everything):
    item = everything["items/tanda-penipuan.xml"]

    passages = {
        one.get("identifier"): "".join(one.itertext())
        for one in item.iter(f"{Q}hottext")
    }
    assert passages == {
        f"o-{option.key}": option.text for option in EXAMPLES["mark_text"].options
    }


def test_a_dialogue_is_split_and_said_so():
    question = EXAMPLES["dialogue"]
    rendering, archive = package([question])

    names = [name for name in archive.namelist() if name.startswith("items/")]
    assert names == [
        f"items/{question.key}.{scene['key']}.xml"
        for scene in question.settings["scenes"]
    ]
    assert "tidak mengenal percakapan" in rendering.losses[0][1]


def test_pictures_come_along():
    path = f"gambar/soal/{'a' * 64}.png"
    question = replace(EXAMPLES["single_choice"], stem=f"Lihat.\n\n![Titik]({path})")

    rendering, archive = package([question], {path: b"png"}.get)

    assert archive.read(path) == b"png"
    item = ElementTree.fromstring(archive.read(f"items/{question.key}.xml"))
    assert [one.get("src") for one in item.iter(f"{Q}img")] == [f"../{path}"]
    assert not rendering.losses
    lost = format.render([question]).losses
    assert lost == ((question.key, "Gambar tidak ditemukan di sini."),)
