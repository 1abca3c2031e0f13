"""JSON from people: what it says, or ValueError, and nothing else."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.untrusted_json import DEEPEST, read_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_what_is_read_is_what_was_written(value):
    text = json.dumps(value)
    try:
        found = read_json(text)
    except ValueError:
        assert any(sign in text for sign in ("NaN", "Infinity", "\\u"))
    else:
        assert found == value


@given(st.text() | st.binary())
def test_whatever_comes_is_read_or_refused(text):
    with contextlib.suppress(ValueError):
        read_json(text)


@pytest.mark.parametrize(
    ("depth", "is_taken"), [(DEEPEST, True), (DEEPEST + 1, False), (10**6, False)]
)
@pytest.mark.parametrize(("opens", "closes"), [("[", "]"), ('{"a":', "}")])
def test_depth_has_an_end(depth, is_taken, opens, closes):
    inner = "" if opens == "[" else "1"
    # What stands in an object is a level of its own.
    text = opens * (depth - len(inner)) + inner + closes * (depth - len(inner))
    try:
        read_json(text)
    except ValueError:
        assert not is_taken
    else:
        assert is_taken
