"""Keys of questions and options: new ones are never one that was used before."""

import re

from django.utils.text import slugify

from quizzes.models import Option, Question, QuestionBank

_WORDS = {
    QuestionBank.Use.PRETEST: "pre",
    QuestionBank.Use.GRADED: "post",
    QuestionBank.Use.PRACTICE: "cek",
}
_NUMBER = re.compile(r"(?P<number>\d+)\Z")


def next_question_key(bank: QuestionBank) -> str:
    """Return a key such as "k1-post-31", free in every bank of the course."""
    code = slugify(bank.course.code) if bank.course else slugify(bank.key)
    stem = f"{code[:20]}-{_WORDS[QuestionBank.Use(bank.use)]}"
    keys = Question.objects.filter(
        bank__course=bank.course_id, key__startswith=stem
    ).values_list("key", flat=True)
    numbers = [int(found["number"]) for found in map(_NUMBER.search, keys) if found]
    return f"{stem}-{max(numbers, default=0) + 1:02}"


def used_option_keys(question: Question) -> frozenset[str]:
    """Return the option keys of every wording: an answer is stored by its key."""
    return frozenset(
        Option.objects.filter(version__question=question).values_list("key", flat=True)
    )


def used_scene_keys(question: Question) -> frozenset[str]:
    """Return the keys of scenes of every wording, which new scenes may not take."""
    return frozenset(
        scene["key"]
        for settings in question.versions.values_list("settings", flat=True)
        for scene in settings.get("scenes", ())
    )
