"""Who may call what: every address of the site, every role, both methods.

A row outside one's units answers 404, like a row that does not exist; 403 means that
the verb itself is not yours. `foreign` holds every role, but in the other agency.
"""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests import sources
from tests.conftest import NOW, session_of
from tests.scene import ROLES, Scene, make_scene

# Codes in the order of ROLES: anonymous, learner, outsider, author, reviewer, hr,
# admin, foreign. One code alone stands for all of them.
PUBLIC = "200"
NEVER = "405"
NOT_THERE = "404"
TO_A_PAGE = "302"
SIGNED_IN = "302 200 200 200 200 200 200 200"
SIGNED_IN_VERB = TO_A_PAGE
# The learner's own rows, and nobody else's.
HERS = "302 200 404 404 404 404 404 404"
# Others are led to the course, where they can join.
HERS_OR_INVITED = "302 200 302 302 302 302 302 302"
HERS_NOT_YET = "302 404 404 404 404 404 404 404"
HER_VERB = "302 302 404 404 404 404 404 404"
HR = "302 403 403 403 403 200 200 200"
HR_VERB = "302 403 403 403 403 302 302 302"
ADMIN = "302 403 403 403 403 403 200 200"
ADMIN_ROW = "302 403 403 403 403 403 200 404"
ADMIN_ROW_VERB = "302 403 403 403 403 403 302 404"
HR_ROW = "302 403 403 403 403 200 200 404"
HR_ROW_VERB = "302 403 403 403 403 302 302 404"
# An upload and an export belong to whoever brought it or asked for it.
HR_UPLOAD = "302 403 403 403 403 404 404 404"
HR_EXPORT = "302 403 403 403 403 200 404 404"
HR_EXPORT_VERB = "302 403 403 403 403 302 404 404"
ADMIN = "302 403 403 403 403 403 200 200"
REVIEWERS = "302 403 403 200 200 403 200 200"
REVIEWERS_ROW = "302 403 403 200 200 403 200 404"
REVIEWERS_COMMENT = "302 403 403 409 409 403 409 404"
# Reading is the reviewer's, writing on the same address is not.
AUTHORS_WRITING = "302 403 403 200 404 403 200 404"
ADMINS = "302 403 403 403 403 403 200 200"
ADMINS_VERB = "302 403 403 403 403 403 302 302"
AUTHORS = "302 403 403 200 403 403 200 200"
AUTHORS_ROW = "302 403 403 200 403 403 200 404"
# An upload belongs to the session that made it.
AUTHORS_UPLOAD = "302 403 403 404 403 403 404 404"
AUTHORS_VERB = "302 403 403 302 403 403 302 404"

