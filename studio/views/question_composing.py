"""How hard a question is expected to be, and with which it never stands."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.stamps import SignedInRequest, requires
from lib.refusals import ActionRefused
from studio import actions
from studio.fetching import (
    AUTHOR_QUESTION,
    get_course_for,
    get_question_for,
    newest_wording,
)
from studio.forms.composition import CompositionForm, from_text
from studio.links import question_url
from studio.questions.composing import composed, enemy_choices


@require_http_methods(["GET", "HEAD", "POST"])
@requires(AUTHOR_QUESTION)
def question_compose(
    request: SignedInRequest, course_key: str, bank_key: str, question_key: str
) -> HttpResponse:
    """Show and store what counts of a question when papers are composed."""
    course = get_course_for(request.user, course_key, AUTHOR_QUESTION)
    question = get_question_for(
        request.user, course, bank_key, question_key, AUTHOR_QUESTION
    )
    stored = composed(course, question).composition
    words = request.GET.get("cari", "")[:100]
    chosen = [*stored.enemies, *request.POST.getlist("enemies")]
    form = CompositionForm(
        request.POST if request.method == "POST" else None,
        initial=CompositionForm.initial_of(stored),
        enemies=enemy_choices(course, question, chosen, words),
    )
    url = question_url(course, question.bank, question.key)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.compose_question(
                question_id=question.pk,
                composition=form.content(),
                base=from_text(form.cleaned_data["base"]),
                by=request.user,
                now=timezone.now(),
            )
        except ActionRefused as refusal:
            form.add_error(None, refusal.message)
            status = 409
        else:
            messages.success(
                request, _("Tersimpan. Berlaku untuk lembar soal mulai sekarang.")
            )
            return redirect(url)
    context = {
        "course": course,
        "question": question,
        "newest": newest_wording(question),
        "form": form,
        "words": words,
        "url": url,
    }
    return render(request, "studio/question_compose.html", context, status=status)
