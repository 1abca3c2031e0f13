"""Everything that keeps a question from being stored, by the field it stands in."""

from collections.abc import Iterator
from dataclasses import dataclass

from lib import markdown
from quizzes.question_content import QuestionContent
from quizzes.question_types import TYPES
from studio.lesson_checking import images_in


@dataclass(frozen=True)
class QuestionProblem:
    """One finding; `place` is "stem", "options" or "option:<key>"."""

    place: str
    message: str


def find_question_problems(content: QuestionContent) -> list[QuestionProblem]:
    """Return what is wrong with a question, in the order of the form."""
    return [*_stem_problems(content.stem), *_option_problems(content)]


def _stem_problems(stem: str) -> Iterator[QuestionProblem]:
    if not stem.strip():
        yield QuestionProblem("stem", "Pertanyaan masih kosong. Tulis soalnya.")
    for problem in markdown.find_problems(stem):
        yield QuestionProblem("stem", str(problem))
    if any(True for _image in images_in(stem)):
        yield QuestionProblem(
            "stem",
            "Gambar belum dapat dipakai di soal. Ceritakan isinya dengan kata-kata.",
        )


def _option_problems(content: QuestionContent) -> Iterator[QuestionProblem]:
    question_type = TYPES.get(content.type)
    for message in question_type.problems(content.view()) if question_type else ():
        yield QuestionProblem("options", message)
    for option in content.options:
        place = f"option:{option.key}"
        if not option.text.strip():
            yield QuestionProblem(place, "Pilihan ini masih kosong. Tulis atau hapus.")
        if not option.feedback.strip():
            yield QuestionProblem(
                place, "Alasannya belum ada. Tulis satu kalimat untuk peserta."
            )
        for text in (option.text, option.feedback):
            for problem in markdown.find_inline_problems(text):
                yield QuestionProblem(place, f"{problem.message} {problem.remedy}")
