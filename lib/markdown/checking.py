"""What a source must be before it is rendered.

Every check walks the mask of the source (``lib.markdown.masking``) and yields
problems with their lines. The checks also keep hostile sources away from the
parser, whose cost may grow with the square of a paragraph: what passes here has a
bounded length, depth and number of marks.
"""

import re
from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

from lib.markdown.blocks import KEY
from lib.markdown.checking_blocks import check_blocks
from lib.markdown.checking_recordings import check_recordings
from lib.markdown.checking_tables import check_other_editors, check_tables
from lib.markdown.masking import Source, normalise, read_source
from lib.markdown.problems import MarkdownProblem

MAX_LENGTH = 60_000
MAX_PARAGRAPHS = 2_000
MAX_PARAGRAPH = 8_000
MAX_MARKS = 1_000
MAX_LINKS = 100
MAX_DEPTH = 8
LOWEST_HEADING = 4
LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})

_MARKS = re.compile(r"[\[\](*_`<~=!]")
_INDENT = re.compile(r"[ \t>]*")
_TAG = re.compile(r"<(?P<name>!--|[!?/]?[A-Za-z][A-Za-z0-9-]*)")
_AUTOLINK = re.compile(r"<(?:https?://[^<>\s]*|[^<>\s@]+@[^<>\s]+)>", re.IGNORECASE)
_HEADING = re.compile(
    r"(?P<lead>[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*)(?P<marks>#{1,6})(?P<rest>.*)"
)
_HEADING_KEY = re.compile(r"[ \t]\{#(?P<key>[^{}]*)\}[ \t]*#*[ \t]*")
_IMAGE = re.compile(
    r"!\[(?P<alt>(?:[^\[\]]|\[[^\[\]]*\])*)\](?P<target>\([^()\n]*\)?)?"
)
IMAGE_PATH = re.compile(r"(?!.*\.\.)[A-Za-z0-9_-][A-Za-z0-9_./-]*")
FILE_PATH = re.compile(r"(?:images|files)/[A-Za-z0-9_-]+\.[a-z0-9]+")
_LINK_TARGET = re.compile(r"\]\([ ]*<?(?P<address>[^\s<>()]+)")
CITATION = r"\[\^(?P<key>[^\]\s\[]{1,80})\]"
_CITATION = re.compile(CITATION + r"(?P<definition>:)?")
_ATTRIBUTES = re.compile(r"^[ \t]*\{:(?P<inside>[^}\n]*)\}[ \t]*$", re.MULTILINE)
PONDER = ".renung"


def find_problems(
    text: str,
    *,
    citations: Collection[str] = (),
    heading_above: int = 2,
    first_line: int = 1,
) -> tuple[MarkdownProblem, ...]:
    """Return everything wrong with a source, in the order of the lines.

    ``citations`` are the keys that may be cited; ``heading_above`` is the level
    of the heading under which the text will stand (1 for the opener of a lesson).
    A text that is too long is not looked at any further.
    """
    source, problems = _read(text)
    if source:
        problems += [
            *check_blocks(source),
            *check_recordings(source),
            *check_tables(source),
            *check_other_editors(source),
            *_check_headings(source, heading_above),
            *_check_images(source),
            *_check_citations(source, citations),
            *_check_attributes(source),
        ]
    return _in_order(problems, first_line)


def find_structure_problems(text: str) -> tuple[MarkdownProblem, ...]:
    """Return what keeps a whole lesson from being split at its ``##`` lines."""
    source, problems = _read(text)
    if source:
        problems += [*check_blocks(source), *_check_headings(source, heading_above=1)]
    return _in_order(problems)


def find_inline_problems(text: str) -> tuple[MarkdownProblem, ...]:
    """Return what is wrong with a line of text, such as an option of a question."""
    source, problems = _read(text)
    if source:
        problems += [
            MarkdownProblem(
                source.line_at(image.start()),
                "Gambar tidak dapat ditaruh di sini.",
                "Taruh gambar pada soal atau pelajaran.",
            )
            for image in _IMAGE.finditer(source.masked)
        ]
    return _in_order(problems)


def _in_order(
    problems: list[MarkdownProblem], first_line: int = 1
) -> tuple[MarkdownProblem, ...]:
    moved = [
        MarkdownProblem(problem.line + first_line - 1, problem.message, problem.remedy)
        for problem in problems
    ]
    return tuple(sorted(moved, key=lambda problem: problem.line))


