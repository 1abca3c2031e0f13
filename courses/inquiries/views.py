"""Pages on which learners ask the author, and read what she answered."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.stamps import SignedInRequest, signed_in
from courses.exceptions import InquiryNotPossible
from courses.inquiries.actions import InquirySubject, send_inquiry
from courses.inquiries.forms import InquiryForm, PartInquiryForm
from courses.inquiries.page import lesson_inquiries, own_inquiries
from courses.invitation import invite
from courses.models import Course
from courses.selectors.fetching import check_lesson_is_offered, find_active_enrollment

_PAGE = "courses/inquiries/lesson_inquiries.html"


@require_http_methods(["GET", "POST"])
@signed_in
def lesson_inquiry(
    request: SignedInRequest, course_key: str, lesson_key: str
) -> HttpResponse:
    """Show what was answered at a lesson, and take a question or a report."""
    enrollment = find_active_enrollment(request.user, course_key)
    if enrollment is None:
        check_lesson_is_offered(course_key, lesson_key)
        return invite(request, course_key)
    part_key = request.GET.get("bagian", "")
    number = request.GET.get("halaman")
    page = lesson_inquiries(enrollment, lesson_key, part_key=part_key, number=number)
    if page is None:
        raise Http404
    if request.method == "GET":
        form = PartInquiryForm(parts=page.parts, initial={"part": page.part_key})
        return render(request, _PAGE, {"page": page, "form": form})
    form = PartInquiryForm(request.POST, parts=page.parts)
    if form.is_valid():
        about = InquirySubject(lesson_key, form.cleaned_data["part"])
        if is_taken(request, form, course=enrollment.course, about=about):
            return redirect(page.lesson_url)
    return render(request, _PAGE, {"page": page, "form": form}, status=400)


def is_taken(
    request: SignedInRequest,
    form: InquiryForm,
    *,
    course: Course,
    about: InquirySubject,
) -> bool:
    """Send what a valid form says and say so; a refusal stands in the form."""
    said = form.cleaned_data
    try:
        send_inquiry(
            course=course,
            about=about,
            kind=said["kind"],
            text=said["text"],
            key=said["key"],
            by=request.user,
            now=timezone.now(),
        )
    except InquiryNotPossible as refusal:
        form.add_error("text", refusal.message)
        return False
    messages.success(request, _("Terkirim. Anda dikabari bila penyusun menjawab."))
    return True


@require_GET
@signed_in
def inquiry_list(request: SignedInRequest) -> HttpResponse:
    """Show everything she asked, with the answers."""
    rows = own_inquiries(request.user, number=request.GET.get("halaman"))
    return render(request, "courses/inquiries/inquiry_list.html", {"rows": rows})
