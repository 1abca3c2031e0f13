"""`verify_audit`: what was changed, cut out or cut off is told, with where."""

from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from accounts import audit, seal_witness
from accounts.models import AuditRecord, AuditSeal


@pytest.fixture
def trail(db, now) -> list[AuditRecord]:
    """Two seals of three records each, a copy of the newest, and one record more."""
    settings.ELEARNING_SEAL_FILE.unlink(missing_ok=True)
    rows: list[AuditRecord] = []
    for batch in range(2):
        moment = now + batch * audit.SETTLE
        rows += [
            audit.record("tests.row.made", None, by=None, now=moment)
            for _each in range(3)
        ]
        audit.seal(now=moment + 2 * audit.SETTLE)
    seal_witness.witness(settings.ELEARNING_SEAL_FILE)
    audit.record("tests.row.made", None, by=None, now=now + timedelta(days=1))
    yield rows
    settings.ELEARNING_SEAL_FILE.unlink(missing_ok=True)


def run() -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("verify_audit", stdout=out, stderr=out)
    except SystemExit as end:
        return int(end.code), out.getvalue()
    return 0, out.getvalue()


def change(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_whole_trail_is_said_to_be_whole(trail):
    code, said = run()

    assert code == 0
    seals = AuditSeal.objects.count()
    assert f"{seals} segel atas 6 catatan; 1 catatan" in said
    assert "Semua segel utuh." in said


def test_a_record_that_was_changed_is_found(trail):
    change("UPDATE accounts_auditrecord SET verb = 'x' WHERE id = %s", trail[1].pk)

    code, said = run()

    seal = AuditSeal.objects.order_by("last_id").first()
    assert code == 1
    assert f"catatan {seal.first_id} sampai {seal.last_id}" in said
    assert "utuh" not in said


def test_a_record_that_was_cut_out_is_found(trail):
    change("DELETE FROM accounts_auditrecord WHERE id = %s", trail[4].pk)

    assert run()[0] == 1


def test_an_end_that_was_cut_off_with_its_seal_is_found(trail):
    last = AuditSeal.objects.order_by("last_id").last()
    change("DELETE FROM accounts_auditrecord WHERE id >= %s", last.first_id)
    change("DELETE FROM accounts_auditseal WHERE id = %s", last.pk)

    code, said = run()

    assert code == 1
    assert "Hilang dari basis data" in said


def test_without_a_copy_outside_that_is_said(trail):
    settings.ELEARNING_SEAL_FILE.unlink()

    code, said = run()

    assert code == 0
    assert "Tidak ada salinan segel" in said
