"""HR's pages about people: found, listed by key, shown first, said twice."""

import re
from datetime import date

import pytest
from django.urls import reverse

from accounts import actions
from accounts.by_hand import list_page
from accounts.models import User
from tests.factories import make_nip, make_person
from tests.queries import assert_same_queries

LIST = reverse("accounts:people_list")
SEARCH = reverse("accounts:people_search")
ADD = reverse("accounts:person_add")


@pytest.fixture
def client(client_as):
    """The HR person of the office, signed in."""
    return client_as("hr")


def text(response) -> str:
    """Return the page without its line breaks."""
    return " ".join(response.content.decode().split())


def of(name, person, **more):
    """Return an address about a person."""
    return reverse(f"accounts:{name}", args=[person.key, *more.values()])


def names_on(page) -> list[str]:
    """Return the names in the list, in order."""
    return re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', page)


# --- finding -------------------------------------------------------------------------
def test_a_whole_number_finds_her_and_stands_in_no_address(client, learner):
    answer = client.post(SEARCH, {"kata": f" {learner.nip[:8]} {learner.nip[8:]}"})

    assert answer.url == f"{LIST}?cari=1"
    assert names_on(text(client.get(answer.url))) == [learner.full_name]


def test_a_part_of_a_number_finds_nobody_and_says_why(client, learner):
    client.post(SEARCH, {"kata": learner.nip[:8]})

    page = text(client.get(f"{LIST}?cari=1"))

    assert names_on(page) == []
    assert "NIP dicari lengkap" in page


def test_a_name_is_found_without_its_accents(client, world, now):
    make_person(unit=world.section, now=now, name="Nur’aini Zoë")

    client.post(SEARCH, {"kata": "nuraini zoe"})

    assert names_on(text(client.get(f"{LIST}?cari=1"))) == ["Nur’aini Zoë"]


def test_others_people_are_not_listed(client, world):
    for person in (world.outsider, world.people["author"]):
        client.post(SEARCH, {"kata": person.nip})
        assert names_on(text(client.get(f"{LIST}?cari=1"))) == []


def test_who_is_inactive_is_listed_apart(client, learner, now):
    actions.set_active(person=learner, is_active=False, by=None, now=now)

    assert learner.full_name not in text(client.get(LIST))
    assert names_on(text(client.get(f"{LIST}?status=nonaktif"))) == [learner.full_name]
    assert learner.full_name in text(client.get(f"{LIST}?status=semua"))


def test_pages_go_on_behind_a_person_and_back(client, world, now, monkeypatch):
    monkeypatch.setattr(list_page, "PER_PAGE", 3)
    for name in ("Ani", "Ani", "Budi", "Cici", "Dedi", "Edi"):
        make_person(unit=world.section, now=now, name=name)
    everybody = names_on(text(client.get(LIST)))
    pages, address = [], LIST
    while True:
        page = text(client.get(address))
        pages.append(names_on(page))
        onward = re.search(r'rel="next" href="([^"]+)"', page)
        if onward is None:
            break
        address = LIST + onward[1]
        assert "Ani" not in address

    assert everybody == pages[0]
    listed = [name for names in pages for name in names]
    assert listed == sorted(listed)
    assert len(listed) == len(set(listed)) + 1 == 8
    back = re.search(r'rel="prev" href="([^"]+)"', page)
    assert names_on(text(client.get(LIST + back[1]))) == pages[-2]


def test_the_list_asks_as_much_for_many_people(client, world, now):
    assert_same_queries(
        client,
        LIST,
        lambda count: [make_person(unit=world.section, now=now) for _ in range(count)],
    )


# --- adding and changing -------------------------------------------------------------
@pytest.fixture
def said(world):
    """What the form about somebody new says."""
    return {
        "nip": make_nip(),
        "nama": "Wati Contoh",
        "status_kepegawaian": "PNS",
        "unit": world.section.code,
        "mulai": "2026-11-01",
    }


