"""A site that was restored from an older copy gives no number twice."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from accounts import audit
from accounts.models import AuditRecord
from accounts.seal_witness import witness
from certificates.actions import continue_numbers, issue_certificate
from certificates.exceptions import SiteNotReady
from certificates.issuing_site import SITE_RESTORED, obstacles, restore_problem
from certificates.models import NumberCounter

YEAR = 2026


def continued(last: int, now, year: int = YEAR) -> bool:
    """Say how far the numbers have got."""
    return continue_numbers(issuer="BKPSDM", year=year, last=last, by=None, now=now)


def test_the_next_certificate_goes_on_after_what_people_hold(finished, now):
    assert continued(41, now)

    paper = issue_certificate(enrollment_id=finished.pk, by=None, now=now)

    assert paper.sequence == 42
    record = AuditRecord.objects.get(verb="certificates.numbers.continued")
    assert record.detail == {"year": YEAR, "before": 0, "after": 41, "seals": []}


def test_a_counter_never_goes_back(finished, now):
    continued(41, now)

    assert not continued(41, now)
    assert not continued(7, now)
    assert NumberCounter.objects.get().last == 41


def test_years_are_counted_apart(db, now):
    continued(41, now)
    continued(5, now, year=2027)

    assert dict(NumberCounter.objects.values_list("year", "last")) == {
        2026: 41,
        2027: 5,
    }


def test_the_command_asks_for_the_number(db, monkeypatch, capsys, clock):
    monkeypatch.setattr("builtins.input", lambda _words: " 1234 ")

    call_command("continue_numbers")

    assert "Nomor berikutnya: 1235" in capsys.readouterr().out
    assert NumberCounter.objects.get().last == 1234


@pytest.mark.parametrize("typed", ["", "12/800.2.4/BKPSDM/XI/2026", "-3"])
def test_what_is_no_number_changes_nothing(db, monkeypatch, typed):
    monkeypatch.setattr("builtins.input", lambda _words: typed)

    with pytest.raises(CommandError):
        call_command("continue_numbers")

    assert not NumberCounter.objects.exists()


@pytest.fixture
def restored(finished, now, settings, tmp_path):
    """A database that is older than the seals beside it."""
    settings.ELEARNING_SEAL_FILE = tmp_path / "audit-seals"
    audit.seal(now=now + timedelta(hours=1))
    witness(settings.ELEARNING_SEAL_FILE)
    with settings.ELEARNING_SEAL_FILE.open("a") as file:
        file.write(f"900-950 {'a' * 64}\n")


def test_a_restored_site_issues_nothing_before_it_was_told(restored, finished, now):
    assert "restored" in [one.code for one in obstacles(now=now)]
    with pytest.raises(SiteNotReady, match="restored"):
        issue_certificate(enrollment_id=finished.pk, by=None, now=now)

    continued(41, now)

    assert restore_problem() == ""
    paper = issue_certificate(enrollment_id=finished.pk, by=None, now=now)
    assert paper.sequence == 42


def test_further_seals_do_not_cover_a_restore_up(restored, now, settings):
    audit.record("tests.thing.done", None, by=None, now=now + timedelta(hours=1))
    audit.seal(now=now + timedelta(hours=2))
    witness(settings.ELEARNING_SEAL_FILE)

    assert "restored" in [one.code for one in obstacles(now=now)]


def test_a_site_that_was_not_restored_is_asked_nothing(db, settings):
    settings.ELEARNING_SEAL_FILE.unlink(missing_ok=True)

    assert restore_problem() == ""


def test_a_site_made_from_a_backup_issues_nothing_before_it_was_told(finished, now):
    audit.record_in("default", SITE_RESTORED, now=now, numbers=[])

    assert "restored" in [one.code for one in obstacles(now=now)]
    with pytest.raises(SiteNotReady, match="restored"):
        issue_certificate(enrollment_id=finished.pk, by=None, now=now)

    continued(41, now)
    assert restore_problem() == ""
    paper = issue_certificate(enrollment_id=finished.pk, by=None, now=now)
    assert paper.sequence == 42


def test_restored_once_more_it_asks_once_more(db, now):
    audit.record_in("default", SITE_RESTORED, now=now)
    continued(41, now)
    audit.record_in("default", SITE_RESTORED, now=now)

    assert restore_problem()
