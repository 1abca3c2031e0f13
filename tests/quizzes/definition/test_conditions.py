"""The window, the password and the supervision of a quiz."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditRecord
from courses.actions import declare_outage
from quizzes import actions, tasks
from quizzes.accommodations.actions import AccommodationContent
from quizzes.definition.conditions import ConditionContent
from quizzes.exceptions import AttemptNotAllowed, ConditionNotAccepted
from quizzes.models import Attempt, Quiz, QuizCondition
from tests.factories import answer, republish, start
from tests.quizzes.conftest import TOKEN

POSTTEST = "/kursus/contoh/kuis/posttest/"
TIME = timedelta(minutes=10)
HOUR = timedelta(hours=1)


@pytest.fixture
def put(course, world, now):
    """Return a function that sets the post-test's condition."""

    def put(**content):
        return actions.set_condition(
            course=course,
            quiz_key="posttest",
            content=ConditionContent(**content),
            by=world.people["author"],
            now=now,
        )

    return put


@pytest.fixture
def her(client_of, learner):
    """Return the learner's browser."""
    return client_of(learner)


def begin(ready, now, **over) -> Attempt:
    """Start the post-test."""
    quiz = Quiz.objects.get(
        grade_item__version=ready.version_id, grade_item__key="posttest"
    )
    return actions.start_attempt(
        quiz_id=quiz.pk,
        enrollment_id=ready.pk,
        by=ready.person,
        now=now,
        seed=1,
        **over,
    )


def refusal(ready, now, **over) -> str:
    """Return why the post-test cannot be started."""
    with pytest.raises(AttemptNotAllowed) as refused:
        begin(ready, now, **over)
    return refused.value.code


# --- window ------------------------------------------------------------------------
def test_nobody_starts_before_it_opens_or_after_it_closes(ready, put, now):
    put(opens_at=now + HOUR, closes_at=now + 2 * HOUR)

    assert refusal(ready, now) == "not_open_yet"
    assert refusal(ready, now + 2 * HOUR) == "closed"
    assert begin(ready, now + HOUR).state == "in_progress"


def test_a_day_ends_where_the_learner_is(ready, put, learner, now):
    put(closes_on=date(2026, 11, 21))

    # 21 November ends at 17.00 UTC in WIB and two hours earlier in WIT.
    at_16_utc = now.replace(hour=16)
    assert begin(ready, at_16_utc).deadline_at == at_16_utc + TIME
    Attempt.objects.all().delete()
    learner.time_zone = "Asia/Jayapura"
    learner.save(update_fields=["time_zone"])
    assert refusal(ready, at_16_utc) == "closed"


def test_an_attempt_ends_with_the_window(ready, put, now):
    put(closes_at=now + timedelta(minutes=4))

    attempt = begin(ready, now)

    assert attempt.deadline_at == now + timedelta(minutes=4)
    assert attempt.closes_at == now + timedelta(minutes=5)


def test_extra_time_is_honoured_after_the_window(ready, put, course, now):
    put(closes_at=now + timedelta(minutes=4))
    actions.grant_accommodation(
        person=ready.person,
        content=AccommodationContent("Surat 12", course, "posttest", extra_minutes=5),
        token=TOKEN,
        by=None,
        now=now,
    )

    assert begin(ready, now).deadline_at == now + timedelta(minutes=9)


def test_an_outage_of_her_unit_moves_the_end_of_the_window(
    ready, put, her, world, clock, now
):
    put(closes_at=now + timedelta(minutes=4))
    attempt = begin(ready, now)

    def declare(unit, reason):
        declare_outage(
            unit=unit,
            first_day=date(2026, 11, 20),
            last_day=date(2026, 11, 21),
            reason=reason,
            by=world.people["hr"],
            now=now,
        )

    declare(world.other_office, "Banjir.")
    assert actions.attempts_to_extend() == [attempt.pk]
    assert not actions.extend_attempt(attempt_id=attempt.pk, by=None, now=now)
    declare(world.office, "Listrik padam.")
    assert actions.attempts_to_extend() == [attempt.pk]
    assert actions.extend_attempt(attempt_id=attempt.pk, by=None, now=now)
    attempt.refresh_from_db()
    assert attempt.deadline_at == now + TIME
    rules = her.get(POSTTEST).context["page"].rules
    assert "Dapat dimulai sebelum 23 November 2026, 08.34 WIB." in rules
    said = "Ditutup lebih lambat untuk unit Anda karena gangguan: Listrik padam."
    assert said in rules


