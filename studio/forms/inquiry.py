"""The inbox's filters, and the answer to an inquiry."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Inquiry
from courses.models.inquiries import LONGEST_ANSWER, LONGEST_INQUIRY
from lib.parameters import FormWithParameters
from lib.whole_text import WholeText
from studio.inquiries.page import InboxFilters


class InboxForm(FormWithParameters):
    """What of the inbox is shown; every field may stay empty."""

    parameters: ClassVar = {"state": "keadaan", "kind": "jenis", "course": "kursus"}

    state = forms.ChoiceField(
        label=_("Keadaan"),
        required=False,
        choices=[("", _("Semua keadaan")), *Inquiry.State.choices],
    )
    kind = forms.ChoiceField(
        label=_("Jenis"),
        required=False,
        choices=[("", _("Semua jenis")), *Inquiry.Kind.choices],
    )
    course = forms.ChoiceField(label=_("Kursus"), required=False)

    def __init__(self, data: Any, *, courses: list[tuple[str, str]]) -> None:
        super().__init__(data)
        course = self.fields["course"]
        if isinstance(course, forms.ChoiceField):
            course.choices = [("", _("Semua kursus")), *courses]

    def filters(self) -> InboxFilters:
        """Return what is asked; of what cannot be read, nothing."""
        self.is_valid()
        said = self.cleaned_data
        return InboxFilters(
            state=said.get("state", ""),
            kind=said.get("kind", ""),
            course=said.get("course", ""),
        )


class AnswerForm(forms.Form):
    """An answer, and what others may read of it; `seen` is the state that was read."""

    text = forms.CharField(
        label=_("Jawaban Anda"),
        help_text=_("Paling banyak 4.000 karakter, kira-kira 600 kata."),
        max_length=LONGEST_ANSWER,
        widget=WholeText(attrs={"rows": 6, "lang": "id"}),
    )
    is_public = forms.BooleanField(
        label=_("Tampilkan bagi peserta lain, tanpa nama penanya"), required=False
    )
    public_text = forms.CharField(
        label=_("Pertanyaan seperti yang dibaca peserta lain"),
        help_text=_(
            "Buang nama, unit, dan hal lain yang menunjukkan siapa yang bertanya."
        ),
        required=False,
        max_length=LONGEST_INQUIRY,
        widget=WholeText(attrs={"rows": 3, "lang": "id"}),
    )
    seen = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask for the question where others are to read the answer."""
        cleaned = super().clean() or {}
        if cleaned.get("is_public") and not cleaned.get("public_text"):
            self.add_error(
                "public_text", _("Tulis pertanyaannya, atau jangan tampilkan.")
            )
        return cleaned
