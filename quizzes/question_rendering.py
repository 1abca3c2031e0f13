"""The HTML of a question that is stored with its wording, plain Python."""

from collections.abc import Iterator
from typing import Any

from lib import markdown
from quizzes.pictures import address_of
from quizzes.question_content import QuestionContent
from quizzes.question_types import TYPES, gaps
from quizzes.question_types.scenes import as_written

_WITH_GAPS = ("gaps", "marks")


def stem_html(content: QuestionContent) -> str:
    """Return the stem rendered, its gaps by number: their keys are the answers.

    Raises `lib.markdown.MarkdownProblem`.
    """
    stem = gaps.numbered(content.stem) if _has_gaps(content) else content.stem
    return markdown.render(stem, citations={}, image_url=address_of).html


def settings_with_html(content: QuestionContent) -> dict[str, Any]:
    """Return the settings with every scene's text rendered next to it, as `html`.

    Raises `lib.markdown.MarkdownProblem`.
    """
    settings = as_written(content.settings)
    if TYPES[content.type].control != "scenes":
        return settings
    scenes = [
        {**scene, "html": markdown.render(scene["text"], citations={}).html}
        for scene in settings["scenes"]
    ]
    return {**settings, "scenes": scenes}


def gap_problems(content: QuestionContent) -> Iterator[str]:
    """Refuse a gap that rendering does not keep as text, as in a link's address.

    Raises `lib.markdown.MarkdownProblem`.
    """
    count = len(gaps.keys_in(content.stem))
    if _has_gaps(content) and not gaps.are_whole(stem_html(content), count):
        yield "Ada celah di dalam tautan atau gambar. Pindahkan ke teks biasa."


def _has_gaps(content: QuestionContent) -> bool:
    return TYPES[content.type].control in _WITH_GAPS
