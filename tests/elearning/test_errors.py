"""Error pages in the site's own hand, and what they must not need."""

import errno
import sqlite3

import kombu
import psycopg
import pytest
import redis
from django.db import InterfaceError, InternalError, OperationalError
from django.test import Client, RequestFactory
from django.test.client import FakePayload

from elearning.views import errors

FORM = "application/x-www-form-urlencoded"


def test_a_missing_page_is_told_to_strangers_and_to_people(client, world, client_as):
    for browser in (client, client_as("learner")):
        response = browser.get("/tidak-ada/")
        assert response.status_code == 404
        assert "<html" in response.content.decode()


def test_a_missing_page_echoes_nothing(client, db):
    response = client.get("/<script>alert(1)</script>/")

    assert "<script>alert(1)" not in response.content.decode()


def test_a_page_of_another_role_is_forbidden(world, client_as):
    response = client_as("learner").get("/sdm/impor/")

    assert response.status_code == 403
    assert "<html" in response.content.decode()


def test_a_form_that_was_open_too_long_is_told_kindly(world, learner):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(learner)

    response = browser.post("/akun/", {"salutation": "Bu"})

    assert response.status_code == 403
    assert "<html" in response.content.decode()


def test_a_broken_server_answers_without_database_and_session():
    # No `db` here: touching the database would fail the test.
    response = errors.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "<html" in response.content.decode()


def test_a_view_that_fails_gives_the_page_for_a_broken_server(
    client, world, learner, monkeypatch
):
    client.raise_request_exception = False
    client.force_login(learner)
    monkeypatch.setattr("elearning.views.home.home_page", lambda *a, **kw: 1 / 0)

    response = client.get("/")

    assert response.status_code == 500
    assert "ZeroDivision" not in response.content.decode()


def _failing(error: BaseException, cause: BaseException | None = None):
    def fail(*_args, **_over):
        raise error from cause

    return fail


def _of_sqlite(name: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(name)
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(
    "fail",
    [
        _failing(OperationalError("full"), _of_sqlite("SQLITE_FULL")),
        _failing(OperationalError("locked"), _of_sqlite("SQLITE_BUSY_SNAPSHOT")),
        _failing(OperationalError("disk"), psycopg.errors.DiskFull("full")),
        _failing(OperationalError("away"), psycopg.OperationalError("refused")),
        _failing(OperationalError("deadlock"), psycopg.errors.DeadlockDetected("x")),
        _failing(OperationalError("stopping"), psycopg.errors.AdminShutdown("stop")),
        _failing(InternalError("standby"), psycopg.errors.ReadOnlySqlTransaction("x")),
        _failing(InterfaceError("connection already closed")),
        _failing(OSError(errno.ENOSPC, "No space left on device")),
        _failing(OSError(errno.EMFILE, "Too many open files")),
        _failing(ValueError("a zip"), OSError(errno.EDQUOT, "Quota exceeded")),
        _failing(redis.exceptions.ConnectionError("refused")),
        _failing(kombu.exceptions.OperationalError("refused")),
    ],
)
def test_an_outage_is_told_apart_and_says_when_to_try_again(
    client, world, learner, monkeypatch, fail
):
    client.raise_request_exception = False
    client.force_login(learner)
    monkeypatch.setattr("elearning.views.home.home_page", fail)

    response = client.get("/")

    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "belum tersimpan" in response.content.decode()


@pytest.mark.parametrize(
    "fail",
    [
        _failing(OperationalError("no such table"), _of_sqlite("SQLITE_ERROR")),
        _failing(OperationalError("no table"), psycopg.errors.UndefinedTable("x")),
        _failing(
            OperationalError("no currval"),
            psycopg.errors.ObjectNotInPrerequisiteState("x"),
        ),
        _failing(InternalError("aborted"), psycopg.errors.InFailedSqlTransaction("x")),
        _failing(FileNotFoundError(errno.ENOENT, "No such file")),
    ],
)
def test_a_fault_of_the_program_is_no_outage(client, world, learner, monkeypatch, fail):
    client.raise_request_exception = False
    client.force_login(learner)
    monkeypatch.setattr("elearning.views.home.home_page", fail)

    assert client.get("/").status_code == 500


@pytest.mark.parametrize("host", ["jahat.example", "testserver:x", "a b"])
def test_another_host_is_a_bad_request(client, db, host):
    response = client.get("/privasi/", headers={"host": host})

    assert response.status_code == 400


def test_a_null_character_is_a_bad_request(client_as, world):
    learner = client_as("learner")

    answers = [
        learner.get("/kursus/", {"cari": "kursus\0"}),
        learner.post("/akun/", "salutation=Bu%00", content_type=FORM),
        learner.get("/verifikasi/?kode=%00"),
        # As it is, not encoded; and in the way that forms with files are sent.
        learner.post("/akun/", b"salutation=Bu\0", content_type=FORM),
        learner.post("/akun/", {"salutation": "Bu\0"}),
        learner.post("/akun/", {"salut\0ation": "Bu"}),
    ]

    assert [response.status_code for response in answers] == [400] * 6


def test_half_a_form_is_a_bad_request(client_as, monkeypatch):
    """Whoever sent it has gone: a line that broke is no fault of the site."""
    learner = client_as("learner")

    def broken(self, *args: object) -> bytes:
        raise OSError

    monkeypatch.setattr(FakePayload, "read", broken)

    assert learner.post("/akun/", {"salutation": "Bu"}).status_code == 400


@pytest.mark.parametrize("page", ["/privasi/", "/aksesibilitas/", "/bantuan/"])
def test_pages_that_inform_are_open_to_all_and_cost_no_query(
    client, page, django_assert_num_queries
):
    assert client.get(page).status_code == 200


@pytest.mark.parametrize("page", ["/privasi/", "/tidak-ada/", "/masuk/"])
def test_every_page_carries_the_strict_headers(client, db, page):
    response = client.get(page)

    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "data:" not in policy
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
