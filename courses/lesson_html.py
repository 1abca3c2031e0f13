"""From the Markdown of a lesson's parts to the HTML of each part.

The lesson is rendered as one text, so that footnotes are numbered through it, and
then cut at its part headings.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lib import markdown

# Reading with thought; it measures the text and sets no JP.
WORDS_PER_MINUTE = 130
_PART_HEADING = re.compile(r'(?=<h2 id=")')


@dataclass(frozen=True)
class RenderedLesson:
    """HTML per part, the references, and what the lesson weighs.

    `byte_size` counts the HTML in UTF-8 before compression.
    """

    parts_html: tuple[str, ...]
    references_html: str
    words: int
    byte_size: int
    check_keys: tuple[str, ...]


def render_lesson(
    sources: Sequence[str],
    *,
    citations: Mapping[str, str],
    image_url: markdown.FindFile,
    is_sound: bool = False,
) -> RenderedLesson:
    """Render the parts, the opener first; every other part begins with its heading.

    `is_sound` says that `lib.markdown.find_problems` has found nothing. Raises
    `lib.markdown.MarkdownProblem` with the line in the whole lesson.
    """
    rendered = markdown.render(
        "\n\n".join(sources),
        citations=citations,
        image_url=image_url,
        is_sound=is_sound,
    )
    opener, *rest = _PART_HEADING.split(rendered.body)
    html = (opener, *rest) if opener.strip() else tuple(rest)
    return RenderedLesson(
        parts_html=tuple(part.strip() for part in html),
        references_html=rendered.references,
        words=rendered.words,
        byte_size=len(rendered.html.encode()),
        check_keys=rendered.check_keys,
    )


def minutes_to_read(words: int) -> int:
    """Return how many minutes so many words take, one at least."""
    return max(1, round(words / WORDS_PER_MINUTE))
