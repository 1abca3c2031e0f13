"""Tags and filters that draw a value: icons, petals, bars, dates, numbers.

They format and never fetch. Everything drawn is geometry in SVG attributes, so
that the strict Content-Security-Policy needs no exception.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from lib import indonesian
from lib.abbreviations import explain_abbreviations
from lib.icons import ICONS

register = template.Library()

# The four pillars of digital literacy. Position on the flower carries the meaning:
# top left, top right, bottom right, bottom left.
PILLARS = ("cakap", "aman", "etika", "budaya")
PETALS_A_FLOWER = 4
# Above ten flowers they can no longer be counted at a glance (DESIGN §1).
MOST_PETALS = 40
_PERCENT = 100


# --- the agency's names ------------------------------------------------------------
@register.simple_tag(takes_context=True)
def agency(context: Context) -> Mapping[str, Any]:
    """Return the mapping ``site`` of the context processor, even where it is hidden.

    allauth's views put their own ``site`` over it. Without a context processor, as
    on the page of a broken server, the names are empty.
    """
    layers = (layer.get("site") for layer in context.dicts)
    return next((found for found in layers if isinstance(found, Mapping)), {})


# --- icons -------------------------------------------------------------------------
@register.simple_tag
@lru_cache
def icon(name: str, size: str = "") -> SafeString:
    """Draw an icon that says nothing by itself; the text beside it does.

    The whole drawing stands wherever it is used, so that no part of a page that is
    swapped in, kept or moved by a script can lack it (a repeated drawing costs a page
    some ten bytes once it is compressed). ``size`` "lg" is 24 pixels. Raises
    ``KeyError`` for a name that is not in lib/icons.py.
    """
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>',
        "m-icon m-icon-lg" if size == "lg" else "m-icon",
        mark_safe(ICONS[name]),  # noqa: S308 - a constant of ours
    )


# --- petals ------------------------------------------------------------------------
def petal_path(box: float, gap: float, quadrant: int) -> str:
    """Return the outline of one petal: two quarter arcs that meet in two points.

    ``box`` is the side of the square, ``gap`` the distance from its centre to the
    petal's inner point, ``quadrant`` 0 to 3 clockwise from the top left. The outer
    point keeps 1.5 to 2.5 units from the edge.
    """
    edge = {24: 1.5, 32: 1.9, 44: 2}.get(int(box), 2.5)
    right, low = quadrant in {1, 2}, quadrant in {2, 3}
    near, far = box / 2 - gap, edge
    x1, x2 = (box - near, box - far) if right else (near, far)
    y1, y2 = (box - near, box - far) if low else (near, far)
    radius = _short(near - far)
    start, end = f"{_short(x1)} {_short(y1)}", f"{_short(x2)} {_short(y2)}"
    arc = f"{radius} {radius} 0 0 1"
    return f"M{start}A{arc} {end} {arc} {start}Z"


def _short(value: float) -> str:
    return f"{round(float(value), 2):g}"


def _paths(box: float, gap: float) -> Iterator[str]:
    return (petal_path(box, gap, quadrant) for quadrant in range(PETALS_A_FLOWER))


@lru_cache
def _flower(filled: int, new_from: int) -> SafeString:
    """Draw one flower; petals before ``filled`` are full, from ``new_from`` on new."""
    paths = format_html_join(
        "",
        '<path{} d="{}"/>',
        (
            (_petal_class(number < filled, number >= new_from), path)
            for number, path in enumerate(_paths(44, 2.4))
        ),
    )
    core = mark_safe('<circle class="core" cx="22" cy="22" r="2.2"/>')
    return format_html(
        '<svg viewBox="0 0 44 44" aria-hidden="true">{}{}</svg>',
        paths,
        core if filled > 0 else "",
    )


def _petal_class(is_filled: bool, is_new: bool) -> SafeString:
    if not is_filled:
        return mark_safe(' class="is-empty"')
    return mark_safe(' class="is-new"' if is_new else "")  # noqa: S308 - constants


@register.simple_tag
def petals(
    earned: float, target: float, added: float = 0, label: str = ""
) -> SafeString:
    """Draw JP as flowers of four petals: ``added`` of the earned ones are new.

    A target that is no multiple of four, or more than ten flowers, becomes a bar.
    Read aloud as "9 dari 20 JP sudah terkumpul", or as ``label``.
    """
    label = label or gettext("%(earned)s dari %(target)s JP sudah terkumpul") % {
        "earned": angka(earned),
        "target": angka(target),
    }
    if not fits_petals(target):
        return bar(earned, target, label=label)
    full, known = int(earned), int(earned - added)
    flowers = (
        (_flower(full - first, known - first),)
        for first in range(0, int(target), PETALS_A_FLOWER)
    )
    return format_html(
        '<div class="m-petals" role="img" aria-label="{}">{}</div>',
        label,
        format_html_join("", "{}", flowers),
    )


@register.simple_tag
def pillar(key: str) -> SafeString:
    """Draw a pillar's tag: its petal on the flower, then its name."""
    names = {
        "cakap": gettext("Cakap Digital"),
        "aman": gettext("Aman Digital"),
        "etika": gettext("Etika Digital"),
        "budaya": gettext("Budaya Digital"),
    }
    return format_html(
        '<span class="m-pillar {}"><svg viewBox="0 0 24 24" aria-hidden="true">{}'
        "</svg>{}</span>",
        key,
        _pillar_petals(key),
        names[key],
    )


