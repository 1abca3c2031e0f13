"""Files as trainers have them: read as they are meant, or refused with a reason."""

from tests.question_files.all_files import FILES
from tests.question_files.file import outcome_of
from tests.question_files.report import table_of_files, table_on_page


def test_every_file_is_read_as_it_is_meant_or_refused():
    outcomes = {file.name: outcome_of(file) for file in FILES}

    assert {name: one.wrong for name, one in outcomes.items() if one.wrong} == {}
    assert table_on_page() == table_of_files(outcomes), (
        "docs/question-files.md is behind: write it anew with "
        "`python -m tests.question_files.report`."
    )
