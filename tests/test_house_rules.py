"""The finders of the house rules find what is spoiled, and leave the rest alone."""

import ast

import pytest

from tests import house_rules

ASKS = [
    "Course.objects.all()",
    "Course._default_manager.get(pk=1)",
    "course.versions.filter(state='draft').exists()",
    "course.versions.get(number=1)",
    "course.versions.count()",
    "opened.version.lessons.all()",
    "person.enrollments.create(course=course)",
    "unit.role_assignments.values('role')",
    "course.enrollments.active()",
    "lessons = version.lessons\nlessons.order_by('position')",
    "list(rows.visible_to(person, 'courses.review_course'))",
    "row.anything_set.filter(pk=1)",
]
ASKS_NOT = [
    "request.GET.get('halaman')",
    "form.cleaned_data.get('x')",
    "said.values()",
    "names.count('x')",
    "request.session.update(x=1)",
    "upload.delete()",
    "fetching.lessons_of(version)",
    "from studio import selectors\nselectors.filter(course)",
    "from studio import page\npage.versions(course)",
    "messages.success(request, page.versions)",
]


@pytest.mark.parametrize("text", ASKS)
def test_a_question_to_a_manager_is_found(text):
    assert house_rules.manager_questions(ast.parse(text))


@pytest.mark.parametrize("text", ASKS_NOT)
def test_what_asks_no_manager_is_left_alone(text):
    assert house_rules.manager_questions(ast.parse(text)) == []


def test_names_of_related_rows_come_from_the_models():
    assert {"versions", "lessons", "enrollments", "options", "role_assignments"} <= (
        house_rules.related_names()
    )


READS = [
    "from django.utils import timezone\nnow = timezone.now()",
    "from django.utils import timezone as tz\nnow = tz.now()",
    "from django.utils.timezone import now\nx = now()",
    "import django.utils.timezone\nx = django.utils.timezone.now()",
    "from django.utils import timezone\nx = timezone.localdate()",
    "from django.utils import timezone\nx = timezone.localtime().year",
    "from django.utils import timezone\nat = DateTimeField(default=timezone.now)",
    "from django.utils import timezone\nday = DateField(default=timezone.localdate)",
    "at = DateTimeField(auto_now_add=True)",
    "from datetime import date\nday = date.today()",
    "import datetime\nday = datetime.date.today()",
    "from datetime import datetime\nnow = datetime.now(tz=UTC)",
    "import time\nx = time.time()",
    "from time import time\nx = time()",
    "import time\nx = time.localtime()",
    "from django.db.models.functions import Now\nrows.filter(at__lt=Now())",
    "from django.core import signing\nsigning.loads(token, max_age=60)",
    "from django.utils import timezone\ndef f(now=timezone.now()): ...",
]
READS_NOT = [
    "from django.utils import timezone\nx = timezone.localtime(moment)",
    "from django.utils import timezone\nx = timezone.localdate(now)",
    "from datetime import date\nx = date(2026, 1, 1)",
    "import time\nx = time.monotonic()",
    "import time\ntime.sleep(1)",
    "def f(*, now): return now",
    "page.now()",
]


@pytest.mark.parametrize("text", READS)
def test_a_look_at_the_clock_is_found(text):
    assert house_rules.clock_readings(ast.parse(text))


@pytest.mark.parametrize("text", READS_NOT)
def test_what_is_handed_the_time_is_left_alone(text):
    assert house_rules.clock_readings(ast.parse(text)) == []


HANDS_IN = [
    "attempt.state = Attempt.State.SUBMITTED",
    "whatever.state = models.Attempt.State.SUBMITTED",
    "attempts.update(state=Attempt.State.SUBMITTED)",
    "attempts.filter(pk=1).update(was_overdue=True, state=Attempt.State.SUBMITTED)",
    "attempts.update(**{'state': Attempt.State.SUBMITTED})",
    "setattr(row, 'state', Attempt.State.SUBMITTED)",
    "Attempt(state=Attempt.State.SUBMITTED)",
    "Attempt.objects.update_or_create(defaults={'state': Attempt.State.SUBMITTED})",
    "row.state = Attempt.State.SUBMITTED if late else Attempt.State.IN_PROGRESS",
    "row.state: str = Attempt.State.SUBMITTED",
]
CHANGES_A_STATE_OF_NOBODY_KNOWS_WHOM = [
    "row.state = 'submitted'",
    "row.state = state",
    "row.state, row.x = State.SUBMITTED, 1",
    "attempts.update(state='submitted')",
    "setattr(row, 'state', value)",
    "Attempt.objects.bulk_update(rows, ['state'])",
    "for row.state in ['submitted']: ...",
    "cursor.execute('UPDATE quizzes_attempt SET state = %s', [x])",
]
CHANGES_NO_STATE = [
    "state = Attempt.State.SUBMITTED",
    "if attempt.state == Attempt.State.SUBMITTED: ...",
    "attempts.filter(state=Attempt.State.SUBMITTED)",
    "attempts.update(points=1)",
    "CourseRow(state='draft')",
    "rows[row.state] = 1",
]


@pytest.mark.parametrize("text", HANDS_IN)
def test_handing_in_is_found_whatever_the_row_is_called(text):
    [(_node, models)] = house_rules.state_changes(ast.parse(text))

    assert models == {"Attempt"}


@pytest.mark.parametrize("text", CHANGES_A_STATE_OF_NOBODY_KNOWS_WHOM)
def test_a_state_written_in_other_words_is_found(text):
    changes = house_rules.state_changes(ast.parse(text))

    assert [models for _node, models in changes] == [frozenset()]


@pytest.mark.parametrize("text", CHANGES_NO_STATE)
def test_reading_a_state_changes_none(text):
    assert house_rules.state_changes(ast.parse(text)) == []


def test_columns_whose_names_only_running_code_knows_are_found():
    unnamed = ["setattr(row, name, value)", "rows.filter(pk=1).update(**values)"]
    named = ["setattr(row, 'points', 1)", "rows.update(points=1)", "rows.update(x)"]

    assert all(house_rules.unnamed_writes(ast.parse(text)) for text in unnamed)
    assert not any(house_rules.unnamed_writes(ast.parse(text)) for text in named)
