"""Filters for narrow columns."""

import pytest

from reports.templatetags.reports_tags import after_slashes, before_year


def test_short_date_may_break_before_its_year_only():
    assert before_year("21 Nov 2026") == "21\N{NO-BREAK SPACE}Nov 2026"


@pytest.mark.parametrize("text", ["", None])
def test_nothing_stays_nothing(text):
    assert after_slashes(text) == ""


def test_number_may_break_after_slashes_and_is_escaped():
    assert after_slashes("50/800.2.4/<b>") == "50/<wbr>800.2.4/<wbr>&lt;b&gt;"
