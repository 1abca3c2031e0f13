"""Telling those who have finished a course that it has new parts to read."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions import News, tell_many
from accounts.models import NoticeKind
from courses.models import CourseVersion, Enrollment, NewPart

_AT_ONCE = 2_000


def tell_of_new_parts(*, version_id: int, now: datetime) -> None:
    """Put it on the list of everybody whom the version asks to read; once for ever.

    Whoever is not told (a lost message) still sees it at home and on her course page.
    """
    version = CourseVersion.objects.select_related("course").get(pk=version_id)
    part = NewPart.objects.filter(version=version).first()
    if part is not None:
        tell_many(_news(version, part.cycle), now=now)


def _news(version: CourseVersion, cycle: int) -> Iterator[News]:
    people = Enrollment.objects.completed().filter(course=version.course, cycle=cycle)
    text = _("Kursus “%(title)s” yang Anda selesaikan punya bagian baru.")
    url = reverse("courses:new_parts", args=[version.course.key])
    ids = people.values_list("person_id", flat=True).order_by("pk")
    for person_id in ids.iterator(chunk_size=_AT_ONCE):
        yield News(
            person_id=person_id,
            kind=NoticeKind.NEW_PART,
            key=f"new_part:{version.pk}:{person_id}",
            text=text % {"title": version.title},
            url=url,
        )
