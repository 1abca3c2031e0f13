"""A question that is sent twice at the same moment."""

from uuid import uuid4

import pytest

from courses.inquiries.actions import InquirySubject, send_inquiry
from courses.models import Inquiry
from tests.concurrency.together import together

pytestmark = pytest.mark.postgres


def test_of_two_presses_at_one_moment_one_question_comes(stage, now):
    for _round in range(4):
        key = uuid4()

        def press(key=key):
            return send_inquiry(
                course=stage.place.course,
                about=InquirySubject("pelajaran-1", "inti"),
                kind=Inquiry.Kind.QUESTION,
                text="Apa bedanya?",
                key=key,
                by=stage.place.person,
                now=now,
            ).pk

        first, second = together(press, press)

        assert first == second
        Inquiry.objects.all().delete()
