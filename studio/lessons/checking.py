"""Everything that can be wrong with the text of a lesson, with its lines."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings

from lib import markdown
from lib.markdown import MarkdownProblem
from lib.markdown.checking import CITATION, IMAGE_PATH
from lib.markdown.checking_recordings import recordings_in
from lib.markdown.masking import normalise, read_source
from lib.markdown.recordings import VIDEO_HOSTS
from studio.lessons.text import find_part_problems

_IMAGE = re.compile(
    r"!\[(?:[^\[\]]|\[[^\[\]]*\])*\]\([ ]*<?(?P<path>[^\s<>()]+)[^()\n]*\)"
)
_LINK = re.compile(
    r"(?<!!)\[[^\[\]]*\]\([ ]*<?(?P<path>(?:images|files)/[^\s<>()]+)[^()\n]*\)"
)
_CHECK = re.compile(r"^/{3,}[ ]*cek[ ]*\|[ ]*(?P<key>\S+)[ ]*$", re.MULTILINE)
_CITATION = re.compile(CITATION)


@dataclass(frozen=True)
class Citable:
    """What lessons may name: sources by key, files by path, practice questions."""

    sources: Mapping[str, str]
    images: Collection[str]
    checks: Collection[str]


@dataclass(frozen=True)
class Mention:
    """Something that a text names, and the line."""

    name: str
    line: int


def images_in(text: str, first_line: int = 1) -> Iterator[Mention]:
    """Yield the address of every picture of a Markdown text."""
    text = normalise(text)
    source = read_source(text)
    for image in _IMAGE.finditer(source.masked):
        path = text[image.start("path") : image.end("path")]
        yield Mention(path, source.line_at(image.start()) + first_line - 1)


def files_in(text: str, first_line: int = 1) -> Iterator[Mention]:
    """Yield every file of the course that a text shows, plays or links to."""
    text = normalise(text)
    source = read_source(text)
    yield from images_in(text, first_line)
    for link in _LINK.finditer(source.masked):
        path = text[link.start("path") : link.end("path")]
        yield Mention(path, source.line_at(link.start()) + first_line - 1)
    for line, recording in recordings_in(source):
        if not recording.host:
            yield Mention(recording.address, line + first_line - 1)


def checks_in(text: str, first_line: int = 1) -> Iterator[Mention]:
    """Yield the question key of every `cek` block."""
    source = read_source(normalise(text))
    for check in _CHECK.finditer(source.masked):
        yield Mention(check["key"], source.line_at(check.start()) + first_line - 1)


def sources_in(text: str) -> Iterator[Mention]:
    """Yield the key of every source that a Markdown text cites."""
    source = read_source(normalise(text))
    for citation in _CITATION.finditer(source.masked):
        yield Mention(citation["key"], source.line_at(citation.start()))


def find_text_problems(
    text: str, citable: Citable, *, first_line: int = 1, heading_above: int = 2
) -> tuple[MarkdownProblem, ...]:
    """Return what is wrong with a text that may cite sources and show pictures."""
    problems = [
        *markdown.find_problems(
            text,
            citations=citable.sources,
            heading_above=heading_above,
            first_line=first_line,
        ),
        *_missing_files(text, citable, first_line),
        *_foreign_films(text, first_line),
    ]
    return _in_order(problems)


def find_lesson_problems(
    text: str, citable: Citable, *, first_line: int = 1
) -> tuple[MarkdownProblem, ...]:
    """Return everything wrong with a lesson, in the order of its lines."""
    problems = [
        *find_text_problems(text, citable, first_line=first_line, heading_above=1),
        *find_part_problems(text, first_line=first_line),
        *_missing_checks(text, citable, first_line),
    ]
    if not text.strip():
        problems.append(
            MarkdownProblem(first_line, "Pelajaran ini kosong.", "Tulis isinya.")
        )
    return _in_order(problems)


def _missing_files(
    text: str, citable: Citable, first_line: int
) -> Iterator[MarkdownProblem]:
    for file in files_in(text, first_line):
        # Addresses of another form are reported with the Markdown.
        if IMAGE_PATH.fullmatch(file.name) and file.name not in citable.images:
            what = "Berkas" if file.name.startswith("files/") else "Gambar"
            yield MarkdownProblem(
                file.line,
                f"{what} {file.name} tidak ada di kursus ini.",
                "Tambahkan berkasnya, atau periksa namanya.",
            )


def _foreign_films(text: str, first_line: int) -> Iterator[MarkdownProblem]:
    for line, recording in recordings_in(read_source(normalise(text))):
        if recording.host and recording.host not in settings.ELEARNING_VIDEO_HOSTS:
            yield MarkdownProblem(
                line + first_line - 1,
                f"Video dari {VIDEO_HOSTS[recording.host].label} tidak dipakai di "
                "situs ini.",
                "Unggah videonya sebagai berkas, atau tulis tautan biasa.",
            )


def _missing_checks(
    text: str, citable: Citable, first_line: int
) -> Iterator[MarkdownProblem]:
    for check in checks_in(text, first_line):
        if check.name not in citable.checks:
            yield MarkdownProblem(
                check.line,
                f"Soal latihan “{check.name}” tidak ada.",
                "Tambahkan di bank soal latihan, atau periksa kuncinya.",
            )


def _in_order(problems: list[MarkdownProblem]) -> tuple[MarkdownProblem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.line))
