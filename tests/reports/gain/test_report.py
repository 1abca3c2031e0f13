"""The gain report: what groups gained, and that no small group can be seen."""

import csv
from dataclasses import replace
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook

from courses.content_types import ObjectiveContent
from courses.selectors.content import version_content
from quizzes.models import AttemptItem, QuestionVersion, Quiz
from quizzes.results.own_gain import own_gain
from quizzes.results.result_page import result_page
from quizzes.results.submitted import load
from reports.gain.figures import gain_figures
from reports.units.reach import reach_of
from tests.factories import (
    enroll,
    make_course,
    make_person,
    make_unit,
    read_lessons,
    republish,
    sit,
)
from tests.kept_rows import kept
from tests.queries import count_queries

URL = "/sdm/peningkatan/"


@pytest.fixture
def course(world, now):
    return make_course(unit=world.agency, now=now, pool=5)


@pytest.fixture
def learn(course, world, now):
    """Return a function: people of a unit with 1 of 2 before and so many of 4 after."""

    def learn(unit, afters, before=1):
        return learn_together(
            course=course, unit=unit, afters=afters, before=before, now=now
        )

    return learn


@kept
def learn_together(*, course, unit, afters, before, now):
    """Return the places of new people who went the whole way."""
    places = []
    for after in afters:
        place = enroll(course=course, person=make_person(unit=unit, now=now), now=now)
        sit(enrollment=place, quiz_key="pretest", right=before, now=now)
        read_lessons(enrollment=place, now=now)
        sit(enrollment=place, quiz_key="posttest", right=after, now=now)
        places.append(place)
    return places


@pytest.fixture
def hr(client_as):
    return client_as("hr")


def test_the_gain_of_a_unit(hr, learn, world):
    # 50 before; 75, 75, 100, 100, 100 after.
    learn(world.section, [3, 3, 4, 4, 4])
    response = hr.get(URL)
    whole = response.context["page"].whole

    assert (whole.n, whole.before, whole.after, whole.difference) == (5, 50, 90, 40)
    # Differences 25 25 50 50 50: s = 13.69, standard error 6.12, t₄ = 2.776.
    assert whole.low == pytest.approx(40 - 17, abs=0.02)
    assert whole.high == pytest.approx(40 + 17, abs=0.02)
    assert whole.normalised == 80
    assert "Menjelaskan contoh." in response.text
    assert '<th scope="row">Menjelaskan contoh.</th>' in response.text


def test_four_people_are_not_told_of(hr, learn, world):
    learn(world.section, [4] * 4)
    response = hr.get(URL)

    assert response.context["page"].whole is None
    assert "Kurang dari 5 orang." in response.text


def test_who_did_only_one_of_the_two_is_not_counted(hr, learn, course, world, now):
    learn(world.section, [4] * 5)
    place = enroll(
        course=course, person=make_person(unit=world.section, now=now), now=now
    )
    sit(enrollment=place, quiz_key="pretest", right=0, now=now)

    assert hr.get(URL).context["page"].whole.n == 5


@pytest.mark.parametrize(
    ("counting", "after"), [("best", 50), ("first", 25), ("last", 0)]
)
def test_the_post_test_that_counts_is_compared(
    learn, course, world, now, counting, after
):
    Quiz.objects.filter(key="posttest").update(counting=counting)
    (place,) = learn(world.section, [1])
    for hour, right in ((1, 2), (2, 0)):
        sit(
            enrollment=place,
            quiz_key="posttest",
            right=right,
            now=now + timedelta(hours=hour),
        )
    reach = reach_of(world.people["hr"], now=now)

    assert gain_figures(reach, course.pk).of("").after == after


def test_the_first_pre_test_is_the_same_here_and_on_the_persons_own_pages(
    course, world, now
):
    Quiz.objects.filter(key="pretest").update(attempts_per_block=None, counting="last")
    enrollment = enroll(
        course=course, person=make_person(unit=world.section, now=now), now=now
    )
    for hour, right in ((0, 1), (1, 2)):
        sit(
            enrollment=enrollment,
            quiz_key="pretest",
            right=right,
            now=now + timedelta(hours=hour),
        )
    read_lessons(enrollment=enrollment, now=now)
    after = sit(enrollment=enrollment, quiz_key="posttest", right=4, now=now)
    reach = reach_of(world.people["hr"], now=now)

    assert gain_figures(reach, course.pk).of("").before == 50
    assert own_gain(load(after)).whole.before == 50
    page = result_page(load(after), today=now.date())
    assert page.pretest_score == 50


