"""No page scrolls sideways at 320 px, with larger letters or with text at 200 %."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from courses.models import Course
from courses.published import outline_of
from courses.selectors.content import version_content
from tests.conftest import NOW, session_of
from tests.e2e.axe import violations
from tests.e2e.wire import ADDRESS, lay_wire
from tests.factories import enroll, read_lessons, republish, start
from tests.quizzes.exercises import ANSWERS, TYPES, make_exercises
from tests.scene import make_scene
from tests.test_permissions import NEVER, TABLE, arguments

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-2")]

# How letters are made larger: two settings of ours, and the browser's own.
SIZES = {
    "usual": "root => root.removeAttribute('data-text')",
    "Besar": "root => root.dataset.text = 'large'",
    "Lebih besar": "root => root.dataset.text = 'larger'",
    "200 %": "root => root.style.fontSize = '200%'",
}
# As axe looks at a learner's pages. Not in forced colours: it reads the colour that
# letters are filled with, which Chromium leaves as it was and does not use.
LOOKS = ({"color_scheme": "light"}, {"color_scheme": "dark"})
# What reaches beyond the screen, as far as a person would have to scroll for it.
_TOO_WIDE = """() => {
  const { clientWidth, scrollWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((one) => {
    const { left, right, width } = one.getBoundingClientRect();
    return width && (right > clientWidth + 1 || left < -1) && one.checkVisibility();
  });
  const kind = (one) => one.className.baseVal ?? one.className;
  const name = (one) => `${one.localName}.${kind(one)}`;
  const names = wide.map((one) => `${name(one.parentElement)} > ${name(one)}`);
  return [`${scrollWidth - clientWidth} px`, ...names.slice(0, 6)];
}"""

# Words of ordinary length on two lines while letters have their usual size.
_LEFT_OUT = "code, pre, thead, .m-code, .visually-hidden"
_BROKEN = """leftOut => {
  const WORD = /(?<![\\p{L}\\d_./-])\\p{L}{2,12}(?![\\p{L}\\d_/-]|\\.\\p{L})/gu;
  const broken = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement: parent } = texts.currentNode;
    if (!parent.checkVisibility() || parent.closest(leftOut)) continue;
    for (const { 0: word, index } of data.matchAll(WORD)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, index);
      range.setEnd(texts.currentNode, index + word.length);
      const tops = [...range.getClientRects()].map(({ top }) => Math.round(top));
      if (Math.max(...tops) - Math.min(...tops) <= 8) continue;
      broken.push(`${word} in ${parent.localName}.${parent.className}`);
    }
  }
  return broken;
}"""
_OPEN = "for (const one of document.querySelectorAll('details')) one.open = true"


class Narrow:
    """A browser as narrow as the smallest phone, looking at rendered pages."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pages = lay_wire(page)
        self.found: dict[str, list[str]] = {}
        self.seen = 0
        self.looks: Sequence[dict[str, str]] = ()

    def look(self, client: Client, path: str) -> None:
        """Note by size of the letters what reaches beyond the screen."""
        answer = client.get(path)
        assert answer.status_code == 200, path
        self.show(path, answer.content)

    def show(self, path: str, html: bytes) -> None:
        """Note the same of a page that is rendered already."""
        self.pages.clear()
        self.pages[path] = html
        self.page.goto(path)
        self.page.evaluate(_OPEN)
        self.seen += 1
        if words := self.page.evaluate(_BROKEN, _LEFT_OUT):
            self.found[f"{path}, broken words"] = words
        for name, grow in SIZES.items():
            self.page.locator("html").evaluate(grow)
            if wide := self.page.evaluate(_TOO_WIDE):
                self.found[f"{path}, {name}"] = wide
        self.page.locator("html").evaluate("root => root.removeAttribute('style')")
        for look in self.looks:
            self.page.emulate_media(**look)
            if wrong := violations(self.page):
                self.found[f"{path}, axe, {look}"] = wrong

    def check(self) -> None:
        """Fail with every page that scrolls sideways or keeps somebody out."""
        lines = [f"{where}: {', '.join(wide)}" for where, wide in self.found.items()]
        assert not lines, "\n".join(lines)


@pytest.fixture
def narrow(browser: Any) -> Iterator[Narrow]:
    """A browser as narrow as the smallest phone."""
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, locale="id-ID", base_url=ADDRESS
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield Narrow(page)
    context.close()


