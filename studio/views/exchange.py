"""Files of questions: upload, preview, confirm, result; and export."""

from collections.abc import Mapping
from typing import Any

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

from accounts import audit
from accounts.stamps import SignedInRequest, requires
from courses.models import Course
from lib.spreadsheets import XLSX_TYPE
from lib.upload_steps import UploadGone
from quizzes import actions as quizzes_actions
from quizzes.exchange.formats import (
    FORMATS,
    WRITABLE,
    Rendering,
    UnreadableFile,
    format_of,
    template,
)
from quizzes.selectors import export_bank, plan_import, planned_quizzes
from studio import actions
from studio.choices import objective_choices, writable_bank_choices
from studio.exchange.columns import columns_for
from studio.exchange.pages import findings_file, import_page, notes_of
from studio.exchange.uploads import STEPS, reading_of
from studio.fetching import (
    AUTHOR_QUESTION,
    REVIEW_COURSE,
    banks_of,
    draft_of,
    get_bank,
    get_course_for,
    working_version,
)
from studio.forms.exchange import (
    CommonValuesForm,
    QuestionExportForm,
    QuestionImportForm,
)
from studio.questions.editor.preview import question_preview


@require_http_methods(["GET", "HEAD", "POST"])
@requires(AUTHOR_QUESTION)
def question_import(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Take a file that can be read as questions, and go on to its preview."""
    course = get_course_for(request.user, course_key, AUTHOR_QUESTION)
    if draft_of(course) is None:
        messages.info(request, _("Buka draf kursus ini dulu, lalu impor soalnya."))
        return redirect("studio:question_list", course.key)
    form = QuestionImportForm(
        request.POST or None,
        request.FILES or None,
        banks=writable_bank_choices(course),
        initial={"bank": request.GET.get("bank", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _taken(request, course, form)
        except UnreadableFile as problem:
            form.add_error("file", problem.message)
    context = {"course": course, "version": working_version(course), "form": form}
    return render(request, "studio/question_import.html", context)


def _taken(
    request: SignedInRequest, course: Course, form: QuestionImportForm
) -> HttpResponse:
    """Keep a file that can be read, and go on to its columns or its preview.

    Raises UnreadableFile.
    """
    file: UploadedFile[bytes] = form.cleaned_data["file"]
    name = form.cleaned_data["format"]
    data = file.read()
    format = FORMATS[name] if name else format_of(data, file.name or "")
    table = format.arranged(data)
    columns = columns_for(request.user, table) if table else None
    if table is None or columns:
        # The preview shows them; a picture that no question shows does no harm.
        quizzes_actions.store_images(format.read(data, columns).images)
    details = {
        "bank": form.cleaned_data["bank"],
        "format": format.name,
        "must_name_columns": table is not None and not columns,
    }
    return STEPS.keep(
        request,
        file,
        {**details, "columns": columns},
        owner=request.user.key,
        now=timezone.now(),
        where=(course.key,),
    )


@require_safe
@requires(AUTHOR_QUESTION)
def question_import_template(
    request: SignedInRequest, course_key: str
) -> HttpResponseBase:
    """Hand out the workbook to fill."""
    get_course_for(request.user, course_key, AUTHOR_QUESTION)
    return _download(template())


@require_safe
@requires(AUTHOR_QUESTION)
def question_import_preview(
    request: SignedInRequest, course_key: str, upload_key: str
) -> HttpResponse:
    """Show what every question of the file would become."""
    course = get_course_for(request.user, course_key, AUTHOR_QUESTION)
    upload = STEPS.find(request, upload_key, owner=request.user.key)
    bank = get_bank(course, upload.bank_key)
    if upload.result is not None:
        return STEPS.to_result(upload, (course_key,))
    if upload.must_name_columns:
        return redirect("studio:question_import_columns", course_key, upload.key)
    try:
        plan = plan_import(bank, reading_of(upload))
    except UploadGone as gone:
        return STEPS.start_again(request, gone, (course_key,))
    version = working_version(course)
    objectives = objective_choices(version)
    context = {
        "values": CommonValuesForm(
            objectives=objectives,
            initial={
                # She is looking at them today; where there is one aim, it is that.
                "objective": objectives[0][0] if len(objectives) == 1 else "",
                "checked_on": timezone.localdate(),
            },
        ),
        "course": course,
        "bank": bank,
        "upload": upload,
        "format": FORMATS[upload.format],
        "page": import_page(
            plan,
            number=request.GET.get("halaman", ""),
            preview=question_preview,
            objectives=dict(objectives),
        ),
    }
    return render(request, "studio/question_import_preview.html", context)


@require_safe
@requires(AUTHOR_QUESTION)
def question_import_findings(
    request: SignedInRequest, course_key: str, upload_key: str
) -> HttpResponseBase:
    """Hand out what is refused and what does not come along, as a workbook."""
    course = get_course_for(request.user, course_key, AUTHOR_QUESTION)
    upload = STEPS.find(request, upload_key, owner=request.user.key)
    bank = get_bank(course, upload.bank_key)
    try:
        plan = plan_import(bank, reading_of(upload))
    except UploadGone as gone:
        return STEPS.start_again(request, gone, (course_key,))
    audit.record(
        "quizzes.findings.downloaded", bank, by=request.user, now=timezone.now()
    )
    return FileResponse(
        findings_file(plan),
        as_attachment=True,
        filename="perbaikan-impor-soal.xlsx",
        content_type=XLSX_TYPE,
    )


@require_POST
@requires(AUTHOR_QUESTION)
def question_import_apply(
    request: SignedInRequest, course_key: str, upload_key: str
) -> HttpResponse:
    """Store what was confirmed; a second press finds it done."""
    course = get_course_for(request.user, course_key, AUTHOR_QUESTION)
    upload = STEPS.find(request, upload_key, owner=request.user.key)
    bank = get_bank(course, upload.bank_key)

    def carry_out(digest: str) -> Mapping[Any, int]:
        # The file stays: what was refused can be fetched as a list afterwards.
        return actions.import_questions(
            bank=bank,
            reading=reading_of(upload),
            confirmed=digest,
            only_good="only_good" in request.POST,
            by=request.user,
            now=timezone.now(),
        ).counts

    return STEPS.confirm(request, upload, carry_out, where=(course_key,))


@require_POST
@requires(AUTHOR_QUESTION)
def question_import_drop(
    request: SignedInRequest, course_key: str, upload_key: str
) -> HttpResponse:
    """Throw the waiting file away."""
    get_course_for(request.user, course_key, AUTHOR_QUESTION)
    upload = STEPS.find(request, upload_key, owner=request.user.key)
    return STEPS.drop(request, upload, (course_key,))


@require_safe
@requires(AUTHOR_QUESTION)
def question_import_result(
    request: SignedInRequest, course_key: str, upload_key: str
) -> HttpResponse:
    """Show what was done."""
    course = get_course_for(request.user, course_key, AUTHOR_QUESTION)
    upload = STEPS.find(request, upload_key, owner=request.user.key)
    bank = get_bank(course, upload.bank_key)
    if upload.result is None:
        return STEPS.to_preview(upload, (course_key,))
    draft = draft_of(course)
    # Where the author goes next: the quizzes of the draft that ask from this bank.
    plans = [
        plan
        for plan in (planned_quizzes(draft) if draft else ())
        if plan.bank_key == bank.key
    ]
    context = {"course": course, "bank": bank, "upload": upload, "plans": plans}
    return render(request, "studio/question_import_result.html", context)


@require_safe
@requires(REVIEW_COURSE)
def question_export(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Choose bank and format; say what does not come along before the download."""
    course = get_course_for(request.user, course_key, REVIEW_COURSE)
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
@requires(REVIEW_COURSE)
def question_export_download(
    request: SignedInRequest, course_key: str, bank_key: str, format_name: str
) -> HttpResponseBase:
    """Hand out the questions of a bank in a format."""
    course = get_course_for(request.user, course_key, REVIEW_COURSE)
    bank = get_bank(course, bank_key)
    if format_name not in WRITABLE:
        raise Http404
    rendering = export_bank(bank, FORMATS[format_name])
    audit.record(
        "quizzes.questions.downloaded",
        bank,
        by=request.user,
        now=timezone.now(),
        format=format_name,
    )
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
