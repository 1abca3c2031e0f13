"""The end of an attempt: handing in, time that is over, and what arrives later."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quizzes import actions
from quizzes.models import Attempt, ResponseSave
from tests.e2e.attempts import (
    Time,
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
from tests.e2e.sitting import attempt, course, quiz, traveller, world

__all__ = ["attempt", "course", "quiz", "traveller", "world"]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


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
    open_attempt(quiz, attempt, "kirim")
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


def test_an_attempt_handed_in_elsewhere_is_told(quiz, attempt, world):
    actions.submit_attempt(
        attempt_id=attempt.pk, by=world.people["learner"], now=timezone.now()
    )

    choose(quiz, "b")

    expect(quiz.get_by_text("Kuis ini sudah dikirim.")).to_be_visible()
    expect(option(quiz, "a")).to_be_disabled()
    quiz.get_by_role("link", name="Lihat hasil").click()
    quiz.wait_for_url("**/hasil/")


def test_the_time_is_announced_at_one_minute_and_can_be_hidden(
    page, course, world, sign_in, traveller
):
    time = Time(page, traveller)
    started = timezone.now() - timedelta(minutes=5)
    attempt = begin(course, world.people["learner"], started)
    sign_in(world.people["learner"])
    open_attempt(page, attempt)
    timer = page.locator("button.m-timer")
    timer.click()

    expect(timer).to_have_accessible_name("Tampilkan waktu")
    expect(timer.locator("span").first).to_be_hidden()
    time.stops(timedelta(minutes=4, seconds=10))
    expect(page.locator("[data-toast]")).to_have_text("Sisa waktu 1 menit")


def test_the_attempt_is_handed_in_when_the_time_is_over(
    page, course, world, sign_in, traveller
):
    time = Time(page, traveller)
    started = timezone.now() - timedelta(minutes=5)
    attempt = begin(course, world.people["learner"], started)
    sign_in(world.people["learner"])
    open_attempt(page, attempt)
    choose(page, "a")
    status(page, "Jawaban tersimpan pukul")

    time.passes(timedelta(minutes=5, seconds=10))

    page.wait_for_url("**/hasil/")

    assert chosen(attempt) == {1: "a"}
    # Another device might still hold answers: nothing is marked until she asks.
    expect(page.get_by_text("1 dari 4 soal sudah dijawab")).to_be_visible()
    assert_accessible(page)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.points) == (Attempt.State.CLOSED, None)
    page.get_by_role("button", name="Lihat hasil sekarang").click()
    expect(page.get_by_text("1 dari 4 soal benar")).to_be_visible()
    attempt.refresh_from_db()
    assert attempt.state == Attempt.State.SUBMITTED


def test_answers_given_in_time_count_though_they_arrive_after_the_end(
    context, page, course, world, sign_in, traveller
):
    time = Time(page, traveller)
    started = timezone.now() - timedelta(minutes=5)
    attempt = begin(course, world.people["learner"], started)
    sign_in(world.people["learner"])
    open_attempt(page, attempt)
    context.set_offline(True)
    choose(page, "a")
    status(page, "1 jawaban tersimpan di HP ini")
    time.passes(timedelta(minutes=5, seconds=10))
    expect(page.get_by_text("Waktu habis.")).to_be_visible()
    expect(option(page, "a")).to_be_disabled()
    assert_accessible(page)
    actions.submit_attempt(attempt_id=attempt.pk, by=None, now=timezone.now())
    context.set_offline(False)

    page.wait_for_url("**/hasil/")

    [save] = ResponseSave.objects.filter(attempt=attempt)
    assert (save.is_late, save.counts, save.value) == (True, True, "a")
    assert 300_000 < save.offset_ms < 600_000
    page.get_by_role("button", name="Lihat hasil sekarang").click()
    expect(page.get_by_text("1 dari 4 soal benar")).to_be_visible()


def test_a_phone_that_sleeps_without_a_line_gains_no_time(context, quiz):
    context.set_offline(True)
    become = """hidden => {
        Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
        document.dispatchEvent(new Event("visibilitychange", {bubbles: true}));
    }"""

    quiz.evaluate(become, True)
    quiz.evaluate("() => { const now = Date.now; Date.now = () => now() + 240000 }")
    quiz.evaluate(become, False)

    expect(quiz.locator("button.m-timer")).to_contain_text(re.compile(r"^[45]\."))


@pytest.mark.parametrize("missing", ["", "indexedDB"])
def test_answers_of_a_tab_closed_before_the_end_are_sent_from_the_result(
    context, page, course, world, sign_in, missing
):
    context.add_init_script(f"delete window['{missing}']")
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

    expect(page.get_by_text("Semua catatan belajar sudah terkirim")).to_be_visible()
    [save] = ResponseSave.objects.filter(attempt=attempt)
    assert (save.is_late, save.counts, save.value) == (True, True, "a")
    page.get_by_role("button", name="Lihat hasil sekarang").click()
    expect(page.get_by_text("1 dari 4 soal benar")).to_be_visible()


def test_the_result_waits_for_the_log_of_the_device_that_asks(
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
    actions.end_attempt(
        attempt_id=attempt.pk, by=None, now=started + timedelta(seconds=700)
    )
    page = context.new_page()
    page.route("**/simpan/", lambda route: route.abort())
    page.goto(path(attempt, "hasil"))
    asks = page.get_by_role("button", name="Lihat hasil sekarang")
    asks.click()
    expect(page.get_by_text("menunggu dikirim")).to_be_visible()
    attempt.refresh_from_db()
    assert attempt.state == Attempt.State.CLOSED

    # Another page, for which the line is there: this one is still trying.
    page.close()
    page = context.new_page()
    page.goto(path(attempt, "hasil"))
    page.get_by_role("button", name="Lihat hasil sekarang").click()

    expect(page.get_by_text("1 dari 4 soal benar")).to_be_visible()


def test_handing_in_takes_along_what_another_tab_has_in_its_log(
    context, quiz, attempt, world
):
    other = context.new_page()
    other.clock.install()
    open_attempt(other, attempt)
    # Its answers reach the log of this device and no further.
    other.route("**/simpan/", lambda route: route.abort())
    choose(other, "b")
    status(other, "1 jawaban tersimpan di HP ini")
    choose(quiz, "c")
    status(quiz, "Jawaban tersimpan")
    # Two tabs know the server's time to about a second: this is surely later.
    other.clock.fast_forward(5_000)
    choose(other, "a")
    next_question(other)
    choose(other, "a")
    status(other, "2 jawaban tersimpan di HP ini")

    quiz.get_by_role("button", name="Periksa lalu kirim").click()
    quiz.wait_for_url("**/kirim/")
    quiz.get_by_role("button", name="Kirim jawaban").click()

    quiz.wait_for_url("**/hasil/")
    assert chosen(attempt) == {1: "a", 2: "a"}
    attempt.refresh_from_db()
    assert (attempt.state, attempt.points) == (Attempt.State.SUBMITTED, 2)
