"""Carrying out an import: whole or not at all, once, and as single actions would."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.forms import model_to_dict

from accounts import actions
from accounts.actions import PersonContent
from accounts.actions.importing import apply_import
from accounts.models import (
    AuditRecord,
    PersonIdentifier,
    Unit,
    UnitMembership,
    UnitPlacement,
    User,
)
from accounts.people_import.findings import ImportRefused
from accounts.people_import.plan import ImportOptions
from accounts.people_import.planning import plan_import
from tests.accounts.people_sheets import (
    OPTIONS,
    TODAY,
    apply,
    make_row,
    make_sheet,
    nip_of,
    plan,
    row_of,
)
from tests.factories import make_person, make_unit
from tests.queries import queries_in

FULL = {
    "gelar_depan": "Dr.",
    "gelar_belakang": "M.Si.",
    "jenis_kelamin": "P",
    "golongan": "III/c",
    "jenis_jabatan": "Fungsional Keahlian",
    "jabatan": "Analis Kebijakan",
    "jenjang": "Ahli Muda",
    "eselon": "NON",
    "instansi": "Pemerintah Kabupaten Contoh",
    "tmt_jabatan": "01-03-2024",
    "email_dinas": "budi@contoh.example",
}


@pytest.fixture
def hr(world):
    """The HR person of the office."""
    return world.people["hr"]


def everything():
    """Return the rows of every table an import writes to."""
    tables: tuple[Any, ...] = (
        *(User, Unit, UnitMembership, UnitPlacement),
        *(PersonIdentifier, AuditRecord),
    )
    return {
        model.__name__: list(model.objects.order_by("pk").values()) for model in tables
    }


def person(number: int) -> User:
    """Return the stored person of a sheet's row."""
    return User.objects.get(nip=nip_of(number))


def trail(of: User) -> list[tuple[str, int | None, Any]]:
    """Return the audit records about a person."""
    found = AuditRecord.objects.filter(
        object_type="accounts.user", object_id=of.pk
    ).order_by("pk")
    return list(found.values_list("verb", "actor_id", "detail"))


# --- the same as the actions -------------------------------------------------------
def test_an_imported_person_is_what_the_action_would_have_made(world, hr, now):
    by_hand = actions.create_person(
        content=PersonContent(
            nip=nip_of(2),
            name="Budi Contoh",
            title_prefix="Dr.",
            title_suffix="M.Si.",
            gender="P",
            employment_status="PNS",
            golongan="III/c",
            jabatan_kind="Fungsional Keahlian",
            jabatan="Analis Kebijakan",
            jenjang="Ahli Muda",
            eselon="NON",
            agency_name="Pemerintah Kabupaten Contoh",
            jabatan_starts_on=TODAY.replace(year=2024, month=3, day=1),
            email="lain@contoh.example",
        ),
        unit=world.section,
        starts_on=TODAY,
        by=hr,
        now=now,
    )

    apply(make_row(1, **FULL), by=hr, now=now)

    imported = person(1)
    own = {"id", "nip", "email", "password", "key", "created_at"}
    same = [field.name for field in User._meta.fields if field.name not in own]
    assert model_to_dict(imported, same) == model_to_dict(by_hand, same)
    assert imported.email == "budi@contoh.example"
    assert not imported.has_usable_password()
    assert trail(imported) == trail(by_hand)
    for rows in ("memberships", "identifiers"):
        kept = [
            [
                value
                for name, value in row.items()
                if name not in {"id", "person_id", "value"}
            ]
            for one in (imported, by_hand)
            for row in getattr(one, rows).values()
        ]
        assert kept[0] == kept[1]
        assert len(kept) == 2


