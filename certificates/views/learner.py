"""The person's own certificates."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from accounts import audit
from accounts.stamps import SignedInRequest, signed_in
from certificates import selectors
from certificates.fetching import get_certificate_for
from certificates.list_page import certificate_list_page


@require_GET
@signed_in
def certificate_list(request: SignedInRequest) -> HttpResponse:
    """Show the person's certificates, and those that are on their way."""
    page = certificate_list_page(request.user, now=timezone.now())
    return render(request, "certificates/certificate_list.html", {"page": page})


@require_GET
@signed_in
def certificate_download(request: SignedInRequest, code: str) -> FileResponse:
    """Hand the PDF to its owner, or to HR of her unit."""
    certificate = get_certificate_for(request.user, code)
    released = selectors.released_file(certificate)
    if released is None:
        raise Http404
    audit.record(
        "certificates.certificate.downloaded",
        certificate,
        by=request.user,
        now=timezone.now(),
    )
    name = slugify(f"sertifikat {certificate.data['course_title']}")
    response = FileResponse(
        default_storage.open(released.path),
        as_attachment=True,
        filename=f"{name}.pdf",
        content_type="application/pdf",
    )
    response["Cache-Control"] = "private, no-store"
    return response
