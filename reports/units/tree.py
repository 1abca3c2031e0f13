"""The tree of units beside the dashboard: what is open, where one is, how many people.

Only the way down to the chosen unit is open; everything else is one link away.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext

from accounts.access import UNIT, get_for
from accounts.models import Unit
from lib.paths import SEGMENT_LENGTH, ancestor_paths, is_within
from reports.units.reach import CAPABILITY

MOST_CHILDREN = 50
MOST_FOUND = 20


@dataclass(frozen=True)
class TreeNode:
    """A unit in the tree, with the number of people in it and below.

    `left_out` is how many of its children are not shown.
    """

    name: str
    url: str
    people: int
    is_current: bool = False
    is_open: bool = False
    has_children: bool = False
    children: list["TreeNode"] = field(default_factory=list)
    left_out: int = 0


@dataclass(frozen=True)
class FoundUnit:
    """A unit that matches a search, and the one above it, to tell namesakes apart."""

    name: str
    above: str
    url: str


def get_unit_for(user: Any, code: str) -> Unit | None:
    """Return the unit that was chosen, None for all of them, or answer 404."""
    if not code:
        return None
    return get_for(Unit.objects.all(), user, CAPABILITY, UNIT, code=code)


def unit_url(unit: Unit | None) -> str:
    """Return the address of the dashboard of a unit, or of all units."""
    address = reverse("reports:dashboard")
    return f"{address}?{urlencode({'unit': unit.code})}" if unit else address


def unit_tree(
    *, roots: tuple[str, ...], chosen: Unit | None, people: Mapping[str, int]
) -> TreeNode:
    """Return the tree below `roots`, open down to `chosen`; one query.

    `people` are those of each unit and below, by path. Of very many units side by
    side, the first are shown and those on the way to `chosen`.
    """
    is_single = len(roots) == 1
    is_whole = chosen is None or roots == (chosen.path,)
    builder = _Builder(roots, None if is_whole else chosen, people)
    top = builder.node_of(roots[0] if is_single else "")
    return TreeNode(
        name=gettext("Semua unit"),
        url=unit_url(None),
        people=sum(people.get(root, 0) for root in roots),
        is_current=is_whole,
        is_open=True,
        children=top.children,
        left_out=top.left_out,
    )


def find_units(user: Any, words: str) -> list[FoundUnit]:
    """Return units of the person whose name holds every word, or that code."""
    units = Unit.objects.active().visible_to(user, CAPABILITY)
    found = units.filter(code__iexact=words) | units.named(words)
    found = found.select_related("parent").by_name()[:MOST_FOUND]
    return [
        FoundUnit(unit.name, unit.parent.name if unit.parent else "", unit_url(unit))
        for unit in found
    ]


class _Builder:
    """Holds the units that are shown while nodes are made of them."""

    def __init__(
        self, roots: tuple[str, ...], chosen: Unit | None, people: Mapping[str, int]
    ) -> None:
        self.chosen_path = chosen.path if chosen else None
        self.open_paths = _open_paths(roots, self.chosen_path)
        units = _units_to_show(roots, self.open_paths)
        self.by_parent: dict[str, list[Unit]] = defaultdict(list)
        for unit in units:
            is_top = len(roots) > 1 and unit.path in roots
            above = "" if is_top else (unit.path or "")[:-SEGMENT_LENGTH]
            self.by_parent[above].append(unit)
        self.people = people

    def node_of(self, path: str, unit: Any = None) -> TreeNode:
        """Return the node at `path`; only the way down to the chosen unit is open."""
        is_open = path in self.open_paths or not path
        below = self.by_parent[path] if is_open else []
        shown = [
            one
            for position, one in enumerate(below)
            if position < MOST_CHILDREN or one.path in self.open_paths
        ]
        return TreeNode(
            name=unit.name if unit else "",
            url=unit_url(unit),
            people=self.people.get(path, 0),
            is_current=path == self.chosen_path,
            is_open=bool(shown),
            has_children=bool(unit and unit.has_children),
            children=[self.node_of(one.path or "", one) for one in shown],
            left_out=len(below) - len(shown),
        )


def _open_paths(roots: tuple[str, ...], chosen_path: str | None) -> frozenset[str]:
    """Return the way down from the tops: a single one is always open."""
    way = ancestor_paths(chosen_path) if chosen_path else ()
    is_mine = (path for path in way if any(is_within(path, root) for root in roots))
    return frozenset([*is_mine, *(roots if len(roots) == 1 else ())])


def _units_to_show(roots: tuple[str, ...], open_paths: frozenset[str]) -> list[Any]:
    condition = Q(parent__path__in=sorted(open_paths))
    if len(roots) > 1:
        condition |= Q(path__in=roots)
    below = Unit.objects.active().filter(parent=OuterRef("pk"))
    units = Unit.objects.active().filter(condition)
    return list(units.annotate(has_children=Exists(below)).by_name())
