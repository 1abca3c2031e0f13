"""Taking people in, moving them, letting them go."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from accounts import actions
from accounts.actions import PersonContent
from accounts.exceptions import PersonNotAccepted
from accounts.models import AuditRecord, PersonIdentifier, UnitMembership, User
from certificates.actions import issue_certificate
from certificates.selectors import verdict_on
from courses.models import UnitCourseRollup
from courses.tasks import refresh_rollups_of_moved_people
from lib.facts import FactChanged
from quizzes import actions as quizzes_actions
from quizzes.models import PracticeResponse, QuestionVersion
from tests.factories import STARTS_ON, complete, make_nip, make_person

CONTENT = PersonContent(nip="19900117 201504 1 901", name="Budi Contoh")


def take_in(content: PersonContent, world, now) -> User:
    """Take a person into the first agency's office."""
    return actions.create_person(
        content=content, unit=world.office, starts_on=STARTS_ON, by=None, now=now
    )


def refusal_of(content: PersonContent, world, now) -> str:
    """Return the code with which these data are refused."""
    before = User.objects.count()
    with pytest.raises(PersonNotAccepted) as refused:
        take_in(content, world, now)
    assert User.objects.count() == before
    assert refused.value.message
    return refused.value.code


# --- taking in ---------------------------------------------------------------------
def test_a_person_is_kept_under_her_number_without_spaces(world, now):
    person = take_in(CONTENT, world, now)

    assert person.nip == "199001172015041901"
    assert person.identifiers.get().value == "199001172015041901"


def test_a_new_person_has_a_place_and_her_units_time_zone(world, now):
    world.office.time_zone = "Asia/Makassar"
    world.office.save()

    person = take_in(CONTENT, world, now)

    assert (person.unit, person.time_zone) == (world.office, "Asia/Makassar")
    assert person.memberships.get().starts_on == STARTS_ON


def test_a_new_person_cannot_sign_in_before_she_has_a_password(world, now):
    assert take_in(CONTENT, world, now).has_usable_password() is False


def test_a_number_that_somebody_carries_is_refused(world, now):
    take_in(CONTENT, world, now)

    assert refusal_of(CONTENT, world, now) == "NIP_GANDA"


def test_a_number_that_somebody_carried_is_refused(world, now):
    person = take_in(CONTENT, world, now)
    User.objects.filter(pk=person.pk).update(nip=make_nip())

    assert refusal_of(CONTENT, world, now) == "NIP_GANDA"


def test_a_wrong_number_is_refused_with_its_remedy(world, now):
    content = replace(CONTENT, nip="1990011720150419")

    assert refusal_of(content, world, now) == "NIP_PANJANG"


def test_a_test_number_is_refused_where_test_numbers_are_off(world, now, settings):
    settings.ELEARNING_ALLOW_TEST_NIP = False

    assert refusal_of(CONTENT, world, now) == "NIP_UJI"


def test_an_address_that_somebody_else_has_is_refused_in_words(world, now):
    take_in(replace(CONTENT, email="Sama@contoh.example"), world, now)
    content = replace(CONTENT, nip=make_nip(), email="sama@contoh.example ")

    assert refusal_of(content, world, now) == "SUREL_GANDA"


@pytest.mark.parametrize("field", ["name", "title_suffix", "jabatan", "agency_name"])
def test_what_no_certificate_can_show_is_refused(world, now, field):
    content = replace(CONTENT, **{field: "Sari 😀"})

    assert refusal_of(content, world, now) == "HURUF_TIDAK_TERCETAK"
    with pytest.raises(PersonNotAccepted, match="HURUF_TIDAK_TERCETAK"):
        actions.update_person(
            person=world.people["learner"], content=content, by=None, now=now
        )


def test_two_people_without_an_address_are_no_conflict(world, now):
    first = take_in(CONTENT, world, now)
    second = take_in(replace(CONTENT, nip=make_nip()), world, now)

    assert (first.email, second.email) == (None, None)


# --- what HR says ------------------------------------------------------------------
def test_only_what_differs_is_stored_and_recorded(world, now):
    person = take_in(CONTENT, world, now)

    changed = actions.update_person(
        person=person, content=replace(CONTENT, golongan="III/c"), by=None, now=now
    )

    assert changed is True
    record = AuditRecord.objects.get(verb="accounts.person.updated")
    assert record.detail == {"fields": ["golongan"]}


