"""Making a course, and what it says of itself."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.stamps import SignedInRequest, requires
from courses.models import Course, CourseVersion
from courses.selectors.content import version_content
from lib.refusals import ActionRefused
from studio import actions
from studio.choices import course_choices, proposed_code, unit_choices
from studio.drafts.fingerprints import settings_fingerprint
from studio.fetching import (
    AUTHOR_COURSE,
    REVIEW_COURSE,
    draft_of,
    get_course_for,
    get_unit_for,
)
from studio.forms.course import (
    BLANK,
    COPY,
    TEMPLATE,
    CourseSettingsForm,
    CourseStartForm,
    ObjectiveFormSet,
    SourceFormSet,
    objectives_of,
    sources_of,
)

MORE_OBJECTIVES, MORE_SOURCES = "more-objectives", "more-sources"
_FIRST_OBJECTIVES = 3


@require_http_methods(["GET", "HEAD", "POST"])
@requires(AUTHOR_COURSE)
def course_create(request: SignedInRequest) -> HttpResponse:
    """Make a course: empty, from the template, or as a copy of another one."""
    if request.method != "POST":
        first = {
            "start": BLANK,
            "token": uuid4(),
            "jp": 2,
            "code": proposed_code(request.user, REVIEW_COURSE),
        }
        form, rows = _start_form(request, None, initial=first), _objectives(None)
        rows.extra = _FIRST_OBJECTIVES
        return _start_page(request, form, rows)
    data = _with_more(request.POST, MORE_OBJECTIVES, "tujuan")
    form, rows = _start_form(request, data), _objectives(data)
    if request.POST.get("command") == MORE_OBJECTIVES:
        form.errors.clear()
        return _start_page(request, form, rows)
    if not (form.is_valid() and rows.is_valid()):
        return _start_page(request, form, rows)
    said = form.cleaned_data
    unit = get_unit_for(request.user, said["unit"], AUTHOR_COURSE)
    source = (
        get_course_for(request.user, said["source"], REVIEW_COURSE)
        if said["start"] == COPY
        else None
    )
    course = actions.begin_course(
        said=form.start_of(objectives_of(rows)),
        unit=unit,
        template=said["start"] == TEMPLATE,
        source=source,
        token=said["token"],
        by=request.user,
        now=timezone.now(),
    )
    messages.success(request, _("Kursus dibuat sebagai draf. Susun isinya di sini."))
    return redirect("studio:course_outline", course.key)


def _start_form(
    request: SignedInRequest, data: Any, initial: dict[str, Any] | None = None
) -> CourseStartForm:
    return CourseStartForm(
        data,
        initial=initial,
        units=unit_choices(request.user, AUTHOR_COURSE),
        courses=course_choices(request.user, REVIEW_COURSE),
    )


def _objectives(data: Any, initial: list[dict[str, Any]] | None = None) -> Any:
    return ObjectiveFormSet(data, initial=initial, prefix="tujuan")


def _with_more(posted: Any, command: str, prefix: str) -> Any:
    """Return the data of a formset with one row more, where its button was pressed."""
    data = posted.copy()
    if posted.get("command") == command:
        name = f"{prefix}-TOTAL_FORMS"
        total = posted.get(name, "")
        data[name] = str(int(total) + 1 if total.isdecimal() else 1)
    return data


def _start_page(request: SignedInRequest, form: Any, rows: Any) -> HttpResponse:
    context = {"form": form, "objectives": rows, "more_objectives": MORE_OBJECTIVES}
    return render(request, "studio/course_create.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(AUTHOR_COURSE)
def course_settings(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Show and store title, objectives, sources, plan and prerequisites of a draft."""
    course = get_course_for(request.user, course_key, AUTHOR_COURSE)
    draft = draft_of(course)
    if draft is None:
        messages.info(request, _("Buka draf kursus ini dulu, lalu ubah pengaturannya."))
        return redirect("studio:course_outline", course.key)
    if request.method != "POST":
        return _settings_page(request, course, draft, *_stored_forms(draft))
    data = _with_more(request.POST, MORE_OBJECTIVES, "tujuan")
    data = _with_more(data, MORE_SOURCES, "sumber")
    form = CourseSettingsForm(data)
    objectives, sources = _objectives(data), SourceFormSet(data, prefix="sumber")
    forms = (form, objectives, sources)
    if request.POST.get("command") in {MORE_OBJECTIVES, MORE_SOURCES}:
        form.errors.clear()
        return _settings_page(request, course, draft, *forms)
    if not all(one.is_valid() for one in forms):
        return _settings_page(request, course, draft, *forms)
    try:
        actions.save_settings(
            course=course,
            settings=form.settings_of(objectives_of(objectives), sources_of(sources)),
            base=form.cleaned_data["base"],
            by=request.user,
            now=timezone.now(),
        )
    except ActionRefused as refusal:
        # What was typed stays; saving once more is then a decision.
        data["base"] = _base(draft)
        kept = (CourseSettingsForm(data), *forms[1:])
        return _settings_page(request, course, draft, *kept, refusal=refusal)
    messages.success(request, _("Pengaturan kursus tersimpan di draf."))
    return redirect("studio:course_settings", course.key)


def _base(draft: CourseVersion) -> str:
    return settings_fingerprint(version_content(draft))


def _stored_forms(draft: CourseVersion) -> tuple[Any, Any, Any]:
    content = version_content(draft)
    form = CourseSettingsForm(
        initial={**CourseSettingsForm.initial_of(content), "base": _base(draft)}
    )
    objectives = _objectives(None, [vars(row) for row in content.objectives])
    sources = SourceFormSet(
        initial=[vars(row) for row in content.sources], prefix="sumber"
    )
    return form, objectives, sources


def _settings_page(
    request: SignedInRequest,
    course: Course,
    draft: CourseVersion,
    form: Any,
    objectives: Any,
    sources: Any,
    *,
    refusal: ActionRefused | None = None,
) -> HttpResponse:
    context = {
        "course": course,
        "version": draft,
        "form": form,
        "objectives": objectives,
        "sources": sources,
        "more_objectives": MORE_OBJECTIVES,
        "more_sources": MORE_SOURCES,
        "refusal": refusal,
        "stored": version_content(draft) if refusal else None,
    }
    status = 409 if refusal else 200
    return render(request, "studio/course_settings.html", context, status=status)
