"""What keeps new wordings of questions from being published.

Questions written in Studio are whole when they are saved. Those from a file may lack
what only the author knows: what they test, and for whom they explain themselves.
"""

from collections import defaultdict
from collections.abc import Iterator

from courses.models import Course, CourseVersion
from lib.indonesian import format_number
from quizzes.models import QuestionVersion
from quizzes.questions import QuestionContent
from quizzes.selectors import content_of
from studio.obstacles import Obstacle
from studio.questions.editor.checking import find_question_problems

_NAMED = 5
_WHERE = "Soal"
_OBJECTIVE = ("belum diberi tujuan dari kursus ini", "Pilih tujuan tiap soal itu.")
_LEVEL = ("belum diberi tingkat", "Pilih tingkat tiap soal itu.")
_CHECKED = ("belum diberi tanggal periksa", "Periksa isinya, lalu isi tanggalnya.")
_LIST = "studio:question_list"


def question_obstacles(course: Course, draft: CourseVersion) -> Iterator[Obstacle]:
    """Yield what new wordings lack, each reason once with the questions it holds for.

    Three queries, however many questions there are.
    """
    versions = (
        QuestionVersion.objects.filter(
            question__bank__course=course, state=QuestionVersion.State.DRAFT
        )
        .exclude(question__state="retired")
        .select_related("question")
        .prefetch_related("options")
        .order_by("question__bank__key", "question__key")
    )
    objectives = set(draft.objectives.values_list("key", flat=True))
    lacking: dict[tuple[str, str], list[str]] = defaultdict(list)
    for version in versions:
        for reason in _reasons(content_of(version), objectives):
            lacking[reason].append(version.question.key)
    for (what, remedy), keys in lacking.items():
        yield Obstacle(_WHERE, f"{_listed(keys)} {what}.", remedy, page=_LIST)


def _reasons(
    content: QuestionContent, objectives: set[str]
) -> Iterator[tuple[str, str]]:
    if content.objective_key not in objectives:
        yield _OBJECTIVE
    if not content.level:
        yield _LEVEL
    if content.checked_on is None:
        yield _CHECKED
    for message in {
        problem.message: None for problem in find_question_problems(content)
    }:
        yield "belum lengkap", message


def _listed(keys: list[str]) -> str:
    """Name the first few: "3 soal (a, b, c)"."""
    named = ", ".join(keys[:_NAMED])
    more = f", dan {format_number(len(keys) - _NAMED)} lainnya"
    return f"{format_number(len(keys))} soal ({named}{more * (len(keys) > _NAMED)})"