def test_saying_the_same_again_changes_nothing(world, now):
    person = take_in(CONTENT, world, now)
    before = AuditRecord.objects.count()

    changed = actions.update_person(person=person, content=CONTENT, by=None, now=now)

    assert changed is False
    assert AuditRecord.objects.count() == before


def test_an_update_refuses_an_address_of_somebody_else_in_words(world, now):
    take_in(replace(CONTENT, email="sama@contoh.example"), world, now)
    other = take_in(replace(CONTENT, nip=make_nip()), world, now)

    with pytest.raises(PersonNotAccepted, match="SUREL_GANDA"):
        actions.update_person(
            person=other,
            content=replace(CONTENT, email="sama@contoh.example"),
            by=None,
            now=now,
        )


def test_an_update_may_keep_the_persons_own_address(world, now):
    content = replace(CONTENT, email="sama@contoh.example")
    person = take_in(content, world, now)

    changed = actions.update_person(
        person=person, content=replace(content, name="Budi Baru"), by=None, now=now
    )

    assert changed is True


def test_the_full_name_has_its_degrees_as_given():
    person = User(name="Maria Contoh", title_prefix="Dr.", title_suffix="S.Sos., M.Si.")

    assert person.full_name == "Dr. Maria Contoh, S.Sos., M.Si."
    assert User(name="Maria Contoh").full_name == "Maria Contoh"


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Maria Contoh", "MC"), ("Suharto", "S"), ("Ni Luh Putu Ayu", "NA")],
)
def test_initials_come_from_the_first_and_the_last_name(name, initials):
    assert User(name=name).initials == initials


def test_a_person_is_greeted_as_she_chose(world, now):
    person = take_in(CONTENT, world, now)
    assert person.greeting_name == "Budi Contoh"

    actions.change_preferences(person=person, salutation="Pak", now=now)

    assert person.greeting_name == "Pak\N{NO-BREAK SPACE}Budi"


# --- moving ------------------------------------------------------------------------
def move(person: User, unit, now, starts_on: date = date(2026, 11, 21)) -> bool:
    """Move a person, as HR does."""
    return actions.move_person(
        person=person, unit=unit, starts_on=starts_on, by=None, now=now
    )


def test_a_person_who_moves_keeps_her_history(world, learner, now):
    moved = move(learner, world.other_office, now)

    assert moved is True
    units = learner.memberships.order_by("starts_on").values_list("unit", flat=True)
    assert list(units) == [world.section.pk, world.other_office.pk]


def test_moving_to_where_she_is_changes_nothing(world, learner, now):
    assert move(learner, world.section, now) is False
    assert learner.memberships.count() == 1


def test_somebody_who_comes_back_the_same_day_is_where_she_came_back_to(
    world, learner, now
):
    move(learner, world.other_office, now)
    move(learner, world.section, now + timedelta(hours=1))

    assert User.objects.get(pk=learner.pk).unit == world.section


def test_a_move_into_the_past_changes_the_past_only(world, learner, now):
    move(learner, world.other_office, now)

    moved = move(learner, world.office, now, starts_on=date(2026, 6, 1))

    assert moved is True
    assert User.objects.get(pk=learner.pk).unit == world.other_office
    assert learner.memberships.filter(unit=world.office).exists()


def test_the_counts_of_both_units_follow_a_move(world, course, learner, now):
    complete(course=course, person=learner, now=now)

    move(learner, world.other_office, now)
    refresh_rollups_of_moved_people()

    counts = {
        row.unit: (row.enrolled, row.completed)
        for row in UnitCourseRollup.objects.all()
    }
    assert counts == {world.section: (0, 0), world.other_office: (1, 1)}


@pytest.mark.parametrize("leaving", ["deactivated", "anonymised"])
def test_the_counts_follow_somebody_who_leaves(world, course, learner, now, leaving):
    complete(course=course, person=learner, now=now)

    if leaving == "deactivated":
        actions.set_active(person=learner, is_active=False, by=None, now=now)
    else:
        anonymise(learner, world, now)
    refresh_rollups_of_moved_people()

    row = UnitCourseRollup.objects.get(unit=world.section)
    assert (row.enrolled, row.completed) == (0, 0)


# --- leaving -----------------------------------------------------------------------
def anonymise(person: User, world, now) -> User:
    """Erase a person, as the admin does."""
    return actions.anonymise_person(
        person=person, by=world.people["admin"], now=now, reason="permintaan"
    )


