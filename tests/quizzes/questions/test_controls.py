"""Every type of question answered, handed in and explained, without scripts."""

import re
from fractions import Fraction
from html.parser import HTMLParser
from uuid import uuid4

import pytest

from quizzes.bank.rows import wording_of
from quizzes.models import Attempt, PracticeResponse, Repair
from quizzes.questions.aliases import Aliases
from quizzes.questions.controls import control_of
from tests.factories import enroll, read_lessons, start
from tests.quizzes.exercises import ANSWERS, TYPES, make_exercises
from tests.quizzes.questions.examples import EXAMPLES


@pytest.fixture
def course(world, now):
    """A course that asks a question of every type."""
    return make_exercises(unit=world.agency, now=now)


@pytest.fixture
def place(course, learner, now):
    """The learner's place, with the lesson read."""
    place = enroll(course=course, person=learner, now=now)
    read_lessons(enrollment=place, now=now)
    return place


@pytest.fixture
def attempt(place, now) -> Attempt:
    """A post-test in progress, one question of every type."""
    return start(enrollment=place, quiz_key="posttest", now=now)


@pytest.fixture
def her(client_of, learner):
    """Return the learner's browser."""
    return client_of(learner)


class Form(HTMLParser):
    """What a browser would post for the form of a page, and which labels it has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.posted: dict[str, list[str]] = {}
        self.fields: dict[str, str | None] = {}
        self.labels: set[str] = set()
        self._select: str = ""
        # What stands in a template is no part of any form.
        self.feed(html.split("<template")[0])

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "label":
            self.labels.add(given["for"])
        if tag == "select":
            self._select = given["name"]
            self.fields[given["id"]] = given["name"]
        if tag == "option" and "selected" in given and self._select:
            self._say(self._select, given.get("value"))
        if tag == "input" and (given.get("name") or "").startswith("answer"):
            self.fields[given["id"]] = given["name"]
            if given["type"] == "text" or "checked" in given:
                self._say(given["name"], given["value"])

    def handle_data(self, data):
        # An option without a value posts its words.
        for said in self.posted.values():
            if None in said:
                said[said.index(None)] = data.strip()

    def _say(self, name, value):
        self.posted.setdefault(name, []).append(value)


def url(attempt: Attempt, page: object) -> str:
    """Return the address of a page of the attempt."""
    return f"/percobaan/{attempt.key}/{page}/"


def position(type_: str) -> int:
    """Return where the paper asks a type."""
    return TYPES.index(type_) + 1


def hand_in(her, attempt: Attempt, type_: str, fields) -> Fraction:
    """Answer one question as a plain form, hand in, and return its points."""
    her.post(url(attempt, position(type_)), {**fields, "go": "kirim"})
    her.post(url(attempt, "kirim"))
    return attempt.items.get(position=position(type_)).points


# --- answering ---------------------------------------------------------------------
@pytest.mark.parametrize("type_", TYPES)
def test_a_right_answer_earns_everything_and_is_told_so(attempt, her, type_):
    assert hand_in(her, attempt, type_, ANSWERS[type_].right) == 1

    response = her.get(url(attempt, f"pembahasan/{position(type_)}"))
    html = response.content.decode()
    assert response.context["page"].explanation.state == "right"
    assert "Nilai soal ini: 1 dari 1." in html
    assert "belum tepat" not in html.split("<aside")[0]


@pytest.mark.parametrize("type_", TYPES)
def test_a_lesser_answer_earns_its_share_and_the_reasons_say_why(attempt, her, type_):
    answers = ANSWERS[type_]

    assert hand_in(her, attempt, type_, answers.less) == answers.worth

    response = her.get(url(attempt, f"pembahasan/{position(type_)}"))
    html = " ".join(response.content.decode().split())
    assert response.context["page"].explanation.state == (
        "partly" if answers.worth else "wrong"
    )
    assert answers.told in html
    assert EXAMPLES[type_].feedback in html


@pytest.mark.parametrize("type_", TYPES)
def test_a_question_left_blank_is_explained_all_the_same(attempt, her, type_):
    her.post(url(attempt, "kirim"))

    response = her.get(url(attempt, f"pembahasan/{position(type_)}"))

    assert response.context["page"].explanation.is_blank
    assert "Soal ini tidak Anda jawab." in response.content.decode()


@pytest.mark.parametrize("said", ["right", "less"])
@pytest.mark.parametrize("type_", TYPES)
def test_an_answer_is_there_again_when_the_question_is_opened_again(
    attempt, her, type_, said
):
    fields = getattr(ANSWERS[type_], said)
    her.post(url(attempt, position(type_)), fields)

    form = Form(her.get(url(attempt, position(type_))).content.decode())

    item = attempt.items.get(position=position(type_))
    posted = Aliases(item.option_order).said(form.posted)
    assert {name: sorted(said) for name, said in posted.items()} == {
        name: sorted(said) for name, said in fields.items()
    }


@pytest.mark.parametrize("type_", TYPES)
def test_the_form_says_by_aliases_what_was_said_by_keys(attempt, her, type_):
    page = url(attempt, position(type_))
    her.post(page, ANSWERS[type_].less)
    form = Form(her.get(page).content.decode())

    her.post(page, form.posted)

    by_keys, by_aliases = attempt.saves.order_by("pk")
    assert by_aliases.value == by_keys.value


@pytest.mark.parametrize("type_", TYPES)
def test_every_field_has_a_label_and_an_id_of_its_own(attempt, her, type_):
    html = her.get(url(attempt, position(type_))).content.decode()

    form = Form(html)
    ids = re.findall(r' id="([^"]+)"', html)
    assert form.fields.keys() <= form.labels
    assert len(ids) == len(set(ids))


def test_a_repaired_question_says_what_became_of_it(attempt, her, now):
    item = attempt.items.get(position=position("numeric"))
    hand_in(her, attempt, "numeric", {"answer": ["3"]})
    Repair.objects.create(
        question_version=item.question_version,
        kind="all_right",
        reason="Data soal keliru.",
        repaired_at=now,
    )

    html = her.get(url(attempt, f"pembahasan/{item.position}")).content.decode()

    assert "semua jawaban mendapat nilai penuh" in html
    assert "terbaca sebagai" not in html


def test_none_is_an_answer_of_its_own(attempt, her):
    points = hand_in(her, attempt, "multiple_response", {"answer": ["-"]})

    html = her.get(url(attempt, "pembahasan/2")).content.decode()
    assert points == 0
    assert "Tidak ada yang benar" in html


# --- what must not travel ----------------------------------------------------------
@pytest.mark.parametrize("type_", TYPES)
def test_a_question_that_is_not_answered_tells_no_key(attempt, her, type_):
    html = her.get(url(attempt, position(type_))).content.decode()

    content = EXAMPLES[type_]
    reasons = [content.feedback, *(o.feedback for o in content.options)]
    assert not [reason for reason in reasons if reason and reason in html]
    classes = re.findall(r'class="([^"]*)"', html)
    assert not [c for c in classes if re.search("right|wrong|partly|benar|kunci", c)]
    assert "[[" not in html
    for word in ("fraction", "match", "scoring", "tolerance", "correct"):
        assert word not in html
    if content.type in {"numeric", "short_text"}:
        assert not [o for o in content.options if f"{o.text}<" in html]


def test_the_authors_keys_do_not_travel(attempt, her):
    for item in attempt.items.select_related("question_version"):
        control = her.get(url(attempt, item.position)).context["page"].question.control
        choices = [choice for place in control.places for choice in place.choices]
        named = {choice.key for choice in choices}
        if control.name in {"rows", "order"}:
            named |= {place.key for place in control.places}
        assert not named & set(item.option_order)


def test_rows_and_choices_stand_as_this_attempt_drew_them(attempt, her):
    for item in attempt.items.select_related("question_version"):
        control = her.get(url(attempt, item.position)).context["page"].question.control
        for shown in (control.places, *(place.choices for place in control.places)):
            aliases = [int(one.key[1:]) for one in shown if one.key.startswith("_")]
            assert control.name == "marks" or aliases == sorted(aliases)


def test_rows_to_be_ordered_never_stand_in_the_right_order(course, learner, now):
    right = [option.key for option in EXAMPLES["ordering"].options]
    place = enroll(course=course, person=learner, now=now)

    attempt = start(enrollment=place, quiz_key="pretest", now=now)

    item = attempt.items.get(question_version__type="ordering")
    assert sorted(item.option_order) == sorted(right)
    assert item.option_order != right


def test_a_script_comes_with_papers_that_need_it(attempt, her):
    for page in ("1", "kirim"):
        assert "dist/exercise.js" in her.get(url(attempt, page)).content.decode()


# --- the result --------------------------------------------------------------------
def test_the_result_counts_points_not_only_whole_questions(attempt, her):
    for type_ in TYPES:
        her.post(url(attempt, position(type_)), ANSWERS[type_].less)
    her.post(url(attempt, "kirim"))

    response = her.get(url(attempt, "hasil"))

    page = response.context["page"]
    assert (page.correct, page.partly, page.total) == (0, 10, 11)
    assert page.objectives[0].points == sum(a.worth for a in ANSWERS.values())
    assert "6,25 dari 11" in response.content.decode()
    assert "10 soal sebagian tepat." in response.content.decode()
    assert {chip.state for chip in page.chips} == {"wrong", "partly"}


# --- practice ----------------------------------------------------------------------
def check(her, type_: str, fields):
    """Answer a practice check of the lesson and return what comes back."""
    key = EXAMPLES[type_].key
    return her.post(
        f"/kursus/latihan/pelajaran/pelajaran-1/cek/{key}/",
        {**fields, "token": uuid4()},
    )


@pytest.mark.parametrize("type_", TYPES)
def test_a_right_check_says_so_and_why(place, her, type_):
    response = check(her, type_, ANSWERS[type_].right)

    html = response.content.decode()
    assert "Tepat." in html
    assert EXAMPLES[type_].feedback in html
    assert "Periksa lagi" not in html
    assert PracticeResponse.objects.get().fraction == 1


@pytest.mark.parametrize("type_", TYPES)
def test_a_lesser_check_says_what_is_missing_and_may_be_tried_again(place, her, type_):
    answers = ANSWERS[type_]

    html = check(her, type_, answers.less).content.decode()

    assert ("Sebagian tepat." if answers.worth else "Belum tepat.") in html
    assert "Periksa lagi" in html
    stored = PracticeResponse.objects.get().fraction
    assert stored == answers.worth
    form = Form(html)
    assert {name: sorted(said) for name, said in form.posted.items()} == {
        name: sorted(said) for name, said in answers.less.items()
    }


def test_the_key_of_a_check_can_be_opened_where_trying_would_not_lead_to_it(place, her):
    assert (
        "Lihat jawabannya" in check(her, "numeric", {"answer": ["3"]}).content.decode()
    )
    html = check(her, "single_choice", {"answer": ["kirim"]}).content.decode()
    assert "Lihat jawabannya" not in html


@pytest.mark.parametrize("type_", TYPES)
def test_a_blank_check_is_told_what_to_do(place, her, type_):
    html = check(her, type_, {}).content.decode()

    assert "dulu." in html
    assert not PracticeResponse.objects.exists()


def test_the_lesson_shows_every_check_without_its_key(place, her):
    html = her.get("/kursus/latihan/pelajaran/pelajaran-1/").content.decode()

    assert html.count('class="m-check"') == len(TYPES)
    for content in EXAMPLES.values():
        assert content.feedback not in html
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert "dist/exercise.js" in html


def test_a_check_that_asks_for_an_order_does_not_show_it(course):
    from quizzes.practice.check_page import practice_check, versions_for

    key = EXAMPLES["ordering"].key
    version = versions_for(course, {key})[key]

    shown = practice_check(course, version, lesson_key="pelajaran-1").control.places

    right = [option.key for option in EXAMPLES["ordering"].options]
    assert [place.key for place in shown] != right
    plain = control_of(wording_of(version), None)
    assert [place.key for place in plain.places] == right
