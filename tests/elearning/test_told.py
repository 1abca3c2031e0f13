"""What happens to a person stands in her list: certificate, score, new parts."""

from dataclasses import replace

from accounts.models import Notice
from certificates import actions as certificates_actions
from courses import actions as courses_actions
from courses.content_types import PartContent
from courses.selectors.content import version_content
from tests.factories import complete, enroll, republish


def told(person) -> list[tuple[str, str]]:
    rows = Notice.objects.filter(person=person).order_by("pk")
    return list(rows.values_list("kind", "url"))


def test_a_certificate_is_told_once(course, learner, now):
    done = complete(course=course, person=learner, now=now)
    for _ in range(2):
        certificates_actions.issue_certificate(enrollment_id=done.pk, by=None, now=now)

    assert told(learner) == [("certificate", "/sertifikat/")]


def test_new_parts_are_told_to_those_who_have_finished(course, learner, world, now):
    complete(course=course, person=learner, now=now)
    enroll(course=course, person=world.people["hr"], now=now)
    content = version_content(course.current_version)
    (module,) = content.modules
    first = module.lessons[0]
    more = PartContent("baru", "Baru", "## Baru {#baru}\n\nIsi baru.")
    changed = replace(first, parts=[*first.parts, more])
    lessons = [changed, *module.lessons[1:]]
    version = republish(
        course=course,
        change="required",
        content=replace(content, modules=[replace(module, lessons=lessons)]),
        now=now,
    )

    for _ in range(2):
        courses_actions.tell_of_new_parts(version_id=version.pk, now=now)

    assert told(learner) == [("new_part", "/kursus/contoh/bagian-baru/")]
    assert told(world.people["hr"]) == []
