"""How quizzes and their questions fare."""

from io import StringIO

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.stamps import SignedInRequest, requires
from lib.spreadsheets import write_csv
from quizzes import actions as quizzes_actions
from studio.analysis.file import file_columns, file_rows
from studio.analysis.order import ORDER
from studio.analysis.page import analysis_page, selection_links
from studio.analysis.question_page import question_analysis
from studio.analysis.words import SELECTIONS
from studio.fetching import REVIEW_COURSE, get_course_for, get_question_for, get_quiz

_DEFAULT = next(iter(SELECTIONS))


def _selection(said: str) -> str:
    return said if said in SELECTIONS else _DEFAULT


@require_safe
@requires(REVIEW_COURSE)
def analysis_quiz(
    request: SignedInRequest, course_key: str, quiz_key: str
) -> HttpResponse:
    """Show a quiz as a whole, what is suspicious, and the table of its questions."""
    course = get_course_for(request.user, course_key, REVIEW_COURSE)
    quiz = get_quiz(course, quiz_key)
    selection = _selection(request.GET.get("percobaan", ""))
    order = request.GET.get("urut", ORDER.default)
    page = analysis_page(course, quiz, selection=selection)
    context = {
        "page": page,
        "course": course,
        "rows": ORDER.in_order(page.rows, order),
        "heads": ORDER.heads(order),
    }
    return render(request, "studio/analysis_quiz.html", context)


@require_POST
@requires(REVIEW_COURSE)
def analysis_refresh(
    request: SignedInRequest, course_key: str, quiz_key: str
) -> HttpResponse:
    """Compute the figures anew, at once or in the background."""
    course = get_course_for(request.user, course_key, REVIEW_COURSE)
    quiz = get_quiz(course, quiz_key)
    selection = _selection(request.POST.get("percobaan", ""))
    is_done = quizzes_actions.ask_for_statistics(
        course_id=course.pk,
        quiz_key=quiz.key,
        selection=SELECTIONS[selection],
        now=timezone.now(),
    )
    if not is_done:
        words = _("Sedang dihitung. Muat ulang halaman ini beberapa menit lagi.")
        messages.info(request, words)
    url = reverse("studio:analysis_quiz", args=[course.key, quiz_key])
    return redirect(f"{url}?percobaan={selection}")


@require_safe
@requires(REVIEW_COURSE)
def analysis_download(
    request: SignedInRequest, course_key: str, quiz_key: str
) -> HttpResponse:
    """Hand over the table of the questions as CSV."""
    course = get_course_for(request.user, course_key, REVIEW_COURSE)
    quiz = get_quiz(course, quiz_key)
    selection = _selection(request.GET.get("percobaan", ""))
    page = analysis_page(course, quiz, selection=selection)
    stream = StringIO(newline="")
    write_csv(stream, file_columns(), file_rows(page.rows))
    audit.record(
        "quizzes.analysis.downloaded", quiz, by=request.user, now=timezone.now()
    )
    name = f"analisis-{course.key}-{quiz_key}-{selection}.csv"
    return HttpResponse(
        stream.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


@require_safe
@requires(REVIEW_COURSE)
def analysis_question(
    request: SignedInRequest,
    course_key: str,
    quiz_key: str,
    bank_key: str,
    question_key: str,
) -> HttpResponse:
    """Show a question's picture and choices, wording by wording."""
    course = get_course_for(request.user, course_key, REVIEW_COURSE)
    quiz = get_quiz(course, quiz_key)
    question = get_question_for(
        request.user, course, bank_key, question_key, REVIEW_COURSE
    )
    selection = _selection(request.GET.get("percobaan", ""))
    found = question_analysis(
        course,
        quiz,
        question,
        selection=selection,
        version=request.GET.get("versi", ""),
    )
    context = {
        "course": course,
        "quiz": quiz,
        "question": question,
        "found": found,
        "selection": selection,
        "selections": selection_links(request.path, selection),
    }
    return render(request, "studio/analysis_question.html", context)
