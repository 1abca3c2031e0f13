"""A course as one file: download; upload, preview, confirm, result."""

from collections.abc import Mapping
from tempfile import SpooledTemporaryFile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts import audit
from accounts.stamps import SignedInRequest, requires
from courses.models import Course, CourseVersion
from lib.upload_steps import UploadGone
from studio import actions
from studio.choices import unit_choices
from studio.fetching import (
    AUTHOR_COURSE,
    REVIEW_COURSE,
    draft_of,
    find_course_for,
    get_course_for,
    get_unit_for,
)
from studio.folders.reading import FolderRefused, WrittenCourse
from studio.folders.sending.archive import pack
from studio.folders.sending.bringing import BringingPlan, plan_bringing
from studio.folders.sending.uploads import (
    COURSE_STEPS,
    CourseUpload,
    problems_of_files,
    read_course_archive,
)
from studio.folders.sending.writing import course_files
from studio.forms.sending import CourseImportForm

DRAFT, PUBLISHED = "draf", "terbit"
# Larger archives wait on the disk while they are sent.
_IN_MEMORY = 5_000_000


# --- out -----------------------------------------------------------------------------
def _version(course: Course, name: str) -> CourseVersion:
    versions = {DRAFT: draft_of(course), PUBLISHED: course.current_version}
    version = versions.get(name)
    if version is None:
        raise Http404
    return version


@require_safe
@requires(REVIEW_COURSE)
def course_export(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Offer each version as a file; on demand say what it would lack elsewhere."""
    course = get_course_for(request.user, course_key, REVIEW_COURSE)
    versions = {DRAFT: draft_of(course), PUBLISHED: course.current_version}
    checked = request.GET.get("periksa", "")
    version = versions.get(checked)
    context = {
        "course": course,
        "versions": {name: row for name, row in versions.items() if row},
        "checked": checked if version else "",
        "problems": problems_of_files(course_files(course, version)) if version else (),
    }
    return render(request, "studio/course_export.html", context)


@require_safe
@requires(REVIEW_COURSE)
def course_download(
    request: SignedInRequest, course_key: str, version_name: str
) -> HttpResponseBase:
    """Hand out a version of a course as one ZIP."""
    course = get_course_for(request.user, course_key, REVIEW_COURSE)
    version = _version(course, version_name)
    audit.record(
        "courses.course.downloaded",
        course,
        by=request.user,
        now=timezone.now(),
        number=version.number,
    )
    archive = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed with the answer
    pack(course_files(course, version), course.key, archive)
    archive.seek(0)
    return FileResponse(
        archive,
        as_attachment=True,
        filename=f"{course.key}.zip",
        content_type="application/zip",
    )


# --- in ------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@requires(AUTHOR_COURSE)
def course_import(request: SignedInRequest) -> HttpResponse:
    """Take a course that can be read, and go on to its preview."""
    form = CourseImportForm(
        request.POST or None,
        request.FILES or None,
        units=unit_choices(request.user, AUTHOR_COURSE),
    )
    problems: list[Any] = []
    if request.method == "POST" and form.is_valid():
        file: UploadedFile[bytes] = form.cleaned_data["file"]
        try:
            read_course_archive(file)
        except FolderRefused as refusal:
            problems = list(refusal.problems)
        else:
            return COURSE_STEPS.keep(
                request,
                file,
                {"unit": form.cleaned_data["unit"]},
                owner=request.user.key,
                now=timezone.now(),
            )
    context = {"form": form, "problems": problems}
    return render(request, "studio/course_import.html", context)


def _written(upload: CourseUpload) -> WrittenCourse:
    """Read the waiting file again. Raises UploadGone where that is impossible."""
    with COURSE_STEPS.open(upload) as file:
        try:
            return read_course_archive(file)
        except FolderRefused as refusal:
            raise UploadGone(str(refusal.problems[0])) from refusal


def _plans(
    request: SignedInRequest, upload: CourseUpload, written: WrittenCourse
) -> dict[str, BringingPlan]:
    """Return what may be done with the file: a draft of its course, or a new one."""
    unit = get_unit_for(request.user, upload.unit_code, AUTHOR_COURSE)
    plans = {"baru": plan_bringing(written, unit=unit, course=None)}
    course = find_course_for(request.user, AUTHOR_COURSE, key=written.course.key)
    if course:
        plans = {"draf": plan_bringing(written, unit=unit, course=course), **plans}
    return plans


@require_safe
@requires(AUTHOR_COURSE)
def course_import_preview(request: SignedInRequest, upload_key: str) -> HttpResponse:
    """Show what is in the file, and what bringing it in would change."""
    upload = COURSE_STEPS.find(request, upload_key, owner=request.user.key)
    if upload.result is not None:
        return COURSE_STEPS.to_result(upload)
    try:
        written = _written(upload)
    except UploadGone as gone:
        return COURSE_STEPS.start_again(request, gone)
    plans = _plans(request, upload, written)
    folder = next(iter(plans.values())).folder
    context = {
        "upload": upload,
        "written": written,
        "plans": plans,
        "folder": folder,
        "lessons": len(written.lessons),
        "size": sum(len(media.data) for media in folder.images.values()),
    }
    return render(request, "studio/course_import_preview.html", context)


@require_POST
@requires(AUTHOR_COURSE)
def course_import_apply(request: SignedInRequest, upload_key: str) -> HttpResponse:
    """Store what was confirmed as a draft; a second press finds it done."""
    upload = COURSE_STEPS.find(request, upload_key, owner=request.user.key)

    def carry_out(digest: str) -> Mapping[Any, int]:
        written = _written(upload)
        plans = _plans(request, upload, written)
        plan = plans.get(request.POST.get("as", ""), plans["baru"])
        course = actions.bring_course(
            written=written,
            unit=plan.unit,
            course=plan.course,
            confirmed=digest,
            by=request.user,
            now=timezone.now(),
        )
        return {
            "course": course.pk,
            "lessons": len(written.lessons),
            "questions": plan.questions,
            "files": len(plan.folder.images),
        }

    return COURSE_STEPS.confirm(request, upload, carry_out)


@require_POST
@requires(AUTHOR_COURSE)
def course_import_drop(request: SignedInRequest, upload_key: str) -> HttpResponse:
    """Throw the waiting file away."""
    upload = COURSE_STEPS.find(request, upload_key, owner=request.user.key)
    return COURSE_STEPS.drop(request, upload)


@require_safe
@requires(AUTHOR_COURSE)
def course_import_result(request: SignedInRequest, upload_key: str) -> HttpResponse:
    """Show what was done."""
    upload = COURSE_STEPS.find(request, upload_key, owner=request.user.key)
    if upload.result is None:
        return COURSE_STEPS.to_preview(upload)
    course = find_course_for(request.user, AUTHOR_COURSE, pk=upload.result["course"])
    context = {"upload": upload, "course": course}
    return render(request, "studio/course_import_result.html", context)