def _read(text: str) -> tuple[Source | None, list[MarkdownProblem]]:
    """Read a source and make the checks that hold for every text."""
    if len(text) > MAX_LENGTH:
        return None, [
            MarkdownProblem(
                1,
                f"Teks terlalu panjang ({len(text)} karakter).",
                f"Bagi menjadi beberapa teks, paling banyak {MAX_LENGTH} karakter.",
            )
        ]
    source = read_source(normalise(text))
    paragraphs = len(source.paragraphs())
    if paragraphs > MAX_PARAGRAPHS:
        return None, [
            MarkdownProblem(
                1,
                f"Teks berisi terlalu banyak paragraf ({paragraphs}).",
                f"Bagi menjadi beberapa teks, paling banyak {MAX_PARAGRAPHS} paragraf.",
            )
        ]
    return source, [
        *_check_size(source),
        *_check_fences(source),
        *_check_tags(source),
        *_check_links(source),
    ]


def _check_size(source: Source) -> Iterator[MarkdownProblem]:
    for paragraph in source.paragraphs():
        if (
            len(paragraph[0]) > MAX_PARAGRAPH
            or len(_MARKS.findall(paragraph[0])) > MAX_MARKS
            or paragraph[0].count("](") > MAX_LINKS
            or _bracket_depth(paragraph[0]) > MAX_DEPTH
        ):
            yield MarkdownProblem(
                source.line_at(paragraph.start()),
                "Paragraf ini terlalu panjang atau terlalu banyak tanda.",
                "Bagi dengan baris kosong, dan periksa kurung yang belum ditutup.",
            )
    for number, line in enumerate(source.masked_lines, start=1):
        lead = _INDENT.match(line)
        if lead and len(lead[0].expandtabs(4).replace(">", "    ")) > 4 * MAX_DEPTH:
            yield MarkdownProblem(
                number,
                "Baris ini menjorok terlalu dalam.",
                f"Pakai paling banyak {MAX_DEPTH} tingkat.",
            )


def _bracket_depth(text: str) -> int:
    """Return how many square brackets are open at once, at most."""
    depth = deepest = 0
    for bracket in re.finditer(r"[\[\]]", text):
        depth = depth + 1 if bracket[0] == "[" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest


def _check_fences(source: Source) -> Iterator[MarkdownProblem]:
    for fence in source.fences:
        if not fence.is_closed:
            yield MarkdownProblem(
                fence.line,
                "Blok kode belum ditutup.",
                "Tambahkan baris penutup yang sama dengan pembukanya.",
            )
        elif not re.fullmatch(r"[\w+-]*", fence.info):
            yield MarkdownProblem(
                fence.line,
                "Pembuka blok kode tidak dikenal.",
                "Setelah ``` tulis nama bahasanya saja, atau kosongkan.",
            )


def _check_tags(source: Source) -> Iterator[MarkdownProblem]:
    without_links = _AUTOLINK.sub(lambda link: "x" * len(link[0]), source.masked)
    for tag in _TAG.finditer(without_links):
        yield MarkdownProblem(
            source.line_at(tag.start()),
            f"Tag HTML {tag[0]} tidak dipakai.",
            "Tulis dengan Markdown. Untuk menampilkan tanda <, tulis &lt;.",
        )


def _check_links(source: Source) -> Iterator[MarkdownProblem]:
    for link in _LINK_TARGET.finditer(source.masked):
        if not _is_usable(link["address"]):
            yield MarkdownProblem(
                source.line_at(link.start()),
                f"Alamat {link['address'][:60]} tidak dapat dipakai.",
                "Pakai alamat yang diawali https://.",
            )


def _is_usable(address: str) -> bool:
    try:
        scheme = urlsplit(address).scheme
    except ValueError:
        return False
    return not scheme or scheme in LINK_SCHEMES


