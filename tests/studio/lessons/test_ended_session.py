"""A lesson that was being written when the session ended is saved all the same."""

import re
from html import unescape

from django.test import Client

from tests.conftest import session_of

URL = "/studio/kursus-kecil/pelajaran/satu/"
WRITTEN = '\nBuka & baca.\n\n## Apa yang baru?\n\nIsi "baru" <b>tebal</b>.\n'
_FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
_AREA = re.compile(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', re.S)


def filled(html: str) -> dict[str, str]:
    """Return what the form of the page would send."""
    fields = [*_FIELD.findall(html), *_AREA.findall(html)]
    return {name: unescape(value) for name, value in fields}


def test_what_was_typed_survives_the_session_and_a_new_sign_in(
    world, draft, lesson_data
):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["sessionid"] = session_of(world.people["author"])
    token = filled(browser.get(URL).content.decode())["csrfmiddlewaretoken"]
    form = {**lesson_data(text=WRITTEN), "csrfmiddlewaretoken": token}
    own = {"Sec-Fetch-Site": "same-origin"}

    del browser.cookies["sessionid"]
    ended = browser.post(URL, form, headers=own)
    assert ended.status_code == 403
    assert "Masuk lagi di tab baru" in ended.content.decode()

    browser.cookies["sessionid"] = session_of(world.people["author"])
    browser.cookies["csrftoken"] = "c" * 32
    once_more = browser.post(URL, filled(ended.content.decode()), headers=own)
    assert once_more.status_code == 403
    saved = browser.post(URL, filled(once_more.content.decode()), headers=own)

    assert saved.status_code == 302
    lesson = draft.lessons.get(key="satu")
    sources = "\n\n".join(part.source for part in lesson.parts.all())
    assert 'Isi "baru" <b>tebal</b>.' in sources
    assert "Apa yang baru?" in sources
