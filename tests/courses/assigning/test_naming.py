"""People are named by number or by name; who is unclear is asked."""

import re
from datetime import timedelta
from uuid import uuid4

from django.urls import reverse

from accounts.actions import set_active
from courses.assigning.naming import lines_of, people_named
from courses.models import Assignment, DeadlineExtension
from tests.factories import make_person

NEW = reverse("assigning:order_create")


def test_lines_are_read_as_offices_paste_them():
    number = "199001012015041001"
    for typed, lines in (
        ("", []),
        (f"{number}, {number}\n\n", [number, number]),
        ("Budi Contoh, S.Sos., M.Si.\nSari", ["Budi Contoh", "Sari"]),
        (f"1; {number} Budi, S.H.", ["1", f"{number} Budi, S.H."]),
    ):
        assert lines_of(typed) == lines, typed


def test_whom_lines_mean(world, now):
    hr, sari = world.people["hr"], world.people["learner"]
    budis = [
        make_person(unit=world.section, now=now, name=f"Budi {more}")
        for more in ("Santoso", "Hartono")
    ]
    gone = make_person(unit=world.section, now=now, name="Budi Lama")
    set_active(person=gone, is_active=False, by=None, now=now)

    found = people_named(hr, ["sari", f"Sari {sari.nip}", "budi", "Orang"], {})

    assert (found.people, found.unknown) == ([sari], ["Orang"])
    (unclear,) = found.unclear
    assert [one.key for one in unclear.candidates] == [
        str(one.key) for one in reversed(budis)
    ]
    assert budis[0].nip in unclear.candidates[1].label
    for answer, people in (
        (str(budis[0].key), [budis[0]]),
        (str(world.outsider.key), []),
        ("x", []),
    ):
        found = people_named(hr, ["Budi"], {unclear.field: answer})
        assert found.people == people, answer


def test_the_page_asks_who_is_meant_and_goes_on(client_as, world, course, now):
    budi = make_person(unit=world.section, now=now, name="Budi Santoso")
    make_person(unit=world.section, now=now, name="Budi Hartono")
    browser = client_as("hr")
    due = (now + timedelta(days=60)).date()
    said = {
        "what": f"kursus:{course.key}",
        "numbers": "budi\nSari",
        "due": "day",
        "due_on": str(due),
        "token": str(uuid4()),
        "simpan": "1",
    }
    page = browser.post(NEW, said).content.decode()
    assert "Siapa yang dimaksud dengan “budi”?" in page
    field = re.search(r'name="(orang-[0-9a-f]{8})"', page)
    assert field
    browser.post(NEW, {**said, field[1]: str(budi.key)})
    order = Assignment.objects.get()
    assert order.named.count() == 2

    detail = reverse("assigning:order_detail", args=[order.pk])
    more = {"due_on": str(due + timedelta(days=7)), "reason": "Cuti."}
    page = browser.post(detail, {**more, "number": "Budi"}).content.decode()
    assert "Siapa yang dimaksud" in page
    assert not DeadlineExtension.objects.exists()
    page = browser.post(
        detail, {**more, "number": "Budi", field[1]: str(budi.key)}, follow=True
    )
    assert "Tenggat Budi Santoso diperpanjang." in page.content.decode()
    assert DeadlineExtension.objects.get().person == budi
