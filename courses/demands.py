"""What a version asks of people, and in which of it two versions differ.

A correction of words moves everybody at once, also those who have finished. It must
therefore leave alone what completion, its JP and the certificate rest on.
"""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from courses.content_types import LessonContent, RequirementContent, VersionContent
from lib.indonesian import format_number


def changed_demands(
    before: VersionContent, after: VersionContent, *, titles: Mapping[str, str]
) -> list[str]:
    """Name what the later version asks otherwise: JP, requirements, required lessons.

    `titles` are those of what is graded, by key. Empty where both ask the same.
    """
    return [
        *_changed_jp(before, after),
        *_changed_requirements(before, after, titles),
        *_changed_lessons(before, after),
    ]


def _changed_jp(before: VersionContent, after: VersionContent) -> Iterator[str]:
    if before.jp != after.jp:
        yield _("JP dari %(old)s menjadi %(new)s") % {
            "old": format_number(before.jp),
            "new": format_number(after.jp),
        }


def _changed_requirements(
    before: VersionContent, after: VersionContent, titles: Mapping[str, str]
) -> Iterator[str]:
    old = {row.key: row for row in before.requirements}
    new = {row.key: row for row in after.requirements}
    for key in [*old, *(key for key in new if key not in old)]:
        title = titles.get(key, key)
        if key not in new:
            yield _("syarat “%(title)s” dihapus") % {"title": title}
        elif key not in old:
            yield _("syarat “%(title)s” ditambahkan") % {"title": title}
        else:
            yield from _changed_requirement(old[key], new[key], title)


def _changed_requirement(
    old: RequirementContent, new: RequirementContent, title: str
) -> Iterator[str]:
    if old.kind != new.kind:
        yield _("jenis syarat “%(title)s”") % {"title": title}
    elif old.pass_mark != new.pass_mark and old.pass_mark and new.pass_mark:
        yield _("nilai lulus “%(title)s” dari %(old)s menjadi %(new)s") % {
            "title": title,
            "old": format_number(old.pass_mark),
            "new": format_number(new.pass_mark),
        }
    if old.weight != new.weight:
        yield _("bobot nilai “%(title)s”") % {"title": title}


def _changed_lessons(before: VersionContent, after: VersionContent) -> Iterator[str]:
    old, new = _required(before), _required(after)
    for key, lesson in new.items():
        if key not in old:
            yield _("pelajaran wajib “%(title)s” ditambahkan") % {"title": lesson.title}
    for key, lesson in old.items():
        if key not in new:
            yield _("pelajaran “%(title)s” tidak wajib lagi") % {"title": lesson.title}


def _required(content: VersionContent) -> dict[str, LessonContent]:
    return {
        lesson.key: lesson
        for module in content.modules
        for lesson in module.lessons
        if lesson.is_required
    }
