"""Changing the outline of a draft: modules and lessons, by buttons or by dragging."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.stamps import SignedInRequest, requires
from courses.models import Course, CourseVersion
from courses.selectors.content import version_content
from lib.messages import warn_of_refusal
from lib.refusals import ActionRefused
from studio import actions
from studio.actions import OutlineChange
from studio.drafts.fingerprints import outline_fingerprint
from studio.drafts.structure import OUTLINE_COMMANDS
from studio.fetching import (
    AUTHOR_COURSE,
    draft_of,
    get_course_for,
    get_lesson,
    get_module,
    modules_of,
)

_SAID = {
    "module-add": gettext_lazy("Modul ditambahkan."),
    "module-rename": gettext_lazy("Judul modul diganti."),
    "module-remove": gettext_lazy("Modul dihapus."),
    "lesson-add": gettext_lazy("Pelajaran ditambahkan. Buka untuk menulis isinya."),
    "lesson-rename": gettext_lazy("Judul pelajaran diganti."),
    "lesson-place": gettext_lazy("Pelajaran dipindahkan."),
    "lesson-copy": gettext_lazy("Salinan pelajaran dibuat di bawah aslinya."),
    "lesson-retire": gettext_lazy(
        "Pelajaran ditarik dari draf. Anda dapat mengembalikannya."
    ),
    "lesson-restore": gettext_lazy("Pelajaran dikembalikan."),
    "minutes-share": gettext_lazy(
        "Menit dibagi menurut panjang naskah. Sesuaikan bila perlu."
    ),
}


@require_POST
@requires(AUTHOR_COURSE)
def outline_change(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Do one command ("lesson-up:kunci"), and show the outline with the focus there."""
    course = get_course_for(request.user, course_key, AUTHOR_COURSE)
    url = reverse("studio:course_outline", args=[course.key])
    command, _colon, key = request.POST.get("command", "").partition(":")
    if command not in OUTLINE_COMMANDS:
        messages.warning(
            request, _("Perintah itu tidak dikenal. Pilih tombolnya lagi.")
        )
        return redirect(url)
    try:
        touched = actions.change_outline(
            course=course,
            change=OutlineChange(
                command=command,
                key=key or request.POST.get("key", ""),
                title=request.POST.get("title", ""),
                module=request.POST.get("module", ""),
                before=request.POST.get("before", ""),
            ),
            base=request.POST.get("base", ""),
            by=request.user,
            now=timezone.now(),
        )
    except ActionRefused as refusal:
        warn_of_refusal(request, refusal)
        return redirect(url)
    if command in _SAID:
        messages.success(request, str(_SAID[command]))
    return redirect(f"{url}?{urlencode({'fokus': f'{command}:{touched}'})}")


def _draft_or_404(course: Course) -> CourseVersion:
    draft = draft_of(course)
    if draft is None:
        raise Http404
    return draft


def _arranging(course: Course, draft: CourseVersion) -> dict[str, Any]:
    """Return what every such form knows: the course, and the outline it changes."""
    base = outline_fingerprint(version_content(draft))
    return {"course": course, "base": base}


@require_safe
@requires(AUTHOR_COURSE)
def lesson_arrange(
    request: SignedInRequest, course_key: str, lesson_key: str
) -> HttpResponse:
    """Offer what can be done with a lesson of the draft without a mouse."""
    course = get_course_for(request.user, course_key, AUTHOR_COURSE)
    draft = _draft_or_404(course)
    context = {
        **_arranging(course, draft),
        "lesson": get_lesson(draft, lesson_key),
        "modules": modules_of(draft),
    }
    return render(request, "studio/lesson_arrange.html", context)


@require_safe
@requires(AUTHOR_COURSE)
def lesson_retire(
    request: SignedInRequest, course_key: str, lesson_key: str
) -> HttpResponse:
    """Ask before a lesson leaves the draft."""
    course = get_course_for(request.user, course_key, AUTHOR_COURSE)
    draft = _draft_or_404(course)
    context = {**_arranging(course, draft), "lesson": get_lesson(draft, lesson_key)}
    return render(request, "studio/lesson_retire.html", context)


@require_safe
@requires(AUTHOR_COURSE)
def module_arrange(
    request: SignedInRequest, course_key: str, module_key: str
) -> HttpResponse:
    """Offer what can be done with a module of the draft."""
    course = get_course_for(request.user, course_key, AUTHOR_COURSE)
    draft = _draft_or_404(course)
    context = {**_arranging(course, draft), "module": get_module(draft, module_key)}
    return render(request, "studio/module_arrange.html", context)