@lru_cache
def _pillar_petals(key: str) -> SafeString:
    return format_html_join(
        "",
        '<path{} d="{}"/>',
        (
            (mark_safe(' class="on"' if one == key else ""), path)  # noqa: S308
            for one, path in zip(PILLARS, _paths(24, 0.9), strict=True)
        ),
    )


@register.simple_tag
@lru_cache
def brand_mark() -> SafeString:
    """Draw the product's mark: four petals around the open eye."""
    return format_html(
        '<svg viewBox="0 0 32 32" aria-hidden="true">{}'
        '<circle class="eye" cx="16" cy="16" r="3.3"/></svg>',
        format_html_join("", '<path d="{}"/>', ((path,) for path in _paths(32, 1.9))),
    )


@register.simple_tag
@lru_cache
def motif(size: str = "") -> SafeString:
    """Draw the kawung ground of a band; ``size`` "lg" for the sign-in page.

    Once per page: the pattern has an id.
    """
    tile, width, height = (96, 760, 900) if size == "lg" else (64, 560, 420)
    paths = format_html_join(
        "", '<path d="{}"/>', ((path,) for path in _paths(tile, 2.5))
    )
    return format_html(
        '<svg class="m-motif" aria-hidden="true" preserveAspectRatio="xMaxYMid slice" '
        'viewBox="0 0 {width} {height}"><pattern id="kawung" width="{tile}" '
        'height="{tile}" patternUnits="userSpaceOnUse">{paths}'
        '<circle cx="{half}" cy="{half}" r="2"/></pattern><rect width="{width}" '
        'height="{height}" fill="url(#kawung)" stroke="none"/></svg>',
        width=width,
        height=height,
        tile=tile,
        half=tile // 2,
        paths=paths,
    )


# --- bars --------------------------------------------------------------------------
@register.simple_tag
def bar(
    value: float, total: float = _PERCENT, tone: str = "", label: str = ""
) -> SafeString:
    """Draw a share as a bar between 0 and 100 %; nothing of nothing is 0 %.

    ``tone`` is daun, kunyit or bata. Without ``label`` the bar is decoration and
    the number must stand beside it.
    """
    share = float(value) / float(total) * _PERCENT if total else 0
    spoken = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else mark_safe('aria-hidden="true"')
    )
    toned = format_html(' class="{}"', tone) if tone else ""
    return format_html(
        '<svg class="m-bar" viewBox="0 0 100 8" preserveAspectRatio="none" {}>'
        '<rect{} width="{}" height="8"/></svg>',
        spoken,
        toned,
        _short(min(max(share, 0), _PERCENT)),
    )


# --- dates and numbers -------------------------------------------------------------
@register.filter
def tanggal(value: date | None, style: indonesian.DateStyle = "long") -> str:
    """Write a day: "Sabtu, 21 November 2026", or style "medium" or "short".

    The day of a moment is the one in the active time zone. Nothing stays nothing.
    """
    day = _day_of(value)
    return indonesian.format_date(day, style) if day else ""


