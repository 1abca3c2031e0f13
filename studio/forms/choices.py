"""Choices that a form is given when it is made."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

Choices = Sequence[tuple[str, Any]]


def _offer(form: forms.Form, choices: Mapping[str, Choices]) -> None:
    for name, offered in choices.items():
        field = form.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(offered)
