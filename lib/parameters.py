"""Forms whose addresses are in Bahasa Indonesia and whose code is not."""

from collections.abc import Mapping
from typing import ClassVar

from django import forms


class FormWithParameters(forms.Form):
    """A form whose fields are called otherwise in the query string and in HTML.

    `parameters` maps the field to its parameter; what it does not name is called the
    same on both sides. Parameters are public: bookmarks, links in mails and pages that
    are still open go on using them. Do not change one, and do not leave one out.
    """

    parameters: ClassVar[Mapping[str, str]] = {}

    def add_prefix(self, field_name: str) -> str:
        """Return the name under which the field is sent and found."""
        return super().add_prefix(self.parameters.get(field_name, field_name))
