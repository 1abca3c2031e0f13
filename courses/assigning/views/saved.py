"""Kelompok and programmes: lists, making, changing, putting away."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.stamps import SignedInRequest, requires
from courses import actions
from courses.actions.orders import OrderTarget
from courses.assigning import choices, pages
from courses.assigning.fetching import (
    get_group_for,
    get_program_for,
    get_unit_coded,
)
from courses.assigning.forms import GroupForm, ProgramForm
from courses.assigning.people import ASSIGN
from courses.assigning.preview import live_count
from courses.assigning.words import rule_of
from courses.models import PeopleGroup, Program
from lib.refusals import ActionRefused


@require_GET
@requires(ASSIGN)
def group_list(request: SignedInRequest) -> HttpResponse:
    """Show the groups of people one may give orders to."""
    rows = [pages.group_row(one) for one in choices.groups_of(request.user)]
    return render(request, "courses/group_list.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@requires(ASSIGN)
def group_create(request: SignedInRequest) -> HttpResponse:
    """Make a group, after a look at whom it means."""
    return _edit_group(request, None)


@require_http_methods(["GET", "POST"])
@requires(ASSIGN)
def group_edit(request: SignedInRequest, group_id: int) -> HttpResponse:
    """Change a group; orders that were given stay as they are."""
    return _edit_group(request, get_group_for(request.user, group_id))


def _edit_group(request: SignedInRequest, group: PeopleGroup | None) -> HttpResponse:
    form = GroupForm(
        request.POST if request.method == "POST" else None,
        initial=_said_of(group),
        units=choices.unit_choices(request.user),
    )
    context: dict[str, Any] = {"form": form, "group": group}
    if form.is_valid():
        unit = get_unit_coded(request.user, form.cleaned_data["unit"])
        if "simpan" in request.POST:
            try:
                actions.save_group(
                    group=group,
                    name=form.cleaned_data["name"],
                    unit=unit,
                    rule=form.rule(),
                    by=request.user,
                    now=timezone.now(),
                )
            except ActionRefused as refusal:
                form.add_error("name", refusal.message)
            else:
                messages.success(request, _("Kelompok disimpan."))
                return redirect("assigning:group_list")
        context["meant"] = live_count(OrderTarget(unit, form.rule()))
    elif group is not None:
        context["meant"] = live_count(OrderTarget(group.unit, rule_of(group)))
    return render(request, "courses/group_edit.html", context)


def _said_of(group: PeopleGroup | None) -> dict[str, Any]:
    if group is None:
        return {}
    rule = rule_of(group)
    return {
        "name": group.name,
        "unit": group.unit.code,
        "statuses": rule.statuses,
        "jabatan_kinds": rule.jabatan_kinds,
        "golongans": rule.golongans,
    }


@require_POST
@requires(ASSIGN)
def group_archive(request: SignedInRequest, group_id: int) -> HttpResponse:
    """Put a group away."""
    group = get_group_for(request.user, group_id)
    actions.archive_group(group=group, by=request.user, now=timezone.now())
    messages.success(request, _("Kelompok disingkirkan. Penugasannya tetap berlaku."))
    return redirect("assigning:group_list")


@require_GET
@requires(ASSIGN)
def program_list(request: SignedInRequest) -> HttpResponse:
    """Show the programmes: sets of courses that are ordered together."""
    rows = pages.program_rows(request.user)
    return render(request, "courses/program_list.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@requires(ASSIGN)
def program_create(request: SignedInRequest) -> HttpResponse:
    """Make a programme."""
    return _edit_program(request, None)


@require_http_methods(["GET", "POST"])
@requires(ASSIGN)
def program_edit(request: SignedInRequest, program_id: int) -> HttpResponse:
    """Change a programme; orders that were given stay as they are."""
    return _edit_program(request, get_program_for(request.user, program_id))


def _edit_program(request: SignedInRequest, program: Program | None) -> HttpResponse:
    courses = choices.offered_courses()
    form = ProgramForm(
        request.POST if request.method == "POST" else None,
        initial=choices.said_of_program(program),
        units=choices.unit_choices(request.user),
        courses=choices.course_choices(courses),
    )
    if form.is_valid():
        chosen = set(form.cleaned_data["courses"])
        try:
            actions.save_program(
                program=program,
                name=form.cleaned_data["name"],
                unit=get_unit_coded(request.user, form.cleaned_data["unit"]),
                courses=[course for course in courses if course.key in chosen],
                by=request.user,
                now=timezone.now(),
            )
        except ActionRefused as refusal:
            form.add_error("name", refusal.message)
        else:
            messages.success(request, _("Program disimpan."))
            return redirect("assigning:program_list")
    context = {"form": form, "program": program}
    return render(request, "courses/program_edit.html", context)


@require_POST
@requires(ASSIGN)
def program_archive(request: SignedInRequest, program_id: int) -> HttpResponse:
    """Put a programme away."""
    program = get_program_for(request.user, program_id)
    actions.archive_program(program=program, by=request.user, now=timezone.now())
    messages.success(request, _("Program disingkirkan. Penugasannya tetap berlaku."))
    return redirect("assigning:program_list")
