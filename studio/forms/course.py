"""Forms for a course: how it begins, and what it says of itself."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from courses.content_types import (
    GlossaryEntry,
    ObjectiveContent,
    SourceContent,
    VersionContent,
)
from courses.glossary.lines import (
    LONGEST_MEANING,
    LONGEST_TERM,
    MOST_ENTRIES,
    repeated_terms,
    typed_entries,
    written_entries,
)
from courses.models.catalogue import CognitiveLevel, Pillar
from lib.markdown.checking import MAX_LENGTH
from lib.whole_text import WholeText
from studio.drafts.beginning import CourseStart
from studio.drafts.structure import CourseSettings
from studio.forms.choices import Choices, _offer

BLANK, TEMPLATE, COPY = "kosong", "templat", "salinan"
# The words after "Area" of the European framework, as its Indonesian readers use them.
_DIGCOMP = [
    ("1", _("1. Informasi dan data")),
    ("2", _("2. Komunikasi dan kolaborasi")),
    ("3", _("3. Pembuatan konten")),
    ("4", _("4. Keamanan")),
    ("5", _("5. Pemecahan masalah")),
]
_MOST_OBJECTIVES, _MOST_SOURCES = 20, 100


class CourseForm(forms.Form):
    """What every course says first."""

    title = forms.CharField(
        label=_("Judul"),
        max_length=120,
        help_text=_("Paling baik bila pendek dan menyebut hasilnya."),
    )
    summary = forms.CharField(
        label=_("Ringkasan"),
        max_length=600,
        widget=WholeText(attrs={"rows": 3, "lang": "id"}),
        help_text=_(
            "Dua kalimat: untuk siapa, dan apa yang bisa dilakukan sesudahnya."
        ),
    )
    pillar = forms.ChoiceField(label=_("Pilar"), choices=Pillar.choices)
    jp = forms.IntegerField(
        label=_("JP"),
        min_value=1,
        max_value=100,
        help_text=_("1 JP berarti 45 menit belajar."),
    )
    jp_basis = forms.CharField(
        label=_("Dasar JP"),
        max_length=200,
        help_text=_("Misalnya nama kurikulum atau surat yang menetapkannya."),
    )


class CourseStartForm(CourseForm):
    """A new course: whose it is, and from what it begins."""

    field_order = ["start", "source", "title", "code", "unit"]

    start = forms.ChoiceField(
        label=_("Mulai dari"),
        choices=[
            (BLANK, _("Kosong: modul dan pelajaran Anda susun sendiri")),
            (TEMPLATE, _("Templat 2 JP: pre-test, 4 pelajaran, post-test")),
            (COPY, _("Salinan kursus yang sudah ada")),
        ],
        widget=forms.RadioSelect,
    )
    source = forms.ChoiceField(
        label=_("Kursus yang disalin"),
        required=False,
        help_text=_(
            "Pelajaran, kuis, soal, dan gambarnya ikut. Isi ini hanya bila memilih "
            "salinan."
        ),
    )
    code = forms.CharField(
        label=_("Kode"), max_length=16, help_text=_("Pendek, misalnya K11.")
    )
    unit = forms.ChoiceField(
        label=_("Unit pemilik"), help_text=_("Penulis unit ini boleh menyunting.")
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, units: Choices, courses: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, {"unit": units, "source": [("", _("Pilih kursus")), *courses]})

    def clean(self) -> dict[str, Any]:
        """Ask for the course to copy where there is to be a copy."""
        said = super().clean() or {}
        if said.get("start") == COPY and not said.get("source"):
            self.add_error("source", _("Pilih kursus yang akan disalin."))
        return said

    def start_of(self, objectives: Sequence[ObjectiveContent]) -> CourseStart:
        """Return what was said of the course."""
        said = self.cleaned_data
        return CourseStart(
            code=said["code"],
            title=said["title"],
            summary=" ".join(said["summary"].split()),
            pillar=said["pillar"],
            jp=said["jp"],
            jp_basis=said["jp_basis"],
            objectives=tuple(objectives),
        )


class CourseSettingsForm(CourseForm):
    """What a course says of itself beside its lessons and quizzes."""

    digcomp = forms.TypedMultipleChoiceField(
        label=_("Area DigComp"),
        choices=_DIGCOMP,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    prerequisites = forms.CharField(
        label=_("Prasyarat"),
        max_length=1000,
        required=False,
        widget=WholeText(attrs={"rows": 3, "lang": "id"}),
        help_text=_(
            "Satu kalimat per baris, misalnya “Sudah biasa memakai surel kantor.”"
        ),
    )
    glossary = forms.CharField(
        label=_("Istilah"),
        max_length=MOST_ENTRIES * (LONGEST_TERM + LONGEST_MEANING + 2),
        required=False,
        widget=WholeText(attrs={"rows": 5, "lang": "id"}),
        help_text=_(
            "Satu istilah per baris, dengan titik dua: “Metadata: keterangan tentang "
            "data”. Peserta membaca artinya di tempat istilah itu pertama muncul."
        ),
    )
    plan_title = forms.CharField(
        label=_("Judul rencana tindak"), max_length=120, required=False
    )
    plan_source = forms.CharField(
        label=_("Isi rencana tindak dalam Markdown"),
        max_length=MAX_LENGTH,
        required=False,
        strip=False,
        widget=WholeText(attrs={"rows": 6, "lang": "id"}),
        help_text=_("Tidak dinilai. Kosongkan bila tidak ada."),
    )
    plan_minutes = forms.IntegerField(
        label=_("Menit untuk rencana tindak"),
        min_value=0,
        max_value=600,
        required=False,
    )
    base = forms.CharField(max_length=64, widget=forms.HiddenInput)

    @staticmethod
    def initial_of(content: VersionContent) -> dict[str, Any]:
        """Return the fields for a stored course."""
        return {
            "title": content.title,
            "summary": content.summary,
            "pillar": content.pillar,
            "jp": content.jp,
            "jp_basis": content.jp_basis,
            "digcomp": [str(area) for area in content.digcomp],
            "prerequisites": "\n".join(content.prerequisites),
            "glossary": written_entries(content.glossary),
            "plan_title": content.plan_title,
            "plan_source": content.plan_source,
            "plan_minutes": content.plan_minutes,
        }

    def clean_glossary(self) -> tuple[GlossaryEntry, ...]:
        """Return the terms; refuse, naming the line, what is none."""
        typed = typed_entries(self.cleaned_data["glossary"])
        refused: list[Any] = [
            _("Baris %(number)d: tulis “istilah: artinya”.") % {"number": number}
            for number, entry in typed
            if not entry.term or not entry.meaning
        ]
        refused += [
            _("Baris %(number)d terlalu panjang: istilah 60, arti 300 huruf.")
            % {"number": number}
            for number, entry in typed
            if len(entry.term) > LONGEST_TERM or len(entry.meaning) > LONGEST_MEANING
        ]
        refused += [
            _("Istilah “%(term)s” dijelaskan dua kali. Sisakan satu.") % {"term": term}
            for term in repeated_terms(entry.term for _number, entry in typed)
        ]
        if len(typed) > MOST_ENTRIES:
            refused.append(_("Sisakan paling banyak 100 istilah."))
        if refused:
            raise forms.ValidationError(refused)
        return tuple(entry for _number, entry in typed)

    def clean(self) -> dict[str, Any]:
        """Refuse half a plan: words without a title, minutes without words."""
        said = super().clean() or {}
        has_words = bool(said.get("plan_source", "").strip())
        if has_words and not said.get("plan_title"):
            self.add_error("plan_title", _("Rencana tindak perlu judul."))
        if said.get("plan_minutes") and not has_words:
            self.add_error(
                "plan_source", _("Menitnya sudah diisi, isinya belum. Tulis isinya.")
            )
        return said

    def settings_of(
        self, objectives: Sequence[ObjectiveContent], sources: Sequence[SourceContent]
    ) -> CourseSettings:
        """Return the settings as they are stored."""
        said = self.cleaned_data
        lines = (" ".join(line.split()) for line in said["prerequisites"].splitlines())
        return CourseSettings(
            title=said["title"],
            summary=" ".join(said["summary"].split()),
            pillar=said["pillar"],
            digcomp=tuple(said["digcomp"]),
            jp=said["jp"],
            jp_basis=said["jp_basis"],
            objectives=tuple(objectives),
            sources=tuple(sources),
            plan_title=said["plan_title"],
            plan_source=said["plan_source"].strip("\n"),
            plan_minutes=said["plan_minutes"] or 0,
            prerequisites=tuple(line for line in lines if line),
            glossary=said["glossary"],
        )


class ObjectiveForm(forms.Form):
    """One learning objective; its key stays with it."""

    key = forms.SlugField(required=False, max_length=16, widget=forms.HiddenInput)
    level = forms.ChoiceField(
        label=_("Tingkat"), choices=CognitiveLevel.choices, initial=CognitiveLevel.C2
    )
    text = forms.CharField(label=_("Tujuan"), max_length=300)

    def has_changed(self) -> bool:
        """Say whether anything was written; a level alone is a row left empty."""
        written = self.data.get(self.add_prefix("text"), "").strip()
        return bool(written or self.initial.get("key"))


class SourceForm(forms.Form):
    """One source that lessons cite by its key."""

    key = forms.CharField(
        label=_("Kunci kutipan"),
        max_length=80,
        validators=[
            RegexValidator(
                r"\A[a-z0-9]+(-[a-z0-9]+)*\Z",
                _("Pakai huruf kecil, angka, dan tanda hubung."),
            )
        ],
    )
    text = forms.CharField(label=_("Sumber"), max_length=500)
    url = forms.URLField(
        label=_("Alamat"), max_length=300, required=False, assume_scheme="https"
    )
    dated_on = forms.CharField(
        label=_("Tahun atau tanggal terbit"),
        max_length=10,
        required=False,
        validators=[
            RegexValidator(
                r"\A\d{4}(-\d{2}-\d{2})?\Z", _("Tulis 2026 atau 2026-11-30.")
            )
        ],
    )
    checked_on = forms.DateField(
        label=_("Diperiksa pada"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


if TYPE_CHECKING:
    _Sources = forms.BaseFormSet[SourceForm]
else:
    _Sources = forms.BaseFormSet


class _DistinctKeys(_Sources):
    """Rows whose keys differ."""

    def clean(self) -> None:
        """Tell of a key that was given twice."""
        seen = set()
        for form in self.forms:
            if form in self.deleted_forms or not form.cleaned_data:
                continue
            key = form.cleaned_data.get("key")
            if key and key in seen:
                form.add_error("key", _("Kunci ini dipakai dua kali."))
            seen.add(key)


ObjectiveFormSet = forms.formset_factory(
    ObjectiveForm,
    extra=1,
    can_delete=True,
    can_order=True,
    max_num=_MOST_OBJECTIVES,
    validate_max=True,
)
SourceFormSet = forms.formset_factory(
    SourceForm,
    formset=_DistinctKeys,
    extra=1,
    can_delete=True,
    max_num=_MOST_SOURCES,
    validate_max=True,
)


def objectives_of(rows: Any) -> list[ObjectiveContent]:
    """Return the objectives of a valid formset in their order, each with its key.

    A new one gets the next "t…"; a key that was deleted is not given again here.
    """
    said = [form.cleaned_data for form in rows.ordered_forms if form.cleaned_data]
    known = {form.cleaned_data.get("key") for form in rows.forms if form.is_bound}
    numbers = (f"t{number}" for number in range(1, 10_000))
    free = (key for key in numbers if key not in known)
    return [
        ObjectiveContent(
            key=row["key"] or next(free), level=row["level"], text=row["text"]
        )
        for row in said
    ]


def sources_of(rows: Any) -> list[SourceContent]:
    """Return the sources of a valid formset."""
    return [
        SourceContent(
            key=form.cleaned_data["key"],
            text=form.cleaned_data["text"],
            checked_on=form.cleaned_data["checked_on"],
            url=form.cleaned_data["url"],
            dated_on=form.cleaned_data["dated_on"],
        )
        for form in rows.forms
        if form.cleaned_data and form not in rows.deleted_forms
    ]
