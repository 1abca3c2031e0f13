"""Certificates drawn by a stand-in, but for a sample that is drawn and signed."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

from django.conf import settings
from django.test import override_settings

from bench.year.world import START, World
from certificates import rendering, signing
from certificates.signing_keys import create_site_key

# One in so many is real.
_SAMPLE = 60


@contextmanager
def drawn_cheaply(world: World) -> Iterator[None]:
    """Replace drawing and signing; everything around them stays."""
    key = settings.ELEARNING_SIGNING_KEY.with_name("signing-key-of-a-year.pem")
    if not key.exists():
        create_site_key(key, common_name="Situs simulasi", now=START, days=800)
    count = 0
    draw, sign = rendering.render, signing.sign

    def render(data: Any, *rest: Any, **over: Any) -> bytes:
        nonlocal count
        count += 1
        world.calls["certificates drawn"] += 1
        if count % _SAMPLE == 1:
            return draw(data, *rest, **over)
        return f"%PDF-stand-in {data.number} {data.code}".encode()

    def signed(pdf: bytes, *rest: Any, **over: Any) -> bytes:
        if pdf.startswith(b"%PDF-stand-in"):
            return pdf
        world.calls["certificates signed"] += 1
        return sign(pdf, *rest, **over)

    with ExitStack() as stack:
        stack.enter_context(override_settings(ELEARNING_SIGNING_KEY=key))
        stack.enter_context(mock.patch.object(rendering, "render", render))
        stack.enter_context(mock.patch.object(signing, "sign", signed))
        yield
