"""The evaluation after a course: asked once, kept without a name, told in fives."""

import random

import pytest
from django.db import IntegrityError, transaction

from certificates.actions import issue_certificate
from courses.evaluations.actions import (
    STEP,
    EvaluationContent,
    give_evaluation,
    rewrite_evaluation,
)
from courses.evaluations.page import evaluation_results
from courses.evaluations.wording import EvaluationWording
from courses.exceptions import EvaluationNotPossible
from courses.models import (
    EvaluationAnswer,
    EvaluationForm,
    EvaluationGiven,
    EvaluationPile,
)
from elearning.own_record.tables import TABLES
from tests.factories import enroll, finish_reading, make_person, make_reading
from tests.queries import assert_same_queries

ASK = "/kursus/ringan/evaluasi/"


@pytest.fixture
def reading(world, now):
    """Return a course that reading alone finishes."""
    return make_reading(unit=world.agency, now=now, key="ringan")


@pytest.fixture
def her(client_of, learner):
    """Return the learner's browser."""
    return client_of(learner)


def certified(reading, person, now):
    place = finish_reading(course=reading, person=person, now=now)
    issue_certificate(enrollment_id=place.pk, by=None, now=now)
    return place


def someone(world, reading, now):
    """Return the place of another person with a certificate."""
    return certified(reading, make_person(unit=world.section, now=now), now)


def say(place, *, score=4, text="", number=1, seed=None) -> bool:
    return give_evaluation(
        enrollment_id=place.pk,
        form_number=number,
        content=EvaluationContent([score] * 6, [text, ""]),
        chance=random.Random(seed or 1_000 + place.pk),
    )


def filled(score=4, **over) -> dict:
    scores = {f"score_{at}": score for at in range(1, 7)}
    return {"number": 1, **scores, "text_1": "Contohnya.", **over}


def told(course):
    return evaluation_results(course, number=None)


def counts(course) -> list[int]:
    return [form.count for form in told(course).forms]


def test_it_is_offered_with_the_certificate_and_not_before(reading, learner, her, now):
    place = finish_reading(course=reading, person=learner, now=now)
    assert ASK not in her.get("/kursus/ringan/").content.decode()
    assert her.get(ASK).status_code == 302
    with pytest.raises(EvaluationNotPossible, match="no_certificate"):
        say(place)

    issue_certificate(enrollment_id=place.pk, by=None, now=now)

    assert f'href="{ASK}"' in her.get("/kursus/ringan/").content.decode()
    html = her.get(ASK).content.decode()
    assert "Materi mudah dipahami." in html
    assert "Tidak wajib" in html


def test_whoever_is_still_learning_is_not_asked(reading, learner, her, now):
    enroll(course=reading, person=learner, now=now)

    assert her.get(ASK).status_code == 302
    assert her.post(ASK, filled()).status_code == 302
    assert not EvaluationAnswer.objects.exists()


def test_she_answers_once_and_is_not_asked_again(reading, learner, her, now):
    certified(reading, learner, now)

    assert her.post(ASK, filled()).url == "/kursus/ringan/"
    her.post(ASK, filled(score=1))

    answer = EvaluationAnswer.objects.get()
    assert (answer.score_6, answer.text_1) == (4, "Contohnya.")
    assert ASK not in her.get("/kursus/ringan/").content.decode()


def test_what_was_typed_stays_where_a_score_is_missing(reading, learner, her, now):
    certified(reading, learner, now)
    form = filled()
    del form["score_3"]

    html = her.post(ASK, form).content.decode()

    assert "Pilih satu jawaban." in html
    assert "Contohnya." in html
    assert not EvaluationGiven.objects.exists()


def test_nothing_leads_from_an_answer_to_a_person_or_a_moment():
    answer = {field.get_internal_type() for field in EvaluationAnswer._meta.fields}
    assert answer == {
        *("UUIDField", "ForeignKey", "PositiveSmallIntegerField"),
        *("TextField", "BooleanField"),
    }
    related = {f.related_model for f in EvaluationAnswer._meta.fields if f.is_relation}
    assert related == {EvaluationPile}
    given = [field.name for field in EvaluationGiven._meta.fields]
    assert given == ["enrollment"]
    copied = {table.model for table in TABLES}
    assert "courses.EvaluationGiven" in copied
    assert "courses.EvaluationAnswer" not in copied


def test_results_move_in_steps_so_that_one_more_tells_nothing(world, reading, now):
    places = [someone(world, reading, now) for _one in range(2 * STEP)]
    seen = []
    for number, place in enumerate(places, start=1):
        # The sixth person's anger cannot be read from the difference.
        say(place, score=1 if number == STEP + 1 else 5, text=f"kata {number}")
        seen.append((counts(reading), [row.mean for row in told(reading).forms]))

    assert [count for count, _means in seen[: STEP - 1]] == [[]] * (STEP - 1)
    assert seen[STEP - 1] == ([5], [5])
    assert seen[STEP : 2 * STEP - 1] == [([5], [5])] * (STEP - 1)
    assert seen[-1][0] == [10]
    statement = told(reading).forms[0].statements[0]
    assert statement.counts == [1, 0, 0, 0, 9]