def test_somebody_who_is_let_go_is_signed_out_and_let_in_again(
    world, learner, client_of, now
):
    client = client_of(learner)
    assert client.get("/akun/").status_code == 200

    actions.set_active(person=learner, is_active=False, by=None, now=now)
    assert client.get("/akun/").status_code == 302

    actions.set_active(person=learner, is_active=True, by=None, now=now)
    # She signs in anew: what ended does not come back.
    assert client.get("/akun/").status_code == 302
    learner.refresh_from_db()
    anew = Client()
    anew.force_login(learner)
    assert anew.get("/akun/").status_code == 200


def test_a_new_password_ends_the_old_sessions(world, learner, client_of, now):
    client = client_of(learner)

    actions.set_password(
        person=learner, password="katasandi-baru-uji", by=None, now=now
    )

    assert client.get("/akun/").status_code == 302


def test_the_audit_trail_never_holds_a_password(world, learner, now):
    actions.set_password(
        person=learner, password="katasandi-baru-uji", by=None, now=now
    )

    record = AuditRecord.objects.get(verb="accounts.person.password_set")
    assert record.detail == {}


def test_nothing_that_identifies_a_person_is_left_after_she_was_erased(world, now):
    person = make_person(
        unit=world.office,
        now=now,
        name="Maria Contoh",
        title_prefix="Dr.",
        title_suffix="S.Sos.",
        gender="P",
        jabatan="Administrator Database Ahli Muda",
        jabatan_kind="Fungsional Keahlian",
        jenjang="Ahli Muda",
        eselon="IV.a",
        golongan="III/c",
        agency_name="Instansi Asal",
        jabatan_starts_on=STARTS_ON,
        email="maria@contoh.example",
    )
    actions.change_preferences(person=person, salutation="Bu", now=now)
    key, nip = person.key, person.nip
    kept = {
        "id",
        "key",
        "name",
        "name_key",
        "password",
        "created_at",
        "unit_id",
        "time_zone",
    }
    # What groups of people are counted by.
    kept |= {"identity_kind", "employment_status", "has_role", "is_active"}

    anonymise(person, world, now)

    row = User.objects.filter(pk=person.pk).values().get()
    told = {name for name, value in row.items() if value not in (None, "", False)}
    assert told <= kept
    assert (row["name"], row["key"] == key) == ("Akun dihapus", False)
    assert not PersonIdentifier.objects.filter(value=nip).exists()


def test_practice_answers_are_erased_with_the_person(world, course, learner, now):
    version = QuestionVersion.objects.filter(question__bank__use="practice").first()
    quizzes_actions.answer_practice(
        version=version,
        person=learner,
        fields={"answer": ["a"]},
        token=learner.key,
        now=now,
    )

    anonymise(learner, world, now)

    assert not PracticeResponse.objects.filter(person=learner).exists()


def test_somebody_who_was_erased_holds_no_role(world, now):
    hr = world.people["hr"]

    anonymise(hr, world, now + timedelta(hours=1))

    assert not hr.role_assignments.filter(ends_at__isnull=True).exists()


def test_the_learning_record_stays_countable_and_certificates_verify(
    world, course, learner, now
):
    place = complete(course=course, person=learner, now=now)
    certificate = issue_certificate(enrollment_id=place.pk, by=None, now=now)

    anonymise(learner, world, now)

    verdict = verdict_on(certificate.code)
    assert verdict.verdict == "genuine"
    assert verdict.certificate.data["name"] == "Sari Percobaan"
    assert learner.enrollments.completed().count() == 1


def test_erasing_does_not_break_the_audit_trail(world, learner, now):
    before = AuditRecord.objects.filter(object_id=learner.pk).count()

    anonymise(learner, world, now)

    after = AuditRecord.objects.filter(object_id=learner.pk)
    assert after.filter(verb="accounts.person.anonymised").count() == 1
    assert after.count() >= before + 1


def test_a_membership_cannot_be_edited_or_deleted(world, learner):
    membership = learner.memberships.get()

    with pytest.raises(FactChanged):
        membership.save()
    with pytest.raises(FactChanged):
        UnitMembership.objects.filter(pk=membership.pk).update(unit=world.office)
    with pytest.raises(FactChanged):
        membership.delete()


def test_expired_sessions_are_cleared(world, learner, client_of, clock, now):
    from accounts.tasks import clear_expired_sessions

    client_of(learner)
    clock.move_to(now + timedelta(days=31))
    client_of(learner)

    clear_expired_sessions()

    assert Session.objects.count() == 1
