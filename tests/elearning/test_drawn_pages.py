"""Pages whose parts are drawn once: everybody gets her own, and nobody another's."""

import re

import pytest

from courses import actions
from courses.models import LessonPart
from tests.factories import enroll, make_person, make_reading

pytestmark = pytest.mark.django_db
PAGES = ("/", "/kursus/", "/kursus/contoh/", "/kursus/contoh/pelajaran/pelajaran-1/")
_TOKENS = re.compile(
    r'(?:name="(?:csrfmiddlewaretoken|token)" value|data-permit|data-phone)="([^"]*)"'
)


def read(client, url: str) -> tuple[str, list[str]]:
    """Return a page without what is a person's own, and her tokens on it."""
    page = client.get(url).content.decode()
    return _TOKENS.sub("", page), _TOKENS.findall(page)


def test_who_stands_alike_sees_alike_with_tokens_of_her_own(
    world, course, client_of, now
):
    people = [
        make_person(unit=world.section, name=name, now=now)
        for name in ("Ani Wakano", "Budi Latu")
    ]
    for person in people:
        enroll(course=course, person=person, now=now)
    clients = [client_of(person) for person in people]
    for url in PAGES:
        (first, hers), (second, his) = (read(client, url) for client in clients)

        assert len(hers) == len(his) > 0, url
        assert not set(hers) & set(his), url
        assert "Budi" not in first, url
        assert "Ani" not in second, url
        same = first.replace("Ani Wakano", "Budi Latu").replace("Ani", "Budi")
        assert same.replace(">AW<", ">BL<") == second, url


def test_tokens_of_checks_are_new_each_time(course, place, client_of, learner):
    slot = '<div class="m-check-slot" data-question="contoh-practice-1"></div>\n'
    lesson = course.current_version.lessons.get(key="pelajaran-1")
    LessonPart.objects.filter(lesson=lesson).update(html=f"<p>Baca.</p>\n{slot}")
    her = client_of(learner)

    pages = [her.get(PAGES[-1]).content.decode() for _ in range(3)]

    tokens = [re.findall(r'name="token" value="([^"]*)"', page) for page in pages]
    assert all(tokens)
    assert len({token for page in tokens for token in page}) == sum(map(len, tokens))


def test_a_step_shows_on_every_page_at_once(world, client_of, learner, now):
    course = make_reading(unit=world.agency, now=now, key="contoh", lessons=3)
    place = enroll(course=course, person=learner, now=now)
    her = client_of(learner)
    before = [her.get(url).content for url in PAGES]
    assert [her.get(url).status_code for url in PAGES] == [200] * 4

    actions.complete_lesson(
        enrollment_id=place.pk, lesson_key="pelajaran-1", by=learner, now=now
    )

    for url, page in zip(PAGES, before, strict=True):
        assert her.get(url).content != page, url
    assert b"Sudah Anda selesaikan" in her.get(PAGES[-1]).content
