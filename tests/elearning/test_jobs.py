"""Jobs and the tasks that do them: every name has one, and old names still work."""

import importlib

import pytest

from elearning.celery import app
from lib.queueing import Job, left_to_sweeps, queue_on_commit
from tests.sources import ROOMS, ROOT

# Names under which version 0.1 queued its work. A message may wait over a deployment.
FORMER = {
    "accounts.tasks.clear_expired_sessions",
    "accounts.tasks.seal_audit",
    "accounts.tasks.sweep_uploads",
    "certificates.tasks.issue_certificate",
    "certificates.tasks.issue_missing_certificates",
    "certificates.tasks.mail_certificate",
    "certificates.tasks.store_pdf",
    "courses.tasks.refresh_rollups_of_moved_people",
    "quizzes.tasks.apply_repair",
    "quizzes.tasks.apply_repairs",
    "quizzes.tasks.extend_attempt",
    "quizzes.tasks.open_follow_up",
    "quizzes.tasks.open_follow_ups",
    "quizzes.tasks.refresh_stale_statistics",
    "quizzes.tasks.refresh_statistics",
    "quizzes.tasks.submit_attempt",
    "quizzes.tasks.submit_overdue_attempts",
    "reports.tasks.delete_expired_exports",
    "reports.tasks.run_export",
    "reports.tasks.run_waiting_exports",
    "studio.tasks.sweep_question_uploads",
}
WORKING_ROOMS = [room for room in ROOMS if (ROOT / room / "tasks.py").exists()]


@pytest.fixture(autouse=True)
def every_task() -> None:
    app.loader.import_default_modules()


def jobs_of(room: str) -> dict[str, Job]:
    module = importlib.import_module(f"{room}.jobs")
    return {name: value for name, value in vars(module).items() if type(value) is Job}


def test_every_job_has_a_task_and_every_task_a_job():
    ours = {name for name in app.tasks if name.split(".")[0] in ROOMS}
    jobs = [job for room in WORKING_ROOMS for job in jobs_of(room).values()]

    assert ours == {job.name for job in jobs} | {job.former for job in jobs} - {""}


def test_a_job_is_named_after_its_room_and_its_verb_never_its_module():
    named = {
        f"{room}.{constant}": job.name
        for room in WORKING_ROOMS
        for constant, job in jobs_of(room).items()
    }

    assert named == {key: key.lower() for key in named}


def test_the_function_that_does_a_job_has_its_name():
    for room in WORKING_ROOMS:
        for job in jobs_of(room).values():
            assert f"{room}.{app.tasks[job.name].__name__}" == job.name


def test_a_message_under_an_old_name_finds_the_same_work():
    renamed = {
        job.former: job.name
        for room in WORKING_ROOMS
        for job in jobs_of(room).values()
        if job.former
    }

    assert set(renamed) == FORMER
    for former, name in renamed.items():
        assert app.tasks[former].__wrapped__ is app.tasks[name].__wrapped__


def test_old_and_new_names_go_to_the_same_queue():
    route = app.amqp.router.route

    for room in WORKING_ROOMS:
        for job in jobs_of(room).values():
            if job.former:
                assert route({}, job.former)["queue"] == route({}, job.name)["queue"]


@pytest.mark.django_db
def test_what_is_left_to_the_sweeps_is_not_queued(django_capture_on_commit_callbacks):
    job = Job("courses.plan_reminders")

    with django_capture_on_commit_callbacks() as asked:
        with left_to_sweeps():
            queue_on_commit(job)
        queue_on_commit(job)

    assert len(asked) == 1
