"""An attempt on a phone whose line comes and goes."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Dialog, Page, expect

from quizzes.bank import known
from quizzes.marking.rows import current_saves
from quizzes.models import QuestionVersion, ResponseSave
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
from tests.e2e.sitting import attempt, course, quiz, world

__all__ = ["attempt", "course", "quiz", "world"]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def kept(page: Page, words: str) -> None:
    """Expect these words, as they are seen, about the questions on this phone."""
    line = page.locator("[data-quiz-kept]")
    expect(line).to_contain_text(words, use_inner_text=True)


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


def test_an_answer_on_its_way_into_the_log_is_not_called_saved(context, quiz):
    """The line above said "1 jawaban tersimpan" of the answer before."""
    context.set_offline(True)
    choose(quiz, "a")
    status(quiz, "1 jawaban tersimpan di HP ini")
    quiz.evaluate(
        """() => {
          const { set } = Object.getOwnPropertyDescriptor(
            IDBTransaction.prototype, "oncomplete");
          Object.defineProperty(IDBTransaction.prototype, "oncomplete", {
            set(job) { set.call(this, () => (window.finishWriting = job)); },
          });
        }"""
    )

    choose(quiz, "c")

    status(quiz, "Menyimpan…")
    quiz.wait_for_function("!!window.finishWriting")
    quiz.evaluate("finishWriting()")
    status(quiz, "1 jawaban tersimpan di HP ini")


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


def test_the_whole_paper_comes_in_one_request(context, page, attempt, world, sign_in):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    sign_in(world.people["learner"])
    open_attempt(page, attempt)
    questions = [url for url in asked if re.search(r"/percobaan/.*/[0-9]+/$", url)]
    assert len(questions) == 1
    kept(page, "Semua soal (4) sudah ada di HP ini")
    context.set_offline(True)

    for number in range(2, 5):
        next_question(page)
        expect(page.locator(".m-number")).to_have_text(f"Soal {number} dari 4")
        expect(page).to_have_url(re.compile(f"/{number}/$"))
        expect(page).to_have_title(re.compile(f"^Soal {number} dari 4 · "))
    last = page.locator(".m-focus-bottom .btn-primary")
    expect(last).to_have_text("Periksa lalu kirim")
    expect(page.get_by_role("button", name="Periksa lalu kirim")).to_have_count(1)
    page.go_back()
    expect(page.locator(".m-number")).to_have_text("Soal 3 dari 4")
    page.get_by_role("button", name="Soal sebelumnya").click()
    page.get_by_role("button", name="Soal sebelumnya").click()
    expect(page.get_by_role("button", name="Soal sebelumnya")).to_be_hidden()
    expect(page.locator(".m-number")).to_have_text("Soal 1 dari 4")


def test_an_address_opens_its_question_and_a_reload_keeps_it(quiz, attempt):
    choose(quiz, "b")
    status(quiz, "Jawaban tersimpan pukul")
    quiz.goto(path(attempt, 3))
    expect(quiz.locator(".m-number")).to_have_text("Soal 3 dari 4")
    next_question(quiz)

    quiz.reload()

    expect(quiz.locator(".m-number")).to_have_text("Soal 4 dari 4")
    quiz.get_by_role("button", name="Soal 1, sudah dijawab").click()
    expect(option(quiz, "b")).to_be_checked()
    status(quiz, "Jawaban tersimpan pukul")


def test_a_picture_that_has_not_come_is_not_called_kept(
    context, page, attempt, world, sign_in
):
    """It comes with the next line; the question can be answered without it."""
    picture = "/gambar/soal/x.png"
    version = attempt.items.get(position=2).question_version
    html = version.stem_html + f'<p><img src="{picture}" alt="Bagan"></p>'
    QuestionVersion.objects.filter(pk=version.pk).update(stem_html=html)
    # Wordings never change: a process draws each once.
    known.forget_questions()
    page.route(f"**{picture}", lambda route: route.abort())
    sign_in(world.people["learner"])
    open_attempt(page, attempt)
    kept(page, "3 dari 4 soal sudah lengkap di HP ini")

    page.unroute(f"**{picture}")
    page.route(
        f"**{picture}",
        lambda route: route.fulfill(
            content_type="image/svg+xml",
            body='<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
        ),
    )
    page.evaluate("dispatchEvent(new Event('online'))")

    kept(page, "Semua soal (4) sudah ada di HP ini")


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
    open_attempt(page, attempt, 2)
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

    with page.expect_event("close"):
        page.close(run_before_unload=True)

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
