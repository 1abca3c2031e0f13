"""Every reason has its words, and a page says what can be known beforehand."""

from datetime import UTC, datetime

from quizzes.kinds import Refusal
from quizzes.taking.refusals_in_words import TOLD_AT_ONCE, refusal_text, refused
from quizzes.taking.standing import Standing

WHEN = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_every_reason_says_something_to_who_tried():
    for code in Refusal:
        assert refused(code).code == code
        assert refused(code).message.endswith("."), code


def test_only_what_no_page_knows_beforehand_is_told_at_once():
    assert {Refusal.WITHDRAWN, Refusal.PASSWORD, Refusal.NOT_READY} == TOLD_AT_ONCE


def test_a_page_says_until_when_somebody_has_to_wait():
    for code in (Refusal.RESTING, Refusal.NOT_OPEN_YET):
        assert "22 November 2026" in refusal_text(Standing(code, 0, WHEN)), code


def test_who_may_start_is_told_nothing():
    assert refusal_text(Standing("", 3)) == ""
