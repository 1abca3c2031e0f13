"""Two imports at once: one is carried out, the other is told that data changed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.actions.importing import ImportResult, apply_import
from accounts.models import AuditRecord, User
from accounts.people_import.findings import ImportRefused
from accounts.people_import.planning import plan_import
from tests.accounts.people_sheets import OPTIONS, apply, make_row, make_sheet

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def confirm_at_once(*sheets, by, now) -> list[str]:
    """Confirm every sheet at the same moment; return "done" or the code of each."""
    digests = [plan_import(sheet, options=OPTIONS, by=by).digest for sheet in sheets]
    together = Barrier(len(sheets))

    def confirm(sheet, digest) -> str:
        try:
            together.wait(10)
            apply_import(sheet=sheet, options=OPTIONS, confirmed=digest, by=by, now=now)
        except ImportRefused as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(sheets)) as threads:
        return sorted(threads.map(confirm, sheets, digests))


def test_the_same_new_people_are_taken_in_once(world, now):
    sheet = make_sheet(*(make_row(number) for number in range(20)))

    answers = confirm_at_once(sheet, sheet, by=None, now=now)

    assert answers == ["DATA_BERUBAH", "done"]
    assert AuditRecord.objects.filter(verb="accounts.import.applied").count() == 1


def test_the_same_changes_are_made_once(world, now):
    rows = [make_row(number) for number in range(20)]
    assert isinstance(apply(*rows, by=None, now=now), ImportResult)
    forwards = make_sheet(*({**row, "jabatan": "Analis"} for row in rows))
    backwards = make_sheet(*({**row, "jabatan": "Arsiparis"} for row in reversed(rows)))

    answers = confirm_at_once(forwards, backwards, by=None, now=now)

    assert answers == ["DATA_BERUBAH", "done"]
    written = User.objects.filter(jabatan__in=["Analis", "Arsiparis"])
    assert written.count() == 20
    assert written.values("jabatan").distinct().count() == 1
