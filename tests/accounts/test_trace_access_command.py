"""`manage.py trace_access`: whose data, what, when."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditRecord

DAYS = ("--since", "2026-11-20", "--until", "2026-11-21")


@pytest.fixture
def typed(monkeypatch):
    """Type a number at the prompt."""

    def type_number(number):
        monkeypatch.setattr("builtins.input", lambda _asked: number)

    return type_number


def trace(*words):
    """Return what the command says."""
    out = StringIO()
    call_command("trace_access", *DAYS, *words, stdout=out)
    return out.getvalue()


def test_it_tells_whose_data_an_account_saw_and_writes_them_down(
    world, learner, client_as, typed, tmp_path, clock, now
):
    hr = world.people["hr"]
    client_as("hr").get(f"/sdm/pegawai/{learner.key}/")
    clock.move_to(now + timedelta(days=3))
    client_as("hr").get(f"/sdm/pegawai/{world.people['author'].key}/")
    typed(hr.nip)
    there = tmp_path / "terdampak.csv"

    said = trace("--to", str(there))

    assert "1 accounts.person.viewed" in said
    assert "tentang 1 orang lain" in said
    listed = there.read_text()
    assert f"Sari Percobaan;{learner.nip}" in listed
    assert "Author" not in listed
    assert there.stat().st_mode & 0o077 == 0
    traced = AuditRecord.objects.get(verb="accounts.access.traced")
    assert (traced.actor_id, traced.subject_id) == (None, hr.pk)


def test_a_number_that_is_nobodys_is_said_to_be(world, typed):
    typed("199001172015041901")

    with pytest.raises(CommandError, match="Tidak ada akun"):
        trace()
