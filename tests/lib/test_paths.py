import pytest
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.fields import BytewiseCharField
from lib.paths import (
    ancestor_paths,
    child_path,
    is_within,
    segment,
    subtree_bounds,
)

keys = st.one_of(st.integers(0, 80), st.integers(0, 36**6 - 1))


@st.composite
def trees(draw):
    """Paths of a random tree and, by each, the set of the node and all below."""
    parents = draw(st.lists(st.integers(0, 1000), min_size=1, max_size=30))
    pks = draw(
        st.lists(keys, min_size=len(parents), max_size=len(parents), unique=True)
    )
    paths: list[str] = []
    below: list[set[int]] = []
    parent_of: list[int] = []
    for number, (wanted, pk) in enumerate(zip(parents, pks, strict=True)):
        parent = wanted % (number + 1) - 1
        paths.append(child_path(paths[parent] if parent >= 0 else "", pk))
        below.append(set())
        parent_of.append(parent)
        node = number
        while node >= 0:
            below[node].add(number)
            node = parent_of[node]
    return paths, below


@pytest.mark.parametrize(
    ("pk", "expected"),
    [(0, "000000"), (11, "00000B"), (36, "000010"), (36**6 - 1, "ZZZZZZ")],
)
def test_a_segment_is_the_key_in_base_36(pk, expected):
    assert segment(pk) == expected


@pytest.mark.parametrize("pk", [-1, 36**6])
def test_a_key_that_does_not_fit_is_refused(pk):
    with pytest.raises(ValueError, match="does not fit"):
        segment(pk)


@settings(deadline=None)
@given(keys, keys)
def test_segments_keep_the_order_of_the_keys(one, other):
    assert (segment(one) < segment(other)) is (one < other)
    assert int(segment(one), 36) == one


@settings(deadline=None)
@given(trees())
def test_the_bounds_hold_exactly_the_node_and_all_below(tree):
    paths, below = tree
    for number, path in enumerate(paths):
        low, high = (bound.encode() for bound in subtree_bounds(path))
        inside = {i for i, p in enumerate(paths) if low <= p.encode() < high}
        assert inside == below[number]
        assert inside == {i for i, p in enumerate(paths) if is_within(p, path)}


@settings(deadline=None)
@given(trees())
def test_ancestors_run_from_the_root_to_the_node(tree):
    paths, below = tree
    for number, path in enumerate(paths):
        expected = sorted(
            (p for i, p in enumerate(paths) if number in below[i]), key=len
        )
        assert list(ancestor_paths(path)) == expected


@pytest.mark.parametrize("path", ["", "00000", "00000a", "00000B0", "00000["])
def test_a_missing_or_malformed_path_reaches_nothing(path):
    with pytest.raises(ValueError, match="not a tree path"):
        subtree_bounds(path)
    with pytest.raises(ValueError, match="not a tree path"):
        is_within("000001", path)


def test_the_column_is_bytewise_on_postgresql_and_plain_on_sqlite():
    field = BytewiseCharField(max_length=60)
    assert field.db_parameters(PostgreSQL({}))["collation"] == "C"
    assert field.db_parameters(SQLite({}))["collation"] is None


def test_migrations_name_the_field_by_its_own_path():
    _, path, _, keywords = BytewiseCharField(max_length=60).deconstruct()
    assert path == "lib.fields.BytewiseCharField"
    assert keywords == {"max_length": 60}
