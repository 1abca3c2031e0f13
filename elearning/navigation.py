"""The menus: one for learners, one for HR, one for authors."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import access

# The list of people, the desk of certificates and *Kursus saya* lead there.
_FURTHER = (
    "inquiry_list",
    "quizzes:accommodation_list",
    "certificates:outside_queue",
    "accounts:people_import",
    "accounts:unit_list",
    "accounts:data_request_queue",
    "reports:trail",
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
    if request.path.startswith("/sdm/"):
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
        if access.holds(user, "accounts.manage_units"):
            entries.append((_("Unit"), "accounts:unit_list", "list", False))
        if access.holds(user, "accounts.view_trail"):
            entries.append((_("Aktivitas"), "reports:trail", "shield", False))
    elif request.path.startswith("/studio/"):
        entries = [
            (_("Kursus"), "studio:course_list", "book", True),
            (_("Tinjauan"), "studio:review_list", "eye", True),
            (_("Bantuan"), "author_help_list", "info", True),
        ]
        if access.holds(user, "courses.author_course"):
            inbox = (_("Pertanyaan"), "studio:inquiry_list", "info", True)
            entries.insert(2, inbox)
    elif request.path.startswith("/operator/"):
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
            (_("Pertanyaan Anda"), "inquiry_list", "info", False),
            (_("Ulangan"), "quizzes:review_next", "redo", False),
            (_("Akun"), "accounts:profile", "person", True),
        ]
    further = {reverse(name) for name in _FURTHER}
    urls = [(label, reverse(name), icon, low) for label, name, icon, low in entries]
    best = _place(request.path, [url for _label, url, _icon, _low in urls])
    menu = [
        MenuItem(label, url, icon, url == best, low, url not in further)
        for label, url, icon, low in urls
    ]
    return (*menu, *_doors(request, user))


def beside_bar(menu: Iterable[MenuItem]) -> tuple[MenuItem, ...]:
    """Return the entries that have no room in the bottom bar of a phone."""
    return tuple(item for item in menu if not item.in_bottom)


def _place(path: str, urls: list[str]) -> str:
    """Return the entry under which `path` lies; attempts belong to the courses."""
    if path.startswith("/percobaan/"):
        return reverse("courses:course_list")
    under = [url for url in urls if path.startswith(url) and url != "/"]
    return path if path == "/" else max(under, key=len, default="")


def _doors(request: HttpRequest, user: Any) -> list[MenuItem]:
    """Return the ways into the other parts of the site that this person works in."""
    in_hr = request.path.startswith("/sdm/")
    in_studio = request.path.startswith("/studio/")
    in_operator = request.path.startswith("/operator/")
    operates = access.holds(user, "elearning.operate_site")
    works_in_hr = access.holds(user, "reports.view_learning")
    works_in_studio = access.holds(user, "courses.review_course")
    doors = [
        (in_hr or in_studio or in_operator, _("Belajar"), "home", "home"),
        (works_in_hr and not in_hr, _("Kepegawaian"), "reports:dashboard", "chart"),
        (works_in_studio and not in_studio, _("Studio"), "studio:course_list", "edit"),
        (operates and not in_operator, _("Operator"), "operator_page", "shield"),
    ]
    return [
        MenuItem(label, reverse(name), icon, current=False, in_bottom=name == "home")
        for is_open, label, name, icon in doors
        if is_open
    ]
