"""The HTML of a question that is stored with its wording, plain Python."""

from collections.abc import Iterator
from typing import Any

from lib import markdown
from quizzes.questions.content import QuestionContent
from quizzes.questions.pictures import address_of
from quizzes.questions.types import TYPES, gaps
from quizzes.questions.types.scenes import as_written
from quizzes.questions.wording import Wording

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


def written_wording(content: QuestionContent) -> Wording:
    """Return what `quizzes.bank.rows.wording_of` would once the question is stored.

    Raises `lib.markdown.MarkdownProblem` for text that cannot be rendered.
    """
    scenes = settings_with_html(content).get("scenes", ())
    return Wording(
        question=content.view(),
        stem=stem_html(content),
        texts={o.key: markdown.render_inline(o.text) for o in content.options},
        feedback={o.key: markdown.render_inline(o.feedback) for o in content.options},
        scenes={scene["key"]: scene["html"] for scene in scenes},
        general_feedback=markdown.render(
            content.feedback, citations={}, image_url=address_of
        ).html,
    )
