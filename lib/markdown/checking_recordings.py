"""How sound and films may stand in a source: what they name, and their transcripts."""

import re
from collections.abc import Iterator

from lib.markdown.masking import Source
from lib.markdown.problems import MarkdownProblem
from lib.markdown.recordings import AUDIO, VIDEO, Recording, read_recording

_START = re.compile(
    rf"(?P<lead>[ \t>]*)(?P<slashes>/{{3,}})[ ]*(?P<kind>{AUDIO}|{VIDEO})[ ]*"
    r"(?:\|[ ]*(?P<said>.*?)[ ]*)?"
)


def recordings_in(source: Source) -> Iterator[tuple[int, Recording]]:
    """Yield the recordings of a source, each with its line."""
    for number, _start, recording in _starts(source):
        if isinstance(recording, Recording):
            yield number, recording


def check_recordings(source: Source) -> Iterator[MarkdownProblem]:
    """Yield recordings that name nothing to play, or say nothing to who cannot hear."""
    for number, start, recording in _starts(source):
        # A block without any title is told of with all other blocks.
        if not isinstance(recording, Recording) and start["said"]:
            yield MarkdownProblem(number, *recording)
        if not _has_words(source.masked_lines[number:], start["slashes"]):
            yield MarkdownProblem(
                number,
                "Rekaman ini belum punya transkrip.",
                "Tulis di dalam bloknya apa yang diucapkan dan diperlihatkan.",
            )
        if start["lead"]:
            yield MarkdownProblem(
                number,
                f"Blok {start['kind']} berada di dalam daftar atau kutipan.",
                "Taruh di luar, tanpa spasi di depannya.",
            )


def _starts(
    source: Source,
) -> Iterator[tuple[int, re.Match[str], Recording | tuple[str, str]]]:
    # What an address holds may look like code to the mask: the line itself is read.
    lines = source.text.split("\n")
    for number, masked in enumerate(source.masked_lines, start=1):
        if _START.fullmatch(masked):
            start = _START.fullmatch(lines[number - 1])
            if start:
                said = read_recording(start["kind"], start["said"] or "")
                yield number, start, said


def _has_words(lines: list[str], slashes: str) -> bool:
    for line in lines:
        if line.strip(" \t>") == slashes:
            return False
        if line.strip(" \t>/"):
            return True
    return False
