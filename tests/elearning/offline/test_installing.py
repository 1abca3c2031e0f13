"""What a browser installs: the worker, the manifest, the page without a line."""

import json
import re

from django.contrib.staticfiles import finders

from tests.every_case import every_case


def test_the_worker_speaks_for_the_whole_site(client):
    page = client.get("/pekerja.js")

    assert page.headers["Content-Type"].startswith("text/javascript")
    # Browsers would ask for it with every page.
    assert page.headers["Cache-Control"] == "max-age=3600"
    assert "Set-Cookie" not in page.headers


def test_the_worker_brings_what_the_page_without_a_line_needs(client):
    script = client.get("/pekerja.js").content.decode()
    kit = json.loads(re.match(r"self\.kit=(.*);\n", script)[1])
    page = client.get(kit["page"]).content.decode()

    named = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    assert named <= set(kit["files"])
    for name in kit["files"]:
        assert finders.find(name.removeprefix("/static/"))


def test_the_page_without_a_line_is_nobodys(client_as, client):
    """It is fetched as nobody, and shown to whoever holds the phone."""
    html = client.get("/tanpa-sinyal/").content.decode()

    assert 'data-phone=""' in html
    assert "data-permit" not in html
    assert "csrfmiddlewaretoken" not in html
    assert "data-phone-words" in html


@every_case("path", ["/", "/kursus/", "/akun/"])
def test_a_page_says_whose_it_is(path, client_as, learner):
    page = client_as("learner").get(path)

    assert page.headers["X-Person"] == str(learner.key)
    assert page.headers["Cache-Control"] == "private, no-store"


def test_what_is_nobodys_names_nobody(client):
    assert "X-Person" not in client.get("/masuk/").headers
    assert "X-Person" not in client.get("/tanpa-sinyal/").headers


def test_the_site_can_be_installed(client, settings):
    settings.ELEARNING_PRODUCT_NAME = "Belajar Kota"
    page = client.get("/aplikasi.webmanifest")
    manifest = page.json()

    assert page.headers["Content-Type"] == "application/manifest+json"
    assert manifest["name"] == "Belajar Kota"
    assert (manifest["start_url"], manifest["scope"]) == ("/", "/")
    assert manifest["display"] == "standalone"
    sizes = {(icon["sizes"], icon.get("purpose")) for icon in manifest["icons"]}
    assert {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")} <= sizes
    for icon in manifest["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))
    assert 'href="/aplikasi.webmanifest"' in client.get("/masuk/").content.decode()
