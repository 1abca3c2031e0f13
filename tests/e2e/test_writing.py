"""A lesson is typed, pasted and judged in the browser, and nothing typed is lost."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from courses.models import LessonWriting
from studio.actions import open_draft
from tests.conftest import session_of
from tests.e2e.attempts import OneRequestAtATime
from tests.e2e.axe import assert_accessible
from tests.e2e.conftest import LAPTOP, PHONE
from tests.factories import make_world
from tests.kept_rows import kept
from tests.studio.conftest import load_small_course

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-2")]
URL = "/studio/kursus-kecil/pelajaran/satu/"
BOX = "#id_text.cm-content"
# Lists, a table, a heading and marks as Word puts them on the clipboard.
WORD = """
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p {}</style>
</head><body><!--StartFragment-->
<h1>Alur <b>surat</b></h1>
<p class=MsoNormal>Surat <b>masuk</b> dan <i>keluar</i>,
<a href="https://contoh.example/a(1)">aturannya</a>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span><![endif]>Catat</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><span
style='mso-list:Ignore'>o<span>&nbsp; </span></span>nomor</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>·<span>&nbsp; </span></span>Kirim</p>
<p class=MsoNormal>Urutannya:</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span
style='mso-list:Ignore'>1)<span>&nbsp; </span></span>Terima</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span
style='mso-list:Ignore'>2)<span>&nbsp; </span></span>Simpan</p>
<table class=MsoTableGrid><tr><td><p>Surat</p></td><td><p>Hari</p></td></tr>
<tr><td><p>Dinas</p><p>biasa</p></td><td><p>1 | 2</p></td></tr></table>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<!--EndFragment--></body></html>
"""
PLAIN = """## Alur **surat**

Surat **masuk** dan *keluar*, [aturannya](https://contoh.example/a%281%29).

- Catat
  - nomor
- Kirim

Urutannya:

1. Terima
2. Simpan

| Surat | Hari |
| --- | --- |
| Dinas biasa | 1 \\| 2 |"""
_PASTE = """([selector, html, text]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true,
    cancelable: true });
  document.querySelector(selector).dispatchEvent(event);
}"""


@pytest.fixture
def author(live_server: LiveServer, transactional_db: None) -> User:
    """An author with a course that has a draft, in the site's real time."""
    now = timezone.now()
    world = make_world(now=now)
    course = load_small_course(unit=world.agency, now=now)
    kept(open_draft)(course=course, by=world.people["author"], now=now)
    return world.people["author"]


@pytest.fixture
def opened(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page as a person; its console must stay silent.

    Lines that are cut on purpose, and refusals that are asked for, may be told.
    """
    contexts: list[BrowserContext] = []
    failures: list[str] = []

    def told(message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            failures.append(message.text)

    def open_page(person: User, **options: Any) -> Page:
        context = browser.new_context(
            base_url=live_server.url, locale="id-ID", **options
        )
        contexts.append(context)
        sign_in(context, person, live_server.url)
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(error.stack or str(error)))
        page.on("console", told)
        return page

    OneRequestAtATime.turn(True)
    yield open_page
    for context in contexts:
        context.close()
    OneRequestAtATime.turn(False)
    assert failures == []


def sign_in(context: BrowserContext, person: User, url: str) -> None:
    """Give the browser a new session of a person."""
    cookie: Any = {"name": "sessionid", "value": session_of(person), "url": url}
    context.add_cookies([cookie])


def words_in(page: Page) -> str:
    """Return what the editor holds."""
    return page.locator("#id_text_source").input_value()


def write(page: Page, words: str) -> None:
    """Empty the box and type."""
    page.locator(BOX).click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type(words)


def paste(page: Page, *, html: str = "", text: str = "") -> None:
    """Paste into the box, as the browser's clipboard would."""
    page.locator(BOX).click()
    page.evaluate(_PASTE, [BOX, html, text])


def test_the_box_begins_high_and_is_for_everybody(author, opened):
    page = opened(author, viewport=LAPTOP)
    page.goto(URL)
    box = page.locator(BOX)
    box.wait_for()
    assert box.bounding_box()["y"] <= 250
    assert_accessible(page)
    page.emulate_media(color_scheme="dark")
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    assert_accessible(page)
    page.set_viewport_size({"width": 320, "height": 700})
    assert_accessible(page)


def test_tools_and_keys_write_markdown_and_tab_leaves(author, opened):
    page = opened(author, viewport=LAPTOP)
    page.goto(URL)
    write(page, "Satu")
    page.keyboard.press("Shift+Home")
    page.keyboard.press("Control+b")
    assert words_in(page) == "**Satu**"
    page.keyboard.press("Control+b")
    assert words_in(page) == "Satu"
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("dua")
    page.keyboard.press("Control+Shift+8")
    page.keyboard.press("Enter")
    page.keyboard.type("tiga")
    assert words_in(page) == "Satu\n\n- dua\n- tiga"
    # By keys alone: into the tool bar, along it, into a menu, and back.
    page.keyboard.press("Shift+Tab")
    expect(page.locator("[data-tools] :focus")).to_have_count(1)
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-tools] details[open]")).to_have_count(0)
    assert "/// kasus | Judul kasus" in words_in(page)
    page.keyboard.type("Tiga jam perahu")
    assert "/// kasus | Tiga jam perahu" in words_in(page)
    page.keyboard.press("Tab")
    expect(page.locator(f"{BOX}:focus")).to_have_count(0)


