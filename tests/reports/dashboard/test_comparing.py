"""Units side by side: the figures of their dashboards, and of no other unit."""

from django.urls import reverse

from reports.dashboard.comparing import compare_page
from reports.dashboard.page import dashboard_page
from tests.factories import complete, make_course

URL = reverse("reports:compare")


def test_each_unit_has_the_figures_of_its_own_dashboard(world, now):
    course = make_course(unit=world.agency, now=now)
    complete(course=course, person=world.people["learner"], now=now)
    hr = world.people["hr"]
    codes = [world.section.code, world.office.code]

    page = compare_page(hr, codes=codes, now=now)

    assert [unit.name for unit in page.units] == ["Seksi Uji", "Dinas Percobaan"]
    for told, unit in zip(page.units, (world.section, world.office), strict=True):
        own = dashboard_page(hr, unit=unit, now=now)
        assert told.people == own.people
        assert told.reached == own.reached
        assert told.average_jp == own.average_jp
        assert told.percent == own.percent
        assert told.late == own.late
        assert list(told.shares) == [month.percent for month in own.months]


def test_two_to_six_units_of_ones_own(client_as, world):
    client = client_as("hr")
    section, office = world.section.code, world.office.code

    page = client.get(URL, {"unit": [section, office]}).content.decode()
    assert "Angka hari ini" in page
    assert "Bandingkan yang dicentang" in client.get("/sdm/").content.decode()
    for codes in ([], [section], [section, section], ["x"] * 7, list("abcdefg")):
        answer = client.get(URL, {"unit": codes})
        assert "Pilih dua sampai enam unit." in answer.content.decode(), codes
    for foreign in (world.agency.code, world.other_office.code, "tidak-ada"):
        assert client.get(URL, {"unit": [section, foreign]}).status_code == 404
