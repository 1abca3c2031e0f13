"""What changes a record, a certificate or a file leaves an entry that says whose."""

from datetime import date
from types import SimpleNamespace

import pytest

from accounts import actions as accounts_actions
from accounts.access import as_of
from accounts.actions import by_hand, tree
from accounts.models import AuditRecord
from certificates import correcting
from certificates.models import Correction, OutsideCertificate
from certificates.outside import actions as outside_actions
from reports import actions as reports_actions
from reports.exports import files
from reports.models import ExportJob
from tests.factories import make_person, make_unit
from tests.scene import make_scene

DAY = date(2026, 11, 20)


@pytest.fixture
def said(db, clock, now):
    """The scene, its people as of now, and what was on the trail before."""
    scene = make_scene(now=now)
    people = {
        name: as_of(person, now) for name, person in scene.people.items() if person
    }
    before = AuditRecord.objects.latest("pk").pk
    return SimpleNamespace(
        scene=scene, world=scene.world, now=now, before=before, **people
    )


def entries(said) -> list[tuple[str, int | None, int | None]]:
    """Return what, by whom and about whom was appended since the scene was made."""
    rows = AuditRecord.objects.filter(pk__gt=said.before).order_by("pk")
    return [(row.verb, row.actor_id, row.subject_id) for row in rows]


def test_letting_somebody_in_or_not(said):
    for is_active in (False, True):
        by_hand.switch_person(
            person_id=said.learner.pk, is_active=is_active, by=said.hr, now=said.now
        )

    assert entries(said) == [
        ("accounts.person.deactivated", said.hr.pk, said.learner.pk),
        ("accounts.person.activated", said.hr.pk, said.learner.pk),
    ]


def test_inviting_somebody(said):
    new = make_person(
        unit=said.world.section, now=said.now, email="baru@contoh.example"
    )

    by_hand.note_invitation(person_id=new.pk, by=said.hr, now=said.now)

    assert entries(said)[-1] == ("accounts.person.invited", said.hr.pk, new.pk)


def test_how_somebody_is_greeted_and_her_first_password(said, client_of):
    accounts_actions.change_preferences(
        person=said.learner, salutation="ibu", now=said.now
    )
    new = "kereta-baru-jendela"
    client_of(said.learner).post("/sandi/buat/", {"password1": new, "password2": new})

    hers = (said.learner.pk, said.learner.pk)
    assert entries(said) == [
        ("accounts.person.preferences_changed", *hers),
        ("accounts.password.set", *hers),
    ]


def test_a_unit_that_is_made_closed_and_opened_again(said):
    unit = make_unit(name="Seksi Baru", now=said.now, parent=said.world.office)
    tree.close_unit(
        unit_id=unit.pk,
        successor_id=None,
        starts_on=DAY,
        reason="Perda 1/2026",
        people=0,
        by=said.admin,
        now=said.now,
    )
    tree.reopen_unit(unit_id=unit.pk, starts_on=DAY, by=said.admin, now=said.now)

    assert entries(said) == [
        ("accounts.unit.placed", None, None),
        ("accounts.unit.closed", said.admin.pk, None),
        ("accounts.unit.reopened", said.admin.pk, None),
    ]


@pytest.mark.parametrize(
    ("by", "verb"),
    [
        ("admin", "certificates.correction.declined"),
        ("hr", "certificates.correction.withdrawn"),
    ],
)
def test_a_correction_that_is_not_made(said, by, verb):
    correction = Correction.objects.get(pk=said.scene.keys["correction"])
    who = getattr(said, by)

    correcting.decline_correction(correction_id=correction.pk, by=who, now=said.now)

    assert entries(said) == [(verb, who.pk, said.learner.pk)]


def _outside(said) -> OutsideCertificate:
    return OutsideCertificate.objects.get(key=said.scene.keys["outside"])


def test_a_certificate_from_elsewhere(said, client_of):
    pk, by = _outside(said).pk, {"by": said.hr, "now": said.now}
    told = {"outside_id": pk, "reason": "Nomor tidak terbaca", **by}
    client_of(said.hr).get(f"/sertifikat/luar/{_outside(said).key}/berkas/")
    outside_actions.accept_outside(outside_id=pk, jp=6, round_seen=0, **by)
    outside_actions.reopen_outside(round_seen=1, **told)
    outside_actions.refuse_outside(round_seen=2, **told)

    verbs = [verb for verb, who, whom in entries(said) if whom == said.learner.pk]
    assert [verb for verb in verbs if ".outside." in verb] == [
        "certificates.outside.seen",
        "certificates.outside.accepted",
        "certificates.outside.reopened",
        "certificates.outside.refused",
    ]


def test_handing_in_and_taking_back(said):
    first = AuditRecord.objects.get(verb="certificates.outside.handed_in")
    assert (first.actor_id, first.subject_id) == (said.learner.pk, said.learner.pk)

    outside_actions.withdraw_outside(
        outside_id=_outside(said).pk, by=said.learner, now=said.now
    )

    hers = (said.learner.pk, said.learner.pk)
    assert entries(said) == [("certificates.outside.withdrawn", *hers)]


def test_a_file_that_waits_is_stopped_asked_for_again_fails_and_goes(
    said, settings, monkeypatch
):
    settings.ELEARNING_INLINE_EXPORT_ROWS = 0
    by, now = said.hr, said.now
    job = reports_actions.ask_for_export(
        report="completion", format="csv", filters={}, by=by, now=now
    )
    reports_actions.stop_export(job_id=job.pk, by=by, now=now)
    reports_actions.retry_export(job_id=job.pk, by=by, now=now)
    with monkeypatch.context() as patched:
        patched.setattr(files, "make_file", lambda *_args, **_kw: 1 / 0)
        reports_actions.run_export(job_id=job.pk, now=now)
    reports_actions.retry_export(job_id=job.pk, by=by, now=now)
    done = reports_actions.run_export(job_id=job.pk, now=now)
    ExportJob.objects.exclude(pk=job.pk).update(path="")
    reports_actions.delete_expired_exports(now=done.expires_at)

    assert [verb for verb, _by, _whom in entries(said)] == [
        "reports.export.asked",
        "reports.export.stopped",
        "reports.export.asked_again",
        "reports.export.failed",
        "reports.export.asked_again",
        "reports.export.made",
        "reports.export.deleted",
    ]


def test_a_correction_and_what_it_does_say_whose_certificate_it_is(said):
    correcting.confirm_correction(
        correction_id=said.scene.keys["correction"], by=said.admin, now=said.now
    )

    told = entries(said)
    assert ("certificates.correction.confirmed", said.admin.pk, said.learner.pk) in told
    assert {whom for _verb, _by, whom in told} == {said.learner.pk}
