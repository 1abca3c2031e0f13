"""A Word document for a lesson, and what becomes of the text that is there."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lib.documents import MAX_DOCUMENT_BYTES
from lib.upload_steps import UploadField


class LessonDocumentForm(forms.Form):
    """The document."""

    file = UploadField(
        label=_("Dokumen Word"),
        help_text=_("Berkas .docx, paling besar 10 MB."),
        accept=".docx",
        limit=MAX_DOCUMENT_BYTES,
        empty=_("Berkas ini kosong. Pilih dokumen yang berisi teks."),
    )


class DocumentPlaceForm(forms.Form):
    """Where its text goes, and the lesson as the author saw it."""

    place = forms.ChoiceField(
        label=_("Masukkan ke pelajaran"),
        choices=[
            ("below", _("Di bawah isi yang sudah ada")),
            ("instead", _("Ganti seluruh isi")),
        ],
        widget=forms.RadioSelect,
    )
    base = forms.CharField(max_length=64, widget=forms.HiddenInput())
