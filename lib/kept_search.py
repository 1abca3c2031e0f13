"""Words that somebody searches for, kept in her session.

A name or a NIP never stands in an address, where logs and histories would keep it.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

LONGEST = 80


def kept_words(request: HttpRequest, key: str) -> str:
    """Return the words kept under `key` where the address says that a search is on."""
    words: str = request.session.get(key, "") if "cari" in request.GET else ""
    return words


def keep_words(request: HttpRequest, key: str, address: str) -> HttpResponse:
    """Keep what was posted as `kata` and lead to `address`; no words end a search."""
    words = request.POST.get("kata", "").strip()[:LONGEST]
    if not words:
        request.session.pop(key, None)
        return redirect(address)
    request.session[key] = words
    return redirect(f"{address}?cari=1")
