"""The audit trail: appended by all, sealed in batches, and a change shows."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from accounts import audit, seal_witness
from accounts.models import AuditRecord, AuditSeal
from accounts.tasks import seal_audit
from accounts.verify import verify_subjects
from lib.facts import FactChanged

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def seal_file(settings, tmp_path):
    """A file of seals of this test."""
    settings.ELEARNING_SEAL_FILE = tmp_path / "elsewhere" / "audit-seals"
    return settings.ELEARNING_SEAL_FILE


def append(now, count: int = 3) -> list[AuditRecord]:
    """Append records of a moment."""
    return [
        audit.record("tests.thing.done", None, by=None, now=now, number=number)
        for number in range(count)
    ]


def tamper(sql: str) -> None:
    """Change the trail behind the code's back."""
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_record_holds_ids_and_no_names(world, learner, now):
    row = audit.record("tests.thing.done", learner, by=learner, now=now, before=1)

    assert (row.actor_id, row.object_type, row.object_id) == (
        learner.pk,
        "accounts.user",
        learner.pk,
    )
    assert row.detail == {"before": 1}


def test_whom_a_record_is_about_can_be_read_off_it_again(world, learner, now):
    row = audit.record("tests.thing.done", learner, by=None, now=now)
    broken = AuditRecord.objects.filter(pk=row.pk)
    tamper(f"UPDATE accounts_auditrecord SET subject_id = NULL WHERE id = {row.pk}")

    (told,) = verify_subjects(repair=True)

    assert told == f"auditrecord {row.pk}: subject None ≠ {learner.pk}"
    assert list(verify_subjects(repair=False)) == []
    assert broken.get().subject_id == learner.pk


def test_a_record_is_never_edited_or_deleted(db, now):
    (row,) = append(now, 1)

    with pytest.raises(FactChanged):
        row.save()
    with pytest.raises(FactChanged):
        AuditRecord.objects.filter(pk=row.pk).delete()
    with pytest.raises(FactChanged):
        AuditRecord.objects.filter(pk=row.pk).update(verb="other")


def test_a_seal_covers_what_has_settled(db, now):
    old = append(now - HOUR)
    append(now)

    seal = audit.seal(now=now)

    assert (seal.first_id, seal.last_id, seal.count) == (old[0].pk, old[-1].pk, 3)


def test_there_is_no_seal_over_nothing(db, now):
    append(now)

    assert audit.seal(now=now) is None


def test_the_next_seal_goes_on_where_the_last_one_ended(db, now):
    append(now - HOUR)
    first = audit.seal(now=now)
    later = append(now)

    second = audit.seal(now=now + HOUR)

    assert (second.first_id, second.last_id) == (later[0].pk, later[-1].pk)
    assert audit.broken_seals() == []
    assert first.sha256 != second.sha256


def test_sealing_again_changes_nothing(db, now):
    append(now - HOUR)
    audit.seal(now=now)

    assert audit.seal(now=now) is None
    assert AuditSeal.objects.count() == 1


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE accounts_auditrecord SET verb = 'tests.thing.undone'",
        "UPDATE accounts_auditrecord SET actor_id = 7",
        "DELETE FROM accounts_auditrecord WHERE verb = 'tests.thing.done'",
    ],
)
def test_a_change_behind_our_back_shows(db, now, sql):
    append(now - HOUR)
    seal = audit.seal(now=now)
    assert audit.broken_seals() == []

    tamper(sql)

    assert audit.broken_seals() == [seal]


def test_a_seal_that_disappears_shows_in_the_next_one(db, now):
    append(now - 3 * HOUR)
    audit.seal(now=now - 2 * HOUR)
    append(now - HOUR)
    second = audit.seal(now=now)

    tamper(
        "DELETE FROM accounts_auditseal WHERE id = (SELECT MIN(id) FROM "
        "accounts_auditseal)"
    )

    assert audit.broken_seals() == [second]


@pytest.mark.parametrize("format", ["json", "jsonl", "xml", "yaml"])
def test_seals_hold_after_a_move_by_dump_and_load(db, now, tmp_path, format):
    for number, moment in enumerate((1, 999, 123_456)):
        at = now - 2 * HOUR + timedelta(microseconds=moment)
        detail = {"b": [1, None], "a": {"é": number}, "c": 0.1}
        audit.record("tests.thing.done", None, by=None, now=at, **detail)
    audit.seal(now=now - HOUR)
    append(now - HOUR + timedelta(microseconds=7))
    audit.seal(now=now)
    file = tmp_path / f"trail.{format}"
    call_command("dumpdata", "accounts", format=format, output=str(file), verbosity=0)
    before = list(AuditRecord.objects.order_by("pk").values())
    for table in ("accounts_auditrecord", "accounts_auditseal"):
        tamper(f"DELETE FROM {table}")

    call_command("loaddata", str(file), verbosity=0)

    assert list(AuditRecord.objects.order_by("pk").values()) == before
    assert AuditSeal.objects.count() == 2
    assert audit.broken_seals() == []


def test_a_young_record_among_old_ones_breaks_no_seal(db, now):
    # Two transactions: the one that looked at the clock later got the smaller id.
    append(now - HOUR, 1)
    append(now, 1)
    append(now - HOUR, 1)

    audit.seal(now=now)
    assert audit.broken_seals() == []

    audit.seal(now=now + HOUR)
    assert audit.broken_seals() == []
    assert sum(seal.count for seal in AuditSeal.objects.all()) == 3


def test_a_long_trail_is_sealed_in_several_batches(db, now):
    append(now - HOUR, 5)

    seals = [audit.seal(now=now, limit=2) for _ in range(4)]

    assert [seal.count if seal else 0 for seal in seals] == [2, 2, 1, 0]
    assert audit.broken_seals() == []


def test_the_scheduled_task_seals(db, now, clock):
    append(now - HOUR)

    seal_audit()

    assert AuditSeal.objects.get().count == 3


def test_an_end_that_was_cut_off_shows_outside_the_database(db, now, clock, seal_file):
    append(now - 2 * HOUR)
    clock.move_to(now - HOUR)
    seal_audit()
    append(now - HOUR)
    clock.move_to(now)
    seal_audit()
    assert list(seal_witness.seals_cut_off(seal_file)) == []
    last = AuditSeal.objects.latest("last_id")

    tamper(f"DELETE FROM accounts_auditseal WHERE id = {last.pk}")
    tamper(f"DELETE FROM accounts_auditrecord WHERE id >= {last.first_id}")

    assert audit.broken_seals() == []
    cut_off = f"{last.first_id}-{last.last_id} {last.sha256}"
    assert list(seal_witness.seals_cut_off(seal_file)) == [cut_off]
    # Nor does sealing what comes next cover it up.
    append(now)
    clock.move_to(now + HOUR)
    seal_audit()
    assert list(seal_witness.seals_cut_off(seal_file)) == [cut_off]


def test_a_seal_is_written_down_once(db, now, clock, seal_file):
    append(now - HOUR)
    for _run in range(3):
        seal_audit()

    assert len(seal_file.read_text().splitlines()) == 1
