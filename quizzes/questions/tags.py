"""Tags of questions: short words of the author's own, to find questions by."""

from collections.abc import Iterable

LONGEST = 40
MOST_TAGS = 20


def tidy(text: str) -> str:
    """Return a tag as it is stored: small letters, spaces squeezed."""
    return " ".join(text.lower().split())


def split_tags(text: str) -> list[str]:
    """Return the tags of a text with commas between them, each once, in order."""
    return unique(text.split(","))


def unique(tags: Iterable[str]) -> list[str]:
    """Return tags as they are stored, each once, in order."""
    return [tag for tag in dict.fromkeys(map(tidy, tags)) if tag]


def tag_problem(tags: Iterable[str]) -> str:
    """Say what is wrong with some tags and what to do; "" when nothing is."""
    found = list(tags)
    if len(found) > MOST_TAGS:
        return f"Tandanya terlalu banyak. Sisakan paling banyak {MOST_TAGS}."
    for tag in found:
        if len(tag) > LONGEST:
            return f"Tanda “{tag[:LONGEST]}…” terlalu panjang. Pakai {LONGEST} huruf."
        if "," in tag:
            return f"Tanda “{tag}” memuat koma. Tulis sebagai dua tanda."
    return ""
