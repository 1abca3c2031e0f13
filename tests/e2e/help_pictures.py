"""Makes the pictures of the help for authors: `python -m tests.e2e.help_pictures`.

Starts the embedded site in a folder of its own, does what the pages tell, and writes
`static/help/*.webp`, each 1200 × 800. Run it after Studio has changed its looks.
"""

import base64
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.e2e.running import CHROMIUM, ROOT, Site, running_site, sign_in

FOLDER = ROOT / "static" / "help"

VIEW = {"width": 1200, "height": 800}
COURSE = "keamanan-informasi"


def main() -> None:
    """Write every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory() as folder,
        running_site(Path(folder) / "var", patience=900) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        author = _page(browser, site, "author")
        reviewer = _page(browser, site, "reviewer")
        _draw(author, reviewer, site)
        browser.close()


def _page(browser: Any, site: Site, role: str) -> Page:
    context = browser.new_context(viewport=VIEW, locale="id-ID", color_scheme="light")
    page: Page = context.new_page()
    sign_in(page, site, role)
    return page


def _draw(author: Page, reviewer: Page, site: Site) -> None:
    studio = f"{site.url}/studio/{COURSE}/"
    _open(author, f"{site.url}/studio/", "mulai")
    author.goto(studio)
    author.get_by_role("button", name="Buka draf").click()
    _keep(author, "kerangka")
    author.locator(".m-sublist a").first.wait_for()
    lesson = author.locator("a[href*='/pelajaran/']").first.get_attribute("href")
    _open(author, f"{site.url}{lesson}", "menulis")
    _write(author, "Periksa dulu alamat pengirimnya.")
    _open(author, f"{studio}pengaturan/", "gambar", at="#sumber")
    author.goto(f"{studio}soal/")
    question = author.locator("tbody th a, tbody td a").first.get_attribute("href")
    _open(author, f"{site.url}{question}", "soal")
    _open(author, f"{studio}soal/impor/", "impor")
    _open(author, f"{studio}kuis/posttest/isi/", "kuis")
    author.goto(f"{studio}tinjauan/")
    author.get_by_role("button", name="Minta tinjauan").click()
    author.get_by_text("Tinjauan diminta.").first.wait_for()
    reviewer.goto(f"{studio}tinjauan/")
    reviewer.get_by_label("Tulis komentar").fill("Contohnya sudah pas.")
    reviewer.get_by_role("button", name="Kirim komentar").click()
    reviewer.get_by_text("Komentar tersimpan.").first.wait_for()
    _open(reviewer, f"{studio}tinjauan/", "tinjauan")
    _open(author, f"{studio}terbitkan/", "menerbitkan", at="fieldset")
    _open(author, f"{site.url}{lesson}riwayat/banding/", "riwayat")


def _write(author: Page, sentence: str) -> None:
    """Change the end of the lesson, and save it."""
    author.locator("#id_text").click()
    author.keyboard.press("Control+End")
    author.keyboard.type(f"\n\n{sentence}")
    author.get_by_role("button", name="Simpan", exact=True).click()
    author.wait_for_load_state("networkidle")


def _open(page: Page, url: str, name: str, *, at: str = "") -> None:
    page.goto(url)
    if at and page.locator(at).count():
        page.locator(at).first.scroll_into_view_if_needed()
    _keep(page, name)


def _keep(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    session = page.context.new_cdp_session(page)
    shot = session.send("Page.captureScreenshot", {"format": "webp", "quality": 60})
    (FOLDER / f"{name}.webp").write_bytes(base64.b64decode(shot["data"]))


if __name__ == "__main__":
    main()
