"""The outbox: which reminders went where, and why others did not."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.stamps import SignedInRequest, requires
from courses.assigning.fetching import get_mail_for
from courses.assigning.outbox_page import MAIL_STATES, SEARCH_KEY, outbox_page
from courses.assigning.people import ASSIGN
from courses.assigning.sending import send_again
from lib.kept_search import keep_words, kept_words


@require_GET
@requires(ASSIGN)
def outbox(request: SignedInRequest) -> HttpResponse:
    """Show the mails about deadlines to people of one's units, latest first."""
    words = kept_words(request, SEARCH_KEY)
    page = outbox_page(request.user, request.GET, words=words, now=timezone.now())
    context = {"page": page, "states": MAIL_STATES}
    return render(request, "courses/outbox.html", context)


@require_POST
@requires(ASSIGN)
def outbox_search(request: SignedInRequest) -> HttpResponse:
    """Keep a name or NIP in the session and show the mails to whom it finds."""
    return keep_words(request, SEARCH_KEY, reverse("assigning:outbox"))


@require_POST
@requires(ASSIGN)
def outbox_resend(request: SignedInRequest, mail_id: int) -> HttpResponse:
    """Let a mail wait again that failed; one that cannot is left as it is."""
    mail = get_mail_for(request.user, mail_id)
    if send_again(mail_id=mail.pk, by=request.user, now=timezone.now()):
        messages.success(
            request, _("Dikirim lagi pada jam kerja pegawainya, bila masih perlu.")
        )
    else:
        messages.info(request, _("Surel ini tidak perlu dikirim lagi."))
    return redirect("assigning:outbox")
