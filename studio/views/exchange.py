"""Files of questions: upload, preview, confirm, result; and export."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.stamps import SignedInRequest, requires
from courses.models import Course
from lib.messages import warn_of_refusal
from lib.refusals import ActionRefused
from quizzes.exchange.formats import (
    FORMATS,
    Reading,
    Rendering,
    UnreadableFile,
    format_of,
    template,
)
from quizzes.models import QuestionBank
from quizzes.selectors import export_bank, plan_import
from studio import actions
from studio.exchange.pages import findings_file, import_page, notes_of
from studio.exchange.uploads import FILES, Upload
from studio.fetching import (
    ASK,
    REVIEW,
    banks_of,
    draft_of,
    get_bank,
    get_course_for,
    working_version,
)
from studio.forms.exchange import QuestionExportForm, QuestionImportForm

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Waiting:
    """An upload with its course and bank, and what the file holds."""

    course: Course
    bank: QuestionBank
    upload: Upload
    reading: Reading


@require_http_methods(["GET", "HEAD", "POST"])
@requires(ASK)
def question_import(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Take a file that can be read as questions, and go on to its preview."""
    course = get_course_for(request.user, course_key, ASK)
    if draft_of(course) is None:
        messages.info(request, _("Buka draf kursus ini dulu, lalu impor soalnya."))
        return redirect("studio:question_list", course.key)
    form = QuestionImportForm(
        request.POST or None,
        request.FILES or None,
        banks=[(bank.key, bank.title) for bank in banks_of(course)],
        initial={"bank": request.GET.get("bank", "")},
    )
    if request.method == "POST" and form.is_valid():
        file: UploadedFile[bytes] = form.cleaned_data["file"]
        try:
            name = _checked_format(file, form.cleaned_data["format"])
        except UnreadableFile as problem:
            form.add_error("file", problem.message)
        else:
            file.seek(0)
            upload = FILES.keep(
                request.session,
                owner=request.user.key,
                file=file,
                details={"bank": form.cleaned_data["bank"], "format": name},
                now=timezone.now(),
            )
            return redirect("studio:question_import_preview", course.key, upload.key)
    context = {"course": course, "version": working_version(course), "form": form}
    return render(request, "studio/question_import.html", context)


def _checked_format(file: "UploadedFile[bytes]", name: str) -> str:
    """Return the format of a file that can be read. Raises UnreadableFile."""
    data = file.read()
    format = FORMATS[name] if name else format_of(data, file.name or "")
    format.read(data)
    return format.name


@require_safe
@requires(ASK)
def question_import_template(
    request: SignedInRequest, course_key: str
) -> HttpResponseBase:
    """Hand out the workbook to fill."""
    get_course_for(request.user, course_key, ASK)
    return _download(template())


@require_safe
@requires(ASK)
def question_import_preview(
    request: SignedInRequest, course_key: str, upload_key: str
) -> HttpResponse:
    """Show what every question of the file would become."""
    waiting = _waiting(request, course_key, upload_key)
    if isinstance(waiting, str):
        return _gone(request, course_key, waiting)
    if waiting.upload.result is not None:
        return redirect("studio:question_import_result", course_key, upload_key)
    plan = plan_import(waiting.bank, waiting.reading)
    context = {
        "course": waiting.course,
        "bank": waiting.bank,
        "upload": waiting.upload,
        "format": FORMATS[waiting.upload.format],
        "page": import_page(plan, number=request.GET.get("halaman", "")),
    }
    return render(request, "studio/question_import_preview.html", context)


@require_safe
@requires(ASK)
def question_import_findings(
    request: SignedInRequest, course_key: str, upload_key: str
) -> HttpResponseBase:
    """Hand out what is refused and what does not come along, as a workbook."""
    waiting = _waiting(request, course_key, upload_key)
    if isinstance(waiting, str):
        return _gone(request, course_key, waiting)
    content = findings_file(plan_import(waiting.bank, waiting.reading))
    return FileResponse(
        content,
        as_attachment=True,
        filename="perbaikan-impor-soal.xlsx",
        content_type=_XLSX,
    )


