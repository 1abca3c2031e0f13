"""Between upload and preview: the columns of a table, and what many questions share."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.stamps import SignedInRequest, requires
from lib.indonesian import format_number
from lib.upload_steps import UploadGone
from quizzes import actions as quizzes_actions
from quizzes.exchange.formats import FORMATS, Arranged, UnreadableFile
from studio.choices import objective_choices
from studio.exchange.columns import columns_page, is_whole, layout_said
from studio.exchange.uploads import (
    FILES,
    FOR_ALL,
    STEPS,
    Upload,
    reading_of,
    table_of,
)
from studio.fetching import (
    AUTHOR_QUESTION,
    get_bank,
    get_course_for,
    working_version,
)
from studio.forms.exchange import CommonValuesForm


@require_http_methods(["GET", "HEAD", "POST"])
@requires(AUTHOR_QUESTION)
def question_import_columns(
    request: SignedInRequest, course_key: str, upload_key: str
) -> HttpResponse:
    """Ask what the columns of a table are; the answer is remembered for its like."""
    course = get_course_for(request.user, course_key, AUTHOR_QUESTION)
    upload = STEPS.find(request, upload_key, owner=request.user.key)
    if upload.result is not None or not upload.is_table:
        return STEPS.to_preview(upload, (course_key,))
    try:
        table = table_of(upload, upload.columns)
        if table is None:
            return STEPS.to_preview(upload, (course_key,))
        problem = ""
        if request.method == "POST":
            said = layout_said(request.POST, table)
            try:
                return _kept(request, upload, said, course_key)
            except UnreadableFile as refusal:
                table, problem = _as_said(upload, table, said), refusal.message
    except UploadGone as gone:
        return STEPS.start_again(request, gone, (course_key,))
    context = {
        "course": course,
        "bank": get_bank(course, upload.bank_key),
        "upload": upload,
        "page": columns_page(table),
        "problem": problem,
    }
    return render(request, "studio/question_import_columns.html", context)


def _as_said(upload: Upload, table: Arranged, said: Mapping[str, Any]) -> Arranged:
    """Return the table laid out as said, where that is possible."""
    try:
        return table_of(upload, said) or table
    except UnreadableFile:
        return table


def _kept(
    request: SignedInRequest, upload: Upload, said: dict[str, Any], course_key: str
) -> HttpResponse:
    """Keep a layout: shown again while something is open, else on to the preview.

    Raises UnreadableFile where no question can be read by it, and keeps nothing.
    """
    table = table_of(upload, said)
    if table is None or not is_whole(said):
        FILES.say(request.session, upload, {"columns": said})
        return redirect("studio:question_import_columns", course_key, upload.key)
    if table.problem:
        raise UnreadableFile(table.problem)
    with STEPS.open(upload) as file:
        FORMATS[upload.format].read(file.read(), said)
    chosen = {"columns": said, "must_name_columns": False}
    FILES.say(request.session, upload, chosen)
    # Tables without headings have nothing by which they would be known again.
    if table.layout.header:
        quizzes_actions.remember_columns(
            person=request.user,
            headings=table.fingerprint,
            roles=table.layout.roles,
            now=timezone.now(),
        )
    return STEPS.to_preview(upload, (course_key,))


@require_POST
@requires(AUTHOR_QUESTION)
def question_import_values(
    request: SignedInRequest, course_key: str, upload_key: str
) -> HttpResponse:
    """Give many questions of the file an objective, a level or a day at once."""
    course = get_course_for(request.user, course_key, AUTHOR_QUESTION)
    upload = STEPS.find(request, upload_key, owner=request.user.key)
    if upload.result is not None:
        return STEPS.to_result(upload, (course_key,))
    objectives = objective_choices(working_version(course))
    form = CommonValuesForm(request.POST, objectives=objectives)
    back = redirect("studio:question_import_preview", course_key, upload.key)
    page = request.POST.get("halaman", "")
    if page.isdecimal():
        back["Location"] += f"?halaman={page[:6]}"
    if not form.is_valid():
        for errors in form.errors.values():
            messages.warning(request, " ".join(map(str, errors)))
        return back
    try:
        count = _say(request, upload, form.cleaned_data)
    except UploadGone as gone:
        return STEPS.start_again(request, gone, (course_key,))
    if count is not None:
        text = ngettext("%(count)s soal diatur.", "%(count)s soal diatur.", count)
        messages.success(request, text % {"count": format_number(count)})
    return back


def _say(
    request: SignedInRequest, upload: Upload, cleaned: Mapping[str, Any]
) -> int | None:
    """Remember what was said, and of how many questions; None where nothing was."""
    said = {name: cleaned[name] for name in ("objective", "level") if cleaned[name]}
    if cleaned["checked_on"]:
        said["checked_on"] = cleaned["checked_on"].isoformat()
    # What is remembered are questions of this very file, whatever was posted.
    known = [one.question.key for one in reading_of(upload).items if one.question]
    ticked = set(request.POST.getlist("soal")) & set(known)
    is_all = cleaned["scope"] == "all"
    if not said or not (is_all or ticked):
        text = _("Pilih tujuan, tingkat, atau tanggalnya lebih dulu.")
        if said:
            text = _("Centang soalnya lebih dulu, atau pilih semua soal.")
        messages.warning(request, text)
        return None
    common = {key: dict(values) for key, values in upload.common.items()}
    for key in [FOR_ALL] if is_all else sorted(ticked):
        common[key] = {**common.get(key, {}), **said}
    FILES.say(request.session, upload, {"common": common})
    return len(known) if is_all else len(ticked)
