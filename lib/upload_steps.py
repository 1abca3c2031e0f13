"""The way of an uploaded file through a site: taken, shown, confirmed or dropped.

A page takes the file and keeps it. Its preview shows what applying it would change and
holds the digest of that plan in a form. Confirming sends the digest back, and the
action refuses when the plan is another one by now. The file is found through the
session of the person who uploaded it: to everybody else it does not exist.

`UploadSteps` is what people's and questions' files have in common; what a file holds,
and what is done with it, is the room's own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, Generic
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lib.indonesian import format_bytes
from lib.messages import warn_of_refusal
from lib.refusals import ActionRefused
from lib.waiting_files import Waiting, WaitingFiles


class UploadGone(Exception):
    """A waiting file is there or can be read no more; `message` says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class UploadSteps(Generic[Waiting]):
    """The steps of one kind of files.

    `start` names the page that takes a file; the names of the others are made from
    it: `…_preview` and `…_result`. Wherever `where` is asked for, it is what stands
    in their addresses before the key of the file. `expired` is said of a file that
    has been swept away.
    """

    files: WaitingFiles[Waiting]
    start: str
    expired: str | Promise

    def keep(
        self,
        request: HttpRequest,
        file: "File[bytes]",
        details: Mapping[str, Any],
        *,
        owner: UUID,
        now: datetime,
        where: tuple[str, ...] = (),
    ) -> HttpResponse:
        """Keep a file that was found readable, and go on to its preview."""
        file.seek(0)
        waiting = self.files.keep(
            request.session,
            owner=owner,
            file=file,
            details=details,
            now=now,
        )
        return self.to_preview(waiting, where)

    def find(self, request: HttpRequest, key: str, *, owner: UUID) -> Waiting:
        """Return the file of this key, or 404 when somebody else uploaded it."""
        waiting = self.files.find(request.session, owner=owner, key=key)
        if waiting is None:
            raise Http404
        return waiting

    def open(self, waiting: Waiting) -> IO[bytes]:
        """Return the content. Raises UploadGone when it has been swept away."""
        file = waiting.open()
        if file is None:
            raise UploadGone(str(self.expired))
        return file

    def open_path(self, path: str) -> IO[bytes]:
        """Return a file that was made from it. Raises UploadGone: swept away."""
        try:
            return default_storage.open(path)
        except (FileNotFoundError, SuspiciousFileOperation) as error:
            raise UploadGone(str(self.expired)) from error

    def confirm(
        self,
        request: HttpRequest,
        waiting: Waiting,
        carry_out: Callable[[str], Mapping[Any, int]],
        *,
        where: tuple[str, ...] = (),
    ) -> HttpResponse:
        """Carry out what was confirmed and go on to its result.

        `carry_out` takes the digest from the form and returns the figures of the
        result; what it refuses is told on the preview. A second press finds the
        result, whether or not the file is still there.
        """
        if waiting.result is None:
            try:
                figures = carry_out(request.POST.get("digest", ""))
            except UploadGone as gone:
                return self.start_again(request, gone, where)
            except ActionRefused as refusal:
                warn_of_refusal(request, refusal)
                return self.to_preview(waiting, where)
            self.files.finish(request.session, waiting, figures)
        return self.to_result(waiting, where)

    def drop(
        self, request: HttpRequest, waiting: Waiting, where: tuple[str, ...] = ()
    ) -> HttpResponse:
        """Throw the file away and go back to the start."""
        self.files.drop(request.session, waiting)
        messages.info(request, _("Berkas dihapus. Tidak ada yang diubah."))
        return redirect(self.start, *where)

    def start_again(
        self, request: HttpRequest, gone: UploadGone, where: tuple[str, ...] = ()
    ) -> HttpResponse:
        """Go back to the start and say why."""
        messages.warning(request, gone.message)
        return redirect(self.start, *where)

    def to_preview(self, waiting: Waiting, where: tuple[str, ...] = ()) -> HttpResponse:
        """Go to the preview: nothing was done yet."""
        return redirect(f"{self.start}_preview", *where, waiting.key)

    def to_result(self, waiting: Waiting, where: tuple[str, ...] = ()) -> HttpResponse:
        """Go to the result: it was done."""
        return redirect(f"{self.start}_result", *where, waiting.key)


class UploadField(forms.FileField):
    """A file to be uploaded; one of more than `limit` bytes is refused unread."""

    def __init__(self, *, accept: str, limit: int, empty: Any, **kwargs: Any) -> None:
        super().__init__(
            max_length=255,
            widget=forms.FileInput(attrs={"accept": accept}),
            error_messages={
                "required": gettext_lazy("Pilih berkas lebih dahulu."),
                "empty": empty,
            },
            **kwargs,
        )
        self.limit = limit

    def to_python(self, data: "File[Any] | None") -> Any:
        """Return the file that a form was sent. Raises ValidationError: too large."""
        file = super().to_python(data)
        if file is not None and (file.size or 0) > self.limit:
            raise ValidationError(
                _(
                    "Berkas terlalu besar (%(size)s). Ukuran paling besar %(limit)s. "
                    "Bagi menjadi beberapa berkas, lalu unggah satu per satu."
                ),
                code="too_large",
                params={
                    "size": format_bytes(file.size or 0),
                    "limit": format_bytes(self.limit),
                },
            )
        return file