@register.filter
def bulan(value: date | None) -> str:
    """Write the month of a day in three letters, for the date tile: "Nov"."""
    day = _day_of(value)
    return indonesian.format_date(day, "short").split()[1] if day else ""


def _day_of(value: date | None) -> date | None:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


@register.filter
def jam(value: datetime | None) -> str:
    """Write the time of a moment with its zone: "16.15 WIB"."""
    if not value:
        return ""
    return indonesian.format_time(value, timezone.get_current_timezone())


@register.filter
def angka(value: float | Decimal | None, decimals: int | None = None) -> str:
    """Write a number with dots for thousands and a decimal comma: "1.234,5".

    Without ``decimals`` it has as many as it needs, at most two.
    """
    if value is None:
        return ""
    if decimals is not None:
        return indonesian.format_number(value, decimals)
    return indonesian.format_short(value)


@register.filter
def percent(value: float | Decimal | None, decimals: int = 0) -> str:
    """Write a percentage, "70%" or "2,7%"; what could not be measured is a dash."""
    if value is None:
        return "–"
    return f"{indonesian.format_number(value, decimals)}%"


@register.filter
def durasi(seconds: int | None, style: str = "long") -> str:
    """Write a remaining time: "12 menit 40 detik", or style "short": "12.40"."""
    if seconds is None:
        return ""
    minutes, rest = divmod(max(int(seconds), 0), 60)
    if style == "short":
        return f"{minutes}.{rest:02}"
    return gettext("%(minutes)d menit %(seconds)d detik") % {
        "minutes": minutes,
        "seconds": rest,
    }


@register.filter
def daftar_soal(numbers: Sequence[int]) -> str:
    """Write question numbers as a sentence: "soal 2, 5, 7."."""
    return gettext("soal %(numbers)s.") % {"numbers": ", ".join(map(str, numbers))}


_NIP = re.compile(r"(?<!\d)(\d{8})(\d{6})(\d)(\d{3})(?!\d)")


@register.filter
def nip(text: str) -> SafeString:
    """Show every NIP of a text in groups of 8, 6, 1 and 3.

    The gaps are CSS: the digits stay in one piece for whoever copies them, and a
    screen reader does not read four numbers of millions.
    """
    groups = r"<b>\1</b><b>\2</b><b>\3</b><b>\4</b>"
    whole = rf'<data class="m-digits" value="\g<0>">{groups}</data>'
    return mark_safe(_NIP.sub(whole, escape(text)))  # noqa: S308 - escaped before


# --- text --------------------------------------------------------------------------
@register.filter
def fits_petals(target: float) -> bool:
    """Say whether a JP target is drawn as petals; if not, it is a bar."""
    return 0 < target <= MOST_PETALS and not target % PETALS_A_FLOWER


@register.filter
def lesson_icons(html: str) -> SafeString:
    """Put the icons into a lesson's boxes; ``html`` was sanitised at publishing.

    The stored HTML has none, so that a new drawing needs no new rendering.
    """
    return mark_safe(_with_icons(html))  # noqa: S308 - nothing but icons is added


# Lessons are the same for everybody; some 6 KB each.
@lru_cache(maxsize=1_024)
def _with_icons(html: str) -> str:
    html = html.replace(_CASE_CAPTION, _CASE_CAPTION + icon("bulb"))
    html = _BETTER_COLUMN.sub(rf"\g<0>{icon('check')}", html)
    return _PLAIN_COLUMN.sub(rf"\g<0>{icon('file')}", html)


@register.filter
def abbreviations(html: str) -> SafeString:
    """Say what abbreviations stand for, in HTML that was sanitised at publishing."""
    return mark_safe(explain_abbreviations(html))  # noqa: S308 - changes no markup


_CASE_CAPTION = '<p class="m-case-cap">'
_BETTER_COLUMN = re.compile(r'<div class="m-compare-yes">\s*<h[23] class="m-title">')
_PLAIN_COLUMN = re.compile(r'<div>\s*<h[23] class="m-title">')


@register.filter
def inline_svg(document: str) -> SafeString:
    """Put an SVG document of the server's own making into the page.

    Only its XML prologue is cut off, nothing is escaped or cleaned: never for what
    a person has uploaded.
    """
    return mark_safe(document[document.index("<svg") :])  # noqa: S308
