"""What is asked, as people type it."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Inquiry
from courses.models.inquiries import LONGEST_INQUIRY
from lib.whole_text import WholeText


class InquiryForm(forms.Form):
    """A question to the author, or a report; `key` makes it one, however often sent."""

    kind = forms.ChoiceField(
        label=_("Apa yang ingin Anda sampaikan?"),
        choices=[
            (Inquiry.Kind.QUESTION, _("Tanya penyusun")),
            (Inquiry.Kind.REPORT, _("Laporkan yang keliru")),
        ],
        initial=Inquiry.Kind.QUESTION,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Pertanyaan atau laporan Anda"),
        help_text=_(
            "Paling banyak 2.000 karakter, kira-kira 300 kata. Jangan tulis data "
            "pribadi orang lain."
        ),
        max_length=LONGEST_INQUIRY,
        widget=WholeText(attrs={"rows": 5, "lang": "id"}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class PartInquiryForm(InquiryForm):
    """The same about a part of a lesson."""

    part = forms.ChoiceField(label=_("Tentang bagian"))
    field_order = ("part", "kind", "text", "key")

    def __init__(self, *args: Any, parts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        part = self.fields["part"]
        if isinstance(part, forms.ChoiceField):
            part.choices = parts
