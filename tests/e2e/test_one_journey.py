"""A course from a new author's first sign-in to a learner's certificate.

She makes it in the browser, with a picture, from a Word file of questions; a colleague
reviews it; it is published, taken and certified: once with a pointer, once by keys.
"""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.e2e.axe import LAPTOP, PHONE
from tests.e2e.hands import Hands, Keys, Pointer
from tests.e2e.running import Site
from tests.e2e.test_own_files import TEN

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
MOST_ACTS = 80
ASKED = 10
LESSONS = ("Alur surat", "Nomor surat")
TEXT = "Pembuka pelajaran.\n\n## Yang perlu diingat\n\nSatu surat, satu nomor.\n\n"
TITLES = {Pointer: "Surat dengan Tetikus", Keys: "Surat dengan Papan Ketik"}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A photo, and ten questions in Word."""
    Image.effect_mandelbrot((400, 300), (-2, -1.5, 1, 1.5), 60).save(
        tmp_path / "loket.png"
    )
    (tmp_path / "soal.docx").write_bytes(TEN)
    return tmp_path


@pytest.mark.parametrize("kind", [Pointer, Keys], ids=["pointer", "keys"])
def test_from_a_word_file_to_a_certificate(
    site: Site, browser: Browser, files: Path, kind: type[Hands]
) -> None:
    title = TITLES[kind]
    author = sign_in(browser, site, kind, "author", LAPTOP)
    make_course(author, title)
    write_lessons(author, title, files)
    make_test(author, files)
    ask_for_review(author)
    reviewer = sign_in(browser, site, kind, "reviewer", LAPTOP)
    approve(reviewer, title)
    publish(author)
    # She opens the address that she was sent.
    path = course_path(author)
    learner = sign_in(browser, site, kind, "learner", PHONE, path)
    take(learner)

    see_certificate(learner)
    acts = {hands: hands.acts for hands in (author, reviewer, learner)}
    assert sum(acts.values()) < MOST_ACTS, list(acts.values())
    for hands in acts:
        hands.page.context.close()


def sign_in(
    browser: Browser,
    site: Site,
    kind: type[Hands],
    role: str,
    size: dict[str, int],
    path: str = "/",
) -> Hands:
    """Sign in by the form, on the way to a page."""
    context = browser.new_context(base_url=site.url, locale="id-ID", viewport={**size})
    context.set_default_timeout(30_000)
    hands, account = kind(context.new_page()), site.account(role)
    hands.page.goto(f"/masuk/?next={path}")
    hands.write(hands.page.locator("[name=login]"), account["nip"])
    hands.write(hands.page.locator("[name=password]"), account["password"])
    hands.press("Masuk", role="button")
    hands.page.wait_for_url(f"{site.url}{path}")
    return hands


def make_course(author: Hands, title: str) -> None:
    author.press("Studio")
    author.press("Kursus baru")
    author.write("Judul", title)
    author.write("Ringkasan", "Untuk pengelola surat di semua unit.")
    author.write(author.page.get_by_label("JP", exact=True), "1")
    author.write("Dasar JP", "Kurikulum contoh")
    author.write(
        author.page.get_by_label("Tujuan", exact=True).first, "Menjelaskan alur surat."
    )
    author.press("Buat kursus")


def write_lessons(author: Hands, title: str, files: Path) -> None:
    """Two lessons in the editor, a picture in the first."""
    page = author.page
    for lesson in LESSONS:
        author.write("Judul pelajaran baru di Modul 1", lesson)
        author.press_at(page.get_by_role("button", name="Pelajaran", exact=True))
        page.get_by_role("link", name=lesson).first.wait_for()
    for lesson in LESSONS:
        author.press(lesson, role="link")
        author.write(page.locator("#id_text.cm-content"), TEXT)
        if lesson == LESSONS[0]:
            add_picture(author, files / "loket.png")
        author.press_at(page.get_by_role("button", name="Simpan", exact=True))
        author.read("Tersimpan pukul")
    author.press("Kembali ke kerangka")


def add_picture(author: Hands, file: Path) -> None:
    """Put a picture where the cursor stands, and describe it."""
    page = author.page
    author.press_at(page.locator("summary", has_text="+ Gambar"))
    author.send(page.get_by_role("button", name="Unggah gambar atau berkas"), file)
    written = re.compile(rf"[\s\S]*!\[\]\(images/{re.escape(file.name)}\)")
    expect(page.locator("#id_text_source")).to_have_value(written)
    author.type("Pola di loket")


def make_test(author: Hands, files: Path) -> None:
    """A post-test that draws from the ten questions of a Word file."""
    page = author.page
    author.press("Post-test", role="button")
    author.press("Impor dari berkas")
    author.send(page.get_by_label("Berkas soal"), files / "soal.docx")
    author.press("Periksa berkas")
    author.pick("Tingkat berpikir", "C2")
    author.press("Atur di pratinjau")
    author.press("Impor sebagai draf")
    author.read("Impor selesai.")
    author.press("Isi Post-test")
    author.press("Tambah undian")
    author.read("10 cocok, sisa 0")
    author.press_at(page.locator("a.m-back").first)


def ask_for_review(author: Hands) -> None:
    author.press_at(author.page.locator(".m-standing a").first)
    author.press("Minta tinjauan")
    author.read("Tinjauan diminta.")


def approve(reviewer: Hands, title: str) -> None:
    reviewer.press("Studio")
    reviewer.press("Tinjauan")
    reviewer.press(title)
    reviewer.press("Setujui draf ini")
    reviewer.read("Draf disetujui.")


def publish(author: Hands) -> None:
    author.page.reload()
    author.press("Terbitkan…")
    author.read("Terbitkan sekarang")
    if author.page.get_by_label("Saya sudah membacanya").count():
        author.choose("Saya sudah membacanya")
    author.press("Terbitkan sekarang")
    author.read("Versi 1 terbit.")


def course_path(author: Hands) -> str:
    """Return where the course that she has open in Studio is taken."""
    key = author.page.url.split("/studio/")[1].split("/")[0]
    return f"/kursus/{key}/"


def take(learner: Hands) -> None:
    """Take the course to its end, every answer right."""
    page = learner.page
    learner.press("Ikuti kursus")
    learner.press("Mulai pelajaran")
    for lesson in LESSONS:
        # The page before looks much the same, and stays until the site has heard.
        expect(page.get_by_role("heading", name=lesson, level=1)).to_be_visible()
        learner.press("Tandai selesai", role="button")
    learner.press("Kerjakan post-test")
    learner.press("Mulai", role="button")
    for _number in range(ASKED):
        learner.choose(page.locator("[data-question]:visible").get_by_label("Asalnya"))
        learner.press_at(page.locator(".m-focus-bottom .btn-primary"))
    learner.press("Kirim jawaban")
    learner.read("Anda lulus")


def see_certificate(learner: Hands) -> None:
    """Wait for what the worker makes; nobody has to press anything for it."""
    page = learner.page
    link = page.locator("a[href$='/unduh/']")
    for _ in range(240):
        page.goto("/sertifikat/")
        if link.count():
            return
        page.wait_for_timeout(250)
    pytest.fail("The certificate did not come.")
