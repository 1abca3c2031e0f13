"""Files of courses, for whoever may see them and for as long as they like."""

import re

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.stamps import SignedInRequest, signed_in
from courses.file_store import Stretch, open_bytes, read_bytes
from courses.selectors.files import filename_of, may_see_file
from lib.media import MEDIA_TYPES, PICTURES

# More digits than any file has bytes are no range.
_RANGE = re.compile(r"bytes=(?P<first>[0-9]{0,18})-(?P<last>[0-9]{0,18})")


@require_safe
@signed_in
def course_image(request: SignedInRequest, digest: str) -> HttpResponseBase:
    """Send a drawing by its hash. It can run and fetch nothing, opened alone either."""
    return course_file(request, digest, "svg")


@require_safe
@signed_in
def course_file(request: SignedInRequest, digest: str, ending: str) -> HttpResponseBase:
    """Send a file by its hash: published ones to everybody, others to their authors.

    Whoever got it may keep it for ever, and for herself alone. Sound and films are
    also sent in pieces, without which telephones of Apple play none.
    """
    if ending not in MEDIA_TYPES or not may_see_file(request.user, digest, ending):
        raise Http404
    response = (
        _picture(digest, ending)
        if ending in PICTURES
        else _pieces(digest, ending, request.headers.get("Range", ""))
    )
    if ending == "pdf":
        name = filename_of(digest) or f"{digest[:12]}.pdf"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _picture(digest: str, ending: str) -> HttpResponseBase:
    data = read_bytes(digest, ending)
    if data is None:
        raise Http404
    return HttpResponse(data, content_type=MEDIA_TYPES[ending])


def _pieces(digest: str, ending: str, asked: str) -> HttpResponseBase:
    """Send a file, or the one stretch of it that was asked for (RFC 9110, 14)."""
    file = open_bytes(digest, ending)
    if file is None:
        raise Http404
    size = file.seek(0, 2)
    first, last, status = _stretch(asked, size)
    if status == 416:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(
        Stretch(file, first, last - first + 1),
        status=status,
        content_type=MEDIA_TYPES[ending],
        headers={"Accept-Ranges": "bytes", "Content-Length": str(last - first + 1)},
    )
    if status == 206:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _stretch(asked: str, size: int) -> tuple[int, int, int]:
    """Return the first and last byte to send, and the status that says so.

    What is no range of bytes, or several of them, is answered with the whole file.
    """
    found = _RANGE.fullmatch(asked)
    if found is None or not (found["first"] or found["last"]):
        return 0, size - 1, 200
    if not found["first"]:
        first, last = max(0, size - int(found["last"])), size - 1
    else:
        first = int(found["first"])
        last = min(int(found["last"] or size - 1), size - 1)
    return first, last, 206 if first <= last else 416
