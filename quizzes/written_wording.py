"""A question's words rendered before it is stored, for a preview."""

from lib import markdown
from quizzes.pictures import address_of
from quizzes.question_content import QuestionContent
from quizzes.question_rendering import settings_with_html, stem_html
from quizzes.wording import Wording


def written_wording(content: QuestionContent) -> Wording:
    """Return what `quizzes.selectors.wording_of` would once the question is stored.

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
