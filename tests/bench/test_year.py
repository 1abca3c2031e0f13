"""The simulated year itself runs: a month of a small office, and nothing is wrong.

The years that find things are run by hand (`bench/README.md`).
"""

import importlib
import inspect
import re

import pytest
from django.test import override_settings

from bench.year.run import is_full_week, simulate
from tests.sources import ROOT

ROOMS = ("accounts", "courses", "quizzes", "certificates", "studio", "reports")
# Verbs that the simulation never names, by why.
UNCALLED = {
    "a step of another verb, which is called": """
        append_grade check_is_draft check_is_current check_still_filled copy_version
        delete_banks discard_question_drafts drop_quiz_plan end_attempt
        keep_retired_lesson lock_course lock_enrollment lock_enrollments lock_question
        make_bank publish_beside_draft publish_quizzes read_new_parts record_grade
        recount_moved rename_bank restore_question rewrite_draft start_course
        store_images take_retired_lesson update_completion update_lesson
        write_composition write_quiz_plan current_design check_can_repair tell_many
        check_is_written_here
    """,
    "a background task calls it, and beat sends that": """
        apply_repair attempts_to_extend extend_attempt delete_expired_exports
        issue_certificate mail_certificate mark_ended_roles open_follow_up
        refresh_rollup refresh_statistics run_export store_pdf sweep_tallies
        forget_old_notices sweep_writings tell_of_new_parts
        unfinished_repairs wrong_rollups
    """,
    "confirming a correction calls it, and a score that rises": """
        replace_certificate replace_outdated revoke_certificate
    """,
    "`verify_derived` calls it": """
        rebuild_paths verify_cards verify_follow_ups verify_grades verify_scores
        verify_statistics
    """,
    "files have tests of their own, and a year does not change what they hold": """
        import_questions load_folder
    """,
    "it puts right what never fails here: an export, a lost number, a site": """
        continue_numbers create_admin retry_export stop_export
    """,
    "what is typed and not saved yet changes no course": """
        close_writing close_writings keep_writing
    """,
    "newer than the year: its events are still to be written": """
        follow_bank follow_course note_place note_reference read_told refer_to_bank
        refer_to_course repeat_questions share_bank share_course silence_kinds
        archive_group archive_program change_holiday declare_outage extend_deadline
        give_orders save_group save_program undo_orders
        add_file ask_for_review ask_review bring_course cancel_plan
        cancel_planned check_budget comment_draft comment_on_draft copy_files
        decide_on_draft decide_review delete_file delete_unused_files
        describe_file end_planned enter_jp name_files plan_course plan_publication
        publish_again publish_lessons publish_planned remember_columns
        remove_file restore_lesson settle_comment upload_file withdraw_review
    """,
    "it erases facts, which no other verb may; the year compares them all": """
        anonymise_person
    """,
}


@pytest.mark.django_db(transaction=True)
@override_settings(ALLOWED_HOSTS=["*"])
def test_a_month_of_a_small_office_breaks_no_promise():
    outcome = simulate(seed=1, weeks=4, people=12, pace=1.5)

    world = outcome.world
    found = [f"{one.kind}: {one.about}: {one.what}" for one in world.violations]
    assert found == []
    assert world.calls.total() > 500
    # Refused every time, nothing would be tried: it was so once, for weeks.
    for verb in ("publish_course", "submit_attempt", "save_responses", "apply_import"):
        assert world.done[verb]


def test_everything_is_compared_at_the_end_and_in_between():
    for seed in range(6):
        full = [week for week in range(1, 61) if is_full_week(seed, week, 60)]
        assert full[-1] == 60
        assert len(full) >= 10


def test_every_verb_is_called_or_has_a_reason():
    folder = ROOT / "bench" / "year"
    text = "".join(path.read_text("utf-8") for path in folder.rglob("*.py"))
    named = {verb for verb in _verbs() if re.search(rf"\b{verb}\b", text)}
    excused = {verb for verbs in UNCALLED.values() for verb in verbs.split()}

    assert sorted(_verbs() - named - excused) == [], "Call it, or say why not."
    assert sorted(excused & named) == [], "It is called now: take it off the list."
    assert sorted(excused - _verbs()) == [], "There is no such verb any more."


def _verbs() -> set[str]:
    """Return the names of every verb of every room."""
    found = set()
    for room in ROOMS:
        module = importlib.import_module(f"{room}.actions")
        found |= {
            name
            for name, verb in vars(module).items()
            if inspect.isfunction(verb)
            and not name.startswith("_")
            and _is_public(module, name, verb, room)
        }
    return found


def _is_public(module, name, verb, room) -> bool:
    """Say whether a room offers this itself, and did not only import it."""
    listed = getattr(module, "__all__", None)
    if listed is not None:
        return name in listed
    return verb.__module__ == module.__name__