def test_closing_earlier_takes_nothing_from_whoever_has_started(
    attempt, put, now, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=False) as queued:
        put(closes_at=now + timedelta(minutes=1))
    for attempt_id in Attempt.objects.open().values_list("pk", flat=True):
        tasks.extend_attempt(attempt_id=attempt_id)

    assert len(queued) == 1
    assert Attempt.objects.get().deadline_at == now + TIME


def test_closing_later_gives_the_time_up_to_there(ready, put, now, clock):
    put(closes_at=now + timedelta(minutes=4))
    attempt = begin(ready, now)

    put(closes_at=now + timedelta(minutes=8))
    for _ in range(2):
        tasks.extend_attempt(attempt_id=attempt.pk)

    assert Attempt.objects.get().deadline_at == now + timedelta(minutes=8)
    extended = AuditRecord.objects.filter(verb="quizzes.attempt.extended")
    assert extended.count() == 1


def test_the_sweep_finds_what_a_lost_message_was_to_extend(ready, put, now, clock):
    put(closes_at=now + timedelta(minutes=4))
    clock.move_to(now + timedelta(minutes=1))
    attempt = begin(ready, now + timedelta(minutes=1))
    assert actions.attempts_to_extend() == []

    QuizCondition.objects.update(
        closes_at=now + timedelta(minutes=8), updated_at=now + timedelta(minutes=2)
    )

    assert actions.attempts_to_extend() == [attempt.pk]
    assert tasks.extend_running_attempts() == 1
    tasks.extend_attempt(attempt_id=attempt.pk)
    assert Attempt.objects.get().deadline_at == now + timedelta(minutes=8)


def test_an_attempt_already_open_is_gone_on_with_after_closing(attempt, put, now):
    put(closes_at=now + timedelta(minutes=1))

    again = begin(attempt.enrollment, now + timedelta(minutes=5))

    assert again.pk == attempt.pk


def test_the_condition_holds_across_versions(ready, course, put, now):
    put(closes_at=now)

    republish(course=course, change="wording", now=now)
    ready.refresh_from_db()

    assert refusal(ready, now) == "closed"


@pytest.mark.parametrize(
    "content",
    [
        {"opens_on": date(2026, 12, 2), "closes_on": date(2026, 12, 1)},
        {"opens_on": date(2026, 12, 2), "closes_at": "noon"},
        {"opens_at": "noon", "closes_at": "noon"},
    ],
)
def test_a_window_that_never_opens_is_refused(put, now, content):
    said = {name: now if value == "noon" else value for name, value in content.items()}

    with pytest.raises(ConditionNotAccepted):
        put(**said)

    assert not QuizCondition.objects.exists()


