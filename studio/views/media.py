"""Pictures and files of a course: the list, one of them, upload and deletion."""

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import can
from accounts.stamps import SignedInRequest, requires
from courses import policy
from courses.models import Course, CourseFile
from courses.selectors.files import file_named
from lib.indonesian import format_bytes
from lib.media import Media, MediaKind, MediaProblem, kind_of, read_media
from lib.messages import warn_of_refusal
from lib.refusals import ActionRefused
from studio import actions
from studio.fetching import (
    AUTHOR_COURSE,
    REVIEW_COURSE,
    get_course_for,
    working_version,
)
from studio.forms.media import AltForm, UploadForm
from studio.media.page import FileRow, file_row, files_page, markdown_of
from studio.media.uses import uses_of_files


@require_http_methods(["GET", "HEAD", "POST"])
@requires(REVIEW_COURSE)
def file_list(request: SignedInRequest, course_key: str) -> HttpResponse:
    """List the files of a course; take one. An editor is answered in JSON."""
    capability = AUTHOR_COURSE if request.method == "POST" else REVIEW_COURSE
    course = get_course_for(request.user, course_key, capability)
    if request.method != "POST":
        return _list(request, course, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    file, refusal = _uploaded(request, course, form)
    if request.accepts("text/html"):
        if file is None:
            if refusal:
                form.add_error("file", refusal.message)
            return _list(request, course, form)
        return _to_uploaded(request, course, file)
    return _answer(course, file, form, refusal)


def _uploaded(
    request: SignedInRequest, course: Course, form: UploadForm
) -> tuple[CourseFile | None, ActionRefused | None]:
    """Return the file that was taken, or why there is none: in the form, or apart."""
    if not form.is_valid():
        return None, None
    sent: UploadedFile[bytes] = form.cleaned_data["file"]
    try:
        media = _read(sent.read())
    except MediaProblem as problem:
        form.add_error("file", str(problem))
        return None, None
    try:
        file = actions.upload_file(
            course=course,
            filename=sent.name or "",
            media=media,
            alt=form.cleaned_data["alt"],
            by=request.user,
            now=timezone.now(),
        )
    except ActionRefused as refusal:
        return None, refusal
    _tell_lost(request, media)
    return file, None


def _read(data: bytes) -> Media:
    """Return what may be stored of a file. Raises MediaProblem."""
    most = settings.ELEARNING_PICTURE_BYTES
    if kind_of(data) == MediaKind.PICTURE and len(data) > most:
        raise MediaProblem(
            _("Gambar ini lebih dari %(limit)s.") % {"limit": format_bytes(most)},
            _("Perkecil dulu, lalu unggah lagi."),
        )
    return read_media(data)


def _tell_lost(request: SignedInRequest, media: Media) -> None:
    if media.lost:
        messages.warning(
            request,
            _("Dari gambar ini dibuang: %(names)s. Periksa apakah masih utuh.")
            % {"names": ", ".join(f"<{name}>" for name in media.lost)},
        )


def _to_uploaded(
    request: SignedInRequest, course: Course, file: CourseFile
) -> HttpResponse:
    row = file_row(course, file, {})
    if row.lacks_alt:
        messages.warning(
            request, _("Gambar tersimpan. Tulis teks penggantinya sebelum dipakai.")
        )
    else:
        messages.success(request, _("%(name)s tersimpan.") % {"name": file.name})
    return redirect(row.url)


def _answer(
    course: Course,
    file: CourseFile | None,
    form: UploadForm,
    refusal: ActionRefused | None,
) -> JsonResponse:
    """Answer an editor: what to write where the file was dropped, or what is wrong."""
    if file is not None:
        row = file_row(course, file, {})
        said = {
            "markdown": markdown_of(file),
            "name": row.name,
            "label": f"{row.name}, {row.size}",
            "url": row.url,
        }
        return JsonResponse(said, status=201)
    if refusal:
        return JsonResponse({"error": refusal.message}, status=409)
    errors = [str(error) for errors in form.errors.values() for error in errors]
    return JsonResponse({"error": " ".join(errors)}, status=400)


def _list(request: SignedInRequest, course: Course, form: UploadForm) -> HttpResponse:
    version = working_version(course)
    context = {
        "course": course,
        "version": version,
        "form": form,
        "can_edit": can(request.user, AUTHOR_COURSE, course, policy.COURSE),
        "page": files_page(course, version, number=request.GET.get("halaman", "")),
    }
    return render(request, "studio/file_list.html", context)


def _row(course: Course, folder: str, filename: str) -> tuple[CourseFile, FileRow]:
    file = file_named(course, f"{folder}/{filename}")
    if file is None:
        raise Http404
    return file, file_row(course, file, uses_of_files(course, working_version(course)))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(REVIEW_COURSE)
def file_detail(
    request: SignedInRequest, course_key: str, folder: str, filename: str
) -> HttpResponse:
    """Show one file, the Markdown for it and where it is used; store its words."""
    capability = AUTHOR_COURSE if request.method == "POST" else REVIEW_COURSE
    course = get_course_for(request.user, course_key, capability)
    file, row = _row(course, folder, filename)
    form = AltForm(request.POST or None, initial={"alt": row.alt})
    if request.method == "POST" and form.is_valid():
        actions.describe_file(
            file=file,
            alt=form.cleaned_data["alt"],
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("Teks pengganti tersimpan."))
        return redirect(row.url)
    context = {
        "course": course,
        "file": file,
        "row": row,
        "form": form,
        "can_edit": can(request.user, AUTHOR_COURSE, course, policy.COURSE),
    }
    return render(request, "studio/file_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(AUTHOR_COURSE)
def file_delete(
    request: SignedInRequest, course_key: str, folder: str, filename: str
) -> HttpResponse:
    """Ask first, or say where the file is used; then take it from the course."""
    course = get_course_for(request.user, course_key, AUTHOR_COURSE)
    _file, row = _row(course, folder, filename)
    if request.method != "POST":
        context = {"course": course, "row": row}
        return render(request, "studio/file_delete.html", context)
    try:
        actions.delete_file(
            course=course, name=row.name, by=request.user, now=timezone.now()
        )
    except ActionRefused as refusal:
        warn_of_refusal(request, refusal)
        return redirect(row.url)
    messages.success(request, _("%(name)s dihapus.") % {"name": row.name})
    return redirect("studio:file_list", course.key)
