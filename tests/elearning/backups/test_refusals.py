"""What a restore refuses, in words, with everything left as it was."""

import io
import json
import tarfile
from base64 import b64decode

import pytest
from django.db import connections

from elearning.backups import archive, disk, envelope, making, manifest
from elearning.backups.refusals import BackupRefused
from elearning.backups.restoring import Wish, restore
from tests.elearning.backups.conftest import NOTHING, everything, files_of
from tests.elearning.backups.test_drill import back_up, bring_back

# A key of no use, closed with 16 rounds; `new_identity` takes as many as fill a second.
QUICKLY_CLOSED = """
YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBldFcwVjlBQTYxTVlwOFJCVEZKbUlRIDQK
Mm5nUFNPUjMyOFZEWDgwd1hFZkp6Q1ROWHFYRytWYS9UZTFFOVBaN2t5awotLS0gTzNmdGxEWk1U
d2Z2YXAyRFJWWm9kUWJHdmwrQnhVekFxM0JVeEFMTUxCZwrbLPTKOplCjoisNUfWiA+jZEyHUSc4
Bq7lZQHgAcJfVWQGCUQdZCG/OKpBsatx/9LEP8Vs/kpTYB1belW2aM+2lpU48jlvAcsa3jhEm2ZC
hZQNEyhTVGDGGWwqaYnwcfGW4/EhcqCUPXsK/g==
"""


@pytest.fixture
def backup(living, tmp_path, now):
    return back_up(living, tmp_path / "backups", now)


def refused(site, path, now, **wish) -> str:
    """Return why a backup is refused, having looked that nothing changed."""
    before = files_of(site)
    with pytest.raises(BackupRefused) as refusal:
        restore(site, Wish(path, **wish), now=now, say=NOTHING)
    assert files_of(site) == before
    return str(refusal.value)


def rewritten(backup, tmp_path, change) -> object:
    """Return a whole archive whose label was changed."""
    path = tmp_path / "changed.tar"
    with (
        backup.path.open("rb") as stream,
        path.open("wb") as file,
        archive.ArchiveWriter(file) as writer,
    ):
        for name, member in archive.members(stream):
            content = member.read()
            if name == manifest.NAME:
                label = json.loads(content)
                change(label)
                content = json.dumps(label).encode()
            writer.add_bytes(name, content)
    return path


def test_a_living_site_is_not_overwritten_without_a_word(living, backup, now):
    before = everything(living)

    assert "--replace" in refused(living, backup.path, now)

    assert everything(living) == before


def test_a_living_site_is_replaced_when_that_is_meant(living, backup, now):
    before = everything(living)
    (living.media / "later").write_bytes(b"later")
    living.signing_key.write_bytes(b"another key")
    connections["living"].cursor().execute("DELETE FROM accounts_tally")

    bring_back(living, backup, now, may_replace=True)

    assert everything(living, besides="site.restored") == before


def test_a_site_that_runs_is_left_alone(empty, backup, now):
    with disk.alone(empty.var / "up.lock", "somebody else"):
        assert "masih berjalan" in refused(empty, backup.path, now)