def test_somebody_is_added_and_her_page_is_shown(client, said):
    answer = client.post(ADD, said, follow=True)

    person = User.objects.get(nip=said["nip"])
    address = reverse("reports:person_detail", args=[person.key])
    assert answer.redirect_chain == [(address, 302)]
    assert "belum dapat membuat kata sandi" in text(answer)
    assert person.memberships.get().starts_on == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("nip", "123", "18 angka"),
        ("nip", "199002302015041908", "bukan tanggal lahir"),
        ("nama", "=1+1", "rumus"),
        ("nama", "", "perlu diisi"),
        ("email_dinas", "budi@", "surel ini tidak lengkap"),
        ("golongan", "IX", "bukan golongan PNS"),
        ("unit", "kabupaten-lain", "Tidak ada unit dengan kode ini"),
        ("mulai", "2026-12-24", "belum tiba"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(client, said, field, value, told):
    page = text(client.post(ADD, {**said, field: value}))

    assert re.search(told, page)
    assert not User.objects.filter(nip=said["nip"]).exists()
    assert said["status_kepegawaian"] in page


def form_of(client, address):
    """Return what the form on a page sends when nothing is changed."""
    form = client.get(address).context["form"]
    return {form.add_prefix(name): form.initial.get(name) or "" for name in form.fields}


def test_details_are_changed_and_two_at_once_do_not_undo_each_other(client, learner):
    address = of("person_edit", learner)
    mine, theirs = form_of(client, address), form_of(client, address)

    client.post(address, {**mine, "jabatan": "Analis"})
    page = text(client.post(address, {**theirs, "golongan": "III/a"}))

    assert "baru saja diubah orang lain" in page
    learner.refresh_from_db()
    assert (learner.jabatan, learner.golongan) == ("Analis", "")


def test_a_move_keeps_within_ones_units(client, learner, world):
    address = of("person_move", learner)

    refused = client.post(
        address, {"unit": world.other_office.code, "mulai": "2026-11-20"}
    )
    assert refused.status_code == 200
    client.post(address, {"unit": world.office.code, "mulai": "2026-11-20"})

    learner.refresh_from_db()
    assert learner.unit == world.office


def test_what_it_means_is_said_before_an_account_is_closed(client, learner):
    address = of("person_switch", learner)
    assert "langsung dikeluarkan" in text(client.get(address))

    for word, is_active in (("tidak", False), ("tidak", False), ("ya", True)):
        client.post(address, {"aktif": word})
        learner.refresh_from_db()
        assert learner.is_active is is_active


def test_another_number_is_noted(client, learner):
    former, new = learner.nip, make_nip()
    client.post(of("person_number", learner), {"nip": new, "mulai": "2026-11-01"})

    learner.refresh_from_db()
    assert learner.nip == new
    page = text(client.get(reverse("reports:person_detail", args=[learner.key])))
    assert "Riwayat nomor" in page
    assert former in page


def test_whoever_has_no_password_is_sent_a_link_once(
    client, learner, mailoutbox, clock
):
    page = reverse("reports:person_detail", args=[learner.key])
    invite = of("person_invite", learner)
    assert invite not in text(client.get(page))
    refused = client.post(invite, follow=True)
    assert "Undangan hanya untuk akun aktif" in text(refused)
    learner.email = "sari@contoh.example"
    learner.save(update_fields=["email"])

    assert invite in text(client.get(page))
    for _twice in range(2):
        client.post(invite)

    (mail,) = mailoutbox
    assert mail.to == ["sari@contoh.example"]
    learner.set_password("katasandi-baru-uji")
    learner.save(update_fields=["password"])
    assert invite not in text(client.get(page))


# --- roles ---------------------------------------------------------------------------
def test_an_admin_gives_and_takes_a_role(client_as, learner, world):
    admin = client_as("admin")
    address = of("person_roles", learner)
    said = {"peran": "hr", "unit": world.office.code, "alasan": "Surat tugas 1"}

    for _twice in range(2):
        admin.post(address, said)
    held = learner.role_assignments.get()
    taking = of("role_take", learner, role=held.pk)
    assert "Ia tetap dapat belajar" in text(admin.get(taking))
    # The clock stands still here: a role that has not lasted a moment is gone.
    for _twice in range(2):
        admin.post(taking)

    learner.refresh_from_db()
    assert not learner.has_role


def test_the_last_admin_reads_why_she_stays(client_as, world):
    me = world.people["admin"]
    admin = client_as("admin")
    held = me.role_assignments.get()

    page = text(admin.post(of("role_take", me, role=held.pk), follow=True))

    assert "admin terakhir" in page
    held.refresh_from_db()
    assert held.ends_at is None


def test_hr_sees_no_way_to_roles(client, learner):
    page = text(client.get(reverse("reports:person_detail", args=[learner.key])))

    assert of("person_roles", learner) not in page
    assert client.get(of("person_roles", learner)).status_code == 403
