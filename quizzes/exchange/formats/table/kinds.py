"""What a table calls the type of a question, and which types it can say."""

from dataclasses import dataclass

from quizzes.exchange.formats.table.roles import plain_heading

_CHOICE = frozenset(
    {
        *("", "pilihan ganda", "pg", "multiple choice", "mcq", "quiz", "single choice"),
        *("satu jawaban", "pilihan", "pilihan ganda biasa", "multiple choice question"),
    }
)
_SEVERAL = frozenset(
    {
        *(
            "checkbox",
            "checkboxes",
            "kotak centang",
            "beberapa jawaban",
            "multi select",
        ),
        *("pilihan ganda kompleks", "pgk", "multiple answers", "multiple response"),
    }
)
_TRUE_FALSE = frozenset({"true false", "benar salah", "true or false", "bs"})
_TYPED = frozenset(
    {
        *("isian", "isian singkat", "fill in the blank", "fill in the blanks"),
        *("short answer", "jawaban singkat", "short text"),
    }
)


@dataclass(frozen=True)
class AskedType:
    """The type that a cell asks for, or why questions of it are not taken."""

    type: str = ""
    is_true_false: bool = False
    refusal: str = ""


def asked_for(words: str) -> AskedType:
    """Return what a cell of the column of types says."""
    said = plain_heading(words)
    if said in _CHOICE:
        return AskedType()
    if said in _SEVERAL:
        return AskedType("multiple_response")
    if said in _TRUE_FALSE:
        return AskedType(is_true_false=True)
    if said in _TYPED:
        return AskedType("short_text")
    return AskedType(
        refusal=f"jenis soal “{words[:40]}” tidak dapat dinilai di sini. Pakai Pilihan "
        "ganda, Kotak centang, Benar/Salah, atau Isian; atau hapus barisnya."
    )