def test_an_item_left_out_of_the_sum_is_left_out_here(learn, course, world, now):
    (place,) = learn(world.section, [3])
    wrong = AttemptItem.objects.filter(
        attempt__enrollment=place, attempt__quiz_key="posttest", share_numerator=0
    )
    wrong.update(left_out=True)
    reach = reach_of(world.people["hr"], now=now)

    assert gain_figures(reach, course.pk).of("").after == 100


def test_the_latest_cycle_is_counted_once(learn, course, world, now):
    (place,) = learn(world.section, [4])
    republish(course=course, change="cycle", now=now)
    again = enroll(course=course, person=place.person, now=now)
    sit(enrollment=again, quiz_key="pretest", right=2, now=now)
    read_lessons(enrollment=again, now=now)
    sit(enrollment=again, quiz_key="posttest", right=4, now=now)
    sums = gain_figures(reach_of(world.people["hr"], now=now), course.pk).of("")

    assert (sums.n, sums.before, sums.after) == (1, 100, 100)


def test_whoever_has_only_begun_another_cycle_keeps_her_gain(learn, course, world, now):
    (place,) = learn(world.section, [4])
    reach = reach_of(world.people["hr"], now=now)
    before = gain_figures(reach, course.pk).of("")
    republish(course=course, change="cycle", now=now)

    again = enroll(course=course, person=place.person, now=now)
    begun = gain_figures(reach, course.pk).of("")
    sit(enrollment=again, quiz_key="pretest", right=2, now=now)
    tested = gain_figures(reach, course.pk).of("")

    assert (before.n, before.before, before.after) == (1, 50, 100)
    assert before == begun == tested


def test_an_objective_of_an_earlier_cycle_keeps_its_line(hr, learn, course, world, now):
    learn(world.section, [4] * 5)
    before = version_content(course.current_version)
    other = [ObjectiveContent("t2", "C2", "Hal lain.")]

    republish(
        course=course,
        change="cycle",
        now=now,
        content=replace(before, objectives=other),
    )

    (row,) = hr.get(URL).context["page"].objectives
    assert (row.label, row.gain.n) == ("Menjelaskan contoh.", 5)


def test_each_pillar_has_a_line_where_there_are_several(hr, learn, world):
    learn(world.section, [4] * 5)
    assert hr.get(URL).context["page"].pillars == []
    QuestionVersion.objects.filter(
        question__key__in=["contoh-pretest-1", "contoh-posttest-1"]
    ).update(pillar="aman")
    pillars = hr.get(URL).context["page"].pillars

    assert [row.label for row in pillars] == ["Cakap Digital", "Aman Digital"]


# --- small groups ---------------------------------------------------------------------
@pytest.fixture
def sections(world, now):
    """Three sections of the office, by name."""
    return {
        name: make_unit(name=name, now=now, parent=world.office)
        for name in ("Seksi A", "Seksi B", "Seksi C")
    }


def parts_of(response):
    return {
        row.label: row.gain.n if row.gain else None
        for row in response.context["page"].parts
    }


def test_a_small_part_takes_its_neighbour_along(hr, learn, sections):
    learn(sections["Seksi A"], [4] * 3)
    learn(sections["Seksi B"], [4] * 5)
    learn(sections["Seksi C"], [4] * 6)
    page = hr.get(f"{URL}?unit=dinas-percobaan")

    assert page.context["page"].whole.n == 14
    assert parts_of(page) == {"Seksi A": None, "Seksi B": None, "Seksi C": 6}
    # The neighbour's own page keeps quiet as well, or it could be subtracted.
    assert hr.get(f"{URL}?unit=seksi-a").context["page"].whole is None
    assert hr.get(f"{URL}?unit=seksi-b").context["page"].whole is None
    assert hr.get(f"{URL}?unit=seksi-c").context["page"].whole.n == 6


def test_large_parts_are_all_shown(hr, learn, sections, world):
    learn(sections["Seksi A"], [4] * 5)
    learn(sections["Seksi B"], [4] * 5)
    learn(world.office, [2] * 5)
    page = hr.get(f"{URL}?unit=dinas-percobaan")

    assert parts_of(page) == {
        "Seksi A": 5,
        "Seksi B": 5,
        "Langsung di Dinas Percobaan": 5,
    }
    # A part's line leads to its page.
    assert f"{URL}?kursus=contoh&amp;unit=seksi-a" in page.text


