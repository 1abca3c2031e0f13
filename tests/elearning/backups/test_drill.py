"""The restore drill: everything that a site holds comes back, on both databases."""

import sqlite3
from contextlib import closing

import pytest
from django.db import connections

from accounts import audit
from elearning.backups import envelope, facts, making
from elearning.backups.making import keys_of, make_backup
from elearning.backups.restoring import Wish, restore
from lib.extra_database import extra_database
from tests.elearning.backups.conftest import NOTHING, everything, sequences, site_at

RESTORED = "elearning.site.restored"


def back_up(site, folder, now, recipients=()):
    return make_backup(
        site, folder, recipients=recipients, keep=3, now=now, say=NOTHING
    )


def bring_back(site, backup, now, **wish):
    wanted = Wish(backup.path, keys=backup.keys, **wish)
    return restore(site, wanted, now=now, say=NOTHING)


def test_no_table_is_left_out_of_the_drill(living):
    counts = facts.row_counts(facts.asker("living"), "sqlite")

    assert len(counts) > 70
    assert [name for name, rows in counts.items() if not rows] == []


def test_a_site_on_sqlite_comes_back_whole(living, empty, tmp_path, now):
    backup = back_up(living, tmp_path / "backups", now)

    done = bring_back(empty, backup, now)

    assert everything(empty, besides=RESTORED) == everything(living)
    counters = sequences("living")
    counters["accounts_auditrecord"] += 1
    assert sequences("empty") == counters
    assert done.has_keys
    assert done.files == 3
    assert audit.broken_seals(using="empty") == []


def test_a_restored_site_says_so_in_its_trail(living, empty, tmp_path, now):
    bring_back(empty, back_up(living, tmp_path / "backups", now), now)

    sql = f"SELECT count(*) FROM accounts_auditrecord WHERE verb = '{RESTORED}'"
    assert facts.asker("empty")(sql)[0][0] == 1


def test_what_was_written_during_the_backup_does_not_tear_it(living, empty, now):
    """A row and its file that come after the copy: neither harms the other."""
    folder = living.var.parent / "backups"

    def write(words):
        if words.startswith("Menulis"):
            with closing(sqlite3.connect(living.var / "melek.sqlite3")) as other:
                other.execute("DELETE FROM certificates_certificatework")
                other.commit()
            (living.media / "baru").write_bytes(b"baru")

    before = everything(living)
    backup = make_backup(living, folder, recipients=(), keep=1, now=now, say=write)
    bring_back(empty, backup, now)

    assert everything(empty, besides=RESTORED) == before | {"media/baru": b"baru"}


def test_a_closed_backup_opens_for_its_key_alone(living, empty, tmp_path, now):
    content, public = envelope.new_identity("kata sandi yang panjang")
    key = tmp_path / "key"
    key.write_bytes(content)
    recipients = envelope.read_recipients([public])

    backup = back_up(living, tmp_path / "backups", now, recipients)

    for path in (backup.path, backup.keys):
        assert path.name.endswith(".tar.age")
        assert b"signing key" not in path.read_bytes()
        assert b"SQLite" not in path.read_bytes()
    identities = envelope.read_identity(key, "kata sandi yang panjang")
    bring_back(empty, backup, now, identities=identities)
    assert everything(empty, besides=RESTORED) == everything(living)


@pytest.mark.postgres
def test_a_site_on_postgresql_comes_back_whole(
    living_on_postgres, tmp_path, scratch_database, now
):
    backup = back_up(living_on_postgres, tmp_path / "backups", now)
    connections["moved"].close()

    with extra_database("other", scratch_database("other")):
        site = site_at(tmp_path / "other", "other")
        bring_back(site, backup, now)
        found = everything(site, besides=RESTORED)
        # Twice, since the schema of a restored site is another than the first.
        again = back_up(site, tmp_path / "again", now)
        bring_back(site, again, now, may_replace=True)
        found_again = everything(site, besides=RESTORED)
        broken = audit.broken_seals(using="other")

    assert found == everything(living_on_postgres)
    assert found_again == found | {"secret-key": b"secret of other"}
    assert broken == []


def test_backups_and_keys_are_for_their_owner_alone(living, tmp_path, now):
    backup = back_up(living, tmp_path / "backups", now)

    for path in (backup.path, backup.keys):
        assert path.stat().st_mode & 0o077 == 0
    assert backup.keys.parent != backup.path.parent
    assert backup.keys == keys_of(backup.path)
    assert making.last_backup(living)["path"] == str(backup.path)
