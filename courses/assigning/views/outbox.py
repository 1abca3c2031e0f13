"""The outbox: which reminders went where, and why others did not."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.stamps import SignedInRequest, requires
from courses.assigning.outbox_page import MAIL_STATES, outbox_rows
from courses.assigning.people import ASSIGN


@require_GET
@requires(ASSIGN)
def outbox(request: SignedInRequest) -> HttpResponse:
    """Show the mails about deadlines to people of one's units, latest first."""
    state = request.GET.get("status", "")
    rows = outbox_rows(request.user, state=state, page=request.GET.get("halaman"))
    context = {"rows": rows, "state": state, "states": MAIL_STATES}
    return render(request, "courses/outbox.html", context)
