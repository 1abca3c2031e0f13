"""Forms for pictures and files of a course."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lib.indonesian import format_bytes
from lib.upload_steps import UploadField

_ACCEPTED = ".png,.jpg,.jpeg,.webp,.svg,.pdf,.mp3,.m4a,.ogg,.mp4,.webm"


class AltForm(forms.Form):
    """What a picture shows, for whoever does not see it."""

    alt = forms.CharField(
        label=gettext_lazy("Teks pengganti gambar"),
        max_length=400,
        help_text=gettext_lazy(
            "Ceritakan apa yang ditunjukkan gambar, untuk orang yang tidak melihatnya."
        ),
    )


class UploadForm(AltForm):
    """A file, and for a picture what it shows."""

    field_order = ["file", "alt"]

    file = UploadField(
        label=gettext_lazy("Gambar atau berkas"),
        accept=_ACCEPTED,
        limit=0,
        empty=gettext_lazy("Berkas ini kosong. Pilih berkas lain."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alt"].required = False
        file = self.fields["file"]
        if isinstance(file, UploadField):
            file.limit = settings.ELEARNING_MEDIA_BYTES
        file.help_text = _(
            "Gambar PNG, JPEG, WebP, atau SVG sampai %(picture)s; PDF, MP3, M4A, OGG, "
            "MP4, atau WebM sampai %(media)s."
        ) % {
            "picture": format_bytes(settings.ELEARNING_PICTURE_BYTES),
            "media": format_bytes(settings.ELEARNING_MEDIA_BYTES),
        }
