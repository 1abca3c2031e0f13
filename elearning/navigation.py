"""The menus: one for learners, one for HR, one for authors."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import access

# The list of people, the desk of certificates and *Kursus saya* lead there.
_FURTHER = frozenset(
    {
        "inquiry_list",
        "quizzes:accommodation_list",
        "certificates:outside_queue",
        "accounts:people_import",
        "accounts:unit_list",
        "accounts:data_request_queue",
        "reports:trail",
    }
)
# Parts of the site with menus of their own, and what decides about entries.
_PARTS = ("/sdm/", "/studio/", "/operator/")
_HELD = (
    "accounts.manage_units",
    "accounts.view_trail",
    "courses.author_course",
    "courses.review_course",
    "reports.view_learning",
    "reports.view_team",
    "elearning.operate_site",
)


@dataclass(frozen=True)
class MenuItem:
    """One entry; `current` marks where the person is.

    What is not `in_head` stands one step further on a wide screen, and with the other
    pages on a phone.
    """

    label: str
    url: str
    icon: str
    current: bool
    in_bottom: bool
    in_head: bool = True

    @property
    def short_label(self) -> str:
        """The first word: the bottom bar is narrow."""
        return self.label.split()[0]


def menu_for(request: HttpRequest) -> tuple[MenuItem, ...]:
    """Return the menu of the part of the site that the request is in."""
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ()
    held = frozenset(one for one in _HELD if access.holds(user, one))
    part = next((one for one in _PARTS if request.path.startswith(one)), "/")
    menu = _menu(part, held, get_language())
    return _marked(menu, _place(request.path, [item.url for item in menu]))


@lru_cache
def _menu(
    part: str, held: frozenset[str], _language: str | None
) -> tuple[MenuItem, ...]:
    """Return the menu of a part for whoever holds these capabilities anywhere."""
    pages = [
        MenuItem(label, reverse(name), icon, False, low, name not in _FURTHER)
        for label, name, icon, low in _pages(part, held)
    ]
    return (*pages, *_doors(part, held))


def _pages(part: str, held: frozenset[str]) -> list[tuple[str, str, str, bool]]:
    if part == "/sdm/":
        entries = [
            (_("Dasbor"), "reports:dashboard", "chart", True),
            (_("Penyelesaian"), "reports:completion", "list", True),
            (_("Pegawai"), "accounts:people_list", "users", False),
            (_("Penugasan"), "assigning:order_list", "flag", False),
            (_("Laporan"), "reports:report_list", "file", False),
            (_("Kelonggaran"), "quizzes:accommodation_list", "clock", False),
            (_("Sertifikat"), "certificates:certificate_desk", "award", False),
            (_("Unduhan"), "reports:export_list", "download", True),
            (_("Sertifikat luar"), "certificates:outside_queue", "file", False),
            (_("Impor pegawai"), "accounts:people_import", "upload", False),
            (_("Data pribadi"), "accounts:data_request_queue", "person", False),
        ]
        if "accounts.manage_units" in held:
            entries.append((_("Unit"), "accounts:unit_list", "list", False))
        if "accounts.view_trail" in held:
            entries.append((_("Aktivitas"), "reports:trail", "shield", False))
    elif part == "/studio/":
        entries = [
            (_("Kursus"), "studio:course_list", "book", True),
            (_("Tinjauan"), "studio:review_list", "eye", True),
            (_("Bantuan"), "author_help_list", "info", True),
        ]
        if "courses.author_course" in held:
            inbox = (_("Pertanyaan"), "studio:inquiry_list", "info", True)
            entries.insert(2, inbox)
    elif part == "/operator/":
        entries = [
            (_("Operator"), "operator_page", "shield", True),
            (_("Status"), "status", "info", True),
        ]
    else:
        entries = [
            (_("Beranda"), "home", "home", True),
            (_("Kursus"), "courses:course_list", "book", True),
            (_("Sertifikat saya"), "certificates:certificate_list", "award", True),
            (_("Kursus saya"), "my_courses", "list", False),
            (_("Catatan"), "note_list", "edit", False),
            (_("Istilah"), "glossary", "book", False),
            (_("Pertanyaan Anda"), "inquiry_list", "info", False),
            (_("Ulangan"), "quizzes:review_next", "redo", False),
            (_("Akun"), "accounts:profile", "person", True),
        ]
    return entries


@lru_cache(maxsize=256)
def _marked(menu: tuple[MenuItem, ...], best: str) -> tuple[MenuItem, ...]:
    return tuple(replace(item, current=item.url == best) for item in menu)


def beside_bar(menu: Iterable[MenuItem]) -> tuple[MenuItem, ...]:
    """Return the entries that have no room in the bottom bar of a phone."""
    return tuple(item for item in menu if not item.in_bottom)


def _place(path: str, urls: list[str]) -> str:
    """Return the entry under which `path` lies; attempts belong to the courses."""
    if path.startswith("/percobaan/"):
        return reverse("courses:course_list")
    under = [url for url in urls if path.startswith(url) and url != "/"]
    return path if path == "/" else max(under, key=len, default="")


def _doors(part: str, held: frozenset[str]) -> list[MenuItem]:
    """Return the ways into the other parts of the site that this person works in."""
    doors = [
        ("/", True, _("Belajar"), "home", "home"),
        # Among the learner's pages: its own part would be one page long.
        ("/tim/", "reports.view_team" in held, _("Tim saya"), "team", "users"),
        (
            "/sdm/",
            "reports.view_learning" in held,
            _("Kepegawaian"),
            "reports:dashboard",
            "chart",
        ),
        (
            "/studio/",
            "courses.review_course" in held,
            _("Studio"),
            "studio:course_list",
            "edit",
        ),
        (
            "/operator/",
            "elearning.operate_site" in held,
            _("Operator"),
            "operator_page",
            "shield",
        ),
    ]
    return [
        MenuItem(label, reverse(name), icon, current=False, in_bottom=name == "home")
        for there, is_hers, label, name, icon in doors
        if is_hers and there != part
    ]
