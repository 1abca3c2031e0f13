"""Bookmarks, mails and printed QR codes outlive the code: no address goes away."""

from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from tests.test_conventions import fail_if

KNOWN = Path(__file__).with_name("addresses-0.1.txt")
"""Every address of version 0.1: its name, a tab, its pattern from the root on."""


def _patterns(resolver: URLResolver, before: str = "") -> set[str]:
    found: set[str] = set()
    for entry in resolver.url_patterns:
        route = f"{before}{entry.pattern}"
        if isinstance(entry, URLPattern):
            found.add(route)
        else:
            found |= _patterns(entry, route)
    return found


def test_every_address_that_was_ever_published_still_leads_somewhere():
    published = {
        line.partition("\t")[2] for line in KNOWN.read_text("utf-8").splitlines()
    }

    fail_if(
        sorted(published - _patterns(get_resolver())),
        "Keep the address, as a redirect if need be: it stands in bookmarks and on "
        "certificates.",
    )
