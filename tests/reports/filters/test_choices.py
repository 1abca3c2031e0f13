"""The tree beside the dashboard and the units that the filter offers."""

import pytest

from reports.dashboard.numbers import people_below
from reports.filters.choices import unit_choices
from reports.units.reach import outermost, overlap, reach_of
from reports.units.tree import unit_tree
from tests.factories import make_unit


@pytest.fixture
def wide(world, now):
    """Four more sections beside the first, and a room in the last of them."""
    sections = [
        make_unit(name=f"Seksi {letter}", now=now, parent=world.office)
        for letter in "ABCD"
    ]
    world.room = make_unit(name="Ruang Arsip", now=now, parent=sections[-1])
    return world


def tree_of(world, now, chosen=None):
    reach = reach_of(world.people["hr"], now=now)
    return unit_tree(roots=reach.paths, chosen=chosen, people=people_below(reach))


def names(nodes):
    return [node.name for node in nodes]


def test_tree_is_open_down_to_the_chosen_unit_and_nowhere_else(wide, now):
    tree = tree_of(wide, now, chosen=wide.room)
    by_name = {node.name: node for node in tree.children}

    assert names(by_name["Seksi D"].children) == ["Ruang Arsip"]
    assert by_name["Seksi D"].children[0].is_current is True
    assert [node.name for node in tree.children if node.is_open] == ["Seksi D"]
    assert by_name["Seksi A"].has_children is False


def test_tree_counts_people_of_the_unit_and_everything_below(wide, now):
    tree = tree_of(wide, now)
    by_name = {node.name: node.people for node in tree.children}

    assert tree.people == 2
    assert by_name["Seksi Uji"] == 1
    assert by_name["Seksi D"] == 0


def test_of_very_many_units_the_first_are_shown_and_the_way_down(
    wide, now, monkeypatch
):
    monkeypatch.setattr("reports.units.tree.MOST_CHILDREN", 2)

    tree = tree_of(wide, now, chosen=wide.room)

    assert names(tree.children) == ["Seksi A", "Seksi B", "Seksi D"]
    assert tree.left_out == 2


def test_filter_offers_ones_own_units_in_the_order_of_the_tree(wide):
    offered = unit_choices(wide.people["hr"], None)

    assert [label.strip() for _code, label in offered] == [
        "Semua unit",
        "Dinas Percobaan",
        "Seksi Uji",
        "Seksi A",
        "Seksi B",
        "Seksi C",
        "Seksi D",
        "Ruang Arsip",
    ]
    assert offered[2][1] == "\N{EM SPACE}Seksi Uji"


def test_of_very_many_units_the_filter_offers_those_around_the_chosen_one(
    wide, monkeypatch
):
    monkeypatch.setattr("reports.filters.choices.MOST_UNITS", 6)
    hr = wide.people["hr"]

    first = [label.strip() for _code, label in unit_choices(hr, None)]
    deep = [label.strip() for _code, label in unit_choices(hr, wide.room)]

    assert "Ruang Arsip" not in first
    assert deep == ["Semua unit", "Dinas Percobaan", "Seksi D", "Ruang Arsip"]


# --- paths -------------------------------------------------------------------------
A, B, A1, A2 = "000001", "000002", "000001000003", "000001000004"


def test_outermost_paths_lie_below_none_of_the_others():
    assert outermost([A1, B, A, A1]) == (A, B)
    assert outermost([A2, A1]) == (A1, A2)
    assert outermost([]) == ()


@pytest.mark.parametrize(
    ("held", "asked", "expected"),
    [
        ([A], [A1], (A1,)),
        ([A1], [A], (A1,)),
        ([A1, A2], [A], (A1, A2)),
        ([B], [A1], ()),
        ([A, B], [B], (B,)),
    ],
)
def test_overlap_is_what_lies_below_both(held, asked, expected):
    assert overlap(held, asked) == expected
