"""The whole text of a lesson and its parts: cut at `## Judul {#kunci}`, put together.

Authors write a lesson as one text. It is stored in parts, each with its heading
line, so that a part keeps its key while its words change.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, count

from django.utils.text import slugify

from courses.content_types import PartContent
from lib.markdown import OPENER_KEY, MarkdownProblem, plain_line, split_parts
from lib.markdown.blocks import KEY
from lib.markdown.masking import normalise, read_source

MAX_KEY = 80
MAX_TITLE = 120
_KEY_STEM = 40
_SECTION = re.compile(r"^##(?=[ ])(?P<title>.*)$", re.MULTILINE)
_ANY_KEY = re.compile(r"^#{2,4} .*\{#(?P<key>[^{}]*)\}", re.MULTILINE)
_KEY_AT_END = re.compile(r"[ \t]\{#(?P<key>[^{}]*)\}[ \t]*#*[ \t]*$")


def join_parts(sources: Sequence[str]) -> str:
    """Return the text of a lesson from its parts, an empty line between them."""
    return "\n\n".join(source.strip("\n") for source in sources) + "\n"


def split_lesson(text: str) -> tuple[PartContent, ...]:
    """Return the parts of a lesson, each with its heading line.

    Raises `MarkdownProblem` where blocks or headings do not stand as they must.
    """
    lines = normalise(text).split("\n")
    parts = split_parts(text)
    # The opener begins with its text, every other part one line above it.
    starts = [part.line - (part.key != OPENER_KEY) for part in parts]
    ends = [*(start - 1 for start in starts[1:]), len(lines)]
    return tuple(
        PartContent(
            key=part.key,
            title=part.title,
            source="\n".join(lines[start - 1 : end]).strip("\n"),
        )
        for part, start, end in zip(parts, starts, ends, strict=True)
    )


def find_part_problems(text: str, *, first_line: int = 1) -> Iterator[MarkdownProblem]:
    """Yield what is wrong with the keys of `##` headings; each must have one."""
    normal = normalise(text)
    source = read_source(normal)
    for section in _SECTION.finditer(source.masked):
        line = source.line_at(section.start()) + first_line - 1
        title = normal[section.start("title") : section.end("title")]
        found = _KEY_AT_END.search(title)
        if found is None:
            yield MarkdownProblem(
                line,
                "Judul bagian ini belum punya kunci.",
                "Tambahkan di ujungnya, misalnya {#tiga-lapis}.",
            )
        elif not KEY.fullmatch(found["key"]) or len(found["key"]) > MAX_KEY:
            yield MarkdownProblem(
                line,
                f"Kunci {{#{found['key']}}} tidak dapat dipakai.",
                "Pakai huruf kecil, angka, dan tanda hubung.",
            )
        elif found["key"] == OPENER_KEY:
            yield MarkdownProblem(
                line,
                f"Kunci {{#{OPENER_KEY}}} sudah dipakai untuk pembuka pelajaran.",
                "Pakai kunci lain untuk judul ini.",
            )
        words = title[: found.start()] if found else title
        if len(words.strip()) > MAX_TITLE:
            yield MarkdownProblem(
                line,
                "Judul bagian ini terlalu panjang.",
                f"Pendekkan sampai {MAX_TITLE} karakter.",
            )


def add_missing_keys(text: str, known: Mapping[str, str]) -> str:
    """Give every `##` heading without a key one, made from its words.

    `known` gives by title the keys of the lesson as stored, so that a heading whose
    key was deleted by mistake gets the same one back. A text in which every heading
    has a key comes back as it is.
    """
    normal = normalise(text)
    source = read_source(normal)
    taken = {found["key"] for found in _ANY_KEY.finditer(source.masked)}
    pieces = []
    done = 0
    for section in _SECTION.finditer(source.masked):
        title = normal[section.start("title") : section.end("title")]
        if _KEY_AT_END.search(title) or not title.strip(" \t#"):
            continue
        words = title.rstrip(" \t#")
        key = _free_key(words, known, taken)
        taken.add(key)
        pieces += [normal[done : section.start("title")], f"{words} {{#{key}}}"]
        done = section.end("title")
    return "".join([*pieces, normal[done:]])


def _free_key(words: str, known: Mapping[str, str], taken: Collection[str]) -> str:
    before = known.get(plain_line(words.strip()), "")
    if before and before not in taken:
        return before
    stem = slugify(words).replace("_", "-")[:_KEY_STEM].strip("-") or "bagian"
    if stem == OPENER_KEY:
        stem = f"{stem}-2"
    numbered = (f"{stem}-{number}" for number in count(2))
    return next(key for key in chain([stem], numbered) if key not in taken)
