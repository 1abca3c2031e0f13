"""Changes of an outline as plain values."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.content_types import LessonContent, ModuleContent, VersionContent
from studio.drafts import edits


def content(*modules: str) -> VersionContent:
    """Return a version whose modules hold lessons called by single letters."""
    return VersionContent(
        title="T",
        summary="S",
        pillar="cakap",
        digcomp=[],
        jp=1,
        jp_basis="D",
        objectives=[],
        modules=[
            ModuleContent(
                f"m{n}", f"M{n}", [LessonContent(key, key, 5, []) for key in keys]
            )
            for n, keys in enumerate(modules, 1)
        ],
        sources=[],
        requirements=[],
    )


def letters(version: VersionContent) -> list[str]:
    """Return the lessons of each module as one word."""
    return ["".join(one.key for one in row.lessons) for row in version.modules]


OUTLINES = st.lists(st.integers(0, 4), min_size=1, max_size=4).map(
    lambda sizes: [
        "abcdefghijklmnop"[sum(sizes[:n]) : sum(sizes[: n + 1])]
        for n in range(len(sizes))
    ]
)


@given(OUTLINES, st.data())
def test_no_move_loses_or_doubles_a_lesson(outline, data):
    version = content(*outline)
    keys = "".join(outline)
    for _move in range(5):
        if keys:
            key = data.draw(st.sampled_from(keys))
            module = data.draw(st.sampled_from([row.key for row in version.modules]))
            steps = data.draw(st.sampled_from([-1, 1]))
            version = edits.shift_lesson(version, key, steps)
            version = edits.place_lesson(version, key, module)
        version = edits.shift_module(version, "m1", data.draw(st.sampled_from([-1, 1])))

    assert sorted("".join(letters(version))) == sorted(keys)


@given(OUTLINES.filter(any), st.data())
def test_down_undoes_up_but_at_the_edge(outline, data):
    keys = "".join(outline)
    version = content(*outline)
    key = data.draw(st.sampled_from(keys))
    up = edits.shift_lesson(version, key, -1)

    if letters(up) != letters(version):
        assert letters(edits.shift_lesson(up, key, 1)) == letters(version)


@given(st.lists(st.integers(1, 3000), max_size=30), st.integers(0, 900))
def test_shared_minutes_make_the_sum_and_follow_the_words(words, whole):
    shares = edits.shared_minutes(words, whole)

    assert len(shares) == len(words)
    assert all(share >= 1 for share in shares)
    if words:
        assert sum(shares) == max(whole, len(words))
    ordered = sorted(zip(words, shares, strict=True))
    for (one, first), (other, second) in pairwise(ordered):
        assert one == other or first <= second


def test_a_module_with_lessons_stays():
    with pytest.raises(ValueError, match="m1"):
        edits.remove_module(content("a"), "m1")


@pytest.mark.parametrize(
    "change",
    [
        lambda version: edits.shift_lesson(version, "z", 1),
        lambda version: edits.place_lesson(version, "a", "m9"),
        lambda version: edits.place_lesson(version, "a", "m1", before="z"),
        lambda version: edits.rename_module(version, "m9", "X"),
        lambda version: edits.copy_lesson(version, "z", "y", "Y"),
        lambda version: edits.remove_module(version, "m9"),
    ],
)
def test_what_is_not_there_is_no_place(change):
    with pytest.raises(LookupError):
        change(content("a"))
