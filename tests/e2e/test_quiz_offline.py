"""An attempt on a phone whose line comes and goes."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Dialog, Page, expect

from accounts.models import User
from courses.models import Course
from quizzes import actions
from quizzes.marking.rows import current_saves
from quizzes.models import Attempt, ResponseSave
from tests.e2e.attempts import (
    begin,
    choose,
    chosen,
    close,
    next_question,
    open_attempt,
    option,
    path,
    status,
)
from tests.e2e.axe import assert_accessible
from tests.factories import World, make_course, make_world

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def world(live_server: Any) -> World:
    """The usual world, in the real time that the site's own clock tells."""
    return make_world(now=timezone.now())


@pytest.fixture
def course(world: World) -> Course:
    """A course whose post-test has 4 questions and 10 minutes."""
    return make_course(unit=world.agency, now=timezone.now())


@pytest.fixture
def attempt(world: World, course: Course) -> Attempt:
    """The learner's post-test, just started."""
    return begin(course, world.people["learner"], timezone.now())


@pytest.fixture
def quiz(
    page: Page, attempt: Attempt, world: World, sign_in: Callable[[User], None]
) -> Page:
    """The learner's phone with the first question open and all of them on it."""
    sign_in(world.people["learner"])
    open_attempt(page, attempt)
    return page


def test_an_answer_is_saved_without_pressing_anything(quiz, attempt):
    choose(quiz, "b")

    status(quiz, "Jawaban tersimpan pukul")
    assert chosen(attempt) == {1: "b"}


def test_a_cut_line_stops_nobody_and_every_answer_arrives_once(context, quiz, attempt):
    context.set_offline(True)

    for number, key in enumerate("abc", 1):
        expect(quiz.locator(".m-number")).to_have_text(f"Soal {number} dari 4")
        choose(quiz, key)
        status(quiz, f"{number} jawaban tersimpan di HP ini, menunggu sinyal")
        next_question(quiz)
    expect(quiz.get_by_text("Sinyal terputus, lanjutkan saja.")).to_be_visible()
    quiz.get_by_role("button", name="Soal 2, sudah dijawab").click()
    expect(option(quiz, "b")).to_be_checked()
    assert ResponseSave.objects.count() == 0
    context.set_offline(False)

    status(quiz, "Semua terkirim")
    assert chosen(attempt) == {1: "a", 2: "b", 3: "c"}
    assert ResponseSave.objects.filter(attempt=attempt).count() == 3
    expect(quiz.get_by_text("Sinyal terputus, lanjutkan saja.")).to_be_hidden()


def test_answers_of_a_closed_tab_are_sent_when_the_attempt_is_opened_again(
    context, quiz, attempt
):
    context.set_offline(True)
    choose(quiz, "a")
    choose(quiz, "c")
    status(quiz, "1 jawaban tersimpan di HP ini")
    close(quiz)

    quiz = context.new_page()
    quiz.goto(path(attempt, 2))

    status(quiz, "Semua terkirim")
    assert chosen(attempt) == {1: "c"}
    quiz.get_by_role("button", name="Soal 1, sudah dijawab").click()
    expect(option(quiz, "c")).to_be_checked()


def test_the_attempt_token_saves_after_the_session_has_ended(context, quiz, attempt):
    context.clear_cookies()

    choose(quiz, "b")
    status(quiz, "Jawaban tersimpan pukul")
    next_question(quiz)
    choose(quiz, "a")

    status(quiz, "Jawaban tersimpan pukul")
    assert chosen(attempt) == {1: "b", 2: "a"}


