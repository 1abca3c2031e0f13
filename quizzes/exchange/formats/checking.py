"""What keeps a question that was read from being used, in words with a remedy."""

from collections.abc import Iterator

from lib import markdown
from quizzes.exchange.formats.keys import is_question_key
from quizzes.questions.composition import composition_problem
from quizzes.questions.content import LEVELS, PILLARS, QuestionContent
from quizzes.questions.rendering import gap_problems
from quizzes.questions.tags import tag_problem
from quizzes.questions.types import TYPES


def problems_of(question: QuestionContent) -> list[str]:
    """Return everything that is wrong with a question, each once."""
    texts = list(_text_problems(question))
    found = [*_place_problems(question), *texts, *_type_problems(question)]
    if question.type in TYPES and not found:
        found += gap_problems(question)
    return list(dict.fromkeys(found))


def _place_problems(question: QuestionContent) -> Iterator[str]:
    """Refuse what stands about a question and cannot be stored."""
    if not is_question_key(question.key):
        yield (
            f"Kunci soal “{question.key[:60]}” tidak dapat dipakai. Pakai huruf, "
            "angka, dan tanda hubung, paling banyak 40 karakter."
        )
    if question.objective_key and not is_question_key(question.objective_key):
        yield (
            f"Kunci tujuan “{question.objective_key[:60]}” tidak dapat dipakai. "
            "Pakai kunci dari daftar tujuan kursus."
        )
    for word, value, known in (
        ("Tingkat", question.level, LEVELS),
        ("Pilar", question.pillar, PILLARS),
    ):
        if value and value not in known:
            yield (
                f"{word} “{value[:20]}” tidak dikenal. Pilihannya: {', '.join(known)}."
            )
    for problem in (
        tag_problem(question.tags),
        composition_problem(question.key, question.composition),
    ):
        if problem:
            yield problem


def _text_problems(question: QuestionContent) -> Iterator[str]:
    if not question.stem.strip():
        yield "Pertanyaan masih kosong. Tulis soalnya."
    for text in (question.stem, question.feedback):
        for problem in markdown.find_problems(text):
            yield f"{problem.message} {problem.remedy}"
    for option in question.options:
        for text in (option.text, option.feedback):
            for problem in markdown.find_inline_problems(text):
                yield f"Pilihan “{option.key}”: {problem.message} {problem.remedy}"


def _type_problems(question: QuestionContent) -> Iterator[str]:
    question_type = TYPES.get(question.type)
    if question_type is None:
        yield (
            f"Jenis soal “{question.type[:40]}” tidak dikenal. "
            f"Jenis yang ada: {', '.join(sorted(TYPES))}."
        )
    else:
        yield from question_type.problems(question.view())