def test_free_answers_wait_too_and_come_in_no_order_of_time(world, reading, now):
    places = [someone(world, reading, now) for _one in range(STEP)]
    for number, place in enumerate(places[:-1], start=1):
        say(place, text=f"kata {number}", seed=number)
    before = set(EvaluationAnswer.objects.values_list("pk", flat=True))
    assert told(reading).texts == []

    say(places[-1], text="kata 5", seed=7)

    (answers,) = told(reading).texts
    texts = answers.texts
    assert sorted(texts) == [f"kata {number}" for number in range(1, 6)]
    assert texts != sorted(texts)
    # Written anew: no key of a row that waited is left.
    assert not before & set(EvaluationAnswer.objects.values_list("pk", flat=True))


def test_old_answers_keep_their_question(world, reading, now):
    for _one in range(STEP):
        say(someone(world, reading, now))
    late = someone(world, reading, now)
    wording = EvaluationWording(prompts=("Apa yang Anda pakai besok?", "Lainnya?"))
    form = rewrite_evaluation(
        agency=world.agency, wording=wording, seen=1, by=world.people["admin"], now=now
    )
    say(late, number=1)
    for _one in range(STEP):
        say(someone(world, reading, now), score=2, text="besok", number=2)

    assert form.number == 2
    forms = told(reading).forms
    assert [(one.number, one.count, one.mean) for one in forms] == [
        (2, 5, 2),
        (1, 5, 4),
    ]
    assert {row.prompt for row in told(reading).texts} == {"Apa yang Anda pakai besok?"}


def test_the_admin_rewrites_what_is_asked(world, reading, learner, her, client_as, now):
    certified(reading, learner, now)
    admin = client_as("admin")
    url = f"/sdm/evaluasi/formulir/{world.agency.pk}/"
    form = admin.get(url).context["form"]
    said = {name: form[name].value() for name in form.fields}

    said["statement_3"] = "Bahasanya mudah dipahami."
    assert admin.post(url, said).status_code == 302
    assert "Bahasanya mudah dipahami." in her.get(ASK).content.decode()
    refused = admin.post(url, {**said, "statement_3": "Lain lagi."})

    assert "baru saja diubah orang lain" in refused.content.decode()
    assert "Lain lagi." in refused.content.decode()
    html = admin.get(url).content.decode()
    assert "Materi mudah dipahami." in html
    assert EvaluationForm.objects.count() == 2


def test_the_same_words_are_no_new_form(world, now):
    for _one in range(2):
        form = rewrite_evaluation(
            agency=world.agency,
            wording=EvaluationWording(),
            seen=1,
            by=world.people["admin"],
            now=now,
        )
    assert form.number == EvaluationForm.objects.count() == 1


def test_authors_and_hr_of_the_unit_read_it_and_nobody_else(
    world, reading, client_as, client_of, now
):
    for _one in range(STEP):
        say(someone(world, reading, now), text="Contohnya membantu.")

    pages = {
        "author": "/studio/ringan/evaluasi/",
        "admin": "/sdm/evaluasi/ringan/",
    }
    for role, url in pages.items():
        html = client_as(role).get(url).content.decode()
        assert "5 jawaban" in html
        assert "Rata-rata 4,00 dari 5" in html
        assert "Contohnya membantu." in html
    assert client_as("reviewer").get(pages["author"]).status_code == 403
    assert client_of(world.outsider).get(pages["admin"]).status_code == 403
    # HR of a unit below the one that gives the course.
    assert client_as("hr").get(pages["admin"]).status_code == 404


def test_before_five_the_page_says_when_there_will_be_something(
    world, reading, client_as, now
):
    for _one in range(STEP - 1):
        say(someone(world, reading, now), text="Rahasia")

    html = client_as("author").get("/studio/ringan/evaluasi/").content.decode()

    assert "setelah terkumpul lima jawaban" in html
    assert "Rahasia" not in html
    assert "4 jawaban" not in html


def test_the_database_keeps_the_scale(world, reading, now):
    say(someone(world, reading, now))

    for wrong in (0, 6):
        with pytest.raises(IntegrityError), transaction.atomic():
            EvaluationAnswer.objects.update(score_4=wrong)


def test_many_answers_are_no_more_questions(world, reading, client_as, now):
    say(someone(world, reading, now))
    pile = EvaluationPile.objects.get()

    def grow(count: int) -> None:
        scores = {f"score_{at}": 3 for at in range(1, 7)}
        EvaluationAnswer.objects.bulk_create(
            EvaluationAnswer(pile=pile, is_counted=True, text_1="isi", **scores)
            for _one in range(count)
        )

    author = client_as("author")
    assert_same_queries(author, "/studio/ringan/evaluasi/", grow, few=3, many=300)
