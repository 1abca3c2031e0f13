"""HR undoes the link to an account of the agency; what it ends, and who is told."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.urls import reverse

from accounts import actions
from accounts.actions import known_sessions
from accounts.models import AuditRecord, KnownSession
from accounts.single_sign_on.site import PROVIDER_ID


@pytest.fixture
def learner(world):
    """A person with an address, linked to an account."""
    person = world.people["learner"]
    person.email = "siti@contoh.go.id"
    person.save(update_fields=["email"])
    link(person)
    return person


def link(person):
    return SocialAccount.objects.create(
        provider=PROVIDER_ID, uid=f"{person.pk:08d}" * 8, user=person
    )


def address(person) -> str:
    return reverse("accounts:person_unlink", args=[person.key])


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_link_is_shown_undone_with_a_reason_and_she_is_told(
    client_as, client_of, learner, now, settings
):
    settings.ELEARNING_SSO_ISSUER = "https://sso.contoh.go.id/realms/pegawai"
    hr, by_agency, by_password = client_as("hr"), client_of(learner), client_of(learner)
    for browser, is_by_agency in ((by_agency, True), (by_password, False)):
        known_sessions.note_session(
            person=learner,
            session_key=browser.session.session_key,
            is_by_agency=is_by_agency,
            browser="",
            now=now,
        )
    assert address(learner) in text(
        hr.get(reverse("reports:person_detail", args=[learner.key]))
    )
    page = text(hr.get(address(learner)))
    for shown in ("sso.contoh.go.id", SocialAccount.objects.get().uid[:8], "sejak"):
        assert shown in page

    assert "Tulis alasannya" in text(hr.post(address(learner), {"alasan": " "}))
    assert SocialAccount.objects.exists()
    hr.post(address(learner), {"alasan": "Akunnya berganti"})
    again = hr.post(address(learner), {"alasan": "Akunnya berganti"})

    assert "belum tertaut" in text(again)
    assert not SocialAccount.objects.exists()
    assert by_agency.get("/akun/").status_code == 302
    assert by_password.get("/akun/").status_code == 200
    assert KnownSession.objects.count() == 1
    record = AuditRecord.objects.get(verb="accounts.sso.unlinked")
    assert (record.object_id, record.detail) == (
        learner.pk,
        {"reason": "Akunnya berganti", "count": 1},
    )
    (told,) = mail.outbox
    assert (told.to, told.subject) == (
        [learner.email],
        "Tautan akun instansi dilepas",
    )


def test_a_way_in_of_somebody_with_a_role_is_not_hr_s(client_as, learner, world, now):
    actions.assign_role(
        person=learner, unit=world.agency, role="reviewer", by=None, now=now
    )

    refused = client_as("hr").post(address(learner), {"alasan": "x"})

    assert "hanya dapat diubah admin" in text(refused)
    assert SocialAccount.objects.exists()


def test_without_an_address_hr_is_asked_to_tell_her(client_as, world):
    learner = world.people["learner"]
    link(learner)

    answer = client_as("hr").post(address(learner), {"alasan": "x"}, follow=True)

    assert "beri tahu ia" in text(answer)
    assert mail.outbox == []
