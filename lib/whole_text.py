"""Fields for text that people write elsewhere and paste."""

from typing import Any

from django import forms


class WholeText(forms.Textarea):
    """A text area that takes whatever is pasted.

    With `maxlength` a browser cuts what is too long and says nothing. Without it the
    form refuses with the number of letters, and what was typed stays.
    """

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Leave out what the field adds for its `max_length`."""
        attrs = super().build_attrs(base_attrs, extra_attrs)
        attrs.pop("maxlength", None)
        return attrs
