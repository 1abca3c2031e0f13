"""The colours of the built style sheet keep the contrast of WCAG 2.2 AA."""

import re
from pathlib import Path

import pytest

from tests.every_case import every_case

SITE_CSS = Path(__file__).parents[2] / "static" / "css" / "site.css"

BODY, TEXT, CONTROL = 7, 4.5, 3
PAIRS = [
    ("ink", "bg", BODY),
    ("ink", "surface", BODY),
    ("ink", "surface-2", BODY),
    ("ink", "kunyit-soft", BODY),
    ("ink", "daun-soft", BODY),
    ("ink", "bata-soft", BODY),
    ("ink", "laut-soft", BODY),
    ("ink-2", "bg", TEXT),
    ("ink-2", "surface", TEXT),
    ("ink-2", "surface-2", TEXT),
    ("ink-2", "kunyit-soft", TEXT),
    ("ink-2", "laut-soft", TEXT),
    ("ink-2", "daun-soft", TEXT),
    ("ink-2", "bata-soft", TEXT),
    ("laut", "bg", TEXT),
    ("laut", "surface", TEXT),
    ("laut", "surface-2", TEXT),
    ("laut", "laut-soft", TEXT),
    ("on-laut", "laut", TEXT),
    ("on-laut", "laut-hover", TEXT),
    ("on-laut", "bata", TEXT),
    ("on-kunyit", "kunyit", TEXT),
    ("on-band", "band", BODY),
    ("on-band", "band-2", TEXT),
    ("on-band-2", "band", TEXT),
    ("kunyit", "band", TEXT),
    ("kunyit-deep", "kunyit-soft", TEXT),
    ("kunyit-deep", "surface", TEXT),
    ("kunyit-deep", "bg", TEXT),
    ("surface", "kunyit-deep", TEXT),
    ("daun", "surface", TEXT),
    ("daun", "bg", TEXT),
    ("daun", "daun-soft", TEXT),
    ("surface", "daun", TEXT),
    ("bata", "surface", TEXT),
    ("bata", "bg", TEXT),
    ("bata", "bata-soft", TEXT),
    ("surface", "bata", TEXT),
    ("cakap", "surface", TEXT),
    ("aman", "surface", TEXT),
    ("etika", "surface", TEXT),
    ("budaya", "surface", TEXT),
    ("cakap", "bg", TEXT),
    ("aman", "bg", TEXT),
    ("etika", "bg", TEXT),
    ("budaya", "bg", TEXT),
    ("bg", "ink", TEXT),
    ("line-strong", "surface", CONTROL),
    ("line-strong", "bg", CONTROL),
    ("line-strong", "surface-2", CONTROL),
    ("laut", "track", CONTROL),
    ("kunyit-bar", "track", CONTROL),
    ("daun", "track", CONTROL),
    ("kunyit", "band-track", CONTROL),
]


def colours_of(selector):
    """Return the tokens set by the first rule with this selector."""
    css = SITE_CSS.read_text("utf-8")
    start = css.index(selector + "{")
    rule = css[start : css.index("}", start)]
    return dict(re.findall(r"--m-([a-z0-9-]+): ?(#[0-9a-f]{3,6})\b", rule))


def luminance(colour):
    """Return relative luminance (WCAG 2.2, definition of relative luminance)."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


LIGHT = colours_of(":root")
DARK = {**LIGHT, **colours_of("[data-bs-theme=dark]")}


@every_case(("name", "colours"), [("light", LIGHT), ("dark", DARK)])
@every_case(("front", "back", "least"), PAIRS)
def test_a_pair_of_colours_has_enough_contrast(name, colours, front, back, least):
    assert contrast(colours[front], colours[back]) >= least


def test_the_dark_colours_of_the_system_and_of_the_cookie_are_the_same():
    by_system = colours_of(":root:not([data-bs-theme=light])")

    assert by_system == colours_of("[data-bs-theme=dark]")


def test_the_formula_gives_the_extremes_of_black_and_white():
    assert contrast("#fff", "#000000") == pytest.approx(21)
    assert contrast("#fff", "#ffffff") == pytest.approx(1)
