"""How the ``///`` blocks of a source may stand: names, nesting, titles, ends."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from lib.markdown.blocks import BLOCKS, KEY, Check
from lib.markdown.masking import Source
from lib.markdown.problems import MarkdownProblem

_START = re.compile(
    r"(?P<lead>[ \t>]*)(?P<slashes>/{3,})[ ]*(?P<name>[\w-]+)[ ]*"
    r"(?:\|[ ]*(?P<title>.*?)[ ]*)?"
)
_END = re.compile(r"[ \t>]*(?P<slashes>/{3,})[ ]*")
_SECTION = re.compile(r"##(?:[ ].*)?")
_OPTIONS = re.compile(r"[ ]{4,}\S.*")


@dataclass(frozen=True, slots=True)
class _Open:
    """A block that has been opened and not yet closed."""

    line: int
    slashes: int
    name: str


def check_blocks(source: Source) -> Iterator[MarkdownProblem]:
    """Yield what is wrong with the blocks: each must be known, whole and in place."""
    stack: list[_Open] = []
    after_start = False
    for number, line in enumerate(source.masked_lines, start=1):
        start, end = _START.fullmatch(line), _END.fullmatch(line)
        if after_start and _OPTIONS.fullmatch(line):
            yield MarkdownProblem(
                number,
                "Baris setelah pembuka blok tidak boleh menjorok.",
                "Hapus spasi di depannya.",
            )
        after_start = start is not None
        if start:
            yield from _check_start(start, number, stack)
            stack.append(_Open(number, len(start["slashes"]), start["name"].lower()))
        elif end:
            yield from _close(stack, len(end["slashes"]), number)
        elif stack:
            yield from _check_inside(line, number, stack[-1])
    for block in stack:
        yield _unclosed(block)


def _check_start(
    start: re.Match[str], number: int, stack: list[_Open]
) -> Iterator[MarkdownProblem]:
    name, title = start["name"].lower(), start["title"] or ""
    if name not in BLOCKS:
        near = get_close_matches(name, BLOCKS, n=1)
        choices = f"Mungkin maksudnya {near[0]}." if near else _all_names()
        yield MarkdownProblem(number, f"Blok {name} tidak dikenal.", choices)
        return
    if any(block.slashes == len(start["slashes"]) for block in stack):
        yield MarkdownProblem(
            number,
            f"Blok {name} memakai garis miring sebanyak blok di luarnya.",
            "Tambahkan satu garis miring pada pembuka dan penutup blok yang di dalam.",
        )
    yield from _check_title(name, title, number)
    yield from _check_place(name, start["lead"], number, stack)


def _all_names() -> str:
    return f"Pilih salah satu: {', '.join(BLOCKS)}."


def _check_title(name: str, title: str, number: int) -> Iterator[MarkdownProblem]:
    wants = BLOCKS[name].ARGUMENT
    if name == Check.NAME and not KEY.fullmatch(title):
        yield MarkdownProblem(
            number,
            "Blok cek belum menyebut soalnya.",
            "Tulis /// cek | kunci-soal, dengan kunci dari soal latihan.",
        )
    elif wants is True and not title:
        yield MarkdownProblem(
            number, f"Blok {name} belum berjudul.", f"Tulis /// {name} | Judul."
        )
    elif wants is False and title:
        yield MarkdownProblem(
            number, f"Blok {name} tidak memakai judul.", f"Tulis /// {name} saja."
        )


def _check_place(
    name: str, lead: str, number: int, stack: list[_Open]
) -> Iterator[MarkdownProblem]:
    outer = BLOCKS[name].INSIDE
    if outer and (not stack or stack[-1].name != outer):
        yield MarkdownProblem(
            number,
            f"Blok {name} berada di luar blok {outer}.",
            f"Taruh langsung di dalam /// {outer}.",
        )
    if name == Check.NAME and (stack or lead):
        yield MarkdownProblem(
            number,
            "Blok cek berada di dalam blok, daftar, atau kutipan.",
            "Taruh di luar, tanpa spasi di depannya.",
        )


def _check_inside(line: str, number: int, block: _Open) -> Iterator[MarkdownProblem]:
    if block.name == Check.NAME and line.strip():
        yield MarkdownProblem(
            number,
            "Blok cek berisi teks.",
            "Kosongkan isinya; soalnya diambil menurut kuncinya.",
        )
    if _SECTION.fullmatch(line):
        yield MarkdownProblem(
            number,
            f"Judul bagian berada di dalam blok {block.name}.",
            "Tutup bloknya dahulu, atau pakai ### di dalamnya.",
        )


def _close(stack: list[_Open], slashes: int, number: int) -> Iterator[MarkdownProblem]:
    """Take the block that ends here off the stack, and those it leaves open."""
    if all(block.slashes != slashes for block in stack):
        yield MarkdownProblem(
            number,
            f"Penutup {'/' * slashes} tidak memiliki pembuka.",
            "Hapus baris ini, atau samakan jumlah garis miringnya dengan pembuka.",
        )
        return
    while stack[-1].slashes != slashes:
        yield _unclosed(stack.pop())
    stack.pop()


def _unclosed(block: _Open) -> MarkdownProblem:
    return MarkdownProblem(
        block.line,
        f"Blok {block.name} belum ditutup.",
        f"Tambahkan baris {'/' * block.slashes} setelah isinya.",
    )
