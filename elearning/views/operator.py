"""The operator's page: how the site is, and what failed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.stamps import SignedInRequest, requires
from elearning.watching import failed_tasks
from elearning.watching.operator_page import operator_page as read_page

OPERATE = "elearning.operate_site"


@require_GET
@requires(OPERATE)
def operator_page(request: HttpRequest) -> HttpResponse:
    """Show queues, disks, backups, failures and versions; nobody's name."""
    asked = request.GET.get("halaman", "")
    page = read_page(page=asked, now=timezone.now())
    return render(request, "operator.html", {"page": page})


@require_POST
@requires(OPERATE)
def task_again(request: SignedInRequest, failed_id: int) -> HttpResponse:
    """Have a failed task done again."""
    now = timezone.now()
    if failed_tasks.do_again(failed_id=failed_id, by=request.user, now=now):
        messages.success(
            request, _("Tugas dikirim lagi. Bila tetap gagal, ia kembali ke daftar.")
        )
    else:
        messages.info(request, _("Tugas itu sudah tidak ada di daftar."))
    return redirect("operator_page")


@require_POST
@requires(OPERATE)
def task_aside(request: SignedInRequest, failed_id: int) -> HttpResponse:
    """Take a failed task off the list."""
    now = timezone.now()
    if failed_tasks.set_aside(failed_id=failed_id, by=request.user, now=now):
        messages.success(request, _("Tugas dikeluarkan dari daftar."))
    else:
        messages.info(request, _("Tugas itu sudah tidak ada di daftar."))
    return redirect("operator_page")
