"""Is a block of GIFT one question? Two that touch would lend each other their key.

Moodle takes everything between two empty lines for one question. Where the second of
two has its answers in the stem of the first, nobody meant that.
"""

import re

# Moodle's embedded answers, as in {1:SHORTANSWER:=Jakarta}.
_CLOZE = re.compile(r"\{[ \t]*\d{0,4}[ \t]*:[ \t]*[A-Z_]{2,24}[ \t]*:")
_BRACE = re.compile(r"[{}]")
_SECOND_TITLE = re.compile(r"^[ \t]*::", re.MULTILINE)
_REMEDY = (
    "Beri baris kosong di antara dua soal; untuk kurung dalam teks tulis \\{ dan \\}."
)


def has_cloze(held: str) -> bool:
    """Whether a held text has an answer of Moodle's embedded kind."""
    return _CLOZE.search(held) is not None


def is_cloze_alone(held: str) -> bool:
    """Whether every answer of a held text is of the embedded kind."""
    return has_cloze(held) and "{" not in _CLOZE.sub("", held)


def second_question(held: str) -> tuple[int, str] | None:
    """Return where a block goes on as another question, and what to do.

    `held` is the block without its title; the place is an offset in it.
    """
    title = _SECOND_TITLE.search(held)
    if title:
        return title.start(), f"Di sini mulai soal lain, dengan judulnya. {_REMEDY}"
    braces = list(_BRACE.finditer(held))
    signs = "".join(brace[0] for brace in braces)
    if signs.startswith("{}") and len(signs) > 2:
        return (
            braces[2].start(),
            f"Di belakang jawaban masih ada kurung: dua soal menyatu. {_REMEDY}",
        )
    if signs.startswith("{{"):
        return (
            braces[1].start(),
            f"Di dalam jawaban dibuka kurung lagi, tanpa \\ di depannya. {_REMEDY}",
        )
    return None
