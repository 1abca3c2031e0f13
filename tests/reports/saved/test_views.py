"""Views of reports: kept, opened, shared, deleted, and never more than the reader's."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.urls import reverse

from accounts import actions as accounts_actions
from accounts.access import as_of
from accounts.models import AuditRecord
from reports.models import SavedView
from reports.saved import actions
from reports.saved.savable import SAVABLE
from tests.factories import complete, make_course, make_person
from tests.queries import assert_same_queries

LIST = reverse("reports:report_list")
SAVE = reverse("reports:view_save")


@pytest.fixture
def hr(world, now):
    return as_of(world.people["hr"], now)


def keep(hr, now, *, name="Rekap", report="jp", filters=None):
    return actions.save_view(
        report=report, name=name, filters=filters or {}, by=hr, now=now
    )


def opened(client, view):
    answer = client.get(reverse("reports:view_open", args=[view.key]))
    assert answer.status_code == 302
    return urlsplit(answer["Location"])


def share(view, unit, hr, now):
    content = actions.ViewContent(name=view.name, shared_on=unit)
    actions.change_view(view_id=view.pk, content=content, by=hr, now=now)


@pytest.fixture
def colleague(world, now):
    """HR of the section below the office."""
    person = make_person(unit=world.section, now=now)
    accounts_actions.assign_role(
        person=person, unit=world.section, role="hr", by=None, now=now
    )
    return person


# --- keeping and opening --------------------------------------------------------------
def test_what_stands_on_a_page_comes_back_with_one_click(client_as, hr, world):
    client = client_as("hr")
    asked = {"unit": world.section.code, "status": "belum", "kolom": ["jp", "golongan"]}

    told = client.post(
        SAVE, {"laporan": "jp", "nama": "Belum 20 JP", **asked}, follow=True
    )

    assert "Tampilan “Belum 20 JP” disimpan." in told.content.decode()
    query = parse_qsl(urlsplit(told.redirect_chain[-1][0]).query)
    assert sorted(query) == sorted(
        [
            ("unit", world.section.code),
            *(("status", "belum"), ("kolom", "jp"), ("kolom", "golongan")),
        ]
    )
    assert "Belum 20 JP" in client.get(LIST).content.decode()


def test_every_report_that_can_be_kept_opens_as_it_was(client_as, hr, world, now):
    make_course(unit=world.agency, now=now)
    client = client_as("hr")
    for key, savable in SAVABLE.items():
        page = {"laporan": key, "nama": key, "unit": world.office.code}

        told = client.post(SAVE, page, follow=True)

        where = urlsplit(told.redirect_chain[-1][0])
        assert where.path == urlsplit(savable.address({})).path, key
        assert ("unit", world.office.code) in parse_qsl(where.query), key
        assert told.status_code == 200, key
        assert key in told.content.decode(), key


def test_a_day_stays_or_goes_with_the_calendar(client_as, hr, now):
    client = client_as("hr")
    page = {"laporan": "jp", "per": "2026-11-20"}
    cases = {
        "tetap": [("per", "2026-11-20")],
        "hari-ini": [],
    }
    for cutoff, expected in cases.items():
        client.post(SAVE, {**page, "nama": cutoff, "keadaan": cutoff})
        view = SavedView.objects.get(name=cutoff)
        assert parse_qsl(opened(client, view).query) == expected, cutoff

    client.post(SAVE, {"laporan": "jp", "nama": "kini", "keadaan": "tetap"})
    view = SavedView.objects.get(name="kini")
    assert parse_qsl(opened(client, view).query) == [("per", now.date().isoformat())]


def test_words_that_were_searched_for_are_not_kept(client_as, hr):
    client = client_as("hr")
    client.post(reverse("reports:completion_search"), {"kata": "Sari"})

    client.post(SAVE, {"laporan": "completion", "nama": "Semua", "cari": "1"})

    assert SavedView.objects.get().filters == {}


def test_a_name_is_needed_once_and_short(client_as, hr, now):
    client = client_as("hr")
    keep(hr, now, name="Rekap")
    cases = {
        "Rekap": "Nama ini sudah dipakai tampilan lain. Pilih nama lain.",
        " ": "Tampilan belum disimpan. Beri nama paling panjang 80 huruf.",
        "x" * 81: "Tampilan belum disimpan. Beri nama paling panjang 80 huruf.",
    }
    for name, said in cases.items():
        page = {"laporan": "jp", "nama": name, "status": "belum"}
        told = client.post(SAVE, page, follow=True)
        assert said in told.content.decode(), name
        assert "status=belum" in told.redirect_chain[-1][0], name
    assert SavedView.objects.count() == 1
    assert client.post(SAVE, {"laporan": "siasn", "nama": "x"}).status_code == 404


def test_a_hundred_views_are_enough(hr, now, monkeypatch):
    monkeypatch.setattr(actions, "MOST_VIEWS", 1)
    keep(hr, now)
    with pytest.raises(actions.ViewNotSaved, match="too_many"):
        keep(hr, now, name="Lain")


def test_a_column_that_is_gone_does_no_harm(client_as, hr, now):
    view = keep(hr, now, filters={"columns": ["jp", "tidak-ada"]})
    assert parse_qsl(opened(client_as("hr"), view).query) == [("kolom", "jp")]


# --- changing -------------------------------------------------------------------------
def test_a_view_is_renamed_deleted_and_brought_back(client_as, hr, now, clock):
    client = client_as("hr")
    view = keep(hr, now)
    edit = reverse("reports:view_edit", args=[view.key])

    client.post(edit, {"nama": "Rekap baru", "bagikan": "", "bentuk": "csv"})
    assert "Rekap baru" in client.get(LIST).content.decode()

    gone = client.post(reverse("reports:view_delete", args=[view.key]), follow=True)
    assert "Tampilan “Rekap baru” sudah dihapus." in gone.content.decode()
    assert client.get(edit).status_code == 404

    back = reverse("reports:view_restore", args=[view.key])
    assert "Tampilan dikembalikan." in client.post(back, follow=True).content.decode()
    assert client.get(edit).status_code == 200
    verbs = AuditRecord.objects.filter(verb__startswith="reports.view")
    assert list(verbs.order_by("pk").values_list("verb", flat=True)) == [
        "reports.view.saved",
        "reports.view.changed",
        "reports.view.deleted",
        "reports.view.restored",
    ]


def test_a_name_taken_meanwhile_keeps_a_deleted_view_away(hr, now):
    view = keep(hr, now)
    actions.delete_view(view_id=view.pk, by=hr, now=now)
    keep(hr, now)

    with pytest.raises(actions.ViewNotSaved, match="name_taken"):
        actions.restore_view(view_id=view.pk, by=hr, now=now)


def test_after_a_day_a_deleted_view_is_gone(hr, now):
    view = keep(hr, now)
    actions.delete_view(view_id=view.pk, by=hr, now=now)

    assert actions.forget_deleted_views(now=now + timedelta(hours=23)) == 0
    assert actions.forget_deleted_views(now=now + timedelta(days=1)) == 1


# --- sharing --------------------------------------------------------------------------
def test_a_shared_view_tells_each_reader_of_her_own_people(
    client_as, client, hr, world, now, colleague
):
    course = make_course(unit=world.agency, now=now)
    outside = make_person(unit=world.office, now=now, name="Orang Dinas")
    complete(course=course, person=outside, now=now)
    view = keep(hr, now, filters={"unit": world.office.code})
    share(view, world.office, hr, now)
    client.force_login(colleague)

    where = opened(client, view)
    page = client.get(where.geturl()).content.decode()

    assert where.query == ""
    assert "Orang Dinas" not in page
    assert colleague.full_name in page
    assert "dari Hr Contoh" in client.get(LIST).content.decode()


def test_who_is_above_or_beside_does_not_see_a_shared_view(
    client_as, hr, world, now, colleague
):
    view = keep(hr, now)
    share(view, world.section, hr, now)

    assert "Rekap" not in client_as("admin").get(LIST).content.decode()
    assert SavedView.objects.shared_with(hr, "reports.view_learning").count() == 0


def test_a_view_of_a_unit_beside_the_readers_says_so(client, hr, world, now, colleague):
    view = keep(hr, now, filters={"unit": world.other_office.code})
    share(view, world.office, hr, now)
    client.force_login(colleague)

    told = client.get(reverse("reports:view_open", args=[view.key]), follow=True)

    assert "Tampilan ini tentang unit di luar unit Anda." in told.content.decode()


def test_nobody_shares_beyond_her_units_nor_changes_another_ones_view(
    client_as, client, hr, world, now, colleague
):
    view = keep(hr, now)
    edit = reverse("reports:view_edit", args=[view.key])
    beyond = {"nama": "Rekap", "bagikan": world.other_office.code, "bentuk": "csv"}

    assert client_as("hr").post(edit, beyond).status_code == 200
    view.refresh_from_db()
    assert view.shared_on is None

    share(view, world.office, hr, now)
    client.force_login(colleague)
    assert client.post(edit, {"nama": "Milik saya"}).status_code == 404


def test_the_list_costs_the_same_however_many_views(client_as, hr, now):
    client = client_as("hr")

    def save(count):
        for _number in range(count):
            name = f"Tampilan {SavedView.objects.count()}"
            keep(hr, now, name=name)

    assert_same_queries(client, LIST, save)
