"""HR looks at answers that came too late, and may accept some for a reason."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.stamps import SignedInRequest, requires
from accounts.viewing import note_view
from lib.refusals import ActionRefused
from quizzes import actions
from quizzes.fetching import get_late_attempt_for
from quizzes.forms.late_answers import AcceptanceForm
from quizzes.late_answers import pages
from quizzes.late_answers.pages import ACCEPT
from quizzes.models import Attempt


@require_GET
@requires(ACCEPT)
def late_attempt_list(request: SignedInRequest) -> HttpResponse:
    """List the attempts to which answers came late."""
    rows = pages.late_attempts(request.user, page=request.GET.get("halaman"))
    return render(request, "quizzes/late_attempt_list.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@requires(ACCEPT)
def late_attempt(request: SignedInRequest, attempt_key: UUID) -> HttpResponse:
    """Show the late answers of one attempt; a POST accepts the chosen ones."""
    attempt = get_late_attempt_for(request.user, attempt_key, ACCEPT)
    now = timezone.now()
    note_view(attempt.person, page="late_answers", by=request.user, now=now)
    form = AcceptanceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return _accept(request, attempt, form)
        except ActionRefused as refusal:
            form.add_error(None, refusal.message)
    context = {"page": pages.late_attempt_page(attempt), "form": form}
    return render(request, "quizzes/late_attempt.html", context)


def _accept(
    request: SignedInRequest, attempt: Attempt, form: AcceptanceForm
) -> HttpResponse:
    is_raised = actions.accept_late_answers(
        attempt_id=attempt.pk,
        saves=form.cleaned_data["saves"],
        reason=form.cleaned_data["reason"],
        by=request.user,
        now=timezone.now(),
    )
    if is_raised:
        messages.success(request, _("Jawaban diterima, dan nilainya naik."))
    else:
        messages.info(request, _("Jawaban diterima. Nilainya tetap."))
    return redirect("quizzes:late_attempt", attempt.key)
