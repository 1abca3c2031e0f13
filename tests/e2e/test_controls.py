"""Every control answered by touch, by keyboard and without scripts."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from courses.models import Course
from quizzes.models import Attempt, PracticeResponse, ResponseSave
from quizzes.questions.aliases import Aliases
from tests.e2e.attempts import (
    OneRequestAtATime,
    at_rest,
    next_question,
    open_attempt,
    path,
    soon,
    status,
)
from tests.e2e.axe import assert_accessible, violations
from tests.e2e.controls import (
    expect_saved,
    put_in_order,
    rows,
    say,
    touch_words,
)
from tests.e2e.people import answer_attempt
from tests.factories import World, enroll, make_world, start
from tests.quizzes.exercises import ANSWERS, TYPES, make_exercises
from tests.quizzes.questions.examples import EXAMPLES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-2")]

LESS_SAID = {True: "Sebagian tepat.", False: "Belum tepat."}
IN_ORDER = [option.text for option in EXAMPLES["ordering"].options]


def touch(page: Page, type_: str, *keys: str) -> None:
    """Answer the question of a type by touch: right, or with these options."""
    say(page, EXAMPLES[type_], {"answer": keys} if keys else ANSWERS[type_].right)


@pytest.fixture
def world(live_server: Any) -> World:
    """The usual world, in the real time that the site's own clock tells."""
    return make_world(now=timezone.now())


@pytest.fixture
def course(world: World) -> Course:
    """A course that asks a question of every type."""
    return make_exercises(unit=world.agency, now=timezone.now())


@pytest.fixture
def attempt(
    world: World,
    course: Course,
    sign_in: Callable[[User], None],
) -> Attempt:
    """The learner's pre-test with a question of every type, and her session."""
    learner = world.people["learner"]
    sign_in(learner)
    place = enroll(course=course, person=learner, now=timezone.now())
    return start(enrollment=place, quiz_key="pretest", now=timezone.now())


def open_question(page: Page, attempt: Attempt, type_: str) -> None:
    """Open the question of a type and wait until all are on the phone."""
    open_attempt(page, attempt, TYPES.index(type_) + 1)


def hand_in(page: Page, attempt: Attempt) -> Attempt:
    """Hand the attempt in and return it marked."""
    page.goto(path(attempt, "kirim"))
    page.get_by_role("button", name="Kirim jawaban").click()
    page.wait_for_url("**/hasil/")
    attempt.refresh_from_db()
    return attempt


def test_every_control_survives_a_cut_line_and_a_reload(context, page, attempt):
    open_question(page, attempt, TYPES[0])
    context.set_offline(True)
    for number, type_ in enumerate(TYPES, 1):
        expect(page.locator(".m-number")).to_have_text(f"Soal {number} dari 11")
        touch(page, type_)
        status(page, f"{number} jawaban tersimpan di HP ini, menunggu sinyal")
        if number < len(TYPES):
            next_question(page)
    assert ResponseSave.objects.count() == 0
    context.set_offline(False)
    status(page, "Semua terkirim")

    with at_rest(page):
        page.reload()

    for number, type_ in enumerate(TYPES, 1):
        page.get_by_role("button", name=f"Soal {number}, ").click()
        expect(page.locator(".m-number")).to_have_text(f"Soal {number} dari 11")
        assert said(page, attempt) == ANSWERS[type_].right, type_
    assert rows_of_order(page) == IN_ORDER
    assert hand_in(page, attempt).points == len(TYPES)


def test_somebody_who_knows_all_but_one_answers_by_the_words(page, attempt):
    open_question(page, attempt, TYPES[0])

    answer_attempt(page, list(EXAMPLES.values()), wrong=1)

    assert hand_in(page, attempt).points == len(TYPES) - 1


def test_answers_left_on_the_phone_are_there_when_a_question_is_opened(
    context,
    page,
    attempt,
):
    open_question(page, attempt, "ordering")
    page.route("**/simpan/", lambda route: route.fulfill(status=503))
    touch(page, "ordering")
    status(page, "1 jawaban tersimpan di HP ini")
    page.close()

    page = context.new_page()
    page.route("**/simpan/", lambda route: route.fulfill(status=503))
    page.goto(path(attempt, TYPES.index("ordering") + 1))

    expect(page.locator("[data-order-keep]")).to_be_hidden()
    assert rows(page) == IN_ORDER
    assert said(page, attempt) == ANSWERS["ordering"].right


def said(page: Page, attempt: Attempt) -> dict[str, list[str]]:
    """Return what the open question's form would post, in keys and in their order."""
    form = page.locator("form[data-quiz]")
    fields = form.evaluate(
        """form => {
          const fields = {};
          for (const [key, value] of new FormData(form)) {
            if (key.startsWith("answer")) (fields[key] ||= []).push(value);
          }
          return fields;
        }"""
    )
    position = int(form.get_attribute("data-position") or 0)
    with OneRequestAtATime.lock:
        item = attempt.items.get(position=position)
    right = ANSWERS[TYPES[position - 1]].right
    return {
        key: sorted(values, key=lambda v: right.get(key, []).index(v))
        if set(values) == set(right.get(key, []))
        else values
        for key, values in Aliases(item.option_order).said(fields).items()
    }


