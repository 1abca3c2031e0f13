"""Forms of this room: the shape of what a device sends."""

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from lib.untrusted_json import read_json

MOST_DEVICES = 200


class DeviceJSONField(forms.JSONField):
    """JSON from a device; what cannot be read or stored is no value."""

    def to_python(self, value):
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            return read_json(value)
        except ValueError:
            raise ValidationError("Unreadable JSON.", code="json") from None


class HandInForm(forms.Form):
    """What comes with a hand-in: the last sequence of each device the page knows.

    `log` is empty where no script ran; `anyway` hands in without waiting for it.
    """

    log = DeviceJSONField(required=False)
    anyway = forms.BooleanField(required=False)

    def clean_log(self):
        """Return the numbers by device, or None where the page knows of no log."""
        named = self.cleaned_data["log"]
        if named is None:
            return None
        if not isinstance(named, dict) or len(named) > MOST_DEVICES:
            raise ValidationError("Unreadable log.", code="log")
        try:
            return {UUID(device): int(number) for device, number in named.items()}
        except (ValueError, TypeError, OverflowError):
            raise ValidationError("Unreadable log.", code="log") from None