def test_two_people_on_one_computer_do_not_meet_each_other(
    context, page, attempt, course, world, sign_in
):
    other = begin(course, world.people["author"], timezone.now())
    sign_in(world.people["learner"])
    open_attempt(page, attempt)
    context.set_offline(True)
    choose(page, "a")
    status(page, "1 jawaban tersimpan")
    close(page)

    sign_in(world.people["author"])
    page = context.new_page()
    open_attempt(page, other)
    choose(page, "b")
    status(page, "Jawaban tersimpan pukul")

    assert chosen(attempt) == {}
    assert chosen(other) == {1: "b"}
    sign_in(world.people["learner"])
    page.goto(path(attempt))
    status(page, "Semua terkirim")
    assert chosen(attempt) == {1: "a"}


def test_marks_of_doubt_made_offline_arrive_with_the_answer(context, quiz, attempt):
    context.set_offline(True)
    choose(quiz, "a")
    doubt = quiz.locator("button[name=flag]")

    doubt.click()

    expect(doubt).to_have_attribute("aria-pressed", "true")
    next_question(quiz)
    expect(quiz.get_by_role("button", name="Soal 1")).to_have_accessible_name(
        "Soal 1, sudah dijawab, ditandai ragu"
    )
    expect(quiz.get_by_text("1 dijawab, 1 ditandai ragu.")).to_be_visible()
    assert_accessible(quiz)
    context.set_offline(False)
    status(quiz, "Semua terkirim")
    [save] = current_saves(attempt).values()
    assert (save.value, save.flagged) == ("a", True)


def test_a_reload_needs_the_line_for_one_question_only(quiz):
    choose(quiz, "b")
    status(quiz, "Jawaban tersimpan pukul")
    next_question(quiz)
    quiz.route(re.compile(r"/percobaan/.*/[134]/$"), lambda route: route.abort())

    quiz.reload()

    quiz.get_by_role("button", name="Berikutnya").click()
    expect(quiz.locator(".m-number")).to_have_text("Soal 3 dari 4")
    quiz.go_back()
    expect(quiz.locator(".m-number")).to_have_text("Soal 2 dari 4")
    quiz.get_by_role("button", name="Soal 1").click()
    expect(option(quiz, "b")).to_be_checked()


def test_handing_in_waits_for_the_line(context, quiz, attempt):
    context.set_offline(True)
    choose(quiz, "a")

    quiz.get_by_role("button", name="Periksa lalu kirim").click()

    expect(quiz.get_by_text("Belum ada sinyal.")).to_be_visible()
    expect(option(quiz, "a")).to_be_checked()
    context.set_offline(False)
    quiz.wait_for_url("**/kirim/")
    expect(quiz.get_by_text("1 dari 4 soal sudah dijawab.")).to_be_visible()
    context.set_offline(True)
    quiz.get_by_role("button", name="Kirim jawaban").click()
    expect(quiz.get_by_text("Jawaban dikirim sendiri")).to_be_visible()
    assert_accessible(quiz)
    context.set_offline(False)
    quiz.wait_for_url("**/hasil/")
    attempt.refresh_from_db()
    assert attempt.state == Attempt.State.SUBMITTED
    assert chosen(attempt) == {1: "a"}


def test_from_the_summary_one_goes_back_to_a_question_without_a_line(
    context, quiz, attempt
):
    quiz.goto(path(attempt, "kirim"))
    expect(quiz.locator("button.m-timer")).to_be_visible()
    quiz.wait_for_load_state("networkidle")
    context.set_offline(True)

    quiz.get_by_role("link", name="Soal 2").click()
    choose(quiz, "c")

    status(quiz, "1 jawaban tersimpan di HP ini")
    context.set_offline(False)
    status(quiz, "Semua terkirim")
    assert chosen(attempt) == {2: "c"}


def test_signing_in_again_is_only_needed_to_hand_in(context, quiz, attempt):
    choose(quiz, "a")
    status(quiz, "Jawaban tersimpan pukul")
    context.clear_cookies()

    quiz.get_by_role("button", name="Periksa lalu kirim").click()

    quiz.wait_for_url("**/masuk/?next=**/kirim/")
    assert chosen(attempt) == {1: "a"}


