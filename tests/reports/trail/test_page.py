"""The trail on a page: who reads what, filters, paging, and what a file holds."""

import csv
import io
from datetime import timedelta

import pytest

from accounts import actions, audit
from accounts.models import AuditRecord
from reports.trail.kinds import GROUPS, KINDS
from tests.factories import make_person
from tests.queries import assert_same_queries

URL = "/sdm/aktivitas/"


def told(client, query: str = "") -> str:
    """Return the words of the table, without its head."""
    page = client.get(f"{URL}{query}").content.decode()
    return page.partition("<tbody>")[2].partition("</tbody>")[0]


@pytest.fixture
def admin(client_as):
    """The browser of the agency's admin."""
    return client_as("admin")


def give(person, unit, world, now, role="author"):
    """Give somebody a role, by the admin."""
    by = world.people["admin"]
    return actions.assign_role(person=person, unit=unit, role=role, by=by, now=now)


def test_who_whom_what_and_when_stand_in_plain_words(world, learner, admin, now):
    give(learner, world.section, world, now)

    row = told(admin).partition("</tr>")[0]

    for words in ("Memberi peran", "Admin Contoh", "Sari Percobaan", "08.30 WIB"):
        assert words in row
    assert "peran: Penyusun" in row
    assert "unit: Seksi Uji" in row
    assert learner.nip not in row


def test_an_admin_reads_of_her_own_people_alone(world, admin, client_of, now):
    give(world.outsider, world.other_office, world, now)
    other = make_person(unit=world.other_agency, now=now, name="Admin Lain")
    give(other, world.other_agency, world, now, role="admin")
    audit.record("accounts.person.viewed", world.outsider, by=other, now=now)
    give(world.people["learner"], world.section, world, now)

    hers, theirs = told(admin), told(client_of(other))

    # What her admin did there she sees, for he did it; what others did there not.
    assert "Melihat data" not in hers
    assert "Seksi Uji" in hers
    assert "Melihat data" in theirs
    assert "Sari Percobaan" not in theirs


def test_what_concerns_nobody_is_told_to_whoever_has_all_units(world, admin, now):
    audit.record("elearning.task.set_aside", None, by=None, now=now)
    assert "Menyisihkan tugas" not in told(admin)

    give(world.people["admin"], world.other_agency, world, now, role="admin")

    assert "Menyisihkan tugas" in told(admin)


def test_the_filters_keep_what_they_say(world, learner, admin, now):
    give(learner, world.section, world, now)
    early = now - timedelta(days=30)
    audit.record("accounts.person.viewed", learner, by=world.people["hr"], now=early)

    assert "Memberi peran" not in told(admin, "?kejadian=dilihat")
    assert "Melihat data" in told(admin, "?kejadian=dilihat")
    assert "Melihat data" not in told(admin, "?dari=2026-11-01")
    assert "Memberi peran" not in told(admin, "?sampai=2026-11-01")
    assert "Admin Contoh" not in told(
        admin, f"?unit={world.section.code}&kejadian=masuk"
    )
    assert "Tidak ada catatan" in admin.get(f"{URL}?kejadian=masuk").content.decode()


def test_days_the_wrong_way_round_are_told(admin):
    page = admin.get(f"{URL}?dari=2026-11-02&sampai=2026-11-01").content.decode()

    assert "mendahului" in page


def test_people_are_searched_by_post_and_the_address_does_not_name_them(
    world, learner, admin, now
):
    give(learner, world.section, world, now)
    other = make_person(unit=world.section, now=now, name="Dewi Lain")
    give(other, world.section, world, now)

    answer = admin.post(
        f"{URL}cari/", {"tentang": learner.nip, "kejadian": "peran", "dari": ""}
    )

    assert answer.url == f"{URL}?kejadian=peran&cari=1"
    rows = told(admin, "?kejadian=peran&cari=1")
    assert "Sari Percobaan" in rows
    assert "Dewi Lain" not in rows
    admin.post(f"{URL}cari/", {"siapa": "dewi"})
    assert told(admin, "?cari=1") == ""
    assert admin.post(f"{URL}cari/", {"siapa": " "}).url == URL


def test_nobody_outside_her_units_can_be_searched(world, admin, now):
    by = world.people["admin"]
    audit.record("accounts.person.viewed", world.outsider, by=by, now=now)

    admin.post(f"{URL}cari/", {"tentang": "Orang Luar"})

    assert told(admin, "?cari=1") == ""


def test_pages_follow_each_other_and_back_whatever_the_moments(world, admin, now):
    by = world.people["admin"]
    learner = world.people["learner"]
    for number in range(120):
        at = now + timedelta(seconds=number // 7)
        audit.record(
            "accounts.person.viewed", learner, by=by, now=at, page=f"h{number}"
        )

    seen, urls, url = [], [], f"{URL}?kejadian=dilihat"
    while url:
        urls.append(url)
        page = admin.get(url).context["page"]
        seen += [row.more for row in page.part.rows]
        url = page.behind_url
    assert seen == [f"halaman: h{number}" for number in reversed(range(120))]
    back = admin.get(admin.get(urls[2]).context["page"].before_url).context["page"]
    there = admin.get(urls[1]).context["page"]
    assert [row.number for row in back.part.rows] == [
        row.number for row in there.part.rows
    ]


@pytest.mark.parametrize("has_everything", [False, True])
def test_the_queries_are_the_same_for_3_and_300_records(
    world, admin, now, has_everything
):
    if has_everything:
        give(world.people["admin"], world.other_agency, world, now, role="admin")
    by = world.people["admin"]
    people = [
        make_person(unit=world.section, now=now, name=f"Orang {at}") for at in range(40)
    ]

    def grow(count):
        for at in range(count):
            person = people[at % len(people)]
            audit.record("accounts.role.assigned", person, by=by, now=now, unit=at % 5)

    assert_same_queries(admin, f"{URL}?kejadian=peran", grow, few=3, many=300)


def test_the_file_is_what_the_page_shows_and_is_itself_on_the_trail(
    world, learner, admin, now
):
    give(learner, world.section, world, now)
    by = world.people["admin"]
    audit.record("accounts.person.viewed", world.outsider, by=by, now=now)

    answer = admin.post(f"{URL}unduh/", {"format": "csv"})

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    about = {row["Tentang siapa"]: row for row in reversed(rows)}
    hers, outside = about["Sari Percobaan"], about["Orang Luar"]
    assert hers["Kode kejadian"] == "accounts.role.assigned"
    assert hers["NIP tentang"] == learner.nip
    assert (outside["Siapa"], outside["NIP tentang"]) == ("Admin Contoh", "")
    verbs = AuditRecord.objects.filter(verb__startswith="reports.export")
    assert list(verbs.order_by("pk").values_list("verb", flat=True)) == [
        "reports.export.asked",
        "reports.export.made",
        "reports.export.downloaded",
    ]
    assert verbs.first().detail["report"] == "trail"


def test_the_trail_tells_no_detail_that_it_does_not_know(world, learner, admin, now):
    by = world.people["hr"]
    audit.record("accounts.person.viewed", learner, by=by, now=now, answer="b", rows=2)

    row = told(admin).partition("</tr>")[0]

    assert "baris: 2" in row
    assert "answer" not in row


def test_hr_does_not_see_it_in_her_menu_and_an_admin_does(client_as):
    assert URL not in client_as("hr").get("/sdm/").content.decode()
    assert URL in client_as("admin").get("/sdm/").content.decode()


def test_every_kind_has_one_group():
    assert sum(len(group.kinds) for group in GROUPS) == len(KINDS)
