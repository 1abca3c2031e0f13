"""Forms of this room: the shape of what a device sends."""

from django import forms
from django.core.exceptions import ValidationError

LONGEST_OFFSET = 400 * 24 * 3600 * 1000


class FieldsField(forms.JSONField):
    """Form fields as a mapping of names to lists of text."""

    def clean(self, value):
        fields = super().clean(value)
        is_mapping = isinstance(fields, dict) and len(fields) <= 50
        if not is_mapping or not all(
            isinstance(values, list)
            and len(values) <= 100
            and all(isinstance(text, str) and len(text) <= 4_000 for text in values)
            for values in fields.values()
        ):
            raise ValidationError("Unreadable fields.", code="fields")
        return fields

    def to_python(self, value):
        return value if isinstance(value, dict) else super().to_python(value)


class AutosaveForm(forms.Form):
    """One save of a device's log."""

    position = forms.IntegerField(min_value=1, max_value=1_000)
    # What the question's own form would post: names and lists of values.
    said = FieldsField(required=False)
    flagged = forms.BooleanField(required=False)
    device = forms.UUIDField()
    sequence = forms.IntegerField(min_value=1, max_value=2_000_000_000)
    offset_ms = forms.IntegerField(min_value=0, max_value=LONGEST_OFFSET)
