"""The pages: upload, preview, confirm, result; and who may see whose file."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditRecord, Unit, User
from accounts.people_import.uploads import FILES
from accounts.views import importing
from lib.spreadsheets import read_table
from tests.accounts.people_sheets import (
    ALL,
    make_row,
    make_xlsx,
    nip_of,
    row_of,
    with_cell,
)
from tests.factories import make_person, make_unit
from tests.queries import count_queries

START = reverse("accounts:people_import")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def client(client_as):
    """The HR person of the office, signed in."""
    return client_as("hr")


def send(client, *rows, content: bytes | None = None, name="pegawai.xlsx", **over):
    """Upload rows; return the answer."""
    file = SimpleUploadedFile(name, make_xlsx(*rows) if content is None else content)
    return client.post(START, {"file": file, "starts_on": "2026-11-21", **over})


def upload(client, *rows, **over) -> str:
    """Upload rows; return the address of the preview."""
    answer = send(client, *rows, **over)
    assert answer.status_code == 302
    return answer.url


def confirm(client, preview: str, **typed: str):
    """Press the button of the preview; return the answer."""
    page = client.get(preview).content.decode()
    digest = re.search(r'name="digest" value="([0-9a-f]+)"', page)
    assert digest
    return client.post(f"{preview}terapkan/", {"digest": digest[1], **typed})


def confirm_with(client, preview: str):
    """Say that a row is left out, whatever the page offers; return the answer."""
    plan = client.get(preview).context["page"].plan
    answer = {"digest": plan.digest, "tanpa": "1", "jumlah": plan.number_to_confirm}
    return client.post(f"{preview}terapkan/", answer)


def waiting() -> list[str]:
    """Return the names of the waiting files."""
    if not default_storage.exists(FILES.folder):
        return []
    return default_storage.listdir(FILES.folder)[1]


@pytest.fixture(autouse=True)
def no_files():
    """Begin and end without waiting files."""
    for name in waiting():
        default_storage.delete(f"{FILES.folder}/{name}")
    yield
    for name in waiting():
        default_storage.delete(f"{FILES.folder}/{name}")


# --- the way through ---------------------------------------------------------------
def test_upload_preview_confirm_and_result(client):
    preview = upload(client, make_row(1, email_dinas="a@contoh.example"), make_row(2))
    page = client.get(preview).content.decode()

    assert "Semua baris dapat diterapkan." in page
    assert "Pegawai baru" in page
    assert not User.objects.filter(nip=nip_of(1)).exists()

    answer = confirm(client, preview)

    assert answer.url == f"{preview}hasil/"
    result = client.get(answer.url).content.decode()
    assert "Impor selesai." in result
    assert "1 pegawai baru belum punya surel dinas" in result
    assert User.objects.filter(nip__in=[nip_of(1), nip_of(2)]).count() == 2
    assert waiting() == []


def test_a_second_press_and_the_way_back_lead_to_the_result(client):
    preview = upload(client, make_row(1))
    result = confirm(client, preview).url

    assert client.post(f"{preview}terapkan/", {"digest": "x"}).url == result
    assert client.get(preview).url == result
    assert AuditRecord.objects.filter(verb="accounts.import.applied").count() == 1


def test_refused_rows_are_shown_and_nothing_can_be_applied(client):
    preview = upload(client, make_row(1, nip=nip_of(1)[:-1]), make_row(2))
    page = client.get(preview).content.decode()

    assert "1 baris ditolak." in page
    assert "atau terapkan baris lain tanpa baris ini" in page
    assert "Baru 17 angka." in page

    answer = client.post(f"{preview}terapkan/", {"digest": "x"}, follow=True)

    assert "jadi tidak ada yang diterapkan" in answer.content.decode()

    alone = client.get(upload(client, make_row(1, nip=nip_of(1)[:-1]))).content.decode()

    assert "Tidak ada yang diterapkan sampai semua baris benar." in alone
    assert "terapkan/" not in alone
    assert not User.objects.filter(nip=nip_of(2)).exists()


def test_the_list_of_repairs_can_be_downloaded(client):
    preview = upload(client, make_row(1, nama=""), make_row(2))

    answer = client.get(f"{preview}perbaikan/")

    assert answer["Content-Type"] == XLSX
    assert "perbaikan-impor.xlsx" in answer["Content-Disposition"]
    assert AuditRecord.objects.filter(verb="accounts.findings.downloaded").count() == 1
    table = read_table(BytesIO(b"".join(answer.streaming_content)), "x.xlsx")
    assert [row.cells[:7] for row in table.rows] == [
        ("2", "nama", "", nip_of(1), "", "ditolak", "NAMA_KOSONG")
    ]


def test_data_that_change_after_the_preview_are_shown_again(client, world, now):
    preview = upload(client, row_of(world.people["learner"], jabatan="Analis"))
    client.get(preview)
    world.people["learner"].name = "Nama Baru"
    world.people["learner"].save(update_fields=["name"])

    page = client.get(preview)
    digest = re.search(r'value="([0-9a-f]{64})"', page.content.decode())
    assert digest
    world.people["learner"].name = "Nama Lain"
    world.people["learner"].save(update_fields=["name"])
    answer = client.post(f"{preview}terapkan/", {"digest": digest[1]}, follow=True)

    assert "Data berubah sejak pratinjau" in answer.content.decode()
    assert answer.redirect_chain[-1][0] == preview


def test_a_file_that_changes_nothing_says_so(client, world):
    preview = upload(client, row_of(world.people["learner"]))
    page = client.get(preview).content.decode()

    assert "Tidak ada yang berubah." in page
    assert "terapkan/" not in page


def test_absence_is_unticked_and_shown_before_it_counts(client, world):
    assert "checked" not in client.get(START).content.decode()
    preview = upload(client, make_row(), deactivate_missing="on")

    page = client.get(f"{preview}?bagian=tidak-ada").content.decode()
    reach = User.objects.visible_to(world.people["hr"], "accounts.import_people")
    assert f"1 dari {reach.active().count()} pegawai aktif menjadi tidak aktif" in page
    assert "Sari Percobaan" in page

    confirm(client, preview, jumlah="1")
    world.people["learner"].refresh_from_db()
    assert world.people["learner"].is_active is False


@pytest.mark.parametrize(
    "typed", [{}, {"jumlah": ""}, {"jumlah": "2"}, {"jumlah": "x"}]
)
def test_without_the_number_the_preview_is_shown_again(client, world, typed):
    preview = upload(client, make_row(), deactivate_missing="on")

    answer = confirm(client, preview, **typed)

    assert answer.url == preview
    assert "mengetik jumlahnya" in client.get(preview).content.decode()
    world.people["learner"].refresh_from_db()
    assert world.people["learner"].is_active is True


def test_a_lookup_that_failed_is_refused_by_row_and_column(client, world, now):
    person = make_person(
        unit=world.section, now=now, golongan="III/a", jabatan="Analis"
    )
    content = make_xlsx(row_of(person, golongan="x"))
    at = ALL.index("golongan")
    error = 't="e"><f>VLOOKUP(A2,Z:Z,1)</f><v>#N/A</v>'

    preview = upload(client, content=with_cell(content, f"{chr(65 + at)}2", error))

    page = client.get(preview).content.decode()
    assert "1 baris ditolak" in page
    assert "galat Excel (#N/A)" in page
    assert "Semua baris dapat diterapkan" not in page


def test_numbers_of_before_are_shown_and_told(client, world):
    person = world.people["learner"]
    changed = row_of(person, nip=nip_of(5), nip_lama=person.nip)
    former = row_of(world.people["hr"], nip_lama="131234567")
    preview = upload(client, changed, former)

    numbers = client.get(f"{preview}?bagian=ganti-nip").content.decode()
    history = client.get(f"{preview}?bagian=riwayat-nip").content.decode()
    result = client.get(confirm(client, preview, jumlah="1").url).content.decode()

    assert "1 pegawai berganti NIP dan masuk dengan NIP baru" in numbers
    assert "131234567" in history
    assert "mulai sekarang masuk dengan NIP baru" in result
    person.refresh_from_db()
    assert person.nip == nip_of(5)


def test_empty_cells_are_told_and_empty_only_what_was_picked(client, world, now):
    person = make_person(
        unit=world.section, now=now, golongan="III/a", jabatan="Analis"
    )

    kept = client.get(upload(client, row_of(person))).content.decode()
    preview = upload(client, row_of(person), cleared=["jabatan"])
    picked = client.get(preview).content.decode()
    confirm(client, preview)

    assert "Golongan: 1 orang tetap." in kept
    assert "Tidak ada yang berubah." in kept
    assert "Jabatan: Analis → (kosong)" in picked
    person.refresh_from_db()
    assert (person.golongan, person.jabatan) == ("III/a", "")


def test_every_section_shows_its_rows(client, world, now):
    make_unit(name="Bidang", now=now, parent=world.office)
    preview = upload(
        client,
        make_row(1, unit_kode="baru", unit_nama="Unit Baru", unit_induk_kode="bidang"),
        row_of(
            world.people["learner"],
            golongan="III/c",
            unit_kode="bidang",
            unit_nama="Bidang",
            aktif="tidak",
            tmt_jabatan="01-03-2024",
        ),
        make_row(2, jenis_kelamin="L"),
    )

    for section, text in (
        ("unit", "Unit baru di bawah Bidang"),
        ("baru", "Budi Contoh"),
        ("berubah", "Golongan: (kosong) → III/c"),
        ("berubah", "TMT jabatan: (kosong) → 1 Mar 2024"),
        ("pindah", "Seksi Uji"),
        ("status", "Dinonaktifkan"),
        ("periksa", "NIP_TIDAK_COCOK_DATA"),
        ("tidak-dikenal", "NIP_TIDAK_COCOK_DATA"),
    ):
        assert text in client.get(f"{preview}?bagian={section}").content.decode()


def test_long_sections_have_pages(client):
    preview = upload(client, *(make_row(number) for number in range(60)))

    assert "Halaman 1 dari 2" in client.get(preview).content.decode()
    second = client.get(f"{preview}?bagian=baru&halaman=2").content.decode()
    assert "Halaman 2 dari 2" in second


def test_names_from_the_file_are_shown_as_text(client):
    row = make_row(1, nama="<script>alert(1)</script>")
    preview = upload(client, row, name="<b>.xlsx")

    page = client.get(preview).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "<b>.xlsx" not in page
    assert "&lt;b&gt;.xlsx" in page


def test_unknown_columns_are_named(client):
    content = make_xlsx(
        {**make_row(1), "no_hp": "0812"}, columns=(*make_row(), "no_hp")
    )
    preview = upload(client, content=content)

    assert "diabaikan: no_hp." in client.get(preview).content.decode()


def test_the_preview_costs_the_same_queries_for_three_and_thirty_rows(client):
    few = upload(client, *(make_row(number) for number in range(3)))
    many = upload(client, *(make_row(number) for number in range(30)))

    assert count_queries(client, many) == count_queries(client, few)


# --- columns of one's own, and rows that are left out ------------------------
OWN = (
    b"Nomor;Orang;Macam;Sandi;Kantor\r\n"
    + "\r\n".join(
        f"{nip_of(number)};Budi Contoh {number};PNS;seksi-uji;Seksi Uji"
        for number in (1, 2)
    ).encode()
)
ROLES = ("nip", "nama", "status_kepegawaian", "unit_kode", "unit_nama")


def name_columns(client, address: str, roles=ROLES):
    """Say what the columns of the sheet are; return the answer."""
    return client.post(address, {f"kolom-{at}": role for at, role in enumerate(roles)})


def test_own_titles_are_asked_for_once_an_agency(client, client_as):
    preview = upload(client, content=OWN, name="x.csv")
    columns = client.get(preview)
    page = client.get(columns.url).content.decode()

    assert columns.url == f"{preview}kolom/"
    assert "Budi Contoh 1" in page
    assert "Kode unit: <strong>belum dipilih</strong>" in page
    refused = name_columns(client, columns.url, roles=("nip", "nama", "", "", ""))
    assert "Kolom yang wajib belum ada" in refused.content.decode()
    assert name_columns(client, columns.url).url == preview
    assert client.get(preview).status_code == 200

    another = client_as("admin")
    next_month = upload(another, content=OWN.upper(), name="y.csv")
    assert another.get(next_month).status_code == 200


def test_another_row_of_titles_is_guessed_anew(client):
    content = b"a;b;c;d;e\r\n" + b";".join(role.encode() for role in ROLES)
    content += b"\r\n" + OWN.split(b"\r\n")[1]
    preview = upload(client, content=OWN, name="x.csv")
    address = f"{preview}kolom/"

    assert client.post(address, {"judul": "2"}).url == address
    assert 'value="2" selected' in client.get(address).content.decode()


def test_good_rows_are_applied_without_the_bad_ones_when_that_is_ticked(client):
    bad = make_row(2, golongan="V/z", unit_kode="tidak-perlu", unit_nama="X")
    preview = upload(client, make_row(1), bad, make_row(3, nama="Dewi Misal"))
    page = client.get(preview).content.decode()

    assert "Tinggalkan 1 baris yang ditolak" in page
    assert confirm(client, preview).url == preview
    assert not User.objects.filter(nip=nip_of(1)).exists()
    assert confirm(client, preview, tanpa="1").url == f"{preview}hasil/"
    assert User.objects.filter(nip__in=[nip_of(1), nip_of(3)]).count() == 2
    assert not User.objects.filter(nip=nip_of(2)).exists()
    assert not Unit.objects.filter(code="tidak-perlu").exists()
    assert (
        "1 baris yang ditolak ditinggalkan"
        in client.get(f"{preview}hasil/").content.decode()
    )


def test_no_row_is_left_out_where_absence_means_leaving(client):
    bad = make_row(2, golongan="V/z")
    preview = upload(client, make_row(1), bad, deactivate_missing="on")

    assert "Tinggalkan" not in client.get(preview).content.decode()
    assert confirm_with(client, preview).url == preview


# --- what is refused at the door ---------------------------------------------------
@pytest.mark.parametrize(
    ("over", "message"),
    [
        ({"content": b"nip;nama\r\n1;x", "name": "x.csv"}, "Kolom yang wajib belum"),
        ({"content": b"PK", "name": "x.xlsx"}, "bukan XLSX"),
        ({"content": b"nip", "name": "x.pdf"}, "tidak dapat dibaca"),
        ({"content": b"", "name": "x.csv"}, "Berkas ini kosong."),
        ({"starts_on": "2026-11-22"}, "Tanggal ini belum tiba."),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_at_once(client, over, message):
    answer = send(client, make_row(1), **over)

    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert waiting() == []


def test_a_form_without_a_file_asks_for_one(client):
    answer = client.post(START, {"starts_on": "2026-11-21"})

    assert "Pilih berkas lebih dahulu." in answer.content.decode()


def test_a_file_of_more_than_twenty_megabytes_is_refused_unread(client):
    answer = send(client, content=b"x" * 20_000_001, name="x.csv")

    assert "Ukuran paling besar 20 MB" in answer.content.decode()


def test_the_template_can_be_downloaded(client):
    answer = client.get(reverse("accounts:people_import_template"))

    assert answer["Content-Type"] == XLSX
    assert b"".join(answer.streaming_content).startswith(b"PK")


# --- whose file it is --------------------------------------------------------------
def test_the_name_of_a_waiting_file_cannot_be_guessed(client, world):
    key = upload(client, make_row(1)).rstrip("/").rpartition("/")[2]

    (name,) = waiting()
    assert len(key) >= 32
    assert key in name
    assert world.people["hr"].key.hex in name


@pytest.mark.parametrize("suffix", ["", "hasil/", "perbaikan/"])
def test_somebody_elses_file_is_not_found(client, client_as, client_of, world, suffix):
    preview = upload(client, make_row(1))
    again = client_of(world.people["hr"])

    assert client_as("admin").get(f"{preview}{suffix}").status_code == 404
    # Her draft is hers in another browser, too, and after her session has ended.
    assert again.get(f"{preview}{suffix}").status_code in {200, 302}
    assert client.get(f"{START}tidak-ada/{suffix}").status_code == 404


@pytest.mark.parametrize("verb", ["terapkan/", "batal/"])
def test_nobody_else_can_apply_or_drop_a_file(client, client_as, verb):
    preview = upload(client, make_row(1))

    assert client_as("admin").post(f"{preview}{verb}").status_code == 404
    assert len(waiting()) == 1
    assert client.get(f"{preview}{verb}").status_code == 405


@pytest.mark.parametrize("role", ["learner", "author", "reviewer"])
def test_others_than_hr_and_admin_may_not_import(client_as, role):
    client = client_as(role)

    for name in ("people_import", "people_import_template"):
        assert client.get(reverse(f"accounts:{name}")).status_code == 403
    assert client.post(START).status_code == 403
    assert client.get(f"{START}x/").status_code == 403


def test_anonymous_people_are_asked_to_sign_in(client_as):
    answer = client_as("anonymous").get(START)

    assert answer.status_code == 302
    assert "masuk" in answer.url


def test_hr_of_the_office_cannot_reach_another_agency(client, world):
    preview = upload(client, row_of(world.outsider, nama="Nama Lain", jabatan="Kepala"))
    page = client.get(preview).content.decode()

    assert "DI_LUAR_UNIT" in page
    assert world.outsider.name not in page


# --- how long it waits -------------------------------------------------------------
def test_a_file_can_be_dropped(client):
    preview = upload(client, make_row(1))

    answer = client.post(f"{preview}batal/", follow=True)

    assert "Tidak ada yang diubah." in answer.content.decode()
    assert waiting() == []
    assert client.get(preview).status_code == 404


def test_a_file_waits_for_a_day_and_no_longer(client, clock, now):
    preview = upload(client, make_row(1))

    clock.move_to(now + timedelta(hours=23, minutes=59))
    assert FILES.sweep(now=now + timedelta(hours=23, minutes=59)) == 0
    assert client.get(preview).status_code == 200

    clock.move_to(now + timedelta(hours=24))
    assert FILES.sweep(now=now + timedelta(hours=24)) == 1
    answer = client.get(preview, follow=True)
    assert "sudah dihapus karena lebih dari 24 jam" in answer.content.decode()


def test_a_file_that_can_no_longer_be_read_is_asked_for_again(client, monkeypatch):
    preview = upload(client, make_row(1), make_row(2))
    monkeypatch.setattr(importing, "MAX_ROWS", 1)

    for answer in (
        client.get(preview),
        client.get(f"{preview}perbaikan/"),
        client.post(f"{preview}terapkan/", {"digest": "x"}),
    ):
        assert answer.url == START
    assert "lebih dari 1 baris" in client.get(START).content.decode()
    assert not User.objects.filter(nip=nip_of(1)).exists()


def test_a_new_upload_sweeps_what_others_left(client, client_as, clock, now):
    upload(client_as("admin"), make_row(1))
    (left,) = waiting()
    clock.move_to(now + timedelta(days=2))

    upload(client, make_row(2), starts_on="2026-11-21")

    assert left not in waiting()
    assert len(waiting()) == 1


def test_no_more_than_three_files_wait_for_a_person(client):
    first, *_others = (upload(client, make_row(number)) for number in range(4))

    assert len(waiting()) == 3
    assert client.get(first).status_code == 404