def test_problems_stand_beside_their_lines_while_writing(author, opened):
    page = opened(author, viewport=LAPTOP)
    page.goto(URL)
    write(page, "Pembuka.\n\n/// kasus | Tiga jam\nBelum ditutup.")
    page.get_by_text("Blok kasus belum ditutup.").first.wait_for()
    expect(page.locator(".cm-lint-marker-error")).to_have_count(1)
    page.get_by_role("link", name="Baris 3").click()
    expect(page.locator(f"{BOX}:focus")).to_have_count(1)
    assert page.evaluate("getSelection().toString()") == "/// kasus | Tiga jam"
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type("///")
    page.locator("#preview-content").get_by_text("Belum ditutup.").wait_for()
    expect(page.locator(".cm-lint-marker-error")).to_have_count(0)


def test_what_is_pasted_from_word_becomes_markdown(author, opened):
    page = opened(author, viewport=LAPTOP)
    page.goto(URL)
    write(page, "")
    paste(page, html=WORD, text="Alur surat")
    assert words_in(page).strip() == PLAIN


def test_a_paste_that_does_not_fit_is_refused_whole_and_in_words(author, opened):
    page = opened(author, viewport=LAPTOP)
    page.goto(URL)
    write(page, "Tetap.")
    paste(page, text="kata " * 12_000)
    expect(page.get_by_role("alert")).to_contain_text("60.000 karakter")
    assert words_in(page) == "Tetap."


def test_nothing_typed_is_lost_whichever_dies(author, opened, live_server):
    page = opened(author, viewport=LAPTOP)
    context = page.context
    page.goto(URL)
    write(page, "Sebelum.")
    expect(page.locator("[data-kept]")).to_contain_text("Tersimpan otomatis")

    # The line.
    context.set_offline(True)
    page.keyboard.type(" Tanpa sinyal.")
    expect(page.locator("[data-kept]")).to_contain_text("di peramban ini")
    context.set_offline(False)
    expect(page.locator("[data-kept]")).to_contain_text("Tersimpan otomatis")
    assert LessonWriting.objects.get().text == "Sebelum. Tanpa sinyal."

    # The session; whoever signs in again in another tab goes on.
    Session.objects.all().delete()
    page.keyboard.type(" Tanpa sesi.")
    expect(page.locator("[data-kept]")).to_contain_text("Sesi Anda berakhir")
    sign_in(context, author, live_server.url)
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.locator("[data-kept]")).to_contain_text("Tersimpan otomatis")

    # The tab, at once after the last key.
    page.keyboard.type(" Tab mati.")
    page.close()
    again = context.new_page()
    again.goto(URL)
    offer = again.locator(".alert", has_text="di peramban ini")
    offer.get_by_role("button", name="Buang").click()
    offer_gone = again.locator(".alert", has_text="Tulisan itu dibuang.")
    offer_gone.get_by_role("button", name="Batalkan").click()
    offer.get_by_role("button", name="Pulihkan").click()
    assert words_in(again) == "Sebelum. Tanpa sinyal. Tanpa sesi. Tab mati."
    expect(again.locator("[data-kept]")).to_contain_text("Tersimpan otomatis")

    # Saved: nothing is offered any more.
    again.keyboard.press("Control+s")
    again.get_by_text("Tersimpan pukul").wait_for()
    again.goto(URL)
    again.locator(BOX).wait_for()
    assert words_in(again).strip() == "Sebelum. Tanpa sinyal. Tanpa sesi. Tab mati."
    expect(again.get_by_text("Ada tulisan yang belum tersimpan")).to_have_count(0)


def test_without_scripts_it_is_a_plain_text_area(author, opened):
    page = opened(author, viewport=LAPTOP, java_script_enabled=False)
    page.goto(URL)
    page.locator("textarea#id_text").fill("Tanpa skrip.\n\n/// kasus | X")
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.get_by_text("Blok kasus belum ditutup.").wait_for()