def test_changes_moves_and_endings_leave_the_trail_of_the_actions(world, hr, now):
    content = PersonContent(
        nip="", name="Budi Contoh", employment_status="PNS", jabatan="Analis"
    )
    by_hand, by_sheet = (make_person(unit=world.section, now=now) for _ in range(2))
    actions.update_person(person=by_hand, content=content, by=hr, now=now)
    actions.move_person(
        person=by_hand, unit=world.office, starts_on=TODAY, by=hr, now=now
    )
    actions.set_active(person=by_hand, is_active=False, by=hr, now=now)

    row = row_of(
        by_sheet,
        jabatan="Analis",
        unit_kode="dinas-percobaan",
        unit_nama="Dinas Percobaan",
        aktif="tidak",
    )
    apply(row, by=hr, now=now)

    assert trail(by_sheet) == trail(by_hand)
    by_sheet.refresh_from_db()
    assert (by_sheet.jabatan, by_sheet.unit, by_sheet.is_active) == (
        "Analis",
        world.office,
        False,
    )
    assert by_sheet.memberships.get(starts_on=TODAY).unit == world.office


def test_a_new_person_may_be_inactive_from_the_start(hr, now):
    apply(make_row(1, aktif="tidak"), by=hr, now=now)

    assert person(1).is_active is False
    assert [verb for verb, _by, _detail in trail(person(1))] == [
        "accounts.person.created",
        "accounts.person.moved",
        "accounts.person.deactivated",
    ]


def test_the_reason_for_a_contradicting_number_is_recorded(hr, now):
    nip = "198806302021211904"
    apply(make_row(nip=nip, alasan_beda_status="SK 12/2026"), by=hr, now=now)

    taken_in = User.objects.get(nip=nip)
    assert taken_in.identity_kind == "NI_PPPK"
    assert trail(taken_in)[0][2] == {"reason": "SK 12/2026"}


def test_an_import_is_recorded_with_its_figures_and_no_personal_data(hr, now):
    apply(make_row(1), make_row(2), by=hr, now=now)

    record = AuditRecord.objects.get(verb="accounts.import.applied")
    assert record.actor_id == hr.pk
    assert record.detail["people_new"] == 2
    assert nip_of(1) not in str(record.detail)


# --- once --------------------------------------------------------------------------
def test_the_same_file_twice_changes_nothing_the_second_time(world, hr, now):
    rows = [
        make_row(1, **FULL),
        make_row(2, aktif="tidak"),
        make_row(
            3,
            unit_kode="baru",
            unit_nama="Unit Baru",
            unit_induk_kode="seksi-uji",
            zona_waktu="WITA",
        ),
        row_of(
            world.people["learner"],
            jabatan="Analis",
            unit_kode="dinas-percobaan",
            unit_nama="Dinas Percobaan Baru",
        ),
    ]
    options = ImportOptions(TODAY, deactivate_missing=True)
    apply(*rows, by=hr, now=now, options=options)
    before = everything()

    again = apply(*rows, by=hr, now=now + timedelta(hours=1), options=options)

    assert everything() == before
    assert again.figures["people_unchanged"] == 4


# --- all or nothing ----------------------------------------------------------------
def test_one_refused_row_keeps_everything_from_being_applied(hr, now):
    before = everything()

    with pytest.raises(ImportRefused, match="BARIS_DITOLAK"):
        apply(make_row(1), make_row(2, nama=""), make_row(3), by=hr, now=now)

    assert everything() == before


def test_a_plan_that_no_longer_holds_is_refused(world, hr, now):
    sheet = make_sheet(row_of(world.people["learner"], jabatan="Analis"))
    shown = plan_import(sheet, options=OPTIONS, by=hr)
    actions.move_person(
        person=world.people["learner"],
        unit=world.office,
        starts_on=TODAY,
        by=None,
        now=now,
    )
    before = everything()

    with pytest.raises(ImportRefused, match="DATA_BERUBAH") as refused:
        apply_import(
            sheet=sheet, options=OPTIONS, confirmed=shown.digest, by=hr, now=now
        )

    assert refused.value.message.startswith("Data berubah sejak pratinjau")
    assert everything() == before