@require_POST
@requires(ASK)
def question_import_apply(
    request: SignedInRequest, course_key: str, upload_key: str
) -> HttpResponse:
    """Store what was confirmed; a second press finds it done."""
    waiting = _waiting(request, course_key, upload_key)
    if isinstance(waiting, str):
        return _gone(request, course_key, waiting)
    if waiting.upload.result is not None:
        return redirect("studio:question_import_result", course_key, upload_key)
    try:
        plan = actions.import_questions(
            bank=waiting.bank,
            reading=waiting.reading,
            confirmed=request.POST.get("digest", ""),
            only_good="only_good" in request.POST,
            by=request.user,
            now=timezone.now(),
        )
    except ActionRefused as refusal:
        warn_of_refusal(request, refusal)
        return redirect("studio:question_import_preview", course_key, upload_key)
    FILES.finish(request.session, waiting.upload, plan.counts)
    return redirect("studio:question_import_result", course_key, upload_key)


@require_POST
@requires(ASK)
def question_import_drop(
    request: SignedInRequest, course_key: str, upload_key: str
) -> HttpResponse:
    """Throw the waiting file away."""
    get_course_for(request.user, course_key, ASK)
    FILES.drop(request.session, _upload_or_404(request, upload_key))
    messages.info(request, _("Berkas dihapus. Tidak ada yang diubah."))
    return redirect("studio:question_import", course_key)


@require_safe
@requires(ASK)
def question_import_result(
    request: SignedInRequest, course_key: str, upload_key: str
) -> HttpResponse:
    """Show what was done."""
    course = get_course_for(request.user, course_key, ASK)
    upload = _upload_or_404(request, upload_key)
    bank = get_bank(course, upload.bank_key)
    if upload.result is None:
        return redirect("studio:question_import_preview", course_key, upload_key)
    context = {"course": course, "bank": bank, "upload": upload}
    return render(request, "studio/question_import_result.html", context)


@require_safe
@requires(REVIEW)
def question_export(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Choose bank and format; say what does not come along before the download."""
    course = get_course_for(request.user, course_key, REVIEW)
    banks = banks_of(course)
    form = QuestionExportForm(
        request.GET if "format" in request.GET else None,
        banks=[(bank.key, bank.title) for bank in banks],
        initial={"bank": request.GET.get("bank", ""), "format": "yaml"},
    )
    context = {"course": course, "version": working_version(course), "form": form}
    if form.is_bound and form.is_valid():
        bank = next(one for one in banks if one.key == form.cleaned_data["bank"])
        chosen = FORMATS[form.cleaned_data["format"]]
        rendering = export_bank(bank, chosen)
        context |= {
            "bank": bank,
            "chosen": chosen,
            "rendering": rendering,
            "notes": notes_of(rendering.losses),
        }
    return render(request, "studio/question_export.html", context)


@require_safe
@requires(REVIEW)
def question_export_download(
    request: SignedInRequest, course_key: str, bank_key: str, format_name: str
) -> HttpResponseBase:
    """Hand out the questions of a bank in a format."""
    course = get_course_for(request.user, course_key, REVIEW)
    bank = get_bank(course, bank_key)
    if format_name not in FORMATS:
        raise Http404
    rendering = export_bank(bank, FORMATS[format_name])
    return _download(rendering, prefix=f"{bank.key}-")


def _download(rendering: Rendering, *, prefix: str = "") -> HttpResponse:
    return HttpResponse(
        rendering.data,
        content_type=rendering.content_type,
        headers={
            "Content-Disposition": (
                f'attachment; filename="{prefix}{rendering.filename}"'
            ),
            "X-Content-Type-Options": "nosniff",
        },
    )


def _upload_or_404(request: SignedInRequest, key: str) -> Upload:
    upload = FILES.find(request.session, owner=request.user.key, key=key)
    if upload is None:
        raise Http404
    return upload


def _waiting(request: SignedInRequest, course_key: str, key: str) -> Waiting | str:
    """Return the upload with what it holds, or why it holds nothing any more."""
    course = get_course_for(request.user, course_key, ASK)
    upload = _upload_or_404(request, key)
    bank = get_bank(course, upload.bank_key)
    data = upload.data()
    if data is None:
        return _("Berkas ini sudah dihapus karena lebih dari satu jam. Unggah lagi.")
    try:
        return Waiting(course, bank, upload, FORMATS[upload.format].read(data))
    except UnreadableFile as problem:
        return problem.message


def _gone(request: SignedInRequest, course_key: str, reason: str) -> HttpResponse:
    messages.warning(request, reason)
    return redirect("studio:question_import", course_key)
