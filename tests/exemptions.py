"""Whom a house rule excuses, and why. An entry that excuses nothing fails.

Files are named here and nowhere else in the tests of the house: whoever moves a
file changes this page.
"""

# Views of allauth, which stamps nothing: it guards its own (tests/test_permissions.py
# says who may call them).
ALLAUTH_VIEWS = {
    "account_login",
    "account_signup",
    "account_logout",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_inactive",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
}

# Who may assign a state, and whose: "an attempt's state changes in one module".
STATE_OWNERS = {
    "Attempt": "quizzes/taking/actions.py",
    "CourseVersion": "courses/actions/publishing.py",
    "DataRequest": "accounts/actions/data_requests.py",
    "DraftReview": "courses/actions/reviews.py",
    "Enrollment": "courses/actions/enrollment.py",
    "ExportJob": "reports/actions.py",
    "PeopleDraft": "accounts/actions/people_drafts.py",
    "PlannedPublication": "courses/actions/planned.py",
    "Inquiry": "courses/inquiries/actions.py",
    "OutsideCertificate": "certificates/outside/actions.py",
    "Question": "quizzes/bank/actions.py",
    "QuestionVersion": "quizzes/bank/actions.py",
    "FileMail": "reports/exports/telling.py",
    "ReminderMail": "courses/assigning/sending.py",
}

# Who writes columns whose names only running code knows.
WRITES_BY_NAME = {
    "lib/fields.py": "the key of a folded field, and it alone",
    "accounts/actions/importing.py": "the columns that a sheet of people changes",
    "accounts/actions/people.py": "PersonContent, and what anonymising empties",
    "quizzes/definition/conditions.py": "the columns of QuizCondition, a fixed list",
    "quizzes/definition/publishing.py": "the columns of a quiz that is published again",
    "quizzes/practice/cards.py": "CardState, replayed from facts",
}

# Who reads the clock beside views, tasks and management commands.
READS_THE_CLOCK = {
    "accounts/adapters.py": "signing in makes another person the one who asks",
    "accounts/forms.py": "tries at the old password come in here",
    "accounts/forms_second_factor.py": "tries at codes come in here",
    "accounts/guards.py": "stands before views: requests are counted as they arrive",
    "accounts/middleware.py": "a request comes in here: its person is judged as of now",
    "accounts/single_sign_on/adapter.py": "whoever comes back from the provider comes "
    "in here",
    "accounts/sessions.py": "a request comes in here: whether its session has ended",
    "accounts/models/person.py": "created_at says when the row was written; no rule "
    "reads it, and taking the clock out would be a migration",
    "elearning/celery.py": "a task ends here: when it failed",
    "elearning/context_processors.py": "part of every view: drawn as of now",
    "elearning/offline/tokens.py": "django.core.signing dates tokens itself; what is "
    "told with one is decided by actions, which are handed the time",
    "quizzes/taking/tokens.py": "django.core.signing dates tokens itself; whether a "
    "save still counts is decided by its action, which is handed the time",
}

# Views and their helpers that hand a file out and record nothing.
HANDED_OUT_WITHOUT_RECORD = {
    "accounts/views/importing.py:people_import_template": "an empty workbook",
    "accounts/views/importing.py:_download": "its callers record",
    "studio/views/exchange.py:_download": "its callers record",
    "studio/views/exchange.py:question_import_template": "an empty file",
    "studio/views/images.py:course_file": "its pictures and files of lessons",
    "studio/views/images.py:_picture": "what lessons show",
    "studio/views/images.py:_pieces": "what lessons play and link to",
    "reports/views/gain.py:gain_export": "handed_over records",
    "reports/views/exports.py:export_ask": "handed_over records",
    "reports/views/listings.py:listing_export": "handed_over records",
    "reports/views/trail.py:trail_export": "handed_over records",
    "reports/views/exports.py:export_download": "handed_over records",
}

# What papers name that is not there, by paper: examples, and what is yet to come.
NAMED_IN_PAPERS_ONLY: dict[str, set[str]] = {
    "CONTRIBUTING.md": {
        "studio/folders/checks/option_length.py",
        "tests/studio/folders/checks/test_option_length.py",
    },
    "docs/writing-courses.md": {
        "files/panduan.pdf",
        "courses/content/k11-nama-kursus/",
        "lessons/01-empat-kata.md",
    },
}