def test_the_file_says_no_more_than_the_screen(hr, learn, sections):
    learn(sections["Seksi A"], [4] * 3)
    learn(sections["Seksi B"], [3] * 5)
    learn(sections["Seksi C"], [4] * 6)
    data = {"kursus": "contoh", "unit": "dinas-percobaan", "format": "csv"}
    response = hr.post(f"{URL}unduh/", data)
    text = b"".join(response).decode()
    rows = list(csv.DictReader(StringIO(text), delimiter=";"))

    assert [(row["Unit kerja"], row["Tentang"], row["Orang"]) for row in rows] == [
        ("Dinas Percobaan", "Semua soal", "14"),
        ("Seksi C", "Semua soal", "6"),
        ("Dinas Percobaan", "Menjelaskan contoh.", "14"),
        ("Seksi C", "Menjelaskan contoh.", "6"),
        ("Dinas Percobaan", "Cakap Digital", "14"),
        ("Seksi C", "Cakap Digital", "6"),
    ]
    assert (rows[1]["Kode unit"], rows[1]["Jalur unit kerja"]) == (
        sections["Seksi C"].code,
        "Kabupaten Contoh / Dinas Percobaan / Seksi C",
    )
    assert "peningkatan-2026-11-21.csv" in response["Content-Disposition"]


def test_the_workbook_explains_itself(hr, learn, world):
    learn(world.section, [4] * 5)
    response = hr.post(f"{URL}unduh/", {"kursus": "contoh", "format": "xlsx"})
    workbook = CalamineWorkbook.from_filelike(BytesIO(b"".join(response)))
    explained = dict(workbook.get_sheet_by_name("Keterangan").to_python())

    assert workbook.sheet_names == ["Peningkatan", "Keterangan"]
    assert explained["Laporan"] == "Peningkatan hasil belajar"
    assert explained["Kursus"] == "Kursus Contoh"


# --- who sees what --------------------------------------------------------------------
def test_people_of_other_units_are_not_counted(hr, learn, world):
    learn(world.section, [4] * 5)
    learn(world.other_office, [0] * 5)

    assert hr.get(URL).context["page"].whole.n == 5
    assert hr.get(f"{URL}?unit=dinas-lain").status_code == 404


def test_an_unknown_course_is_not_found(hr, course):
    assert hr.get(f"{URL}?kursus=tidak-ada").status_code == 404


def test_no_name_stands_on_the_page(hr, learn, world):
    learn(world.section, [4] * 6)

    assert "Budi Contoh" not in hr.get(URL).text


def test_without_a_course_the_page_says_so(hr, world):
    assert "Belum ada kursus." in hr.get(URL).text
    assert hr.post(f"{URL}unduh/").status_code == 302


def test_queries_do_not_grow(hr, learn, sections):
    learn(sections["Seksi A"], [4] * 5)
    few = count_queries(hr, URL)
    for section in sections.values():
        learn(section, [3] * 5)

    assert count_queries(hr, URL) == few


def test_figures_of_many_are_kept_for_a_while(hr, learn, world, monkeypatch):
    monkeypatch.setattr("reports.gain.figures.FEW_PAIRS", 4)
    learn(world.section, [4] * 5)
    hr.get(URL)
    learn(world.section, [4] * 2)

    assert hr.get(URL).context["page"].whole.n == 5


def test_a_post_test_in_the_place_of_another_is_the_one_that_stands_for_her(
    course, world, now
):
    place = enroll(course=course, person=world.people["learner"], now=now)
    sit(enrollment=place, quiz_key="pretest", right=0, now=now)
    read_lessons(enrollment=place, now=now)
    sit(enrollment=place, quiz_key="posttest", right=2, now=now)
    version = republish(course=course, change="required", now=now)
    # As a course folder does that gives the quiz another key.
    for rows in (
        Quiz.objects.filter(grade_item__version=version),
        version.grade_items,
        version.requirements,
    ):
        rows.filter(key="posttest").update(key="akhir")
    reach = reach_of(world.people["hr"], now=now)
    place.refresh_from_db()
    before = gain_figures(reach, course.pk).of("")

    done = sit(enrollment=place, quiz_key="akhir", right=4, now=now)

    after = gain_figures(reach, course.pk).of("")
    assert (before.n, before.before, before.after) == (1, 0, 50)
    assert (after.n, after.before, after.after) == (1, 0, 100)
    assert result_page(load(done), today=now.date()).gain == 100
    assert own_gain(load(done)).whole.after == 100