# Address → (codes for GET, codes for POST without data).
TABLE: dict[str, tuple[str, str]] = {
    "home": (SIGNED_IN, NEVER),
    "search": (SIGNED_IN, NEVER),
    "my_courses": (SIGNED_IN, NEVER),
    "notice_list": (SIGNED_IN, NEVER),
    "notice_open": (NEVER, HER_VERB),
    "notice_read_all": (NEVER, TO_A_PAGE),
    "notice_settings": (SIGNED_IN, TO_A_PAGE),
    "calendar_make": (NEVER, TO_A_PAGE),
    "calendar_end": (NEVER, TO_A_PAGE),
    # Whoever has the address has the calendar: programs sign in nowhere.
    "calendar_feed": (PUBLIC, NEVER),
    "note_list": (SIGNED_IN, NEVER),
    "glossary": (SIGNED_IN, NEVER),
    "inquiry_list": (SIGNED_IN, NEVER),
    "jp_ledger": (SIGNED_IN, NEVER),
    "history": (SIGNED_IN, NEVER),
    "record_download": (NEVER, SIGNED_IN),
    "own_data": (SIGNED_IN, NEVER),
    "own_data_download": (NEVER, SIGNED_IN),
    "privacy": (PUBLIC, PUBLIC),
    "accessibility": (PUBLIC, PUBLIC),
    "help": (PUBLIC, PUBLIC),
    "author_help_list": (PUBLIC, PUBLIC),
    "author_help": (PUBLIC, PUBLIC),
    "service_worker": (PUBLIC, NEVER),
    "app_manifest": (PUBLIC, NEVER),
    "offline": (PUBLIC, NEVER),
    # The outbox's token is the permission, not the session.
    "outbox": (NEVER, "403"),
    "healthz": (PUBLIC, PUBLIC),
    "readyz": (PUBLIC, PUBLIC),
    # Told to monitors alone (tests/elearning/watching/test_metrics.py).
    "metrics": (NOT_THERE, NEVER),
    "status": (PUBLIC, PUBLIC),
    "operator_page": (ADMINS, NEVER),
    # A task that is not on the list any more is no mistake of whoever presses.
    "failed_task_again": (NEVER, ADMINS_VERB),
    "failed_task_aside": (NEVER, ADMINS_VERB),
    "course_image": ("302 404 404 404 404 404 404 404", NEVER),
    "course_file": ("302 404 404 404 404 404 404 404", NEVER),
    "quizzes:question_image": (NOT_THERE, NEVER),
    # --- allauth; whoever is here already is led away from signing in
    "account_login": (
        "200 302 302 302 302 302 302 302",
        "200 302 302 302 302 302 302 302",
    ),
    # Where the settings name no provider there are none of these.
    "sso_login": (NOT_THERE, NEVER),
    "sso_callback": (NOT_THERE, NEVER),
    "sso_signed_out": (NOT_THERE, NEVER),
    "sso_logout_told": (NEVER, NOT_THERE),
    "account_signup": (
        "200 302 302 302 302 302 302 302",
        "200 302 302 302 302 302 302 302",
    ),
    "account_logout": (SIGNED_IN, TO_A_PAGE),
    # Nobody here has a password to confirm, nor a second factor.
    "account_reauthenticate": (
        "302 403 403 403 403 403 403 403",
        "302 403 403 403 403 403 403 403",
    ),
    "account_change_password": (TO_A_PAGE, TO_A_PAGE),
    "account_set_password": (SIGNED_IN, SIGNED_IN),
    "account_reset_password": (PUBLIC, PUBLIC),
    "account_reset_password_done": (PUBLIC, NEVER),
    "account_reset_password_from_key": (PUBLIC, PUBLIC),
    "account_reset_password_from_key_done": (PUBLIC, NEVER),
    "account_inactive": (PUBLIC, NEVER),
    "mfa_index": (SIGNED_IN, "302 405 405 405 405 405 405 405"),
    "mfa_authenticate": (TO_A_PAGE, TO_A_PAGE),
    "mfa_reauthenticate": (
        "302 403 403 403 403 403 403 403",
        "302 403 403 403 403 403 403 403",
    ),
    "mfa_login_webauthn": (TO_A_PAGE, TO_A_PAGE),
    "mfa_add_webauthn": (SIGNED_IN, SIGNED_IN),
    # Nobody here has a key, and nobody finds that of somebody else.
    "mfa_edit_webauthn": (
        "302 404 404 404 404 404 404 404",
        "302 404 404 404 404 404 404 404",
    ),
    "mfa_remove_webauthn": (
        "302 404 404 404 404 404 404 404",
        "302 404 404 404 404 404 404 404",
    ),
    "mfa_reauthenticate_webauthn": (
        "302 403 403 403 403 403 403 403",
        "302 403 403 403 403 403 403 403",
    ),
    "mfa_activate_totp": (SIGNED_IN, SIGNED_IN),
    "mfa_deactivate_totp": (
        "302 404 404 404 404 404 404 404",
        "302 404 404 404 404 404 404 404",
    ),
    "mfa_view_recovery_codes": (
        "302 404 404 404 404 404 404 404",
        "302 405 405 405 405 405 405 405",
    ),
    "mfa_generate_recovery_codes": (SIGNED_IN, SIGNED_IN),
    "mfa_download_recovery_codes": (
        "302 404 404 404 404 404 404 404",
        "302 404 404 404 404 404 404 404",
    ),
    # --- accounts
    "accounts:session_list": (SIGNED_IN, NEVER),
    # Nobody's session but one's own is found.
    "accounts:session_end": (NEVER, "302 404 404 404 404 404 404 404"),
    "accounts:session_end_others": (NEVER, SIGNED_IN_VERB),
    "accounts:profile": (SIGNED_IN, SIGNED_IN),
    "accounts:appearance": (PUBLIC, PUBLIC),
    "accounts:data_request_list": (SIGNED_IN, SIGNED_IN),
    "accounts:data_request_withdraw": (NEVER, HER_VERB),
    "accounts:restriction_end": (NEVER, SIGNED_IN_VERB),
    "accounts:data_request_queue": (HR, NEVER),
    "accounts:erasure_list": (HR, NEVER),
    "accounts:data_request_answer": (HR_ROW, HR_ROW),
    "accounts:people_list": (HR, NEVER),
    "accounts:people_search": (NEVER, HR_VERB),
    "accounts:person_add": (HR, HR),
    "accounts:person_edit": (HR_ROW, HR_ROW),
    "accounts:person_move": (HR_ROW, HR_ROW),
    "accounts:person_switch": (HR_ROW, HR_ROW_VERB),
    "accounts:person_unlink": (HR_ROW, HR_ROW),
    "accounts:person_invite": (NEVER, HR_ROW_VERB),
    "accounts:person_number": (HR_ROW, HR_ROW),
    "accounts:person_roles": (ADMIN_ROW, ADMIN_ROW),
    "accounts:role_take": (ADMIN_ROW, ADMIN_ROW_VERB),
    "accounts:unit_list": (ADMIN, NEVER),
    "accounts:unit_detail": (ADMIN_ROW, NEVER),
    "accounts:unit_add": (ADMIN_ROW, ADMIN_ROW),
    "accounts:unit_rename": (ADMIN_ROW, ADMIN_ROW),
    "accounts:unit_move": (ADMIN_ROW, ADMIN_ROW),
    "accounts:unit_close": (ADMIN_ROW, ADMIN_ROW),
    "accounts:unit_reopen": (NEVER, ADMIN_ROW_VERB),
    "accounts:people_import": (HR, HR),
    "accounts:number_correction": (HR, HR),
    "accounts:move_day_correction": (HR, HR),
    "accounts:people_import_template": (HR, NEVER),
    "accounts:people_import_preview": (HR_UPLOAD, NEVER),
    "accounts:people_import_columns": (HR_UPLOAD, HR_UPLOAD),
    "accounts:people_import_findings": (HR_UPLOAD, NEVER),
    "accounts:people_import_apply": (NEVER, HR_UPLOAD),
    "accounts:people_import_drop": (NEVER, HR_UPLOAD),
    "accounts:people_import_result": (HR_UPLOAD, NEVER),
    # --- courses: the catalogue is everybody's, a place is one's own
    "courses:course_list": (SIGNED_IN, NEVER),
    "courses:course_detail": (SIGNED_IN, NEVER),
    "courses:course_glossary": (SIGNED_IN, NEVER),
    "courses:enroll": (NEVER, TO_A_PAGE),
    "courses:withdraw": (NEVER, HER_VERB),
    "courses:lesson_detail": (HERS_OR_INVITED, NEVER),
    "courses:lesson_complete": (NEVER, HER_VERB),
    "courses:course_to_keep": (HERS, NEVER),
    "courses:kept_answers": (HERS, NEVER),
    "courses:lesson_notes": (HERS_OR_INVITED, TO_A_PAGE),
    # 400: nothing was asked.
    "courses:lesson_inquiry": (
        HERS_OR_INVITED,
        "302 400 302 302 302 302 302 302",
    ),
    # The course of the scene has no plan.
    "courses:action_plan": (
        "302 404 302 302 302 302 302 302",
        "302 404 302 302 302 302 302 302",
    ),
    # Not before the certificate.
    "courses:evaluation": (TO_A_PAGE, TO_A_PAGE),
    "courses:lesson_place": (NEVER, "302 204 404 404 404 404 404 404"),
    # Who has nothing new to read is led to the course.
    "courses:new_parts": (HER_VERB, HER_VERB),
    # --- HR's orders
    "assigning:order_list": (HR, NEVER),
    "assigning:order_create": (HR, HR),
    # What others have saved is not taken back.
    "assigning:order_undo": (NEVER, HR_EXPORT_VERB),
    "assigning:order_detail": (HR_ROW, HR_ROW),
    "assigning:order_withdraw": (HR_ROW, HR_ROW_VERB),
    "assigning:group_list": (HR, NEVER),
    "assigning:group_create": (HR, HR),
    "assigning:group_edit": (HR_ROW, HR_ROW),
    "assigning:group_archive": (NEVER, HR_ROW_VERB),
    "assigning:program_list": (HR, NEVER),
    "assigning:program_create": (HR, HR),
    "assigning:program_edit": (HR_ROW, HR_ROW),
    "assigning:program_archive": (NEVER, HR_ROW_VERB),
    "assigning:outage_list": (HR, HR),
    # The list of holidays is one for everybody: the admin's.
    "assigning:holiday_list": (ADMIN, ADMIN),
    "assigning:outbox": (HR, NEVER),
    "assigning:outbox_search": (NEVER, HR_VERB),
    # No mail of the scene has failed.
    "assigning:outbox_resend": (NEVER, HR_UPLOAD),
    # --- evaluations; HR of the scene is below the unit that gives the course
    "evaluations:evaluation_result": ("302 403 403 403 403 404 200 404", NEVER),
    # Who has one agency is led to its form.
    "evaluations:wording_list": ("302 403 403 403 403 403 302 302", NEVER),
    "evaluations:wording_edit": (ADMIN_ROW, ADMIN_ROW),
    # --- quizzes
    "quizzes:quiz_detail": (HERS_OR_INVITED, NEVER),
    "quizzes:attempt_start": (NEVER, HER_VERB),
    # Without its token a practice form is nobody's.
    "quizzes:practice_answer": (NEVER, "302 404 404 404 404 404 404 404"),
    "quizzes:attempt_item": (HERS, HER_VERB),
    "quizzes:accommodation_list": (HR, NEVER),
    "quizzes:accommodation_search": (NEVER, HR_VERB),
    "quizzes:accommodation_grant": (HR_ROW, HR_ROW),
    "quizzes:accommodation_revoke": (NEVER, HR_ROW_VERB),
    "quizzes:late_attempt_list": (HR, NEVER),
    "quizzes:late_attempt": (HR_ROW, HR_ROW),
    "quizzes:notice_read": (NEVER, HER_VERB),
    # The attempt token is the permission, not the session.
    "quizzes:response_save": (NEVER, "403"),
    "quizzes:attempt_submit": (HERS, HER_VERB),
    "quizzes:attempt_mark": (NEVER, HER_VERB),
    "quizzes:attempt_result": (HERS, NEVER),
    "quizzes:attempt_review": (HERS, NEVER),
    # Not while another attempt of the course is open.
    "quizzes:question_inquiry": (HERS_NOT_YET, HERS_NOT_YET),
    "quizzes:review_next": (SIGNED_IN, NEVER),
    "quizzes:review_done": (SIGNED_IN, NEVER),
    "quizzes:review_settings": (SIGNED_IN, SIGNED_IN),
    "quizzes:review_answer": (NEVER, "302 404 404 404 404 404 404 404"),
    "quizzes:follow_up_answer": (NEVER, HERS),
    # --- certificates
    "certificates:certificate_list": (SIGNED_IN, NEVER),
    "certificates:certificate_download": ("302 200 404 404 404 200 200 404", NEVER),
    "certificates:certificate_desk": (HR, NEVER),
    "certificates:certificate_search": (NEVER, HR_VERB),
    "certificates:correction_ask": (HR_ROW, HR_ROW),
    "certificates:correction_decide": (HR_ROW, HR_ROW_VERB),
    "certificates:work_retry": (NEVER, HR_ROW_VERB),
    "certificates:outside_list": (SIGNED_IN, NEVER),
    "certificates:outside_add": (SIGNED_IN, SIGNED_IN),
    "certificates:outside_file": ("302 200 404 404 404 200 200 404", NEVER),
    "certificates:outside_withdraw": (NEVER, HER_VERB),
    "certificates:outside_queue": (HR, NEVER),
    "certificates:outside_review": (HR_ROW, HR_ROW),
    "certificates:verify": (PUBLIC, NEVER),
    "certificates:certificate_verify": (PUBLIC, NEVER),
    # --- reports
    # The superior's page, who is none of these (tests/reports/team/test_page.py).
    "team": ("302 403 403 403 403 403 403 403", NEVER),
    "reports:dashboard": (HR, NEVER),
    "reports:compare": (HR, NEVER),
    "reports:retention": (HR, NEVER),
    "reports:completion": (HR, NEVER),
    "reports:completion_search": (NEVER, HR_VERB),
    "reports:person_detail": (HR_ROW, NEVER),
    "reports:person_course": (HR_ROW, NEVER),
    "reports:why": (HR_ROW, NEVER),
    "reports:gain": (HR, NEVER),
    # Without a course nothing can be asked for: the first one is taken.
    "reports:gain_export": (NEVER, HR),
    "reports:export_list": (HR, NEVER),
    "reports:export_ask": (NEVER, HR),
    "reports:export_download": (HR_EXPORT, NEVER),
    "reports:export_retry": (NEVER, HR_EXPORT_VERB),
    "reports:export_stop": (NEVER, HR_EXPORT_VERB),
    "reports:report_list": (HR, NEVER),
    "reports:trail": (ADMIN, NEVER),
    "reports:trail_search": (NEVER, ADMINS_VERB),
    "reports:trail_export": (NEVER, ADMIN),
    "reports:siasn": (HR, NEVER),
    "reports:siasn_send": (NEVER, HR_VERB),
    "reports:siasn_answers": (NEVER, HR_VERB),
    # Nobody has made a batch.
    "reports:siasn_download": (NEVER, "302 403 403 403 403 404 404 404"),
    "reports:listing": (HR, NEVER),
    "reports:listing_export": (NEVER, HR),
    "reports:view_save": (NEVER, "302 403 403 403 403 404 404 404"),
    "reports:view_open": (HR_EXPORT_VERB, NEVER),
    "reports:view_edit": (HR_EXPORT, HR_EXPORT),
    "reports:view_delete": (NEVER, HR_EXPORT_VERB),
    # Nobody shares it with her.
    "reports:view_subscribe": (NEVER, "302 403 403 403 403 404 404 404"),
    # It is not deleted.
    "reports:view_restore": (NEVER, "302 403 403 403 403 404 404 404"),
    # --- studio
    "studio:course_list": (REVIEWERS, NEVER),
    "studio:course_create": (AUTHORS, AUTHORS),
    "studio:course_import": (AUTHORS, AUTHORS),
    "studio:course_import_preview": (AUTHORS_UPLOAD, NEVER),
    "studio:course_import_apply": (NEVER, AUTHORS_UPLOAD),
    "studio:course_import_drop": (NEVER, AUTHORS_UPLOAD),
    "studio:course_import_result": (AUTHORS_UPLOAD, NEVER),
    "studio:course_export": (REVIEWERS_ROW, NEVER),
    "studio:course_download": (REVIEWERS_ROW, NEVER),
    "studio:file_list": (REVIEWERS_ROW, AUTHORS_WRITING),
    "studio:file_detail": (REVIEWERS_ROW, AUTHORS_WRITING),
    "studio:file_delete": (AUTHORS_ROW, AUTHORS_VERB),
    "studio:course_outline": (REVIEWERS_ROW, NEVER),
    "studio:course_settings": (AUTHORS_ROW, AUTHORS_ROW),
    "studio:outline_change": (NEVER, AUTHORS_VERB),
    "studio:module_arrange": (AUTHORS_ROW, NEVER),
    "studio:lesson_arrange": (AUTHORS_ROW, NEVER),
    "studio:lesson_retire": (AUTHORS_ROW, NEVER),
    "studio:bank_list": (AUTHORS_ROW, AUTHORS_ROW),
    # Nothing is chosen: there is no such course.
    "studio:course_refer": (AUTHORS, AUTHORS_UPLOAD),
    "studio:sharing_edit": (AUTHORS_ROW, AUTHORS_VERB),
    "studio:bank_refer": (AUTHORS_ROW, AUTHORS_VERB),
    # Neither the course of the scene nor its banks are another unit's.
    "studio:bank_follow": (AUTHORS_UPLOAD, AUTHORS_UPLOAD),
    "studio:course_follow": (AUTHORS_UPLOAD, AUTHORS_UPLOAD),
    "studio:quiz_add": (NEVER, AUTHORS_VERB),
    "studio:quiz_plan_edit": (AUTHORS_ROW, AUTHORS_ROW),
    "studio:quiz_try": (AUTHORS_ROW, AUTHORS_ROW),
    "studio:draft_open": (NEVER, AUTHORS_VERB),
    "studio:draft_discard": (AUTHORS_ROW, AUTHORS_VERB),
    # 409: nothing was chosen.
    "studio:course_publish": (AUTHORS_ROW, "302 403 403 409 403 403 409 404"),
    "studio:lessons_publish": (AUTHORS_ROW, "302 403 403 409 403 403 409 404"),
    "studio:plan_cancel": (NEVER, AUTHORS_VERB),
    "studio:version_list": (REVIEWERS_ROW, NEVER),
    # The version that people have now is no earlier one.
    "studio:version_publish": (
        "302 403 403 404 403 403 404 404",
        "302 403 403 404 403 403 404 404",
    ),
    "studio:lesson_history": (REVIEWERS_ROW, NEVER),
    "studio:lesson_compare": (REVIEWERS_ROW, NEVER),
    # Nothing was named that could be brought back.
    "studio:lesson_restore": (NEVER, "302 403 403 404 403 403 404 404"),
    "studio:evaluation_result": (AUTHORS_ROW, NEVER),
    "studio:review_list": (REVIEWERS, NEVER),
    "studio:inquiry_list": (AUTHORS, NEVER),
    # 409: an answer says nothing.
    "studio:inquiry_detail": (AUTHORS_ROW, "302 403 403 409 403 403 409 404"),
    "studio:inquiry_close": (NEVER, AUTHORS_VERB),
    # 409: a comment says nothing.
    "studio:review_detail": (REVIEWERS_ROW, REVIEWERS_COMMENT),
    "studio:review_lesson": (REVIEWERS_ROW, REVIEWERS_COMMENT),
    "studio:review_question": (REVIEWERS_ROW, REVIEWERS_COMMENT),
    "studio:review_ask": (NEVER, AUTHORS_VERB),
    "studio:review_withdraw": (NEVER, AUTHORS_VERB),
    # The verb is the reviewer's and the admin's; who writes does not decide. 409:
    # nothing was decided.
    "studio:review_decide": (NEVER, "302 403 403 403 409 403 409 404"),
    "studio:comment_settle": (NEVER, "302 403 403 302 302 403 302 404"),
    "studio:lesson_edit": (REVIEWERS_ROW, AUTHORS_WRITING),
    "studio:lesson_word": (AUTHORS_ROW, AUTHORS_ROW),
    "studio:lesson_word_preview": (AUTHORS_UPLOAD, NEVER),
    "studio:lesson_word_apply": (NEVER, AUTHORS_UPLOAD),
    "studio:lesson_word_drop": (NEVER, AUTHORS_UPLOAD),
    "studio:lesson_preview": (REVIEWERS_ROW, NEVER),
    "studio:lesson_check": (NEVER, REVIEWERS_ROW),
    "studio:lesson_advice": (NEVER, REVIEWERS_ROW),
    "studio:writing_keep": (NEVER, "302 403 403 400 403 403 400 404"),
    "studio:writing_close": (NEVER, AUTHORS_VERB),
    "studio:quiz_settings_edit": (REVIEWERS_ROW, AUTHORS_WRITING),
    "studio:question_repair": (AUTHORS_ROW, AUTHORS_ROW),
    "studio:analysis_quiz": (REVIEWERS_ROW, NEVER),
    "studio:analysis_refresh": (NEVER, "302 403 403 302 302 403 302 404"),
    "studio:analysis_download": (REVIEWERS_ROW, NEVER),
    "studio:analysis_question": (REVIEWERS_ROW, NEVER),
    "studio:question_list": (REVIEWERS_ROW, NEVER),
    "studio:question_choose": (AUTHORS_ROW, NEVER),
    "studio:question_create": (AUTHORS_ROW, AUTHORS_ROW),
    "studio:question_bulk": (NEVER, AUTHORS_VERB),
    "studio:question_history": (REVIEWERS_ROW, NEVER),
    "studio:question_import": (AUTHORS_ROW, AUTHORS_ROW),
    "studio:question_import_template": (AUTHORS_ROW, NEVER),
    "studio:question_import_preview": (AUTHORS_UPLOAD, NEVER),
    "studio:question_import_columns": (AUTHORS_UPLOAD, AUTHORS_UPLOAD),
    "studio:question_import_values": (NEVER, AUTHORS_UPLOAD),
    "studio:question_import_findings": (AUTHORS_UPLOAD, NEVER),
    "studio:question_import_apply": (NEVER, AUTHORS_UPLOAD),
    "studio:question_import_drop": (NEVER, AUTHORS_UPLOAD),
    "studio:question_import_result": (AUTHORS_UPLOAD, NEVER),
    "studio:question_export": (REVIEWERS_ROW, NEVER),
    "studio:question_export_download": (REVIEWERS_ROW, NEVER),
    "studio:question_edit": (REVIEWERS_ROW, AUTHORS_WRITING),
    "studio:question_retire": (AUTHORS_ROW, AUTHORS_VERB),
    "studio:question_compose": (AUTHORS_ROW, AUTHORS_VERB),
}
# Rows that everybody may name; what is missing there is told apart from nothing.
_OF_DONE = {
    "quizzes:attempt_result",
    "quizzes:attempt_review",
    "quizzes:question_inquiry",
}
_NAMES_NO_ROW = {"account_reset_password_from_key", "quizzes:response_save"}