def rows_of_order(page: Page) -> list[str]:
    """Return the rows of the question that asks for an order."""
    page.get_by_role("button", name=f"Soal {TYPES.index('ordering') + 1}, ").click()
    expect(page.locator(".m-order")).to_be_visible()
    return rows(page)


def test_an_order_is_made_with_the_keyboard_and_spoken(page, attempt):
    open_question(page, attempt, "ordering")
    assert_accessible(page)

    def press(name: str) -> None:
        button = page.get_by_role("button", name=name, exact=True)
        button.focus()
        page.keyboard.press("Enter")
        expect(button).to_be_focused()

    put_in_order(page, IN_ORDER, press)

    status(page, "Jawaban tersimpan pukul")
    spoken = page.locator("[data-order-status]")
    expect(spoken).to_contain_text("sekarang di urutan")
    expect(spoken).to_contain_text("dari 4.")
    expect(page.locator("[data-order-keep]")).to_be_hidden()
    expect_saved(page, attempt, 5, {"putus": 1, "sandi": 2, "lapor": 3, "kabari": 4})
    first = page.get_by_role("button", name=f"Naik: {IN_ORDER[0]}", exact=True)
    expect(first).to_have_attribute("aria-disabled", "true")


def test_an_order_that_is_right_as_it_stands_has_to_be_kept(page, attempt):
    open_question(page, attempt, "ordering")
    shown = rows(page)
    assert said(page, attempt) == {key: [""] for key in ANSWERS["ordering"].right}

    page.get_by_role("button", name="Pakai urutan ini").click()

    status(page, "Jawaban tersimpan pukul")
    keys = {option.text: option.key for option in EXAMPLES["ordering"].options}
    expect_saved(page, attempt, 5, {keys[text]: n for n, text in enumerate(shown, 1)})


def test_none_and_the_others_leave_each_other(page, attempt):
    open_question(page, attempt, "multiple_response")
    touch(page, "multiple_response", "nik", "topik")

    page.get_by_label("Tidak ada yang benar").check()

    expect(page.locator(".m-option input:checked")).to_have_count(0)
    status(page, "Jawaban tersimpan pukul")
    touch(page, "multiple_response", "alamat")
    expect(page.get_by_label("Tidak ada yang benar")).not_to_be_checked()
    status(page, "Jawaban tersimpan pukul")
    expect_saved(page, attempt, 2, ["alamat"])


def test_a_conversation_shows_what_the_replies_lead_to(page, attempt):
    open_question(page, attempt, "dialogue")
    replies = page.locator(".m-option label")
    words = {option.key: option.text for option in EXAMPLES["dialogue"].options}
    assert_shown(page, ["awal"])

    touch_words(replies, words["aturan"])
    assert_shown(page, ["awal", "kesal"])
    touch_words(replies, words["maaf"])
    assert_shown(page, ["awal", "reda", "kesal"])
    expect(page.get_by_text("Percakapan berlanjut di bawah.")).to_be_visible()
    touch_words(replies, words["pastikan"])
    expect(page.get_by_text("Percakapan selesai.")).to_be_visible()
    assert_accessible(page)
    touch_words(replies, words["dengar"])
    assert_shown(page, ["awal", "reda"])
    status(page, "Jawaban tersimpan pukul")
    expect_saved(page, attempt, 11, ["dengar", "pastikan"])


def assert_shown(page: Page, scenes: list[str]) -> None:
    """Expect these scenes and no other, as they stand."""
    shown = "all => all.filter(one => !one.hidden).map(one => one.dataset.scene)"
    soon(page, lambda: page.locator(".m-scene").evaluate_all(shown), scenes)


def test_marks_and_statements_are_set_with_the_keyboard(page, attempt):
    open_question(page, attempt, "mark_text")
    page.get_by_label("admin@bkn-layanan.example").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Soal 3, ").click()
    statement = page.get_by_role("group", name="Satu kata sandi yang kuat cukup")
    statement.get_by_label("Benar").focus()
    page.keyboard.press("ArrowRight")
    status(page, "Jawaban tersimpan pukul")
    page.get_by_role("button", name="Soal 4, ").click()
    page.get_by_label("Menjumlahkan belanja 12 bulan").focus()
    # One letter: a list forgets what was typed a second ago.
    page.keyboard.type("L")
    page.keyboard.press("Tab")
    status(page, "Jawaban tersimpan pukul")

    expect_saved(page, attempt, 10, ["pengirim", "ancaman"])
    expect_saved(page, attempt, 3, {"sama": "salah"})
    expect_saved(page, attempt, 4, {"hitung": "lembar"})


