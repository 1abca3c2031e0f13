"""The commands as an operator calls them: words, codes, what lies where afterwards."""

import json
import shutil
import subprocess
import sys
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from elearning import tasks
from elearning.backups import disk, envelope, making
from elearning.backups.refusals import BackupRefused
from elearning.checks import check_no_restore_was_interrupted
from elearning.management.commands import backup as backup_command
from tests.e2e.running import embedded_environment
from tests.elearning.backups.test_drill import back_up
from tests.sources import ROOT


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def here(living, monkeypatch):
    """Let the command back up the living site of the drill."""
    monkeypatch.setattr(backup_command, "this_site", lambda: living)
    return living


def test_a_backup_says_where_it_lies_and_that_it_is_open(here, tmp_path):
    said = run("backup", str(tmp_path / "b"))

    (path,) = making.backups_in(tmp_path / "b")
    assert str(path) in said
    assert str(making.keys_of(path)) in said
    assert "Tidak disandikan" in said


def test_a_closed_backup_warns_of_nothing(here, tmp_path):
    _content, public = envelope.new_identity("")

    assert "Tidak disandikan" not in run(
        "backup", str(tmp_path / "b"), "--recipient", public
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Sebut foldernya"),
        (("b", "--recipient", "age1nonsense"), "diawali age1"),
        (("b", "--keep", "0"), "paling sedikit 1"),
    ],
)
def test_a_wrong_call_is_refused_with_the_remedy(
    here, arguments, words, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match=words) as refusal:
        run("backup", *arguments)

    assert refusal.value.returncode == 2
    assert not list(tmp_path.glob("b/*.tar*"))


def test_a_folder_that_cannot_be_written_is_told(here, tmp_path):
    (tmp_path / "b").write_text("a file")

    with pytest.raises(CommandError, match="Cadangan gagal") as failure:
        run("backup", str(tmp_path / "b"))

    assert failure.value.returncode == 1


def test_two_backups_at_once_are_one(living, tmp_path, now):
    with (
        disk.alone(living.var / "backup.lock", "x"),
        pytest.raises(BackupRefused, match="sedang dibuat"),
    ):
        back_up(living, tmp_path / "b", now)


def test_only_the_newest_are_kept_with_their_keys(living, tmp_path, now):
    folder = tmp_path / "b"
    (folder / "keys").mkdir(parents=True)
    (folder / "catatan.txt").write_text("of somebody else")
    made = [back_up(living, folder, now + timedelta(days=day)) for day in range(4)]

    assert making.backups_in(folder) == [one.path for one in reversed(made[1:])]
    assert sorted((folder / "keys").iterdir()) == [one.keys for one in made[1:]]
    assert (folder / "catatan.txt").exists()


def test_what_a_killed_backup_left_is_swept(living, tmp_path, now):
    folder = tmp_path / "b"
    folder.mkdir()
    (folder / ".melek-20260101T000000Z.tar.part").write_bytes(b"half")
    (living.var / "backup-work").mkdir()
    (living.var / "backup-work" / "database.sqlite3").write_bytes(b"half")

    back_up(living, folder, now)

    assert not list(folder.glob(".*"))
    assert not (living.var / "backup-work").exists()


def test_the_age_of_the_last_backup_can_be_asked(here, tmp_path, clock, now):
    with pytest.raises(CommandError, match="Belum pernah ada"):
        run("backup", "--check-age", "26")
    run("backup", str(tmp_path / "b"))

    clock.move_to(now + timedelta(hours=25))
    assert "25.0 jam yang lalu" in run("backup", "--check-age", "26")
    clock.move_to(now + timedelta(hours=27))
    with pytest.raises(CommandError, match="Periksa beat"):
        run("backup", "--check-age", "26")


def test_the_nightly_backup_goes_where_the_settings_say(here, tmp_path, settings):
    tasks.make_nightly_backup()
    settings.ELEARNING_BACKUP_FOLDER = str(tmp_path / "nightly")
    tasks.make_nightly_backup()

    assert len(making.backups_in(tmp_path / "nightly")) == 1
    assert tasks.make_nightly_backup.acks_late is False


def test_readyz_tells_the_age_of_the_last_backup(client, db, settings, tmp_path, clock):
    settings.ELEARNING_VAR = tmp_path
    assert "backup_age_hours" not in client.get("/readyz").json()

    settings.ELEARNING_BACKUP_FOLDER = str(tmp_path)
    assert client.get("/readyz").json()["backup_age_hours"] is None
    made_at = timezone.now() - timedelta(hours=5)
    (tmp_path / "last-backup.json").write_text(
        json.dumps({"made_at": made_at.isoformat(), "path": "x"})
    )
    answer = client.get("/readyz")
    assert answer.json()["backup_age_hours"] == 5
    assert answer.status_code == 200


def manage(var, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Call a command as an operator does, in a process of its own."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=embedded_environment(var),
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_operator_restores_from_the_shell(living, tmp_path, now):
    """The whole way in processes of their own: refused, restored, told what is next."""
    backup = back_up(living, tmp_path / "b", now)
    var = tmp_path / "fresh"
    shutil.copy(backup.path, tmp_path / "cut.tar")
    with (tmp_path / "cut.tar").open("r+b") as file:
        file.truncate(backup.bytes // 2)

    cut = manage(var, "restore", str(tmp_path / "cut.tar"))
    assert (cut.returncode, "terpotong" in cut.stderr) == (2, True)
    assert "Traceback" not in cut.stderr

    done = manage(
        var, "restore", str(backup.path), f"--keys={backup.keys}", "--no-verify"
    )
    assert done.returncode == 0, done.stderr
    assert "continue_numbers" in done.stdout
    assert (var / "secret-key").read_text() == living.secret
    assert (var / "signing-key.pem").read_bytes() == b"a signing key"

    again = manage(var, "restore", str(backup.path))
    assert (again.returncode, "--replace" in again.stderr) == (2, True)
    assert "Tidak ada pemulihan" in manage(var, "restore", "--undo").stdout


def test_a_site_whose_restore_was_interrupted_does_not_start(settings, tmp_path):
    settings.ELEARNING_VAR = tmp_path
    assert check_no_restore_was_interrupted() == []

    (tmp_path / "restore-under-way").write_text("[]")

    (problem,) = check_no_restore_was_interrupted()
    assert (problem.id, "--undo" in problem.hint) == ("elearning.E007", True)
