"""Publishing, as an author asks for it."""

from django import forms

from courses.models.catalogue import CourseVersion


class PublishForm(forms.Form):
    """Which kind of change, and which draft the author has seen."""

    change = forms.ChoiceField(choices=CourseVersion.Change.choices)
    seen = forms.CharField(max_length=64)
