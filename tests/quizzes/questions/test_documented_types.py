"""docs/question-types.md: its rows, columns and tests are those that there are."""

import ast
import re

import pytest

from quizzes.analysis.choices import random_guess_score
from quizzes.exchange.formats import FORMATS, READABLE, WRITABLE
from quizzes.questions.types import TYPES
from tests.quizzes.exchange.formats.test_types_told import MOODLE, QTI
from tests.quizzes.questions.examples import EXAMPLES
from tests.sources import ROOT, tree_of

PAGE = (ROOT / "docs/question-types.md").read_text()
FOR_PEOPLE = (
    "author",
    "take",
    "no JavaScript",
    "keyboard",
    "mark",
    "review",
    "statistics",
)
# Layouts of people's own stand in docs/question-files.md.
LABELS = {name: FORMATS[name].label.removesuffix(" (Excel)") for name in WRITABLE}


def table(first: str, page: str = PAGE) -> dict[str, dict[str, str]]:
    """Return the table whose first column has this head, by its first column."""
    start = page.index(f"| {first} |")
    lines = page[start:].partition("\n\n")[0].strip().splitlines()
    head, _rule, *rows = [
        [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        for line in lines
    ]
    assert all(len(row) == len(head) for row in rows)
    assert len({row[0] for row in rows}) == len(rows)
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}


def test_the_table_has_a_row_for_every_type_and_a_column_for_every_format():
    rows = table("type")

    assert rows.keys() == TYPES.keys()
    for cells in rows.values():
        assert list(cells) == [*FOR_PEOPLE, *LABELS.values()]
        assert all(cells.values())


@pytest.mark.parametrize("type_", TYPES)
def test_a_row_says_what_the_code_does(type_):
    cells, view = table("type")[type_], EXAMPLES[type_].view()

    assert cells["take"] == TYPES[type_].control
    assert cells["mark"] == (", ".join(TYPES[type_].scorings) or "one rule")
    is_guessed = random_guess_score(TYPES[type_], view) is not None
    assert cells["statistics"] == ("choices, guess" if is_guessed else "choices")
    assert cells["Moodle XML"] == f"whole, {MOODLE[type_]}"
    assert cells["QTI 2.1"] == f"both ways, {QTI[type_][0]}"
    taken = "words and key" if type_ == "single_choice" else "left out, told"
    assert cells["Aiken"] == taken


def test_what_is_for_export_alone_is_said_so():
    for cells in table("type").values():
        out = {label for label in LABELS.values() if cells[label].startswith("out")}
        assert out == {LABELS[name] for name in WRITABLE if name not in READABLE}


def test_every_column_names_tests_that_there_are():
    named = table("column")

    assert list(named) == [*FOR_PEOPLE, *LABELS.values()]
    for column, cells in named.items():
        tests = re.findall(r"(tests/[\w/]+\.py)::(\w+)", cells["tests"])
        assert tests, column
        for path, name in tests:
            assert name in names_in(path), f"{path} has no test {name}."


def names_in(path: str) -> set[str]:
    """Return the names of the functions of a file."""
    body = tree_of(ROOT / path).body
    return {node.name for node in body if isinstance(node, ast.FunctionDef)}


def test_the_page_about_files_has_every_type_too():
    page = (ROOT / "docs/question-files.md").read_text()

    assert table("type", page).keys() == TYPES.keys()
