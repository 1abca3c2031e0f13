"""The closed door."""

import pytest
from django.conf import settings


@pytest.fixture
def closed():
    """Close the door, and open it again."""
    file = settings.ELEARNING_MAINTENANCE_FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    yield
    file.unlink()


@pytest.mark.parametrize("path", ["/", "/masuk/", "/verifikasi/", "/tidak-ada/"])
def test_while_the_file_exists_every_page_is_closed(client, closed, path):
    # No `db`: the page works while the database is away.
    response = client.get(path)

    assert (response.status_code, response["Retry-After"]) == (503, "600")
    assert "<html" in response.content.decode()


def test_a_closed_door_takes_no_answers(client, closed):
    response = client.post(
        "/percobaan/00000000-0000-0000-0000-000000000000/simpan/",
        "[]",
        content_type="application/json",
    )

    assert response.status_code == 503


def test_styles_are_served_while_the_door_is_closed(client, closed):
    response = client.get("/static/css/site.css")

    assert response.status_code == 200
    assert b"{" in b"".join(response)


def test_the_door_opens_again(client, db):
    assert client.get("/privasi/").status_code == 200
