"""Item analysis in Studio: figures from thirty on, suspects, files, wordings."""

import csv
from io import StringIO

import pytest

from accounts.models import AuditRecord
from quizzes import actions
from quizzes.models import ItemStatistics, QuizStatistics
from quizzes.questions import Composition, Expected
from tests.factories import (
    make_course,
    make_question,
    republish,
    sit_together,
)
from tests.queries import count_queries

PEOPLE = 30
URL = "/studio/contoh/analisis/pretest/"


@pytest.fixture
def course(world, now):
    return make_course(unit=world.agency, now=now, pool=5)


@pytest.fixture
def take(course, world, now):
    """Return a function that lets so many new people sit the pre-test."""

    def take(people, right=lambda number: number % 3):
        sit_together(
            course=course,
            unit=world.section,
            rights=[right(number) for number in range(people)],
            enrolled_at=now,
            now=now,
        )

    return take


def all_or_nothing(number):
    """Let two of three know everything, so that no draw decides who knew what."""
    return 2 if number % 3 else 0


def question_url(number=1):
    return f"{URL}contoh-pretest/contoh-pretest-{number}/"


def test_before_anything_is_computed_the_page_says_when_it_will_be(author, course):
    page = author.get(URL)

    assert "Belum ada yang dihitung." in page.text
    assert "Belum ada angka untuk soal ini." in author.get(question_url()).text


def test_below_thirty_there_is_a_number_and_a_reason(author, take):
    take(12)
    assert author.post(f"{URL}hitung/").status_code == 302
    page = author.get(URL).text

    assert page.count("Butuh sedikitnya 30 jawaban; baru 12.") == 3
    assert "Konsistensi internal" not in page
    assert '<svg class="m-chart' not in author.get(question_url()).text


def test_from_thirty_on_there_are_figures(author, take):
    take(PEOPLE)
    author.post(f"{URL}hitung/")
    response = author.get(URL)
    page = response.context["page"]

    assert "Butuh sedikitnya" not in response.text
    assert "Konsistensi internal" in response.text
    assert page.statistics.mean == 50
    assert [bar.n for bar in page.bars] == [10, 0, 0, 0, 0, 10, 0, 0, 0, 10]
    # The picture's numbers stand in a table as well.
    assert '<th scope="row">90–100</th><td class="num">10</td>' in response.text


def test_the_question_page_has_picture_table_and_choices(author, take):
    take(PEOPLE)
    author.post(f"{URL}hitung/")
    response = author.get(question_url())
    found = response.context["found"]

    assert sum(quarter.n for quarter in found.quarters) == PEOPLE
    assert response.text.count('<rect class="series-0"') == sum(
        quarter.percent is not None for quarter in found.quarters
    )
    rows = {row.text: row for row in found.places[0].rows}
    assert rows["Benar"].is_key
    assert rows["Benar"].n + rows["Belum"].n == PEOPLE
    assert rows["Lain"].n == rows["Tidak dijawab"].n == 0
    # Nobody chose "Lain".
    assert "Hampir tidak ada yang memilih “Lain” (di bawah 5%)." in response.text


def test_a_wrong_key_is_named_with_what_to_do(author, take):
    """Whoever knows the rest answers this one "wrong"."""
    take(PEOPLE, right=lambda number: 1)
    author.post(f"{URL}hitung/")
    item = ItemStatistics.objects.first()
    item.suspicions = [{"sign": "wrong_key", "choices": [["", "b"]]}]
    item.save()
    page = author.get(URL).text

    assert "Peserta terbaik lebih sering memilih “Belum” daripada kunci." in page
    assert "Periksa kuncinya. Mungkin kunci salah." in page


def test_every_wording_has_its_line_in_the_history(author, course, take, now):
    take(2)
    bank = course.question_banks.get(use="pretest")
    content = make_question("contoh-pretest-1", stem="Kata baru?")
    actions.write_question(bank=bank, content=content, by=None, now=now)
    actions.make_ready(course=course, by=None, now=now)
    republish(course=course, change="wording", now=now)
    take(3)
    author.post(f"{URL}hitung/")

    newest = author.get(question_url()).context["found"]
    assert (newest.current.version, newest.current.n) == (2, 3)
    older = author.get(f"{question_url()}?versi=1").context["found"]
    assert (older.current.version, older.current.n) == (1, 2)
    assert [row.version for row in older.versions] == [2, 1]


@pytest.mark.parametrize(
    ("order", "first"), [("n", 1), ("-n", 2), ("soal", 1), ("-soal", 2), ("ngawur", 1)]
)
def test_the_table_is_sorted_by_its_heads(author, take, order, first):
    take(3)
    author.post(f"{URL}hitung/")
    second = ItemStatistics.objects.get(
        question_version__question__key="contoh-pretest-2"
    )
    second.n = 9
    second.save()
    rows = author.get(f"{URL}?urut={order}").context["rows"]

    assert rows[0].key == f"contoh-pretest-{first}"


def test_each_choice_of_attempts_has_figures_of_its_own(author, take):
    take(3)
    author.post(f"{URL}hitung/", {"percobaan": "semua"})

    assert "Belum ada yang dihitung." in author.get(URL).text
    page = author.get(f"{URL}?percobaan=semua")
    assert page.context["page"].statistics.n == 3
    assert "Satu orang dapat terhitung beberapa kali" in page.text
    assert QuizStatistics.objects.get().selection == "all"


