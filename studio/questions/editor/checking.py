"""Everything that keeps a question from being stored, by the field it stands in."""

from collections.abc import Iterator
from dataclasses import dataclass

from lib import markdown
from quizzes.questions import PICTURE_PATH as PATH
from quizzes.questions import (
    TYPES,
    OptionContent,
    QuestionContent,
    gap_problems,
    tag_problem,
)
from studio.lessons.checking import images_in
from studio.questions.editor.columns import CHOICE


@dataclass(frozen=True)
class QuestionProblem:
    """One finding; `place` is a field, "options", "option:<key>" or "scene:<key>"."""

    place: str
    message: str


def find_question_problems(content: QuestionContent) -> list[QuestionProblem]:
    """Return what is wrong with a question, in the order of the form."""
    return [
        *_text_problems(content),
        *_scene_problems(content),
        *_option_problems(content),
        *_tag_problems(content),
    ]


def _text_problems(content: QuestionContent) -> Iterator[QuestionProblem]:
    if not content.stem.strip():
        yield QuestionProblem("stem", "Pertanyaan masih kosong. Tulis soalnya.")
    for place, text in (("stem", content.stem), ("feedback", content.feedback)):
        for problem in markdown.find_problems(text):
            yield QuestionProblem(place, str(problem))
        if not all(PATH.fullmatch(image.name) for image in images_in(text)):
            yield QuestionProblem(
                place,
                "Gambar belum dapat dipakai di soal. Bawa soalnya dari Moodle XML, "
                "atau ceritakan isi gambar dengan kata-kata.",
            )

    if not markdown.find_problems(content.stem):
        for message in gap_problems(content):
            yield QuestionProblem("stem", message)


def _scene_problems(content: QuestionContent) -> Iterator[QuestionProblem]:
    for scene in content.settings.get("scenes", ()):
        place = f"scene:{scene['key']}"
        if not scene["text"].strip():
            yield QuestionProblem(place, "Adegan ini masih kosong. Tulis ucapannya.")
        for problem in markdown.find_problems(scene["text"]):
            yield QuestionProblem(place, str(problem))


def _option_problems(content: QuestionContent) -> Iterator[QuestionProblem]:
    question_type = TYPES.get(content.type)
    for message in question_type.problems(content.view()) if question_type else ():
        yield QuestionProblem("options", message)
    for option in content.options:
        place = f"option:{option.key}"
        if not option.text.strip():
            yield QuestionProblem(place, "Baris ini masih kosong. Tulis atau hapus.")
        if not option.feedback.strip() and _needs_feedback(content, option):
            yield QuestionProblem(
                place,
                "Alasannya belum ada. Tulis satu kalimat untuk peserta, atau isi "
                "penjelasan untuk semua peserta.",
            )
        for text in (option.text, option.feedback):
            for problem in markdown.find_inline_problems(text):
                yield QuestionProblem(place, f"{problem.message} {problem.remedy}")


def _needs_feedback(content: QuestionContent, option: OptionContent) -> bool:
    """Say whether nothing else tells people why this option is right or wrong.

    What rows are matched with is explained at the row; a question with an explanation
    for everybody, as trainers' files have it, explains all its options.
    """
    is_explained = bool(content.feedback.strip())
    return not is_explained and not (
        content.type == "matching" and option.group == CHOICE
    )


def _tag_problems(content: QuestionContent) -> Iterator[QuestionProblem]:
    message = tag_problem(content.tags)
    if message:
        yield QuestionProblem("tags", message)
