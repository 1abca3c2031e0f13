"""A correction of words asks the same of people as before; else it is refused."""

from dataclasses import replace
from decimal import Decimal

import pytest

from courses.content_types import LessonContent, RequirementContent
from courses.demands import changed_demands
from courses.exceptions import VersionNotEditable
from courses.models import Enrollment
from courses.selectors.content import version_content
from studio.publishing.page import publish_page
from tests.courses.test_publishing import draft_of, publish
from tests.every_case import every_case
from tests.factories import make_content, read_lessons, sit


def with_posttest(**over):
    """Return the usual content with another last requirement."""
    content = make_content()
    *others, posttest = content.requirements
    return replace(content, requirements=[*others, replace(posttest, **over)])


def with_lessons(change):
    """Return the usual content with its lessons passed through `change`."""
    content = make_content()
    (module,) = content.modules
    return replace(content, modules=[replace(module, lessons=change(module.lessons))])


EXTRA = LessonContent("tambahan", "Tambahan", 0, [])

CASES = [
    (
        with_posttest(pass_mark=Decimal(75)),
        "nilai lulus “Post-test” dari 70 menjadi 75",
    ),
    (
        with_posttest(pass_mark=Decimal(60)),
        "nilai lulus “Post-test” dari 70 menjadi 60",
    ),
    (with_posttest(weight=Decimal(2)), "bobot nilai “Post-test”"),
    (with_posttest(kind="submitted", pass_mark=None), "jenis syarat “Post-test”"),
    (
        replace(make_content(), requirements=make_content().requirements[1:]),
        "syarat “Pre-test” dihapus",
    ),
    (
        replace(
            make_content(),
            requirements=[
                *make_content().requirements,
                RequirementContent("ujian", "submitted"),
            ],
        ),
        "syarat “ujian” ditambahkan",
    ),
    (replace(make_content(), jp=2), "JP dari 1 menjadi 2"),
    (
        with_lessons(lambda lessons: [*lessons, EXTRA]),
        "pelajaran wajib “Tambahan” ditambahkan",
    ),
    (
        with_lessons(lambda lessons: lessons[1:]),
        "pelajaran “Pelajaran 1” tidak wajib lagi",
    ),
    (
        with_lessons(
            lambda lessons: [replace(lessons[0], is_required=False), lessons[1]]
        ),
        "pelajaran “Pelajaran 1” tidak wajib lagi",
    ),
    (
        with_lessons(lambda lessons: [replace(lessons[0], key="lain"), lessons[1]]),
        "pelajaran wajib “Pelajaran 1” ditambahkan",
    ),
]


@every_case("after, named", CASES)
def test_what_is_asked_otherwise_is_named(after, named):
    titles = {"posttest": "Post-test", "pretest": "Pre-test"}

    assert named in changed_demands(make_content(), after, titles=titles)


@every_case(
    "after",
    [
        make_content(),
        make_content(title="Judul lain", summary="Lain.", jp_basis="KAK 2"),
        with_posttest(minutes=12),
        with_lessons(lambda lessons: [replace(lessons[0], title="Lain"), lessons[1]]),
        with_lessons(lambda lessons: list(reversed(lessons))),
        with_lessons(lambda lessons: [*lessons, replace(EXTRA, is_required=False)]),
    ],
)
def test_better_words_ask_the_same(after):
    assert changed_demands(make_content(), after, titles={}) == []


@pytest.mark.parametrize("mark", [60, 75])
def test_a_pass_mark_does_not_change_with_words_and_completes_nobody(
    course, place, now, mark
):
    sit(enrollment=place, quiz_key="pretest", right=1, now=now)
    read_lessons(enrollment=place, now=now)
    sit(enrollment=place, quiz_key="posttest", right=2, now=now)
    draft = draft_of(course, now, with_posttest(pass_mark=Decimal(mark)))

    with pytest.raises(VersionNotEditable, match="more_than_words") as refused:
        publish(draft, "wording", now)

    assert f"nilai lulus “Post-test” dari 70 menjadi {mark}" in refused.value.message
    place.refresh_from_db()
    assert place.version == course.current_version
    assert not Enrollment.objects.completed().exists()


def test_the_page_before_publishing_says_why_it_is_more_than_words(
    course, client_as, now
):
    draft = draft_of(course, now, with_posttest(pass_mark=Decimal(75)))

    kinds = {kind.value: kind.refusal for kind in publish_page(course, draft).kinds}
    html = client_as("author").get("/studio/contoh/terbitkan/").content.decode()

    assert "nilai lulus “Post-test” dari 70 menjadi 75" in kinds["wording"]
    assert kinds["required"] == kinds["cycle"] == ""
    assert kinds["wording"] in html
    assert html.count(" disabled") == 1


def test_a_draft_of_the_same_demands_may_be_words(course, now):
    draft = draft_of(course, now, version_content(course.current_version))

    assert all(not kind.refusal for kind in publish_page(course, draft).kinds)
