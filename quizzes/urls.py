"""Addresses of this room."""

from django.urls import path, re_path

from quizzes.views import (
    accommodations,
    images,
    inquiries,
    late_answers,
    notices,
    practice,
    results,
    reviews,
    taking,
)

app_name = "quizzes"
urlpatterns = [
    path(
        "kursus/<slug:course_key>/kuis/<slug:quiz_key>/",
        taking.quiz_detail,
        name="quiz_detail",
    ),
    path(
        "kursus/<slug:course_key>/kuis/<slug:quiz_key>/mulai/",
        taking.attempt_start,
        name="attempt_start",
    ),
    path(
        "kursus/<slug:course_key>/pelajaran/<slug:lesson_key>/cek/<slug:question_key>/",
        practice.practice_answer,
        name="practice_answer",
    ),
    path(
        "percobaan/<uuid:attempt_key>/<int:position>/",
        taking.attempt_item,
        name="attempt_item",
    ),
    path(
        "percobaan/<uuid:attempt_key>/simpan/",
        taking.response_save,
        name="response_save",
    ),
    path(
        "percobaan/<uuid:attempt_key>/kirim/",
        taking.attempt_submit,
        name="attempt_submit",
    ),
    path(
        "percobaan/<uuid:attempt_key>/nilai/",
        taking.attempt_mark,
        name="attempt_mark",
    ),
    path(
        "percobaan/<uuid:attempt_key>/hasil/",
        results.attempt_result,
        name="attempt_result",
    ),
    path(
        "percobaan/<uuid:attempt_key>/pembahasan/<int:position>/",
        results.attempt_explanation,
        name="attempt_review",
    ),
    path(
        "percobaan/<uuid:attempt_key>/pembahasan/<int:position>/tanya/",
        inquiries.question_inquiry,
        name="question_inquiry",
    ),
    path("ulangan/", reviews.review_next, name="review_next"),
    path("ulangan/selesai/", reviews.review_done, name="review_done"),
    path("ulangan/pengaturan/", reviews.review_settings, name="review_settings"),
    path("ulangan/soal/<uuid:card_key>/", reviews.review_answer, name="review_answer"),
    path(
        "ulangan/ingat/<uuid:follow_up_key>/<int:position>/",
        reviews.follow_up_answer,
        name="follow_up_answer",
    ),
    re_path(
        r"^gambar/soal/(?P<name>[0-9a-f]{64}\.(?:png|jpg|gif|svg))$",
        images.question_image,
        name="question_image",
    ),
    path(
        "sdm/kelonggaran/",
        accommodations.accommodation_list,
        name="accommodation_list",
    ),
    path(
        "sdm/kelonggaran/cari/",
        accommodations.accommodation_search,
        name="accommodation_search",
    ),
    path(
        "sdm/kelonggaran/<uuid:person_key>/",
        accommodations.accommodation_grant,
        name="accommodation_grant",
    ),
    path(
        "sdm/kelonggaran/<uuid:accommodation_key>/cabut/",
        accommodations.accommodation_revoke,
        name="accommodation_revoke",
    ),
    path(
        "sdm/jawaban-terlambat/",
        late_answers.late_attempt_list,
        name="late_attempt_list",
    ),
    path(
        "sdm/jawaban-terlambat/<uuid:attempt_key>/",
        late_answers.late_attempt,
        name="late_attempt",
    ),
    path("kabar-nilai/<int:notice_id>/", notices.notice_read, name="notice_read"),
]
