"""Large sheets: read by a worker, kept as a draft, applied in short transactions."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.actions import applying_drafts, people_drafts
from accounts.models import AuditRecord, PeopleDraft, Unit, User
from accounts.people_import.drafts import Upload
from accounts.people_import.uploads import FILES
from accounts.views import importing
from lib import transactions
from tests.accounts.office_sheets import people, sheet
from tests.accounts.people_sheets import make_row, make_xlsx, nip_of

START = reverse("accounts:people_import")
State = PeopleDraft.State
LOST = timedelta(minutes=4)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    """Let four rows be many."""
    monkeypatch.setattr(importing, "MAX_ROWS", 3)
    monkeypatch.setattr(applying_drafts, "ROWS_AT_ONCE", 2)
    monkeypatch.setattr(transactions, "TURN_OF_OTHERS", 0)


@pytest.fixture
def client(client_as):
    """The HR person of the office, signed in."""
    return client_as("hr")


def send(client, *rows) -> PeopleDraft:
    """Upload rows that are too many for a request; return the draft."""
    file = SimpleUploadedFile("pegawai.xlsx", make_xlsx(*rows))
    answer = client.post(START, {"file": file, "starts_on": "2026-11-21"})
    assert answer.status_code == 302
    return PeopleDraft.objects.latest("pk")


def rows_of(*numbers, **over) -> list[dict[str, str]]:
    """Return people of one new unit of the office."""
    over = {"unit_kode": "bidang-besar", "unit_nama": "Bidang Besar", **over}
    names = ("Budi Satu", "Citra Dua", "Dewi Tiga", "Eko Empat", "Fitri Lima")
    return [
        make_row(n, nama=names[n % 5], unit_induk_kode="dinas-percobaan", **over)
        for n in numbers
    ]


def page_of(draft) -> str:
    return reverse("accounts:people_import_preview", args=[draft.key])


def confirm(client, draft, **typed):
    """Press the button of the preview."""
    page = client.get(page_of(draft)).content.decode()
    digest = re.search(r'name="digest" value="([0-9a-f]+)"', page)
    assert digest
    return client.post(f"{page_of(draft)}terapkan/", {"digest": digest[1], **typed})


def test_a_large_sheet_is_read_confirmed_and_applied_by_a_worker(
    client, client_as, world, now
):
    draft = send(client, *rows_of(1, 2, 3, 4, 5))
    assert draft.state == State.READING
    assert people_drafts.draft_ids_at_rest(now=now) == []
    later = people_drafts.draft_ids_at_rest(now=now + timedelta(minutes=2))
    assert [pk for _job, pk in later] == [draft.pk]
    assert "membaca berkas" in client.get(page_of(draft)).content.decode()

    people_drafts.read_draft(draft_id=draft.pk, now=now)
    client.session.flush()
    again = client_as("hr")
    assert "pegawai.xlsx" in again.get(START).content.decode()
    assert client_as("admin").get(page_of(draft)).status_code == 404
    page = again.get(page_of(draft))
    assert page.context["page"].figures["people_new"] == 5
    assert "Bidang Besar" in page.content.decode()
    assert not Unit.objects.filter(code="bidang-besar").exists()

    confirm(again, draft)
    draft.refresh_from_db()
    assert draft.state == State.APPLYING
    assert "0 dari 5 baris" in again.get(page_of(draft)).content.decode()
    applying_drafts.apply_draft(draft_id=draft.pk, now=now)
    answer = again.get(page_of(draft), follow=True)
    assert "Impor selesai." in answer.content.decode()
    draft.refresh_from_db()
    assert (draft.state, draft.result["people_new"]) == (State.DONE, 5)
    assert User.objects.filter(unit__code="bidang-besar").count() == 5
    (record,) = AuditRecord.objects.filter(verb="accounts.import.applied")
    assert (record.detail["people_new"], record.detail["units_new"]) == (5, 1)
    assert FILES.sweep(now=now) == 0


def test_a_killed_worker_loses_and_doubles_nothing(client, world, now, monkeypatch):
    draft = send(client, *rows_of(1, 2, 3, 4, 5))
    people_drafts.read_draft(draft_id=draft.pk, now=now)
    confirm(client, draft)
    kept = applying_drafts.write_part
    parts = []

    def killed(plan, **said):
        kept(plan, **said)
        parts.append(plan)
        if len(parts) == 3:
            raise SystemExit

    monkeypatch.setattr(applying_drafts, "write_part", killed)
    with pytest.raises(SystemExit):
        applying_drafts.apply_draft(draft_id=draft.pk, now=now)
    assert User.objects.filter(unit__code="bidang-besar").count() == 2

    # Nobody takes it from a worker that may be alive; then one goes on.
    applying_drafts.apply_draft(draft_id=draft.pk, now=now)
    assert User.objects.filter(unit__code="bidang-besar").count() == 2
    assert people_drafts.draft_ids_at_rest(now=now) == []
    ((job, found),) = people_drafts.draft_ids_at_rest(now=now + LOST)
    assert (job.name, found) == ("accounts.apply_draft", draft.pk)
    for _twice in range(2):
        applying_drafts.apply_draft(draft_id=draft.pk, now=now + LOST)
    draft.refresh_from_db()
    assert draft.result["people_new"] == 5
    made = AuditRecord.objects.filter(verb="accounts.person.created")
    assert made.filter(actor_id=draft.owner_id).count() == 5
    assert AuditRecord.objects.filter(verb="accounts.import.applied").count() == 1


def test_what_changed_since_the_preview_is_left_out_and_told(client, world, now):
    rows = rows_of(1, 2, 3, 4)
    draft = send(client, *rows)
    people_drafts.read_draft(draft_id=draft.pk, now=now)
    confirm(client, draft)
    User.objects.create(
        nip=nip_of(2), name="Citra Dua", unit=world.office, employment_status="PNS"
    )

    applying_drafts.apply_draft(draft_id=draft.pk, now=now)

    draft.refresh_from_db()
    assert (draft.result["people_new"], draft.result["rows_left"]) == (3, 1)
    assert User.objects.get(nip=nip_of(2)).unit == world.office
    page = client.get(page_of(draft), follow=True).content.decode()
    assert "1 baris tidak diterapkan" in page
    answer = client.get(f"{page_of(draft)}perbaikan/")
    assert answer.getvalue().startswith(b"PK")


def test_refused_rows_are_left_out_where_that_was_agreed(client, world, now):
    rows = rows_of(1, 2, 3, 4)
    rows[2]["nip"] = "123"
    draft = send(client, *rows)
    people_drafts.read_draft(draft_id=draft.pk, now=now)

    confirm(client, draft)
    draft.refresh_from_db()
    assert draft.state == State.READY
    confirm(client, draft, tanpa="1")
    applying_drafts.apply_draft(draft_id=draft.pk, now=now)

    draft.refresh_from_db()
    figures = draft.result
    assert (figures["people_new"], figures["rows_refused"]) == (3, 1)


def test_a_sheet_can_be_dropped_stopped_or_fail(client, world, now):
    draft = send(client, *rows_of(1, 2, 3, 4))
    client.post(f"{page_of(draft)}batal/")
    people_drafts.read_draft(draft_id=draft.pk, now=now)
    assert not PeopleDraft.objects.exists()

    draft = send(client, *rows_of(1, 2, 3, 4))
    people_drafts.read_draft(draft_id=draft.pk, now=now)
    confirm(client, draft)
    client.post(f"{page_of(draft)}batal/")
    applying_drafts.apply_draft(draft_id=draft.pk, now=now)
    assert not User.objects.filter(nip=nip_of(1)).exists()
    page = client.get(page_of(draft), follow=True).content.decode()
    assert "Impor dihentikan." in page

    draft = send(client, *rows_of(1, 2, 3, 4))
    Upload.delete(people_drafts.upload_of(draft))
    people_drafts.read_draft(draft_id=draft.pk, now=now)
    page = client.get(page_of(draft)).content.decode()
    assert "Berkas belum dapat dibaca." in page


def test_a_large_sheet_of_unknown_columns_is_asked_about(client, world, now):
    titles = ("Kode orang", "Siapa", "Jenis", "Kode", "Tempat")
    rows = people("nip", "nama", "status", "kode", "unit", count=4)
    file = SimpleUploadedFile("simpeg.xlsx", sheet("Data", titles, *rows))
    client.post(START, {"file": file, "starts_on": "2026-11-21"})
    draft = PeopleDraft.objects.latest("pk")
    people_drafts.read_draft(draft_id=draft.pk, now=now)
    columns = client.get(page_of(draft)).url
    assert columns == f"{page_of(draft)}kolom/"
    assert "Kode orang" in client.get(columns).content.decode()

    roles = ("nip", "nama", "status_kepegawaian", "unit_kode", "unit_nama")
    client.post(columns, {f"kolom-{at}": role for at, role in enumerate(roles)})
    draft.refresh_from_db()
    assert draft.state == State.READING
    people_drafts.read_draft(draft_id=draft.pk, now=now)
    assert client.get(page_of(draft)).context["page"].plan["row_count"] == 4
