"""The person's own pages: account and appearance."""

import re

import pytest

from accounts.models import User


def test_the_account_page_shows_her_own_number_whole(learner, client_of):
    html = client_of(learner).get("/akun/").content.decode()

    assert f'value="{learner.nip}"' in html
    assert learner.nip in re.sub("<[^>]*>", "", html)
    assert "Sari Percobaan" in html


def test_a_salutation_is_stored_and_used(learner, client_of):
    response = client_of(learner).post("/akun/", {"salutation": "Bu"})

    assert response["Location"] == "/akun/"
    assert User.objects.get(pk=learner.pk).greeting_name.startswith("Bu")


def test_a_salutation_that_does_not_exist_changes_nothing(learner, client_of):
    response = client_of(learner).post("/akun/", {"salutation": "Yang Mulia"})

    assert response.status_code == 200
    assert User.objects.get(pk=learner.pk).salutation == ""


def test_appearance_works_before_signing_in_and_without_scripts(client, db):
    response = client.post(
        "/tampilan/", {"theme": "dark", "text_size": "larger", "back": "/privasi/"}
    )

    assert response["Location"] == "/privasi/"
    html = client.get("/privasi/").content.decode()
    assert 'data-bs-theme="dark"' in html
    assert "larger" in html.partition("<head>")[0]


def test_the_form_of_appearance_shows_what_was_chosen(client, db):
    client.cookies["theme"] = "dark"

    form = client.get("/tampilan/").context["form"]

    assert form.initial["theme"] == "dark"


@pytest.mark.parametrize("value", ["<script>", "neon", "dark;x"])
def test_a_cookie_with_nonsense_is_ignored(client, db, value):
    client.cookies["theme"] = value
    client.cookies["text_size"] = value

    response = client.get("/privasi/")

    assert response.context["theme"] == ""
    assert value not in response.content.decode().partition("<body")[0]


@pytest.mark.parametrize(
    "elsewhere", ["https://jahat.example/", "//jahat.example", "javascript:alert(1)"]
)
def test_appearance_leads_to_no_other_site(client, db, elsewhere):
    response = client.post("/tampilan/", {"theme": "", "back": elsewhere})

    assert response["Location"] == "/"


def test_people_are_greeted_by_the_hour_where_they_are(learner, client_of, clock, now):
    clock.move_to(now.replace(hour=3, minute=30))
    assert client_of(learner).get("/").context["page"].greeting == "Selamat pagi"

    learner.time_zone = "Asia/Jayapura"
    learner.save(update_fields=["time_zone"])

    assert client_of(learner).get("/").context["page"].greeting == "Selamat siang"


def test_somebody_is_told_that_her_name_cannot_be_printed(learner, client_of):
    assert "tidak dapat dicetak" not in client_of(learner).get("/akun/").text

    learner.name = "Sari ꦱꦫꦶ"
    learner.save(update_fields=["name"])

    page = client_of(learner).get("/akun/").text
    assert "Huruf “ꦱ” (U+A9B1)" in page
    assert "Minta pengelola kepegawaian" in page


def test_a_menu_door_is_shown_to_those_who_work_behind_it(world, client_as):
    def doors(role: str) -> set[str]:
        page = client_as(role).get("/akun/")
        return {item.label for item in page.context["nav"]} & {"Kepegawaian", "Studio"}

    assert doors("learner") == set()
    assert doors("hr") == {"Kepegawaian"}
    assert doors("author") == {"Studio"}
    assert doors("reviewer") == {"Studio"}
    assert doors("admin") == {"Kepegawaian", "Studio"}