@pytest.fixture
def scene(db, clock) -> Scene:
    """One world for a whole part of the table; every request is rolled back."""
    scene = make_scene(now=NOW)
    scene.sessions |= {
        role: session_of(person) for role, person in scene.people.items() if person
    }
    return scene


def ask(scene: Scene, role: str, method: str, url: str) -> int:
    """Send a request as a role, and forget what it did."""
    client = Client()
    if role in scene.sessions:
        client.cookies[settings.SESSION_COOKIE_NAME] = scene.sessions[role]
    with transaction.atomic():
        response = client.get(url) if method == "GET" else client.post(url)
        # Read to its end, a file is closed by the client; never by hand, because
        # that would close the connection as well.
        list(response)
        transaction.set_rollback(True)
    return response.status_code


def parts_of_the_table() -> dict[str, list[str]]:
    """Return the addresses by namespace; allauth's and the site's own have none."""
    parts: dict[str, list[str]] = {}
    for name in TABLE:
        namespace = name.partition(":")[0] if ":" in name else name.partition("_")[0]
        part = namespace if namespace in {"account", "mfa"} or ":" in name else "site"
        parts.setdefault(part, []).append(name)
    return parts


PARTS = parts_of_the_table()


def arguments(scene: Scene, name: str) -> dict[str, Any]:
    """Return the scene's own row for every argument of an address."""
    keys = scene.keys
    rows = {
        "accommodation_key": keys["accommodation"],
        "attempt_key": keys["open"],
        "bank_key": "contoh-practice",
        "batch": keys["batch"],
        "card_key": keys["card"],
        "code": keys["code"],
        "comment_id": keys["comment"],
        "correction_id": keys["correction"],
        "course_key": "contoh",
        "digest": "0" * 64,
        "ending": "png",
        "failed_id": 1,
        "filename": "contoh.svg",
        "folder": "images",
        "group_id": keys["group"],
        "follow_up_key": keys["follow_up"],
        "format_name": "gift",
        "inquiry_key": keys["inquiry"],
        "key": keys["export"],
        "known_id": 10**9,
        "lesson_key": "pelajaran-1",
        "mail_id": 10**9,
        "module_key": "m1",
        "name": f"{'0' * 64}.png",
        "notice_id": keys["notice"],
        "number": 1,
        "outside_key": keys["outside"],
        "order_id": keys["order"],
        "person_key": keys["person"],
        "pk": 10**9,
        "position": 1,
        "program_id": keys["program"],
        "question_key": "contoh-practice-1",
        "question_type": "single_choice",
        "quiz_key": "pretest",
        "request_key": keys["data_request"],
        "told_id": keys["told"],
        "token": keys["calendar"],
        "role_id": keys["role"],
        "report": "jp-pegawai",
        "slug": "mulai",
        "uidb36": "1",
        "unit_id": scene.world.section.pk,
        "upload_key": "0" * 32,
        "version_name": "terbit",
        "view_key": keys["view"],
        "work_id": keys["work"],
    }
    if name == "evaluations:wording_edit":
        rows["unit_id"] = scene.world.agency.pk
    if name == "accounts:role_take":
        rows["person_key"] = keys["holder"]
    if name in _OF_DONE:
        rows["attempt_key"] = keys["done"]
    return {argument: rows[argument] for argument in needed(name)}


