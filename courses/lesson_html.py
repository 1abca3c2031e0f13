"""From the Markdown of a lesson's parts to the HTML of each part.

The lesson is rendered as one text, so that footnotes are numbered through it, and
then cut at its part headings.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lib import markdown

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
    image_url: Callable[[str], str],
) -> RenderedLesson:
    """Render the parts, the opener first; every other part begins with its heading.

    Raises `lib.markdown.MarkdownProblem` with the line in the whole lesson.
    """
    rendered = markdown.render(
        "\n\n".join(sources), citations=citations, image_url=image_url
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