def test_typing_is_saved_while_it_rests_and_when_the_page_is_left(page, attempt):
    open_question(page, attempt, "short_text")
    page.get_by_label("Jawaban Anda").focus()
    # In one piece: whoever rests between two letters has said something too.
    page.keyboard.insert_text("SP")
    expect_saved(page, attempt, 6, "SP")

    page.keyboard.insert_text("BE")
    page.keyboard.press("Enter")

    expect(page.locator(".m-number")).to_have_text("Soal 7 dari 11")
    expect_saved(page, attempt, 6, "SPBE")
    assert ResponseSave.objects.count() == 2


def test_checks_of_a_lesson_are_swapped_in_and_go_on_working(page, attempt):
    page.goto("/kursus/latihan/pelajaran/pelajaran-1/")
    check = page.locator(f"#cek-{EXAMPLES['ordering'].key}")
    check.get_by_role("button", name="Pakai urutan ini").click()
    check.get_by_role("button", name="Periksa jawaban").click()
    feedback = check.locator(".m-feedback")
    expect(feedback).to_be_focused()
    expect(feedback.locator("strong")).not_to_have_text("Tepat.")
    assert_accessible(page)

    put_in_order(
        page,
        IN_ORDER,
        lambda name: check.get_by_role("button", name=name, exact=True).click(),
    )
    check.get_by_role("button", name="Periksa lagi").click()

    expect(feedback.locator("strong")).to_have_text("Tepat.")
    expect(check.get_by_text(EXAMPLES["ordering"].feedback)).to_be_visible()
    assert [r.fraction for r in PracticeResponse.objects.order_by("pk")][-1] == 1


def test_an_answer_to_a_check_is_kept_when_the_session_has_ended(page, attempt):
    page.goto("/kursus/latihan/pelajaran/pelajaran-1/")
    check = page.locator(f"#cek-{EXAMPLES['short_text'].key}")
    check.get_by_label("Jawaban Anda").fill("SPBE")
    page.context.clear_cookies(name="sessionid")

    check.get_by_role("button", name="Periksa jawaban").click()

    expect(
        page.get_by_role("heading", name="Isian Anda belum terkirim")
    ).to_be_visible()
    expect(page.get_by_text("Sinyal terputus")).to_have_count(0)
    expect(page.locator("[name=answer]")).to_have_value("SPBE")
    assert_accessible(page)


def test_checks_of_every_type_and_their_verdicts_are_accessible(page, attempt):
    page.goto("/kursus/latihan/pelajaran/pelajaran-1/")

    for answer in ("less", "right"):
        for type_, content in EXAMPLES.items():
            check = page.locator(f"#cek-{content.key}")
            answers = ANSWERS[type_]
            say(check, content, getattr(answers, answer))
            check.get_by_role("button", name="Periksa").click()
            verdict = "Tepat." if answer == "right" else LESS_SAID[bool(answers.worth)]
            expect(check.locator(".m-feedback strong").first).to_have_text(verdict)
        assert_accessible(page)


def test_a_checked_box_half_under_the_bar_is_no_small_target(page, attempt):
    page.goto("/kursus/latihan/pelajaran/pelajaran-1/")
    check = page.locator(f"#cek-{EXAMPLES['mark_text'].key}")
    say(check, EXAMPLES["mark_text"], ANSWERS["mark_text"].less)
    check.get_by_role("button", name="Periksa").click()
    expect(check.locator(".m-feedback")).to_be_focused()
    box = check.get_by_label("Tidak ada")
    bar = page.locator(".m-lesson-top").bounding_box()
    page.evaluate("top => scrollBy({ top, behavior: 'instant' })", _under(box, bar))

    assert_accessible(page)

    box.evaluate(
        """box => {
          box.style.width = box.style.height = "8px";
          const twin = box.cloneNode();
          Object.assign(twin, { id: "twin", ariaLabel: "Twin" });
          box.before(twin);
        }"""
    )
    assert [line[:11] for line in violations(page)] == ["target-size"]


def _under(box, bar) -> float:
    """Return how far to scroll until a third of the box lies under the bar."""
    place = box.bounding_box()
    return place["y"] + place["height"] / 3 - bar["height"]


@pytest.mark.parametrize("context", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_every_control_posts_what_it_says(page, attempt):
    page.goto(path(attempt))

    for number, type_ in enumerate(TYPES, 1):
        expect(page.locator(".m-number")).to_have_text(f"Soal {number} dari 11")
        touch(page, type_)
        page.locator(".m-focus-bottom .btn-primary").click()
    page.get_by_role("button", name="Kirim jawaban").click()

    page.wait_for_url("**/hasil/")
    attempt.refresh_from_db()
    assert attempt.points == len(TYPES)


@pytest.mark.parametrize("type_", TYPES)
def test_every_control_and_its_reasons_are_accessible(page, attempt, type_):
    open_question(page, attempt, type_)
    assert_accessible(page)

    touch(page, type_)

    status(page, "Jawaban tersimpan pukul")
    assert_accessible(page)
