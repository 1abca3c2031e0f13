"""Whose doing a line tells of: the request's, the person's, the task's."""

import logging

import pytest

from elearning.celery import begin_lines, carry_request, end_lines
from lib import log_context

GIVEN = "0af7651916cd43dd8448eb211c80319c"


@pytest.fixture(autouse=True)
def nothing_said():
    token = log_context.start_lines()
    yield
    log_context.end_lines(token)


@pytest.fixture
def said(monkeypatch) -> list[dict[str, object]]:
    """What the log knows whenever a page is not found."""
    kept: list[dict[str, object]] = []
    monkeypatch.setattr(
        logging.getLogger("django.request"),
        "handle",
        lambda record: kept.append(dict(log_context.current())),
    )
    return kept


def test_every_answer_names_its_request_and_its_lines_do_too(client, db, said):
    answer = client.get("/tidak-ada/")

    again = client.get("/tidak-ada/")

    assert [one["request"] for one in said] == [
        answer["X-Request-ID"],
        again["X-Request-ID"],
    ]


def test_lines_name_the_person_by_her_internal_id(world, learner, client_of, said):
    client_of(learner).get("/tidak-ada/")

    assert said[0]["person"] == learner.pk


def test_an_id_is_taken_from_our_own_proxy_only(client, db, settings):
    asked = {"headers": {"x-request-id": GIVEN}}
    from_anybody = client.get("/healthz", **asked)["X-Request-ID"]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    assert from_anybody != GIVEN
    assert client.get("/healthz", **asked)["X-Request-ID"] == GIVEN


def test_a_task_carries_the_request_that_asked_for_it():
    token = log_context.start_lines(request=GIVEN)
    headers: dict[str, str] = {}
    carry_request(headers=headers)
    log_context.end_lines(token)

    class Task:
        name = "certificates.store_pdf"
        request = type("Request", (), headers)

    begin_lines(task_id="t-1", task=Task)
    during = log_context.current()
    end_lines()

    assert during == {
        "task": "t-1",
        "job": "certificates.store_pdf",
        "request": GIVEN,
    }
    assert log_context.current() == {}
