"""Dialogue: a talk in scenes, where a reply leads to the next scene."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from quizzes.questions.types.checking import (
    negative_problems,
    option_problems,
    scoring_problems,
    text_problems,
)
from quizzes.questions.types.parts import parse_parts
from quizzes.questions.types.protocol import Choice, Mark, Place, QuestionView
from quizzes.questions.types.scenes import best_worth, path, scene_problems, scenes_of
from quizzes.questions.types.shares import NOTHING, earned, in_words


class Dialogue:
    """Scenes with replies; the value is the list of replies along the path.

    Worth along the path / the best path's. A path that was broken off counts as far
    as it goes; what was said at scenes beside it is dropped.
    """

    name = "dialogue"
    label = "Percakapan"
    control = "scenes"
    scorings: Mapping[str, str] = {}

    def places(self, question: QuestionView) -> Sequence[Place]:
        """Return the scenes in the order they were written."""
        return [
            Place(
                scene.key,
                [Choice(r.key, r.text, r.fraction) for r in scene.replies],
                label=scene.text,
            )
            for scene in scenes_of(question)
        ]

    def parse(self, question: QuestionView, raw: Mapping[str, Sequence[str]]) -> Any:
        """Return the replies along the path, None where the first scene is blank."""
        chosen = parse_parts(self.places(question), raw)
        if chosen is None:
            return None
        return [reply.key for reply in path(scenes_of(question), chosen)] or None

    def said(self, question: QuestionView, value: Any) -> Mapping[str, Sequence[str]]:
        """Return the reply at each scene of the path."""
        if not isinstance(value, list):
            return {}
        scene_of = {option.key: option.group for option in question.options}
        known = [key for key in value if isinstance(key, str) and key in scene_of]
        return {scene_of[key]: (key,) for key in known}

    classify = said

    def mark(self, question: QuestionView, value: Any) -> Mark:
        """Compare the path's worth with the best path's."""
        scenes = scenes_of(question)
        best = best_worth(scenes)
        if not isinstance(value, list) or best <= 0:
            return Mark(NOTHING)
        chosen = {key: said[0] for key, said in self.said(question, value).items()}
        taken = path(scenes, chosen)
        total = sum((reply.fraction for reply in taken), Decimal(0))
        return earned(
            Fraction(total) / Fraction(best),
            f"Tanggapan Anda bernilai {in_words(total)}, "
            f"jalan terbaik bernilai {in_words(best)}",
        )

    def rule(self, question: QuestionView) -> str:
        """Say that every reply counts."""
        return (
            "Pilih tanggapan di tiap adegan. "
            "Nilai Anda dibandingkan dengan jalan percakapan yang terbaik."
        )

    def problems(self, question: QuestionView) -> list[str]:
        """Ask for scenes that lead on to an end and replies worth 0 to 1."""
        return [
            *scoring_problems(question, self.scorings),
            *option_problems(question.options, "tanggapan"),
            *scene_problems(question),
            *negative_problems(question.options, "tanggapan"),
            *_reply_texts(question),
        ]


def _reply_texts(question: QuestionView) -> Iterator[str]:
    replies = defaultdict(list)
    for option in question.options:
        replies[option.group].append(option)
    for options in replies.values():
        yield from text_problems(options, "tanggapan")
