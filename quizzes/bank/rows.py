"""Stored questions as the pure rules and the pages see them."""

from html import escape

from quizzes.models import (
    QuestionVersion,
)
from quizzes.questions.types import OptionView, QuestionView
from quizzes.questions.wording import Wording


def question_view(version: QuestionVersion) -> QuestionView:
    """Return the version as the pure rules see it; options must be prefetched."""
    return QuestionView(
        type=version.type,
        scoring=version.scoring,
        settings=version.settings,
        stem=version.stem,
        options=[
            OptionView(
                key=option.key,
                fraction=option.fraction,
                group=option.group,
                match=option.match,
                text=option.text,
            )
            for option in version.options.all()
        ],
    )


def wording_of(version: QuestionVersion) -> Wording:
    """Return the version with its rendered words; options must be prefetched."""
    options = version.options.all()
    return Wording(
        question=question_view(version),
        stem=version.stem_html,
        texts={option.key: option.html for option in options},
        feedback={option.key: option.feedback_html for option in options},
        scenes={
            scene["key"]: scene.get("html") or escape(scene["text"])
            for scene in version.settings.get("scenes", ())
        },
        general_feedback=version.feedback_html,
    )