MISSING = {
    "batch": uuid4(),
    "report": "tidak-ada",
    "accommodation_key": uuid4(),
    "attempt_key": uuid4(),
    "bank_key": "tidak-ada",
    "card_key": uuid4(),
    "code": "00000-00000",
    "comment_id": 10**9,
    "correction_id": 10**9,
    "course_key": "tidak-ada",
    "digest": "1" * 64,
    "ending": "png",
    "failed_id": 10**9,
    "filename": "tidak-ada.svg",
    "folder": "tidak-ada",
    "follow_up_key": uuid4(),
    "format_name": "tidak-ada",
    "inquiry_key": uuid4(),
    "key": uuid4(),
    "known_id": 10**9 + 1,
    "lesson_key": "tidak-ada",
    "module_key": "tidak-ada",
    "name": f"{'1' * 64}.png",
    "notice_id": 10**9,
    "mail_id": 10**9 + 1,
    "number": 10**9,
    "outside_key": uuid4(),
    "person_key": uuid4(),
    "pk": 10**9 + 1,
    "position": 99,
    "question_key": "tidak-ada",
    "question_type": "tidak-ada",
    "quiz_key": "tidak-ada",
    "request_key": uuid4(),
    "told_id": 10**9,
    "token": "tidak-ada",
    "role_id": 10**9,
    "unit_id": 10**9,
    "upload_key": "1" * 32,
    "version_name": "tidak-ada",
    "view_key": uuid4(),
    "work_id": 10**9,
    "group_id": 10**9,
    "order_id": 10**9,
    "program_id": 10**9,
}


