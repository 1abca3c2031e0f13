"""Stored wordings as their authors wrote them."""

from quizzes.models import QuestionVersion
from quizzes.questions.content import OptionContent, QuestionContent
from quizzes.questions.types.scenes import as_written


def content_of(version: QuestionVersion) -> QuestionContent:
    """Return what `quizzes.actions.write_question` was given for this wording.

    Its question and options must be at hand.
    """
    return QuestionContent(
        key=version.question.key,
        type=version.type,
        stem=version.stem,
        options=tuple(
            OptionContent(
                key=option.key,
                text=option.text,
                fraction=option.fraction.normalize(),
                feedback=option.feedback,
                group=option.group,
                match=option.match,
            )
            for option in version.options.all()
        ),
        objective_key=version.objective_key,
        level=version.level,
        feedback=version.feedback,
        scoring=version.scoring,
        source_keys=tuple(version.source_keys),
        checked_on=version.checked_on,
        settings=as_written(version.settings),
        pillar=version.pillar,
        tags=tuple(version.tags),
    )
