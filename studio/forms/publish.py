"""Publishing, as an author asks for it."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import slug_re
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models.catalogue import CourseVersion

NOW, LATER = "now", "later"
# Between the keys of a lesson and of its part; neither can hold it.
_BETWEEN = "#"


class PublishForm(forms.Form):
    """Which kind of change, which draft the author has seen, whether she publishes it
    in spite of what the checks found, what people are asked to read, and when.

    Date and time are of the zone in which she is shown times.
    """

    change = forms.ChoiceField(choices=CourseVersion.Change.choices)
    seen = forms.CharField(max_length=64)
    despite_faults = forms.BooleanField(required=False)
    when = forms.ChoiceField(choices=[(NOW, NOW), (LATER, LATER)], required=False)
    on = forms.DateField(required=False)
    at = forms.TimeField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("when") == LATER and not (
            cleaned.get("on") and cleaned.get("at")
        ):
            self.add_error(
                None, _("Isi tanggal dan jam terbit, misalnya 3 Desember pukul 16.15.")
            )
        return cleaned

    @property
    def publish_at(self) -> datetime | None:
        """The moment to come, None for now."""
        if self.cleaned_data.get("when") != LATER:
            return None
        day, hour = self.cleaned_data["on"], self.cleaned_data["at"]
        return timezone.make_aware(datetime.combine(day, hour))

    def new_parts(self) -> list[tuple[str, str]] | None:
        """Return the parts that were chosen; None where none could be.

        What cannot be the key of a lesson and of its part chooses nothing.
        """
        if "parts_offered" not in self.data:
            return None
        data: Any = self.data
        pairs = [said.partition(_BETWEEN) for said in data.getlist("new_part")]
        return [
            (lesson, part)
            for lesson, _sign, part in pairs
            if slug_re.match(lesson) and slug_re.match(part)
        ]
