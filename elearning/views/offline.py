"""What a phone installs, keeps and sends afterwards."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from accounts.stamps import SignedInRequest, by_token, public, signed_in
from courses.selectors.fetching import get_active_enrollment
from elearning.offline import keeping, tokens
from elearning.offline.outbox import deliver
from elearning.offline.reading import read_entries
from elearning.offline.worker import web_manifest, worker_script
from elearning.views.course import course_detail
from elearning.views.home import home
from lib.untrusted_json import read_json


@cache_control(max_age=3600)
@require_GET
@public
def service_worker(request: HttpRequest) -> HttpResponse:
    """Send the service worker; from the root it speaks for the whole site.

    Browsers would ask for it with every page: once an hour is enough to hear of a
    deployment, since a new one waits until no tab is open.
    """
    return HttpResponse(worker_script(), content_type="text/javascript; charset=utf-8")


@cache_control(max_age=24 * 3600)
@require_GET
@public
def app_manifest(request: HttpRequest) -> JsonResponse:
    """Describe the site to a phone that may install it."""
    return JsonResponse(web_manifest(), content_type="application/manifest+json")


@require_GET
@public
def offline(request: HttpRequest) -> HttpResponse:
    """Show what a phone shows without a line; its script lists what is kept there.

    Asked for as nobody it carries nobody's data: it is for whoever holds the phone.
    """
    return render(request, "offline.html")


@require_GET
@signed_in
def course_to_keep(request: SignedInRequest, course_key: str) -> JsonResponse:
    """List what there is to keep of a course, with what each piece weighs.

    What is the person's own, the course page and the home page, is measured as it is
    now; the tag of a piece says whether the phone has it already.
    """
    enrollment = get_active_enrollment(request.user, course_key)
    kept = keeping.kept_course(enrollment.course, enrollment.version_id)
    own = [
        {"url": url, "bytes": keeping.weight_of(page.content), "tag": ""}
        for url, page in (
            ("/", home(request)),
            (enrollment.course.get_absolute_url(), course_detail(request, course_key)),
        )
    ]
    return JsonResponse(
        {
            "tag": kept.tag,
            "pages": own + [_page(page) for page in (*kept.lessons, kept.checks)],
            "files": [{"url": one.url, "bytes": one.size} for one in kept.files],
        }
    )


@require_GET
@signed_in
def kept_answers(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Send what may be said about answers to a course's checks, to be kept with it."""
    enrollment = get_active_enrollment(request.user, course_key)
    kept = keeping.kept_course(enrollment.course, enrollment.version_id)
    return HttpResponse(kept.answers)


def _page(page: keeping.KeptPage) -> dict[str, Any]:
    return {
        "url": page.url,
        "bytes": page.size,
        "tag": page.tag,
        "title": page.title,
    }


@csrf_exempt
@never_cache
@require_POST
@by_token
def outbox(request: HttpRequest) -> JsonResponse:
    """Take what was done without a line; the outbox's token is the permission.

    The token travels in a header, so no other site can send it, and the session may
    have ended. Answers with what was taken, so that the phone can forget it.
    """
    person = tokens.bearer_of(request.headers.get("X-Outbox-Token", ""))
    if person is None:
        return JsonResponse({"code": "token"}, status=403)
    now: datetime = timezone.now()
    try:
        entries = read_entries(read_json(request.body), now=now)
    except ValueError:
        return JsonResponse({"code": "unreadable"}, status=400)
    taken = deliver(person, entries, now=now)
    return JsonResponse(
        {
            "accepted": taken.accepted,
            "refused": [
                {"sequence": number, "code": code} for number, code in taken.refused
            ],
        }
    )
