"""Files as trainers have them: read as they are meant, or refused with a reason."""

import pytest

from tests.question_files.all_files import FILES
from tests.question_files.file import QuestionFile, outcome_of
from tests.question_files.report import table_of_files, table_on_page


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_is_read_as_it_is_meant_or_refused(file: QuestionFile):
    assert outcome_of(file).wrong == []


def test_the_page_tells_what_becomes_of_every_file():
    assert table_on_page() == table_of_files(), (
        "docs/question-files.md is behind: write it anew with "
        "`python -m tests.question_files.report`."
    )
