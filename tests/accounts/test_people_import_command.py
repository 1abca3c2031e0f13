"""`manage.py import_people`: a dry run unless it is told to apply."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Unit, UnitMembership, User
from tests.accounts.people_sheets import make_row, make_xlsx, nip_of, row_of

TREE = {"unit_kode": "kab", "unit_nama": "Kabupaten", "zona_waktu": "WIT"}


@pytest.fixture
def run(tmp_path):
    """Return a function that runs the command on rows and returns what it printed."""

    def run_on(rows, *options: str) -> str:
        path = tmp_path / "pegawai.xlsx"
        path.write_bytes(make_xlsx(*rows))
        output = StringIO()
        call_command("import_people", str(path), *options, stdout=output, stderr=output)
        return output.getvalue()

    return run_on


def test_without_apply_it_prints_the_counts_and_changes_nothing(run, db):
    printed = run([TREE, make_row(1, unit_kode="kab", unit_nama="")])

    assert "Pegawai baru: 1" in printed
    assert "Unit baru: 1" in printed
    assert "Tambahkan --apply" in printed
    assert not User.objects.exists()


def test_with_apply_it_imports_and_a_second_run_finds_nothing_to_do(run, db):
    rows = [TREE, make_row(1, unit_kode="kab", unit_nama="")]

    assert "Impor selesai." in run(rows, "--apply", "--starts-on", "2026-01-05")
    assert "Tidak ada yang perlu diubah." in run(rows, "--apply")

    person = User.objects.get(nip=nip_of(1))
    assert person.unit == Unit.objects.get(code="kab")
    assert UnitMembership.objects.get(person=person).starts_on.isoformat() == (
        "2026-01-05"
    )


def test_every_refused_row_is_printed_without_its_number(run, world):
    printed = run([make_row(1, nama=""), make_row(2), make_row(3, golongan="X/z")])

    assert "Ditolak: baris 2, nama, NAMA_KOSONG" in printed
    assert "Ditolak: baris 4, golongan, GOLONGAN_TIDAK_DIKENAL" in printed
    assert nip_of(1) not in printed


def test_apply_with_a_refused_row_fails_and_applies_nothing(run, world):
    before = User.objects.count()

    with pytest.raises(CommandError, match="Ada baris yang ditolak") as failed:
        run([make_row(1, nama=""), make_row(2)], "--apply")

    assert failed.value.returncode == 1
    assert User.objects.count() == before


def test_people_who_are_absent_are_deactivated_only_when_asked(run, world, client_of):
    row = row_of(world.people["learner"], nip=nip_of(7), nama="Orang Baru")

    run([row], "--apply")
    assert User.objects.get(pk=world.people["learner"].pk).is_active is True

    absent = ("--apply", "--deactivate-missing")
    with pytest.raises(CommandError, match="mengetik jumlahnya"):
        run([row], *absent)
    assert User.objects.get(pk=world.people["learner"].pk).is_active is True

    printed = run([row], *absent, "--confirm", "1")
    assert "Menjadi tidak aktif di seksi-uji: 1" in printed
    assert "Dinonaktifkan: 1" in printed
    assert User.objects.get(pk=world.people["learner"].pk).is_active is False
    assert User.objects.get(pk=world.outsider.pk).is_active is True


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["tidak-ada.xlsx"], "tidak dapat dibuka"),
        (["pyproject.toml"], "tidak dapat dibaca"),
        (["x.xlsx", "--starts-on", "2999-01-01"], "belum tiba"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(arguments, message, db):
    with pytest.raises(CommandError, match=message):
        call_command("import_people", *arguments)
