"""Who may do what to which rows: one declaration, two questions, one answer."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import access, actions
from accounts.models import RoleAssignment, Unit, User
from certificates import policy as certificates_policy
from certificates.actions import issue_certificate
from certificates.models import Certificate
from courses import policy as courses_policy
from courses.models import Course, Enrollment
from quizzes import policy as quizzes_policy
from quizzes.models import Attempt, Question, QuestionBank
from tests.examples import some
from tests.factories import complete, enroll, make_course, make_person, make_unit, start
from tests.undone import undone

ROLES = sorted(access.CAPABILITIES)
EVERY_CAPABILITY = sorted(frozenset().union(*access.CAPABILITIES.values()) | access.OWN)


def as_seen_today(person: User) -> User:
    """Return the person as a new request would load her."""
    return access.as_of(User.objects.get(pk=person.pk), timezone.now())


# --- the table ---------------------------------------------------------------------
def test_the_admin_may_do_what_every_other_role_may():
    for role in ("author", "reviewer", "hr"):
        assert access.CAPABILITIES[role] <= access.CAPABILITIES["admin"]


def test_every_role_that_can_be_given_has_capabilities():
    from accounts.models.role import Role

    assert set(Role.values) == set(access.CAPABILITIES)


# --- doors -------------------------------------------------------------------------
def test_hr_sees_people_of_her_unit_and_below_and_nobody_else(world):
    hr = as_seen_today(world.people["hr"])

    seen = User.objects.visible_to(hr, "accounts.view_person")

    assert set(seen) == {world.people["hr"], world.people["learner"]}


def test_a_learner_sees_herself_only(world, learner):
    seen = User.objects.visible_to(learner, "accounts.view_person")

    assert list(seen) == [learner]


def test_somebody_who_has_not_signed_in_sees_nothing(world):
    nobody = AnonymousUser()

    assert not User.objects.visible_to(nobody, "accounts.view_person").exists()
    assert not access.can(nobody, "accounts.view_person", world.outsider, access.PERSON)


def test_owning_a_row_gives_no_capability_beyond_own(world, learner):
    assert access.can(learner, "accounts.view_person", learner, access.PERSON) is True
    assert (
        access.can(learner, "accounts.import_people", learner, access.PERSON) is False
    )


def test_a_role_that_has_ended_counts_no_more(world, now, clock):
    hr = world.people["hr"]
    actions.revoke_role(
        assignment=hr.role_assignments.get(), by=None, now=now + timedelta(hours=1)
    )
    clock.move_to(now + timedelta(hours=1))

    assert access.holds(as_seen_today(hr), "reports.view_learning") is False


def test_a_role_for_a_time_counts_until_its_end(world, learner, now, clock):
    actions.assign_role(
        person=learner,
        unit=world.office,
        role="hr",
        by=None,
        now=now,
        ends_at=now + timedelta(days=1),
    )

    assert access.holds(as_seen_today(learner), "reports.view_learning") is True
    clock.move_to(now + timedelta(days=1))
    assert access.holds(as_seen_today(learner), "reports.view_learning") is False


def test_a_role_that_starts_tomorrow_does_not_count_today(world, learner, now):
    actions.assign_role(
        person=learner,
        unit=world.office,
        role="hr",
        by=None,
        now=now + timedelta(days=1),
    )

    assert access.roots(as_seen_today(learner), "reports.view_learning") == ()


def test_people_without_a_role_cost_no_query(world, learner, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert access.holds(learner, "reports.view_learning") is False


def test_roles_are_read_once_per_request(world, django_assert_num_queries):
    hr = as_seen_today(world.people["hr"])

    with django_assert_num_queries(1):
        access.holds(hr, "reports.view_learning")
        access.scope_q(hr, "accounts.view_person", access.PERSON)
        access.holds(hr, "courses.author_course")


def test_a_foreign_row_and_a_missing_row_are_the_same_404(world):
    hr = as_seen_today(world.people["hr"])
    answers = []
    for pk in (world.outsider.pk, 10**9, "not a number"):
        with pytest.raises(Http404) as refused:
            access.get_for(
                User.objects.all(), hr, "accounts.view_person", access.PERSON, pk=pk
            )
        answers.append(str(refused.value))

    assert answers == ["", "", ""]


def test_a_row_of_hers_is_found(world, learner):
    hr = as_seen_today(world.people["hr"])

    found = access.get_for(
        User.objects.all(), hr, "accounts.view_person", access.PERSON, pk=learner.pk
    )

    assert found == learner


def test_a_unit_that_was_never_placed_is_nobodys(world):
    loose = Unit.objects.create(code="lepas", name="Lepas")
    admin = as_seen_today(world.people["admin"])

    assert access.can(admin, "reports.view_learning", loose, access.UNIT) is False
    assert loose not in Unit.objects.visible_to(admin, "reports.view_learning")


def test_a_person_without_a_unit_is_nobodys_but_her_own(world, learner):
    learner.unit = None
    learner.save(update_fields=["unit"])
    admin = as_seen_today(world.people["admin"])

    assert access.can(admin, "accounts.view_person", learner, access.PERSON) is False
    assert access.can(learner, "accounts.view_person", learner, access.PERSON) is True


# --- both questions, on random worlds ----------------------------------------------
@dataclass(frozen=True)
class Kind:
    """A kind of row with the policy that leads to its unit and owner."""

    rows: Any
    policy: access.Policy


@pytest.fixture
def kinds(world, now) -> list[Kind]:
    """Rows of every kind in two agencies, in units of three depths."""
    deep = make_unit(name="Urusan Dalam", now=now, parent=world.section)
    for unit in (world.agency, world.section, deep, world.other_agency):
        make_person(unit=unit, now=now)
    for unit in (world.office, world.other_office):
        make_course(unit=unit, now=now, key=f"kursus-{unit.pk}")
    course = Course.objects.first()
    for person in User.objects.order_by("pk")[:4]:
        place = enroll(course=course, person=person, now=now)
        start(enrollment=place, quiz_key="pretest", now=now)
    finished = complete(course=course, person=world.outsider, now=now)
    issue_certificate(enrollment_id=finished.pk, by=None, now=now)
    units = Unit.objects.all()
    return [
        Kind(units, access.UNIT),
        Kind(User.objects.select_related("unit"), access.PERSON),
        Kind(Course.objects.select_related("unit"), courses_policy.COURSE),
        Kind(
            Enrollment.objects.select_related("person__unit"), courses_policy.ENROLLMENT
        ),
        Kind(QuestionBank.objects.select_related("unit"), quizzes_policy.BANK),
        Kind(Question.objects.select_related("bank__unit"), quizzes_policy.QUESTION),
        Kind(Attempt.objects.select_related("person"), quizzes_policy.ATTEMPT),
        Kind(
            Certificate.objects.select_related("person__unit"),
            certificates_policy.CERTIFICATE,
        ),
    ]


held_roles = st.lists(
    st.tuples(
        st.integers(0, 99),
        st.sampled_from(ROLES),
        st.sampled_from(["now", "over", "not yet"]),
    ),
    max_size=4,
)


def give_roles(person: User, held: list[tuple[int, str, str]], now: Any) -> User:
    """Give the person these roles on these units and load her anew."""
    units = list(Unit.objects.order_by("pk"))
    day = timedelta(days=1)
    windows = {
        "now": (now - day, None),
        "over": (now - day, now),
        "not yet": (now + day, None),
    }
    for number, role, window in held:
        starts_at, ends_at = windows[window]
        RoleAssignment.objects.get_or_create(
            person=person,
            unit=units[number % len(units)],
            role=role,
            ends_at=ends_at,
            defaults={"starts_at": starts_at},
        )
    User.objects.filter(pk=person.pk).update(has_role=bool(held))
    return as_seen_today(person)


@settings(
    max_examples=some(25),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(held=held_roles, number=st.integers(0, 99), data=st.data())
def test_can_and_visible_to_never_disagree(kinds, now, held, number, data):
    capability = data.draw(st.sampled_from(EVERY_CAPABILITY))
    with undone():
        people = list(User.objects.order_by("pk"))
        user = give_roles(people[number % len(people)], held, now)
        for kind in kinds:
            visible = set(
                kind.rows.filter(access.scope_q(user, capability, kind.policy))
            )
            allowed = {
                row
                for row in kind.rows.all()
                if access.can(user, capability, row, kind.policy)
            }
            assert visible == allowed


def test_every_queryset_with_a_policy_answers_visible_to(kinds, world):
    admin = as_seen_today(world.people["admin"])

    for kind in kinds:
        if hasattr(kind.rows, "visible_to"):
            seen = kind.rows.visible_to(admin, "reports.view_learning")
            rule = access.scope_q(admin, "reports.view_learning", kind.policy)
            assert set(seen) == set(kind.rows.filter(rule))
