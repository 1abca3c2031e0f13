"""Answers are packed as the browser takes it, and their length tells no secret."""

import gzip

import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory

from elearning.packing import brotli_pages
from tests.every_case import every_case

LONG = "Satu Data Indonesia. " * 40


def answer(accepts="gzip, br", **headers):
    """Return what becomes of a long answer."""
    request = RequestFactory().get("/", HTTP_ACCEPT_ENCODING=accepts)
    return brotli_pages(lambda _request: HttpResponse(LONG, headers=headers))(request)


@every_case(
    ("accepts", "packed"),
    [
        ("gzip, deflate, br, zstd", True),
        ("br;q=0.5", True),
        ("gzip, br;q=0", False),
        ("br;q=0.0, gzip", False),
        ("gzip, brx", False),
        ("", False),
    ],
)
def test_who_takes_brotli_gets_it(accepts, packed):
    said = answer(accepts)
    assert ("Content-Encoding" in said) is packed
    assert said["Vary"] == "Accept-Encoding"
    if packed:
        assert brotli.decompress(said.content).decode() == LONG
        assert said["Content-Length"] == str(len(said.content))


def test_the_length_is_left_to_chance():
    lengths = {len(answer()["X-Padding"]) for _number in range(60)}
    assert len(lengths) > 10
    assert max(lengths) <= 100


def test_what_is_short_streamed_or_packed_is_left():
    assert answer(**{"Content-Encoding": "gzip"}).content.decode() == LONG
    assert answer(ETag='"a"')["ETag"] == 'W/"a"'
    request = RequestFactory().get("/", HTTP_ACCEPT_ENCODING="br")
    for one in (HttpResponse("x"), StreamingHttpResponse([LONG.encode()])):
        assert "Content-Encoding" not in brotli_pages(lambda _r, one=one: one)(request)


@pytest.mark.django_db
def test_the_site_packs_its_pages_and_says_its_policy_with_pages_only():
    page = Client().get("/masuk/", headers={"accept-encoding": "gzip, br"})
    assert page["Content-Encoding"] == "br"
    assert "camera=()" in page["Permissions-Policy"]
    old = Client().get("/masuk/", headers={"accept-encoding": "gzip"})
    assert b"<h1" in gzip.decompress(old.content)
    worker = Client().get("/pekerja.js")
    assert "Permissions-Policy" not in worker
    assert "Cross-Origin-Opener-Policy" not in worker
    assert page["Cross-Origin-Opener-Policy"] == "same-origin"
