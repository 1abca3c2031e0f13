"""Forms for a course as one file."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lib.indonesian import format_bytes
from lib.upload_steps import UploadField
from studio.forms.choices import Choices, _offer

# Texts and questions of a course beside its pictures and files.
_TEXTS = 50_000_000


class CourseImportForm(forms.Form):
    """A course in a file, and the unit of a new one."""

    file = UploadField(
        label=gettext_lazy("Berkas kursus (ZIP)"),
        accept=".zip",
        limit=0,
        empty=gettext_lazy("Berkas ini kosong. Pilih berkas lain."),
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("Unit pemilik"),
        help_text=gettext_lazy(
            "Bila menjadi kursus baru, penulis unit ini menyuntingnya."
        ),
    )

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, {"unit": units})
        file, most = self.fields["file"], settings.ELEARNING_COURSE_FILES_BYTES + _TEXTS
        if isinstance(file, UploadField):
            file.limit = most
        file.help_text = _(
            "ZIP dari “Unduh kursus”, atau folder kursus yang dimampatkan. Paling "
            "besar %(limit)s."
        ) % {"limit": format_bytes(most)}
