"""What course.yaml says about how a quiz is counted and reviewed."""

import pytest

from quizzes.models import Quiz
from studio.actions import load_folder
from studio.folders.reading import FolderRefused, read_folder
from tests.studio.course_folders import sound_files, write_folder


def folder_with(tmp_path, *lines: str):
    """Return a folder whose post-test has these lines too."""
    files = sound_files()
    more = "".join(f"    {line}\n" for line in lines)
    files["course.yaml"] = files["course.yaml"].replace(
        "    cooldown_hours: 24\n", f"    cooldown_hours: 24\n{more}"
    )
    return write_folder(tmp_path / "kursus", files)


def test_counting_and_review_reach_the_quiz(world, now, tmp_path):
    folder = folder_with(tmp_path, "counting: last", "review: exam")

    load_folder(folder, unit=world.agency, by=None, now=now, unchecked=True)

    quiz = Quiz.objects.get(grade_item__key="posttest")
    assert (quiz.counting, quiz.review) == ("last", "exam")


def test_without_them_the_best_counts_and_keys_wait(tmp_path):
    quizzes = {quiz.key: quiz for quiz in read_folder(folder_with(tmp_path)).quizzes}

    assert (quizzes["posttest"].counting, quizzes["posttest"].review) == (
        "best",
        "test",
    )


@pytest.mark.parametrize("line", ["counting: mean", "review: selalu"])
def test_another_word_is_refused(tmp_path, line):
    with pytest.raises(FolderRefused) as refused:
        read_folder(folder_with(tmp_path, line))

    assert line.split(": ")[1] in str(refused.value.problems[0])