def test_the_database_knows_one_beginning_and_one_end(course, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        QuizCondition.objects.create(
            course=course,
            quiz_key="posttest",
            opens_at=now,
            opens_on=now.date(),
            updated_at=now,
        )


# --- password ----------------------------------------------------------------------
def test_the_password_is_asked_at_the_start_only(ready, put, now):
    put(password="kelopak mekar")

    assert refusal(ready, now) == "password"
    assert refusal(ready, now, password="kelopak") == "password"
    attempt = begin(ready, now, password="kelopak mekar")
    assert begin(ready, now).pk == attempt.pk


def test_the_password_is_kept_as_a_hash_and_never_audited(put):
    condition = put(password="kelopak mekar", supervision="Ibu Rina")

    assert "kelopak" not in condition.password
    record = AuditRecord.objects.get(verb="quizzes.condition.set")
    assert record.detail == {"changed": ["supervision", "password"]}


def test_a_password_stays_until_it_is_changed_or_taken_away(ready, put, now):
    first = put(password="kelopak mekar").password

    assert put(supervision="Ibu Rina").password == first
    assert put(supervision="Ibu Rina", password="").password == ""
    assert begin(ready, now).state == "in_progress"


def test_the_same_condition_changes_nothing(put):
    for _ in range(2):
        put(supervision="Ibu Rina", closes_on=date(2026, 12, 5))

    assert AuditRecord.objects.filter(verb="quizzes.condition.set").count() == 1


def test_the_page_asks_and_starts(ready, put, her, clock):
    put(password="kelopak mekar", supervision="Ibu Rina, ruang 2")

    page = her.get(POSTTEST)
    assert page.context["page"].needs_password
    assert "Dikerjakan dengan pengawas: Ibu Rina, ruang 2." in page.content.decode()

    wrong = her.post(f"{POSTTEST}mulai/", {"password": "salah"}, follow=True)
    assert "Kata sandi kuis belum cocok." in wrong.content.decode()
    right = her.post(f"{POSTTEST}mulai/", {"password": "kelopak mekar"})
    assert right["Location"] == f"/percobaan/{Attempt.objects.get().key}/1/"


def test_guessing_is_stopped_also_with_the_right_word(ready, put, her, clock):
    put(password="kelopak mekar")
    for _ in range(5):
        her.post(f"{POSTTEST}mulai/", {"password": "salah"})

    answer_page = her.post(
        f"{POSTTEST}mulai/", {"password": "kelopak mekar"}, follow=True
    )

    assert "Terlalu banyak percobaan" in answer_page.content.decode()
    assert not Attempt.objects.exists()


def test_who_knows_the_password_is_never_counted(ready, put, her, clock, now):
    put(password="kelopak mekar")

    for _ in range(8):
        her.post(f"{POSTTEST}mulai/", {"password": "kelopak mekar"})

    assert Attempt.objects.count() == 1


# --- words -------------------------------------------------------------------------
def test_the_page_says_when(ready, put, her, clock, now):
    put(opens_at=now + HOUR, closes_on=date(2026, 12, 5))

    page = her.get(POSTTEST).context["page"]

    assert page.refusal == "Kuis ini dibuka 21 November 2026, 09.30 WIB."
    assert page.rules[:3] == [
        "Dibuka 21 November 2026, 09.30 WIB.",
        "Dapat dimulai sampai akhir hari Sabtu, 5 Desember 2026, waktu tempat Anda.",
        "Saat kuis ditutup, pengerjaan yang masih berjalan ikut berakhir.",
    ]
    assert not page.can_start


def test_the_page_says_what_was_given(ready, course, her, clock, now):
    actions.grant_accommodation(
        person=ready.person,
        content=AccommodationContent(
            "Surat 12", course, "posttest", extra_percent=25, extra_attempts=1
        ),
        token=TOKEN,
        by=None,
        now=now,
    )

    page = her.get(POSTTEST).context["page"]

    assert (page.minutes, page.attempts_left) == (13, 4)
    assert "Termasuk tambahan waktu 3 menit untuk Anda." in page.rules
    assert "Anda mendapat tambahan 1 kesempatan." in page.rules


# --- following a link --------------------------------------------------------------
def test_a_link_without_a_place_leads_to_the_course(world, course, client_of):
    browser = client_of(world.people["author"])

    for path in (POSTTEST, "/kursus/contoh/pelajaran/pelajaran-1/"):
        page = browser.get(path, follow=True)
        assert page.redirect_chain == [("/kursus/contoh/", 302)]
        assert "Ikuti kursusnya dulu" in page.content.decode()
    for path in ("/kursus/contoh/kuis/lain/", "/kursus/contoh/pelajaran/lain/"):
        assert browser.get(path).status_code == 404


def test_an_answer_after_the_window_is_treated_as_after_a_deadline(ready, put, now):
    put(closes_at=now + timedelta(minutes=4))
    attempt = begin(ready, now)
    answer(attempt=attempt, right=4, now=now + timedelta(minutes=5, seconds=1))

    done = actions.submit_attempt(
        attempt_id=attempt.pk, by=None, now=now + timedelta(minutes=6)
    )

    assert (done.points, done.was_overdue) == (0, True)


def test_start_of_another_quiz_is_not_touched(place, put, now):
    put(closes_at=now, password="kelopak mekar")

    assert start(enrollment=place, quiz_key="pretest", now=now).state == "in_progress"