def test_many_attempts_are_counted_in_the_background(author, take, monkeypatch):
    monkeypatch.setattr("quizzes.analysis.actions.MOST_AT_ONCE", 2)
    queued = []
    monkeypatch.setattr(
        "quizzes.analysis.actions.queue_on_commit",
        lambda job, **kwargs: queued.append((job.name, kwargs)),
    )
    take(3)
    page = author.post(f"{URL}hitung/", follow=True)

    assert "Sedang dihitung." in page.text
    assert not QuizStatistics.objects.exists()
    ((name, arguments),) = queued
    assert name == "quizzes.refresh_statistics"
    assert arguments["quiz_key"] == "pretest"


def test_the_file_has_the_table(author, take):
    take(PEOPLE)
    author.post(f"{URL}hitung/")
    response = author.get(f"{URL}tabel.csv")
    rows = list(csv.DictReader(StringIO(response.text), delimiter=";"))

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert AuditRecord.objects.filter(verb="quizzes.analysis.downloaded").count() == 1
    assert "analisis-contoh-pretest-pertama.csv" in response["Content-Disposition"]
    assert [row["soal"] for row in rows] == ["contoh-pretest-1", "contoh-pretest-2"]
    assert {row["jawaban"] for row in rows} == {"30"}
    assert all(0 < float(row["tingkat_kemudahan"]) < 100 for row in rows)
    assert rows[0]["tebakan_acak"] == "33.33"


def test_the_file_keeps_quiet_about_few(author, take):
    take(3)
    author.post(f"{URL}hitung/")
    (row, _other) = csv.DictReader(
        StringIO(author.get(f"{URL}tabel.csv").text), delimiter=";"
    )

    assert (row["jawaban"], row["tingkat_kemudahan"], row["daya_beda"]) == ("3", "", "")


@pytest.fixture
def estimate(course, now):
    """Return a function that says how many untrained people will be right."""

    def say(untrained, trained=100):
        expected = Expected(untrained, trained)
        actions.write_composition(
            bank=course.question_banks.get(use="pretest"),
            questions={"contoh-pretest-1": Composition(expected)},
            by=None,
            now=now,
        )

    return say


def test_the_expected_difficulty_stands_beside_the_observed_one(author, take, estimate):
    take(PEOPLE, right=all_or_nothing)
    estimate(20)
    author.post(f"{URL}hitung/")
    page = author.get(URL)
    one, other = sorted(page.context["rows"], key=lambda row: row.key)

    assert (one.expectation.percent, other.expectation) == (20, None)
    gap = one.statistics.facility - 20
    assert one.expectation.gap == pytest.approx(gap)
    assert f"Lebih mudah {round(gap)} poin daripada taksiran 20%." in page.text
    assert "Taksiran" in author.get(question_url()).text
    assert page.context["page"].suspects[-1].key in {one.key, other.key}


def test_an_estimate_that_came_true_is_no_suspicion(author, take, estimate):
    take(PEOPLE, right=all_or_nothing)
    estimate(60)
    author.post(f"{URL}hitung/")

    assert "daripada taksiran" not in author.get(URL).text


def test_a_new_estimate_needs_no_new_figures(author, take, estimate):
    take(PEOPLE)
    author.post(f"{URL}hitung/")
    before = QuizStatistics.objects.get().computed_at
    estimate(5)

    assert "poin daripada taksiran 5%." in author.get(URL).text
    assert QuizStatistics.objects.get().computed_at == before


def test_other_attempts_than_first_ones_were_not_estimated(author, take, estimate):
    take(PEOPLE)
    estimate(5)
    author.post(f"{URL}hitung/", {"percobaan": "semua"})
    page = author.get(f"{URL}?percobaan=semua")

    assert {row.expectation for row in page.context["rows"]} == {None}


def test_the_file_has_the_estimate(author, take, estimate):
    take(PEOPLE)
    estimate(45)
    author.post(f"{URL}hitung/")
    rows = csv.DictReader(StringIO(author.get(f"{URL}tabel.csv").text), delimiter=";")

    assert [row["taksiran"] for row in rows] == ["45", ""]


def test_no_person_stands_on_the_pages(author, take, world):
    take(PEOPLE)
    author.post(f"{URL}hitung/")
    for url in (URL, question_url(), f"{URL}tabel.csv"):
        assert "Budi Contoh" not in author.get(url).text


def test_queries_do_not_grow_with_questions(author, course, take, now):
    take(1)
    author.post(f"{URL}hitung/")
    few = count_queries(author, URL)
    bank = course.question_banks.get(use="pretest")
    for number in range(20):
        content = make_question(f"tambahan-{number}")
        actions.write_question(bank=bank, content=content, by=None, now=now)
    actions.make_ready(course=course, by=None, now=now)
    republish(course=course, change="wording", now=now)
    take(1)
    author.post(f"{URL}hitung/")

    assert len(author.get(URL).context["rows"]) > 20
    assert count_queries(author, URL) == few


def test_the_outline_leads_here(author, course):
    assert f'href="{URL}"' in author.get("/studio/contoh/").text


def test_a_quiz_or_question_that_is_not_the_courses_is_not_found(
    author, course, world, now
):
    make_course(unit=world.agency, now=now, key="lain", pool=5)

    assert author.get("/studio/contoh/analisis/tidak-ada/").status_code == 404
    url = f"{URL}lain-pretest/lain-pretest-1/"
    assert author.get(url).status_code == 404


def test_the_editor_tells_how_the_question_fares(author, take):
    take(PEOPLE)
    author.post(f"{URL}hitung/")
    url = "/studio/contoh/soal/contoh-pretest/contoh-pretest-1/"
    page = author.get(f"{url}?panel=quality").text

    assert "Daya beda" in page
    assert f'href="{question_url()}?percobaan=pertama&amp;versi=1"' in page
