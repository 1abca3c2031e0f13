"""The rows of a question as Django formsets: one form a row, in the order of the page.

Which boxes a row shows is said by its columns; what it does not show travels hidden.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from lib.whole_text import WholeText
from studio.questions.editor.columns import FALSE, POINTS, TRUE, TRUTH, Columns

ROWS, SCENES = "baris", "adegan"
FIELDS = ("key", "text", "worth", "match", "group", "feedback")
# No honest form sends more; what a hostile one sends beyond is not read.
MOST_POSTED = 100


def _words() -> forms.CharField:
    return forms.CharField(required=False, strip=False, widget=WholeText())


def _hidden(most: int) -> forms.CharField:
    return forms.CharField(
        required=False, max_length=most, strip=False, widget=forms.HiddenInput()
    )


class RowForm(forms.Form):
    """One option: `key` stays with it from version to version."""

    key = _hidden(40)
    text = _words()
    worth = _hidden(20)
    match = _hidden(40)
    group = _hidden(40)
    feedback = _words()

    def __init__(self, *args: Any, dress: "Dress | None" = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if dress:
            self._dress(dress)

    @property
    def short_fields(self) -> list[forms.BoundField]:
        """The boxes that stand side by side, below the text."""
        boxes = (self["worth"], self["match"], self["group"])
        return [box for box in boxes if not box.is_hidden]

    @property
    def hidden_values(self) -> list[forms.BoundField]:
        """What the row does not show, its place included."""
        return [box for box in self if box.is_hidden]

    def _dress(self, dress: "Dress") -> None:
        columns = dress.columns
        self._write("text", columns.text, has_errors=dress.error_id)
        if columns.worth == TRUTH:
            truths = (("", _("Tentukan")), (TRUE, _("Benar")), (FALSE, _("Salah")))
            self._choose("worth", _("Pernyataan ini"), truths)
        elif columns.worth:
            label = _("Poin (0–5)") if columns.worth == POINTS else _("Nilai (%)")
            self._type("worth", label, 12, inputmode="decimal")
        if columns.goes_to:
            self._choose("match", columns.goes_to, dress.targets)
        elif columns.has_tolerance:
            self._type("match", _("Toleransi"), 20)
        if columns.has_group:
            self._type("group", _("Kelompok"), 40)
        if columns.has_feedback:
            self._write("feedback", _("Alasan untuk peserta"), look="is-reason")
        else:
            self.fields["feedback"].widget = forms.HiddenInput()

    def _write(
        self, name: str, label: str, *, look: str = "", has_errors: str = ""
    ) -> None:
        looks = ["form-control", look, "is-invalid" if has_errors else ""]
        attrs = {"class": " ".join(filter(None, looks)), "rows": 1}
        if has_errors:
            attrs |= {"aria-invalid": "true", "aria-describedby": has_errors}
        self._wear(name, label, WholeText(attrs=attrs))

    def _type(self, name: str, label: str, most: int, **attrs: str) -> None:
        own = {"class": "form-control", "maxlength": most, "autocomplete": "off"}
        self._wear(name, label, forms.TextInput(attrs=own | attrs))

    def _choose(self, name: str, label: str, choices: Sequence[Any]) -> None:
        attrs = {"class": "form-select"}
        self._wear(name, label, forms.Select(attrs=attrs, choices=choices))

    def _wear(self, name: str, label: str, widget: forms.Widget) -> None:
        self.fields[name].label = label
        self.fields[name].widget = widget


@dataclass(frozen=True)
class Dress:
    """How a row's form looks: its columns, what it may lead to, where its error is."""

    columns: Columns
    targets: Sequence[tuple[str, str]] = ()
    error_id: str = ""


class SceneForm(forms.Form):
    """What somebody says in a dialogue."""

    key = _hidden(40)
    text = _words()


RowFormSet = forms.formset_factory(
    RowForm,
    extra=0,
    can_order=True,
    can_delete=True,
    max_num=MOST_POSTED,
    absolute_max=MOST_POSTED,
)


class _Dressed(RowFormSet):  # type: ignore[misc,valid-type]
    """Rows for a page: each form knows how it looks."""

    dresses: Sequence[Dress] = ()

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Hand each form what it wears; the empty form wears nothing."""
        return {} if index is None else {"dress": self.dresses[index]}

    def get_ordering_widget(self) -> forms.Widget:
        """Rows are moved by buttons; the number travels hidden."""
        return forms.HiddenInput()


SceneFormSet = forms.formset_factory(
    SceneForm,
    extra=0,
    can_delete=True,
    max_num=MOST_POSTED,
    absolute_max=MOST_POSTED,
)


def row_formset(rows: Sequence[tuple[dict[str, str], Dress]]) -> Any:
    """Return the forms of rows, each with its values and how it looks."""
    formset = _Dressed(prefix=ROWS, initial=[said for said, _dress in rows])
    formset.dresses = [dress for _said, dress in rows]
    return formset


def scene_formset(scenes: Sequence[dict[str, str]]) -> Any:
    """Return the forms of scenes."""
    return SceneFormSet(prefix=SCENES, initial=scenes)


def kept_forms(formset: Any) -> list[dict[str, str]]:
    """Return what the forms say that are not deleted, in the order they ask for."""
    kept = [said for said in _said(formset) if not said.get("DELETE")]
    # Those without a number stand last, as `ordered_forms` puts them.
    kept.sort(key=lambda said: (said.get("ORDER") is None, said.get("ORDER") or 0))
    return [{name: said.get(name) or "" for name in FIELDS} for said in kept]


def has_deleted(data: QueryDict) -> bool:
    """Whether a button has asked for a row or a scene to go."""
    formsets = (RowFormSet(data, prefix=ROWS), SceneFormSet(data, prefix=SCENES))
    return any(said.get("DELETE") for formset in formsets for said in _said(formset))


def _said(formset: Any) -> list[dict[str, Any]]:
    """Return what the forms say; a field that cannot be read says nothing."""
    formset.is_valid()
    return [form.cleaned_data for form in formset if hasattr(form, "cleaned_data")]
