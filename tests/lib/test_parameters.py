"""What people have in their bookmarks is found under the name of the field."""

from typing import ClassVar

from django import forms

from lib.parameters import FormWithParameters


class SearchForm(FormWithParameters):
    parameters: ClassVar = {"words": "cari"}

    words = forms.CharField()
    page = forms.IntegerField(required=False)


def test_a_field_is_read_and_written_under_its_parameter():
    form = SearchForm({"cari": "sandi", "page": "2"})

    assert form.is_valid()
    assert form.cleaned_data == {"words": "sandi", "page": 2}
    assert 'name="cari"' in str(form["words"])
    assert 'id="id_cari"' in str(form["words"])


def test_the_fields_own_name_is_no_parameter():
    form = SearchForm({"words": "sandi"})

    assert not form.is_valid()
    assert list(form.errors) == ["words"]
