"""The form of the action plan."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models.notes import LONGEST_PLAN
from lib.whole_text import WholeText


class PlanForm(forms.Form):
    """What she means to do, and later how it went."""

    text = forms.CharField(
        label=_("Rencana saya"),
        help_text=_("Apa yang Anda lakukan, kapan, dan bersama siapa."),
        required=False,
        max_length=LONGEST_PLAN,
        widget=WholeText(attrs={"rows": 8}),
    )
    outcome = forms.CharField(
        label=_("Bagaimana jalannya"),
        help_text=_("Boleh diisi nanti. Setelah 30 hari Anda diingatkan."),
        required=False,
        max_length=LONGEST_PLAN,
        widget=WholeText(attrs={"rows": 5}),
    )
