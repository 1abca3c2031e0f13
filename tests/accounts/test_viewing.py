"""Whoever looks at somebody else's data leaves an entry, one for some minutes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditRecord
from tests.scene import make_scene
from tests.sources import url_patterns

# Addresses about one person that are only posted to: what they do is on the trail.
POSTED_ONLY = {"accounts:person_invite"}


def looks() -> list[tuple[int, int, str]]:
    """Return by whom, at whom, and at which page."""
    found = AuditRecord.objects.filter(verb="accounts.person.viewed").order_by("pk")
    return [(row.actor_id, row.subject_id, row.detail["page"]) for row in found]


def test_a_look_is_one_entry_however_often_the_page_is_loaded(
    world, learner, client_as, clock, now
):
    hr, address = client_as("hr"), f"/sdm/pegawai/{learner.key}/"
    by = world.people["hr"].pk
    for _ in range(3):
        hr.get(address)
    assert looks() == [(by, learner.pk, "person")]

    hr.get(f"/sdm/pegawai/{learner.key}/ubah/")
    assert looks()[1:] == [(by, learner.pk, "edit")]

    clock.move_to(now + timedelta(minutes=11))
    hr.get(address)
    assert looks()[2:] == [(by, learner.pk, "person")]


def test_looking_at_oneself_and_looking_in_vain_are_no_entries(world, client_as):
    hr = client_as("hr")

    hr.get(f"/sdm/pegawai/{world.people['hr'].key}/")
    hr.get(f"/sdm/pegawai/{world.outsider.key}/")

    assert looks() == []


def _addresses() -> list[str]:
    return sorted(
        name
        for name, pattern in url_patterns()
        if "person_key" in pattern.pattern.converters and name not in POSTED_ONLY
    )


@pytest.mark.parametrize("name", _addresses())
def test_every_page_about_one_person_is_an_entry(name, db, clock, now, client_of):
    scene = make_scene(now=now)
    learner, admin = scene.world.people["learner"], scene.world.people["admin"]
    known = {"person_key": learner.key, "course_key": "contoh", "role_id": 0}
    if name == "accounts:role_take":
        learner = scene.world.people["author"]
        known |= {"person_key": learner.key, "role_id": scene.keys["role"]}
    wanted = dict(url_patterns())[name].pattern.converters
    address = reverse(name, kwargs={key: known[key] for key in wanted})

    answer = client_of(admin).get(address)

    assert answer.status_code == 200
    assert [(by, whom) for by, whom, _page in looks()] == [(admin.pk, learner.pk)]


def test_pages_of_learners_never_touch_the_trail(place, learner, client_of):
    her = client_of(learner)
    for address in ("/", "/kursus/contoh/", "/akun/", "/riwayat/"):
        with CaptureQueriesContext(connection) as captured:
            assert her.get(address).status_code == 200
        asked = [one["sql"] for one in captured if "auditrecord" in one["sql"]]
        assert asked == [], address