def _check_headings(source: Source, heading_above: int) -> Iterator[MarkdownProblem]:
    level = heading_above
    keys: set[str] = set()
    for number, line in enumerate(source.masked_lines, start=1):
        heading = _HEADING.fullmatch(line)
        if heading is None:
            continue
        yield from _check_heading_form(heading, number)
        before, level = level, len(heading["marks"])
        if level > before + 1 and level <= LOWEST_HEADING:
            yield MarkdownProblem(
                number,
                f"Judul melompat ke {'#' * level}.",
                f"Setelah judul di atasnya, pakai {'#' * (before + 1)}.",
            )
        key = _HEADING_KEY.search(heading["rest"])
        if key and key["key"] in keys:
            yield MarkdownProblem(
                number,
                f"Kunci {{#{key['key']}}} sudah dipakai di atas.",
                "Pakai kunci lain untuk judul ini.",
            )
        keys.add(key["key"] if key else "")


def _check_heading_form(
    heading: re.Match[str], number: int
) -> Iterator[MarkdownProblem]:
    marks, rest = heading["marks"], heading["rest"]
    key = _HEADING_KEY.search(rest)
    if heading["lead"]:
        yield MarkdownProblem(
            number,
            "Judul ini tidak berada di awal baris.",
            "Taruh di awal baris, di luar daftar dan kutipan.",
        )
    elif not rest.startswith(" "):
        yield MarkdownProblem(
            number,
            f"Tanda {marks} tidak diikuti spasi.",
            f"Beri spasi bila ini judul, atau tulis \\{marks} bila bukan.",
        )
    elif marks == "#":
        yield MarkdownProblem(
            number,
            "Judul # sudah dipakai untuk judul halaman.",
            "Pakai ## untuk judul bagian.",
        )
    elif len(marks) > LOWEST_HEADING:
        yield MarkdownProblem(
            number,
            f"Judul {marks} terlalu kecil.",
            f"Pakai paling kecil {'#' * LOWEST_HEADING}.",
        )
    elif key and (not KEY.fullmatch(key["key"]) or key.end() != len(rest)):
        yield MarkdownProblem(
            number,
            f"Kunci {{#{key['key']}}} tidak dapat dipakai.",
            "Tulis di akhir judul, dengan huruf kecil, angka, dan tanda hubung.",
        )
    elif marks == "##" and not key:
        yield MarkdownProblem(
            number,
            "Judul bagian belum memiliki kunci.",
            "Tambahkan kunci di akhir judul, misalnya {#kunci-bagian}.",
        )


def _check_images(source: Source) -> Iterator[MarkdownProblem]:
    for image in _IMAGE.finditer(source.masked):
        if not image["target"]:
            continue
        address = image["target"].strip("()").split(maxsplit=1)[:1] or [""]
        problem = image_problem(address[0].strip("<>"), image["alt"])
        if problem:
            yield MarkdownProblem(source.line_at(image.start()), *problem)


def image_problem(address: str, alt: str) -> tuple[str, str] | None:
    """Return message and remedy where an image cannot be used, else nothing."""
    if not alt.strip():
        return (
            "Gambar ini belum memiliki teks pengganti.",
            "Tulis isi gambar di antara [ ], untuk orang yang tidak melihatnya.",
        )
    if not IMAGE_PATH.fullmatch(address):
        return (
            f"Gambar {address} tidak dapat dipakai.",
            "Pakai berkas dari kursus ini, misalnya images/alur.svg.",
        )
    return None


def _check_citations(
    source: Source, citations: Collection[str]
) -> Iterator[MarkdownProblem]:
    for citation in _CITATION.finditer(source.masked):
        line = source.line_at(citation.start())
        is_at_start = (
            source.masked[: citation.start()].rpartition("\n")[2].strip() == ""
        )
        if citation["definition"] and is_at_start:
            yield MarkdownProblem(
                line,
                "Isi rujukan tidak ditulis di sini.",
                "Tulis sumbernya di sources.yaml, lalu rujuk dengan kuncinya.",
            )
        elif citation["key"] not in citations:
            yield MarkdownProblem(
                line,
                f"Rujukan [^{citation['key']}] tidak ada di daftar sumber.",
                "Tambahkan sumbernya, atau periksa ejaan kuncinya.",
            )


def _check_attributes(source: Source) -> Iterator[MarkdownProblem]:
    for attributes in _ATTRIBUTES.finditer(source.masked):
        if attributes["inside"].strip() != PONDER:
            yield MarkdownProblem(
                source.line_at(attributes.start()),
                f"Tanda {attributes[0].strip()} tidak dikenal.",
                "Pakai {: .renung } setelah pertanyaan untuk direnungkan.",
            )