def client_of_session(person: Any) -> Client:
    """Return a browser's line for a person, or for nobody."""
    client = Client()
    if person:
        client.cookies[settings.SESSION_COOKIE_NAME] = session_of(person)
    return client


def test_no_address_of_the_site_scrolls_sideways(db, clock, narrow):
    """Of a learner's pages, none keeps anybody out either, whatever the colours."""
    scene = make_scene(now=NOW)
    clients = [
        client_of_session(scene.people[role])
        for role in ("learner", "hr", "author", "admin", "anonymous")
    ]
    for name in (name for name in TABLE if TABLE[name][0] != NEVER):
        url = reverse(name, kwargs=arguments(scene, name))
        answers = (client.get(url) for client in clients)
        html = next((a.content for a in answers if _is_page(a)), None)
        if html:
            narrow.looks = LOOKS if _is_page(clients[0].get(url)) else ()
            narrow.show(url, html)

    narrow.check()
    assert narrow.seen > 55


def _is_page(answer: Any) -> bool:
    list(answer)  # read to its end, a file is closed
    kind = answer.headers.get("Content-Type", "")
    return answer.status_code == 200 and kind.startswith("text/html")


def test_no_question_nor_its_reasons_scroll_sideways(world, narrow, clock, now):
    learner = world.people["learner"]
    course = make_exercises(unit=world.agency, now=now)
    place = enroll(course=course, person=learner, now=now)
    read_lessons(enrollment=place, now=now)
    attempt = start(enrollment=place, quiz_key="posttest", now=now)
    her = client_of_session(learner)

    narrow.look(her, "/kursus/latihan/pelajaran/pelajaran-1/")
    for number in range(1, len(TYPES) + 1):
        narrow.look(her, f"/percobaan/{attempt.key}/{number}/")
    narrow.look(her, f"/percobaan/{attempt.key}/kirim/")
    for number, type_ in enumerate(TYPES, 1):
        said = {**ANSWERS[type_].less, "go": "kirim"}
        her.post(f"/percobaan/{attempt.key}/{number}/", said)
    her.post(f"/percobaan/{attempt.key}/kirim/")
    narrow.look(her, f"/percobaan/{attempt.key}/hasil/")
    for number in range(1, len(TYPES) + 1):
        narrow.look(her, f"/percobaan/{attempt.key}/pembahasan/{number}/")

    narrow.check()


def test_no_lesson_of_the_shipped_courses_scrolls_sideways(world, narrow, clock, now):
    call_command("load_courses", verbosity=0)
    learner = world.people["learner"]
    her = client_of_session(learner)
    for course in Course.objects.all():
        enroll(course=course, person=learner, now=now)
        narrow.look(her, course.get_absolute_url())
        for lesson in outline_of(course.current_version_id).lessons:
            url = reverse("courses:lesson_detail", args=[course.key, lesson.key])
            narrow.look(her, url)

    narrow.check()
    assert narrow.seen > 40


WIDE = """## Pertanggungjawaban-penyelenggaraan {#wide}

Alamat https://layanan-kepegawaian.teluk-cendana.example/permohonan/unggah-berkas.

| Pertanggungjawaban | Ketidakseragaman | Penyelenggaraan | Mempertanggungjawabkan |
| --- | --- | --- | --- |
| `layanan-kepegawaian.teluk-cendana.example` | ketidakseragaman | 12 | penyeragaman |

```
python -m permohonan --unggah berkas-yang-namanya-panjang-sekali.pdf --tahun 2026
```

> - Kewirausahaan_sosial_berkelanjutan_di_lingkungan_pemerintahan_daerah_kepulauan
"""


def test_no_lesson_that_an_author_may_write_scrolls_sideways(
    course, place, narrow, clock, now
):
    content = version_content(course.current_version)
    module = content.modules[0]
    part = replace(module.lessons[0].parts[0], key="wide", title="", source=WIDE)
    lessons = (replace(module.lessons[0], parts=(part,)), *module.lessons[1:])
    wider = replace(content, modules=(replace(module, lessons=lessons),))
    republish(course=course, change="wording", now=now, content=wider)

    narrow.look(
        client_of_session(place.person), "/kursus/contoh/pelajaran/pelajaran-1/"
    )

    narrow.check()