@pytest.mark.parametrize(
    ("missing", "words", "kept"),
    [
        ("indexedDB", "1 jawaban tersimpan di HP ini, menunggu sinyal", {1: "b"}),
        ("indexedDB localStorage", "1 jawaban belum tersimpan", {}),
    ],
)
def test_a_phone_that_keeps_less_says_so(
    context, page, attempt, world, sign_in, missing, words, kept
):
    for name in missing.split():
        context.add_init_script(f"delete window.{name}")
    sign_in(world.people["learner"])
    open_attempt(page, attempt)
    context.set_offline(True)

    choose(page, "b")

    status(page, words)
    notice = page.get_by_text("jangan tutup halaman ini")
    expect(notice).to_be_visible(visible=not kept)
    close(page)
    page = context.new_page()
    page.goto(path(attempt, 2))
    page.wait_for_load_state("networkidle")
    assert chosen(attempt) == kept


def test_leaving_asks_only_while_an_answer_is_kept_nowhere(
    context, page, attempt, world, sign_in
):
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.add_init_script("delete window.indexedDB; delete window.localStorage")
    sign_in(world.people["learner"])
    open_attempt(page, attempt)
    context.set_offline(True)
    choose(page, "b")
    status(page, "1 jawaban belum tersimpan")

    page.close(run_before_unload=True)

    page.wait_for_event("close")
    assert asked == ["beforeunload"]


def test_letters_choose_while_the_question_has_the_focus(quiz):
    quiz.keyboard.press("b")
    expect(quiz.locator(".m-option input").nth(1)).to_be_checked()
    quiz.keyboard.press("ArrowDown")
    expect(quiz.locator(".m-option input").nth(2)).to_be_checked()
    quiz.locator("button[name=flag]").focus()
    quiz.keyboard.press("a")

    expect(quiz.locator(".m-option input").nth(2)).to_be_checked()


def test_an_answer_that_is_refused_is_told_and_forgotten(quiz, attempt):
    option(quiz, "b").evaluate("input => { input.value = 'elsewhere' }")

    choose(quiz, "b")

    expect(quiz.get_by_text("Ada jawaban yang tidak dapat diterima.")).to_be_visible()
    choose(quiz, "a")
    status(quiz, "Jawaban tersimpan pukul")
    assert chosen(attempt) == {1: "a"}


def test_a_token_that_has_ended_is_told_and_the_answer_is_kept(quiz, attempt):
    quiz.route("**/simpan/", lambda route: route.fulfill(status=403, json={}))

    choose(quiz, "b")

    expect(quiz.get_by_text("Izin menyimpan dari halaman ini")).to_be_visible()
    quiz.unroute("**/simpan/")
    quiz.reload()
    status(quiz, "Semua terkirim")
    assert chosen(attempt) == {1: "b"}


def test_a_server_that_rests_is_asked_again(quiz, attempt):
    quiz.route("**/simpan/", lambda route: route.fulfill(status=503))
    choose(quiz, "b")
    status(quiz, "1 jawaban tersimpan di HP ini")

    quiz.unroute("**/simpan/")

    status(quiz, "Semua terkirim")
    assert chosen(attempt) == {1: "b"}


def test_an_attempt_handed_in_elsewhere_is_told(quiz, attempt, world):
    quiz.wait_for_load_state("networkidle")
    actions.submit_attempt(
        attempt_id=attempt.pk, by=world.people["learner"], now=timezone.now()
    )

    choose(quiz, "b")

    expect(quiz.get_by_text("Kuis ini sudah dikirim.")).to_be_visible()
    expect(option(quiz, "a")).to_be_disabled()
    quiz.get_by_role("link", name="Lihat hasil").click()
    quiz.wait_for_url("**/hasil/")


