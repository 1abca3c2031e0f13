"""The copy of everything holds everything, and nothing that is not hers to see."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.apps import apps

from accounts.models import AuditRecord, User
from elearning.own_record.tables import TABLES
from tests.factories import answer, complete, start
from tests.sources import ROOMS

# Tables that point at people and are not copied, each with the reason.
EXCUSED = {
    "accounts.NumberCorrection": "who corrected a number; the number itself is copied",
    "accounts.UnitStanding": "who said what a unit is called, or closed it",
    "accounts.UnitRecount": "work still to be done, gone within a minute",
    "courses.Assignment": "an order to a unit; who gave it",
    "courses.CourseFile": "who brought a file of a course",
    "courses.CourseVersion": "who published",
    "courses.DraftReview": "who asked and decided about a draft",
    "courses.EvaluationForm": "who worded what is asked after courses",
    "courses.LessonSave": "who saved a draft of a course",
    "courses.Outage": "who declared that a unit could not learn",
    "courses.PeopleGroup": "who made a rule with a name",
    "courses.PlannedPublication": "who planned a publication",
    "courses.ReviewComment": "what was said about a draft of a course",
    "quizzes.AccommodationRevocation": "who took a relief back",
    "quizzes.LateAcceptance": "who accepted an answer; that it counts is copied",
    "quizzes.QuestionVersion": "who wrote a question",
    "quizzes.QuizCondition": "who set a condition",
    "quizzes.Repair": "who repaired a question",
    "reports.SiasnBatch": "who made a file for SIASN",
}


def pointing_at_people() -> set[str]:
    return {
        model._meta.label
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        if any(field.related_model is User for field in model._meta.concrete_fields)
    }


def test_every_table_about_people_is_copied_or_excused():
    copied = {table.model for table in TABLES}

    assert pointing_at_people() - copied == set(EXCUSED)
    assert not copied & set(EXCUSED)


def read(response) -> dict:
    archive = ZipFile(BytesIO(response.content))
    assert set(archive.namelist()) == {
        *("baca-saya.txt", "data.json", "catatan-belajar.xlsx")
    }
    assert "Data " in archive.read("baca-saya.txt").decode()
    return json.loads(archive.read("data.json"))


@pytest.fixture
def her(client_of, learner):
    """Return the learner's browser."""
    return client_of(learner)


def test_the_copy_holds_what_she_did(course, learner, her, now):
    complete(course=course, person=learner, now=now)

    data = read(her.post("/akun/data/unduh/"))

    assert data["orang"][0]["nip"] == learner.nip
    assert data["kursus"][0]["course__key"] == "contoh"
    assert [row["percent"] for row in data["percobaan"]] == ["50.00", "100.00"]
    assert len(data["jawaban"]) > 3
    assert data["jp"][0]["jp"] == 1
    assert AuditRecord.objects.filter(verb="elearning.data.downloaded").count() == 1


def test_nothing_tells_which_answer_was_right(place, her, now):
    running = start(enrollment=place, quiz_key="pretest", now=now)
    answer(attempt=running, right=1, now=now)

    data = read(her.post("/akun/data/unduh/"))

    said = json.dumps(data["percobaan"] + data["soal_percobaan"] + data["jawaban"])
    for word in ("share", "fraction", '"points"', "seed", "option_order"):
        assert word not in said


def test_nobody_else_is_in_it(course, learner, client_as, now):
    complete(course=course, person=learner, now=now)

    response = client_as("hr").post("/akun/data/unduh/")

    assert read(response)["kursus"] == []
    assert learner.nip not in json.dumps(read(response))


def test_secrets_are_not_copied():
    columns = {column for table in TABLES for column in table.columns}

    assert not {column for column in columns if "password" in column}
    mfa = next(table for table in TABLES if table.model == "mfa.Authenticator")
    assert "data" not in mfa.columns