def test_cut_anywhere_it_is_refused(empty, backup, tmp_path, now):
    content = backup.path.read_bytes()
    cut = tmp_path / "cut.tar"
    with tarfile.open(backup.path) as tar:
        last = tar.getmembers()[-1]
    # Behind the last byte of the last file there are only zeros, as many as fit.
    whole = last.offset_data + last.size
    ends = [*range(0, whole, whole // 20 + 1), whole - 1]
    for end in ends:
        cut.write_bytes(content[:end])
        assert "cadangan" in refused(empty, cut, now).lower()


def test_a_changed_byte_is_found(empty, backup, tmp_path, now):
    content = bytearray(backup.path.read_bytes())
    changed = tmp_path / "changed.tar"
    with tarfile.open(backup.path) as tar:
        places = [
            member.offset_data + member.size // 2 for member in tar if member.size
        ]
    for place in places:
        spoilt = bytearray(content)
        spoilt[place] ^= 1
        changed.write_bytes(spoilt)
        refused(empty, changed, now)


@pytest.mark.parametrize("share", [0.001, 0.3, 0.999])
def test_a_closed_backup_cut_or_changed_is_refused(living, empty, tmp_path, now, share):
    content, public = envelope.new_identity("")
    (tmp_path / "key").write_bytes(content)
    identities = envelope.read_identity(tmp_path / "key", "")
    closed = back_up(
        living, tmp_path / "closed", now, envelope.read_recipients([public])
    ).path
    whole = closed.read_bytes()
    place = int(len(whole) * share)

    closed.write_bytes(whole[:place])
    refused(empty, closed, now, identities=identities)
    spoilt = bytearray(whole)
    spoilt[place] ^= 1
    closed.write_bytes(spoilt)
    refused(empty, closed, now, identities=identities)


def test_a_closed_backup_wants_its_own_key(living, empty, tmp_path, now):
    _content, public = envelope.new_identity("")
    closed = back_up(
        living, tmp_path / "closed", now, envelope.read_recipients([public])
    ).path
    (tmp_path / "other").write_bytes(envelope.new_identity("")[0])
    other = envelope.read_identity(tmp_path / "other", "")

    assert "--identity" in refused(empty, closed, now)
    assert "bukan untuk cadangan ini" in refused(empty, closed, now, identities=other)


def test_a_wrong_passphrase_is_told(tmp_path):
    path = tmp_path / "key"
    path.write_bytes(b64decode(QUICKLY_CLOSED))

    with pytest.raises(BackupRefused, match="salah"):
        envelope.read_identity(path, "yang keliru")
    assert len(envelope.read_identity(path, "yang benar sekali")) == 1


def test_a_foreign_file_is_refused(empty, tmp_path, now):
    foreign = tmp_path / "foto.tar"
    foreign.write_bytes(b"GIF89a" * 5000)
    assert "bukan cadangan Melek ASN" in refused(empty, foreign, now)

    with tarfile.open(foreign, "w") as tar:
        member = tarfile.TarInfo("manifest.json")
        member.size = 2
        tar.addfile(member, io.BytesIO(b"{}"))
    assert "bukan cadangan Melek ASN" in refused(empty, foreign, now)


@pytest.mark.parametrize("name", ["../outside", "/outside", "files/../../outside"])
def test_a_member_that_leads_outside_is_refused(empty, backup, tmp_path, now, name):
    path = tmp_path / "hostile.tar"
    label = backup.path.read_bytes()[512 : 512 + 100_000].split(b"\0")[0]
    with path.open("wb") as file, archive.ArchiveWriter(file) as writer:
        writer.add_bytes(manifest.NAME, label)
        writer.add_bytes(name, b"outside")

    refused(empty, path, now)

    assert not (tmp_path / "outside").exists()


def test_a_newer_backup_is_refused(empty, backup, tmp_path, now):
    def newer_migration(label):
        label["migrations"].append(["courses", "9999_from_the_future"])

    def newer_format(label):
        label["format"] = manifest.FORMAT + 1

    for change in (newer_migration, newer_format):
        path = rewritten(backup, tmp_path, change)
        assert "versi yang lebih baru" in refused(empty, path, now)


def test_the_other_kind_of_database_is_refused(empty, backup, tmp_path, now):
    path = rewritten(
        backup, tmp_path, lambda label: label.update(database="postgresql")
    )

    assert "move_to" in refused(empty, path, now)


def test_rows_that_the_label_does_not_know_are_refused(empty, backup, tmp_path, now):
    path = rewritten(backup, tmp_path, lambda label: label["rows"].update(x=1))

    assert "Jumlah baris tidak cocok: x" in refused(empty, path, now)


def test_a_broken_seal_is_refused(living, empty, tmp_path, now):
    connections["living"].cursor().execute(
        "UPDATE accounts_auditrecord SET actor_id = 4711 WHERE id ="
        " (SELECT min(id) FROM accounts_auditrecord)"
    )
    spoilt = back_up(living, tmp_path / "spoilt", now)

    assert "segel catatan rusak" in refused(empty, spoilt.path, now)


def test_keys_and_site_are_not_mistaken(empty, backup, now):
    assert "berisi kunci, bukan situs" in refused(empty, backup.keys, now)
    assert "bukan berkas kunci" in refused(empty, backup.path, now, keys=backup.path)


def test_a_full_disk_is_found_before_anything_is_written(
    living, empty, backup, now, monkeypatch
):
    small = making.disk.shutil._ntuple_diskusage(10**9, 10**9, 1000)
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda _path: small)

    assert "Ruang di" in refused(empty, backup.path, now)
    with pytest.raises(BackupRefused, match="Ruang di"):
        back_up(living, backup.path.parent, now.replace(hour=5))
    assert making.backups_in(backup.path.parent) == [backup.path]