def test_the_time_is_announced_at_one_minute_and_can_be_hidden(
    page, course, world, sign_in
):
    started = timezone.now() - timedelta(seconds=600 - 66)
    attempt = begin(course, world.people["learner"], started)
    sign_in(world.people["learner"])
    open_attempt(page, attempt)
    timer = page.locator("button.m-timer")
    timer.click()

    expect(timer).to_have_accessible_name("Tampilkan waktu")
    expect(timer.locator("span").first).to_be_hidden()
    toast = page.locator("[data-toast]")
    expect(toast).to_have_text("Sisa waktu 1 menit", timeout=15_000)


def test_the_attempt_is_handed_in_when_the_time_is_over(page, course, world, sign_in):
    started = timezone.now() - timedelta(seconds=590)
    attempt = begin(course, world.people["learner"], started)
    sign_in(world.people["learner"])
    page.goto(path(attempt))
    choose(page, "a")

    page.wait_for_url("**/hasil/", timeout=20_000)

    attempt.refresh_from_db()
    assert attempt.state == Attempt.State.SUBMITTED
    assert chosen(attempt) == {1: "a"}


def test_answers_given_in_time_count_though_they_arrive_after_the_end(
    context, page, course, world, sign_in
):
    started = timezone.now() - timedelta(seconds=588)
    attempt = begin(course, world.people["learner"], started)
    sign_in(world.people["learner"])
    open_attempt(page, attempt)
    context.set_offline(True)
    choose(page, "a")
    expect(page.get_by_text("Waktu habis.")).to_be_visible(timeout=20_000)
    expect(option(page, "a")).to_be_disabled()
    assert_accessible(page)
    actions.submit_attempt(attempt_id=attempt.pk, by=None, now=timezone.now())
    context.set_offline(False)

    page.wait_for_url("**/hasil/")

    [save] = ResponseSave.objects.filter(attempt=attempt)
    assert (save.is_late, save.counts, save.value) == (True, True, "a")
    assert 588_000 < save.offset_ms < 600_000
    attempt.refresh_from_db()
    assert attempt.points == 1


def test_a_phone_that_sleeps_without_a_line_gains_no_time(context, quiz):
    context.set_offline(True)
    become = """hidden => {
        Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
        document.dispatchEvent(new Event("visibilitychange", {bubbles: true}));
    }"""

    quiz.evaluate(become, True)
    quiz.evaluate("() => { const now = Date.now; Date.now = () => now() + 240000 }")
    quiz.evaluate(become, False)

    expect(quiz.locator("button.m-timer")).to_contain_text(re.compile(r"^5\."))


def test_answers_of_a_tab_closed_before_the_end_are_sent_from_the_result(
    context, page, course, world, sign_in
):
    started = timezone.now() - timedelta(seconds=300)
    attempt = begin(course, world.people["learner"], started)
    sign_in(world.people["learner"])
    open_attempt(page, attempt)
    context.set_offline(True)
    choose(page, "a")
    status(page, "1 jawaban tersimpan di HP ini")
    close(page)
    actions.submit_attempt(
        attempt_id=attempt.pk, by=None, now=started + timedelta(seconds=700)
    )
    page = context.new_page()

    page.goto(path(attempt, "hasil"))

    expect(page.get_by_text("sudah terkirim.")).to_be_visible()
    [save] = ResponseSave.objects.filter(attempt=attempt)
    assert (save.is_late, save.counts, save.value) == (True, True, "a")
    attempt.refresh_from_db()
    assert attempt.points == 1


@pytest.mark.parametrize("context", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_every_button_posts_the_form(page, attempt, world, sign_in):
    sign_in(world.people["learner"])
    page.goto(path(attempt))

    for key in "abca":
        choose(page, key)
        page.locator(".m-focus-bottom .btn-primary").click()
    page.get_by_role("button", name="Kirim jawaban").click()

    page.wait_for_url("**/hasil/")
    assert chosen(attempt) == {1: "a", 2: "b", 3: "c", 4: "a"}
