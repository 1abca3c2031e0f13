"""What there is to keep of a course on a phone, and what fetching it weighs.

A lesson is measured as it is before anybody has read it: what is said of it then is
the same for everybody, and is remembered like the version it belongs to.
"""

import gzip
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.urls import reverse

from courses.file_store import read_bytes
from courses.models import Course
from courses.published import outline_of
from courses.selectors.lesson_page import unread_lesson_page
from elearning.lesson_content import Part, lesson_context
from quizzes.selectors import read_image, reserve_of, versions_for

# Films, recordings and papers stay where they are: they are too heavy to keep unasked.
_FILE = re.compile(
    r'(?:src|href)="(/static/[^"]+'
    r"|/gambar/soal/[0-9a-f]{64}\.\w+"
    r"|/gambar/[0-9a-f]{64}\.svg"
    r'|/berkas/[0-9a-f]{64}\.(?:png|jpg|webp|gif|svg))"'
)
# What stands around a body: status, policy and the other headers of the site.
HEAD_BYTES = 900
_WRITTEN_QUICKLY = 6


def _letters(label: str, number: int) -> str:
    """Return letters that pack as badly as a token, the same ones every time."""
    return hashlib.sha512(label.encode()).hexdigest()[:number]


# As long as what a page says of its person.
_SOMEBODY = {
    "csrf_token": _letters("form", 64),
    "outbox_token": _letters("outbox", 110),
    "request": {"user": {"is_authenticated": True, "key": UUID(int=2**128 // 3)}},
}
# What differs between two copies that say the same.
_UNLIKE = re.compile(r'name="token" value="[^"]*"|data-version="\d*"')


@dataclass(frozen=True)
class KeptFile:
    """A file that a lesson shows; its address never means other bytes."""

    url: str
    size: int


@dataclass(frozen=True)
class KeptPage:
    """A page; it is fetched anew when its `tag` is another one."""

    url: str
    title: str
    size: int
    tag: str


@dataclass(frozen=True)
class KeptCourse:
    """The pages and files of a course; `tag` says which course of today it is.

    `answers` is what may be said about its checks without asking the site, and
    `checks` the page that brings it.
    """

    lessons: tuple[KeptPage, ...]
    checks: KeptPage
    files: tuple[KeptFile, ...]
    tag: str
    answers: str


def kept_course(course: Course, version_id: int) -> KeptCourse:
    """Return what there is to keep of a version that somebody takes.

    The current version counts too, for practice checks come from there.
    """
    return _kept(course.pk, version_id, course.current_version_id)


def tag_of(course_version_id: int, current_version_id: int | None) -> str:
    """Return what says, without looking, that nothing of a kept course has changed."""
    said = f"{course_version_id} {current_version_id} {_build()}"
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def weight_of(body: bytes) -> int:
    """Return what an answer with this body weighs on the way, its head included."""
    packed = gzip.compress(body, compresslevel=_WRITTEN_QUICKLY)
    return min(len(body), len(packed)) + HEAD_BYTES


def forget_kept() -> None:
    """Empty the memory; for tests, whose rows come and go."""
    _kept.cache_clear()


@lru_cache(maxsize=128)
def _kept(
    course_id: int, version_id: int, current_version_id: int | None
) -> KeptCourse:
    course = Course.objects.get(pk=course_id, current_version=current_version_id)
    lessons, answers = [], []
    files: dict[str, int] = {}
    for lesson in outline_of(version_id).lessons:
        page = unread_lesson_page(course, version_id, lesson)
        context = lesson_context(course, page)
        html = render_to_string("courses/lesson_detail.html", {**_SOMEBODY, **context})
        answers.append(_answers(course, context["parts"]))
        url = reverse("courses:lesson_detail", args=[course.key, lesson.key])
        lessons.append(_page(url, html, title=f"{lesson.number} {lesson.title}"))
        for url in _FILE.findall(html):
            files.setdefault(url, _size_of(url))
    said = "".join(answers)
    return KeptCourse(
        lessons=tuple(lessons),
        checks=_page(reverse("courses:kept_answers", args=[course.key]), said),
        answers=said,
        files=tuple(KeptFile(url, size) for url, size in files.items()),
        tag=tag_of(version_id, current_version_id),
    )


def _answers(course: Course, parts: Iterable[Part]) -> str:
    blocks = (block for part in parts for block in part.blocks)
    keys = {block.check.key for block in blocks if block.check}
    versions = versions_for(course, keys)
    return "".join(reserve_of(versions[key]) for key in sorted(keys))


def _page(url: str, html: str, *, title: str = "") -> KeptPage:
    said = _UNLIKE.sub("", html)
    return KeptPage(
        url=url,
        title=title,
        size=weight_of(html.encode()),
        tag=hashlib.sha256(said.encode()).hexdigest()[:12],
    )


def _size_of(url: str) -> int:
    data = _bytes_of(url)
    return weight_of(data) if data else 0


def _bytes_of(url: str) -> bytes | None:
    name, _dot, ending = url.rpartition("/")[2].partition(".")
    if url.startswith("/gambar/soal/"):
        return read_image(url.removeprefix("/"))
    if url.startswith(("/gambar/", "/berkas/")):
        return read_bytes(name, ending)
    return _static_bytes(url)


def _static_bytes(url: str) -> bytes | None:
    name = url.removeprefix(settings.STATIC_URL)
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return bytes(file.read())
    path = finders.find(name)
    return Path(str(path)).read_bytes() if path else None


def _build() -> str:
    """Return what names the site's styles and scripts of today."""
    return str(getattr(staticfiles_storage, "manifest_hash", ""))