def needed(name: str) -> list[str]:
    """Return the arguments of an address."""
    pattern = dict(sources.url_patterns())[name].pattern
    return list(pattern.regex.groupindex) or list(pattern.converters)


def codes(text: str) -> dict[str, int]:
    """Return the code of each role."""
    listed = [int(code) for code in text.split()]
    return dict(zip(ROLES, listed * (8 // len(listed)), strict=True))


def those_asked(expected: dict[str, int]) -> dict[str, int]:
    """Return the roles to ask, with what they should get.

    Who may is told by rules and not by the database; whether a page works may differ
    from one database to the other. So the second one is asked by two of those who may.
    """
    if connection.vendor == "sqlite":
        return expected
    may = [role for role, code in expected.items() if code not in {403, 405}]
    return {role: expected[role] for role in may[:1] + may[-1:]}


def test_every_address_is_in_the_table():
    names = {name for name, _pattern in sources.url_patterns()}

    assert names - set(TABLE) == set(), "Say in TABLE who may call these."
    assert set(TABLE) - names == set(), "These addresses are gone: delete their rows."


@pytest.mark.parametrize("part", PARTS)
def test_everybody_gets_what_the_table_says(scene, part):
    expected, got = {}, {}
    for name in PARTS[part]:
        url = reverse(name, kwargs=arguments(scene, name))
        for method, text in zip(("GET", "POST"), TABLE[name], strict=True):
            expected[f"{method} {name}"] = asked = those_asked(codes(text))
            got[f"{method} {name}"] = {
                role: ask(scene, role, method, url) for role in asked
            }

    assert got == expected


@pytest.mark.parametrize("part", [part for part in PARTS if part != "site"])
def test_a_row_that_does_not_exist_is_the_same_404(scene, part):
    found = {}
    for name in PARTS[part]:
        method = "GET" if TABLE[name][0] != NEVER else "POST"
        allowed = codes(TABLE[name][method == "POST"])
        may = [role for role in ROLES[1:] if allowed[role] not in {403, 405}]
        rows = {} if name in _NAMES_NO_ROW else arguments(scene, name)
        for argument in rows:
            url = reverse(name, kwargs={**rows, argument: MISSING[argument]})
            answers = {ask(scene, role, method, url) for role in may[:1] + may[-1:]}
            found[f"{method} {name} without its {argument}"] = answers

    assert found == {key: {404} for key in found}


# Every name that a page of ours reads from its address.
_QUERY = [
    "back",
    "bagian",
    "bank",
    "cari",
    "dari",
    "fokus",
    "format",
    "halaman",
    "jenis",
    "kata",
    "ke",
    "kode",
    "kursus",
    "next",
    "panel",
    "percobaan",
    "pilar",
    "sampai",
    "sebelum",
    "sesudah",
    "status",
    "tanda",
    "tingkat",
    "tujuan",
    "unit",
    "urut",
    "versi",
]


@pytest.mark.parametrize("nonsense", ["\0", "\N{SUPERSCRIPT TWO}", "9" * 30, "'\"<"])
def test_nonsense_in_an_address_breaks_no_page(scene, nonsense):
    query = urlencode(dict.fromkeys(_QUERY, nonsense))
    codes_of = {}
    for name, (get, _post) in TABLE.items():
        if get != NEVER:
            url = reverse(name, kwargs=arguments(scene, name))
            may = [role for role, code in codes(get).items() if code == 200]
            for role in {"learner", "admin"}.intersection(may):
                codes_of[f"{name} as {role}"] = ask(
                    scene, role, "GET", f"{url}?{query}"
                )

    assert [name for name, code in codes_of.items() if code >= 500] == []
