"""What people say of a training elsewhere, and what HR says to that."""

from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from certificates.outside.actions import MOST_JP, OutsideContent
from certificates.outside.papers import MOST_BYTES
from lib.indonesian import format_bytes
from lib.parameters import FormWithParameters
from lib.printable import describe, unprintable
from lib.upload_steps import UploadField
from lib.whole_text import WholeText


def _day(label: object) -> forms.DateField:
    return forms.DateField(
        label=label,  # type: ignore[arg-type]
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
    )


class HandInForm(FormWithParameters):
    """A certificate from elsewhere; `token` makes a form that is sent twice one."""

    parameters: ClassVar = {
        "title": "nama",
        "organiser": "penyelenggara",
        "number": "nomor",
        "started_on": "mulai",
        "ended_on": "selesai",
        "claimed_jp": "jp",
        "file": "berkas",
    }

    token = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("Nama pelatihan"),
        max_length=200,
        help_text=_("Persis seperti pada sertifikat."),
    )
    organiser = forms.CharField(label=_("Penyelenggara"), max_length=200)
    number = forms.CharField(label=_("Nomor sertifikat"), max_length=80, required=False)
    started_on = _day(_("Tanggal mulai"))
    ended_on = _day(_("Tanggal selesai"))
    claimed_jp = forms.IntegerField(
        label=_("JP pada sertifikat"),
        min_value=1,
        max_value=MOST_JP,
        help_text=_("1 JP = 45 menit. Pengelola dapat mengakui jumlah yang lain."),
    )
    file = UploadField(
        label=_("Berkas sertifikat"),
        accept=".pdf,.jpg,.jpeg,.png",
        limit=MOST_BYTES,
        empty=_("Berkas ini kosong. Pilih berkas lain."),
        help_text=_("PDF, JPEG, atau PNG, paling besar %(size)s.")
        % {"size": format_bytes(MOST_BYTES)},
    )

    def clean(self) -> dict[str, object]:
        """Refuse letters that no report can print."""
        said = super().clean() or {}
        for name in ("title", "organiser", "number"):
            unknown = unprintable(str(said.get(name, "")))
            if unknown:
                self.add_error(
                    name,
                    ValidationError(
                        _("Huruf %(letters)s tidak dikenal. Ketik ulang."),
                        params={"letters": describe(unknown)},
                    ),
                )
        return said

    def content(self) -> OutsideContent:
        """Return what was said."""
        names = OutsideContent.__dataclass_fields__
        return OutsideContent(**{name: self.cleaned_data[name] for name in names})


class OutsideAcceptForm(FormWithParameters):
    """How many JP are recognised; `round_seen` was on the screen."""

    parameters: ClassVar = {"round_seen": "putaran"}

    round_seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    jp = forms.IntegerField(label=_("JP yang diakui"), min_value=1, max_value=MOST_JP)


class OutsideReasonForm(FormWithParameters):
    """Why none are recognised, or why it is looked at again."""

    parameters: ClassVar = {"round_seen": "putaran", "reason": "alasan"}

    round_seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        widget=WholeText(attrs={"rows": 3}),
        help_text=_("Dibaca pegawainya. Tulis apa yang kurang dan apa yang perlu."),
        error_messages={
            "required": _("Alasan masih kosong. Tulis supaya pegawai memahaminya.")
        },
    )
