"""Stored wordings as their authors wrote them."""

from quizzes.models import QuestionVersion
from quizzes.questions.composition import NOTHING_SAID, Composition
from quizzes.questions.content import OptionContent, QuestionContent
from quizzes.questions.types.scenes import as_written


def content_of(
    version: QuestionVersion, composition: Composition = NOTHING_SAID
) -> QuestionContent:
    """Return what `quizzes.actions.write_question` was given for this wording.

    Its question and options must be at hand. What counts of the question when papers
    are composed is for the caller to bring (`compositions_of`).
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
        composition=composition,
    )