@pytest.mark.parametrize("number", [None, 0, 2, 10, -1])
def test_without_the_right_number_nobody_is_deactivated(world, hr, now, number):
    options = ImportOptions(TODAY, True)
    sheet = make_sheet(make_row())
    shown = plan_import(sheet, options=options, by=hr)
    assert shown.number_to_confirm == 1

    with pytest.raises(ImportRefused, match="JUMLAH_BERBEDA"):
        apply_import(
            sheet=sheet,
            options=options,
            confirmed=shown.digest,
            number=number,
            by=hr,
            now=now,
        )

    assert User.objects.filter(is_active=False).count() == 0


def test_a_digest_that_was_made_up_is_refused(hr, now):
    with pytest.raises(ImportRefused, match="DATA_BERUBAH"):
        apply_import(
            sheet=make_sheet(make_row()),
            options=OPTIONS,
            confirmed="",
            by=hr,
            now=now,
        )


def test_what_only_the_database_refuses_undoes_everything(hr, now):
    sheet = make_sheet(make_row(1), make_row(2))
    # No reader lets the same person pass twice: the unique number catches her.
    again = replace(sheet.people[0], is_somebody_else=True)
    twice = replace(sheet, people=(*sheet.people, again))
    shown = plan_import(twice, options=OPTIONS, by=hr)
    before = everything()

    with pytest.raises(ImportRefused, match="DATA_BERUBAH"):
        apply_import(
            sheet=twice, options=OPTIONS, confirmed=shown.digest, by=hr, now=now
        )

    assert everything() == before


# --- units -------------------------------------------------------------------------
def test_a_whole_tree_is_built_from_one_file(now, db):
    apply(
        {"unit_kode": "kab", "unit_nama": "Kabupaten", "zona_waktu": "WIT"},
        make_row(1, unit_kode="s", unit_nama="Seksi", unit_induk_kode="d"),
        make_row(2, unit_kode="d", unit_nama="Dinas", unit_induk_kode="kab"),
        by=None,
        now=now,
    )

    top = Unit.objects.get(code="kab")
    assert [unit.code for unit in Unit.objects.below(top)] == ["kab", "d", "s"]
    assert person(1).unit == Unit.objects.get(code="s")
    assert person(1).time_zone == "Asia/Jayapura"
    assert actions.rebuild_paths(apply=False) == []


def test_units_that_change_places_stay_one_tree(world, hr, now):
    lower = make_unit(name="Subseksi", now=now, parent=world.section)
    someone = make_person(unit=lower, now=now)
    leaf = make_unit(name="Tim", now=now, parent=lower)

    apply(
        row_of(world.people["learner"], unit_induk_kode="subseksi"),
        row_of(someone, unit_induk_kode="dinas-percobaan"),
        make_row(5, unit_kode="baru", unit_nama="Baru", unit_induk_kode="tim"),
        by=hr,
        now=now,
    )

    assert actions.rebuild_paths(apply=False) == []
    assert Unit.objects.get(code="seksi-uji").parent == lower
    assert Unit.objects.get(code="baru").parent == leaf
    assert set(Unit.objects.below(Unit.objects.get(pk=lower.pk))) == {
        lower,
        leaf,
        world.section,
        Unit.objects.get(code="baru"),
    }


def test_a_new_zone_of_a_unit_is_that_of_its_people(world, hr, now):
    apply(row_of(world.people["learner"], zona_waktu="WITA"), by=hr, now=now)

    world.people["learner"].refresh_from_db()
    assert world.people["learner"].time_zone == "Asia/Makassar"
    record = AuditRecord.objects.get(verb="accounts.unit.updated")
    assert (record.object_id, record.detail) == (
        world.section.pk,
        {"fields": ["time_zone"]},
    )


# --- addresses ---------------------------------------------------------------------
def test_two_people_may_exchange_their_addresses(world, hr, now):
    first = make_person(unit=world.section, now=now, email="satu@contoh.example")
    second = make_person(unit=world.section, now=now, email="dua@contoh.example")

    apply(
        row_of(first, email_dinas="dua@contoh.example"),
        row_of(second, email_dinas="satu@contoh.example"),
        by=hr,
        now=now,
    )

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.email, second.email) == ("dua@contoh.example", "satu@contoh.example")


