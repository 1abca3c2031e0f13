"""Help for authors: every page is there, has its picture, and is linked from work."""

import re
from pathlib import Path

import pytest

from elearning.author_help import BY_SLUG, PAGES

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"url 'author_help' '([a-z-]+)'")
# All pictures together are as dear as one photograph.
BUDGET = 600 * 1024


@pytest.mark.parametrize("slug", BY_SLUG)
@pytest.mark.django_db
def test_every_page_has_steps_and_a_picture_in_words(client, slug):
    page = client.get(f"/bantuan/penyusun/{slug}/")

    assert page.status_code == 200
    said = BY_SLUG[slug]
    assert str(said.alt) in page.text
    assert all(str(step) in page.text for step in said.steps)
    picture = ROOT / "static" / said.picture
    head = picture.read_bytes()[:12]
    assert (head[:4], head[8:]) == (b"RIFF", b"WEBP")


@pytest.mark.django_db
def test_the_list_leads_to_each_and_help_leads_to_the_list(client):
    listed = client.get("/bantuan/penyusun/").text

    assert all(f"/bantuan/penyusun/{page.slug}/" in listed for page in PAGES)
    assert "/bantuan/penyusun/" in client.get("/bantuan/").text
    assert client.get("/bantuan/penyusun/tiada/").status_code == 404


def test_each_page_is_linked_from_where_it_is_needed():
    templates = (ROOT / "templates" / "studio").glob("*.html")
    linked = {
        slug for path in templates for slug in LINK.findall(path.read_text("utf-8"))
    }

    assert linked == set(BY_SLUG)


def test_the_pictures_are_light():
    sizes = [(ROOT / "static" / page.picture).stat().st_size for page in PAGES]

    assert sum(sizes) < BUDGET