def test_an_address_that_was_taken_back_no_longer_opens_the_account(world, hr, now):
    person = make_person(unit=world.section, now=now, email="lama@contoh.example")
    EmailAddress.objects.create(user=person, email=person.email, primary=True)

    apply(row_of(person, email_dinas="baru@contoh.example"), by=hr, now=now)

    assert not EmailAddress.objects.filter(user=person).exists()


# --- absence -----------------------------------------------------------------------
def test_people_who_are_absent_are_deactivated_and_keep_everything(world, hr, now):
    learner = world.people["learner"]

    apply(make_row(), by=hr, now=now, options=ImportOptions(TODAY, True))

    learner.refresh_from_db()
    assert learner.is_active is False
    assert learner.unit == world.section
    assert trail(learner)[-1] == (
        "accounts.person.deactivated",
        hr.pk,
        {"unit": world.section.pk},
    )
    world.outsider.refresh_from_db()
    assert world.outsider.is_active is True


# --- size --------------------------------------------------------------------------
def test_many_rows_are_applied_in_batches_and_not_one_by_one(hr, now):
    rows = [make_row(number, **_job(number)) for number in range(1_500)]
    other = [{**row, "jabatan": "Lain"} for row in rows]

    for written, figure in ((rows, "people_new"), (other, "people_changed")):
        few, first = _counted(*written[:500], by=hr, now=now)
        many, second = _counted(*written[500:], by=hr, now=now)
        assert (first.figures[figure], second.figures[figure]) == (500, 1_000)
        assert many <= 2 * few

    assert AuditRecord.objects.filter(verb="accounts.person.updated").count() == 1_500
    assert plan(*rows[:1], by=hr).counts["people_changed"] == 1


def _counted(*rows: dict[str, str], **who: Any) -> tuple[int, Any]:
    """Return how many queries applying the rows took, and what it did."""
    outcome: list[Any] = []
    count = queries_in(lambda: outcome.append(apply(*rows, **who)))
    return count, outcome[0]


def _job(number: int) -> dict[str, str]:
    return {"jabatan": "Analis", "email_dinas": f"p{number}@contoh.example"}


def test_a_changed_number_is_what_the_action_would_have_made(world, hr, now):
    by_action, by_import = (
        make_person(unit=world.section, now=now, name=name)
        for name in ("Ani Wijaya", "Budi Santoso")
    )
    before = by_import.nip
    numbers = nip_of(5), nip_of(6)
    row = row_of(by_import, nip=numbers[1], nip_lama=before)
    actions.change_number(
        person=by_action, nip=numbers[0], starts_on=TODAY, by=hr, now=now
    )

    result = apply(row, by=hr, now=now)

    assert result.figures["people_renumbered"] == 1
    for person, number in zip((by_action, by_import), numbers, strict=True):
        person.refresh_from_db()
        assert (person.nip, person.identity_kind) == (number, "NIP")
        latest = person.identifiers.latest("pk")
        assert (latest.kind, latest.value, latest.starts_on) == ("NIP", number, TODAY)
        assert person.identifiers.count() == 2
        latest = AuditRecord.objects.filter(object_id=person.pk).latest("pk")
        assert latest.verb == "accounts.person.number_changed"
    assert User.objects.filter(nip=before).count() == 0
    assert plan_import(make_sheet(row), options=OPTIONS, by=hr).is_empty


def test_numbers_of_long_ago_are_remembered_from_the_appointment_on(hr, now):
    apply(make_row(1, nip_lama="131234567"), by=hr, now=now)

    person = User.objects.get(nip=nip_of(1))
    rows = person.identifiers.order_by("starts_on").values_list(
        "kind", "value", "starts_on"
    )
    assert list(rows) == [
        ("NIP_LAMA", "131234567", date(2015, 4, 1)),
        ("NIP", nip_of(1), TODAY),
    ]
    assert User.objects.filter(nip="131234567").count() == 0
