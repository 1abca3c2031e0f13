"""Addresses of this room, below /studio/."""

from django.urls import path

from studio.views import (
    analysis,
    courses,
    exchange,
    lessons,
    publishing,
    question_bulk,
    question_history,
    question_writing,
    questions,
    quiz_settings,
    repairs,
)

app_name = "studio"
urlpatterns = [
    path("", courses.course_list, name="course_list"),
    path("<slug:course_key>/", courses.course_outline, name="course_outline"),
    path("<slug:course_key>/draf/", courses.draft_open, name="draft_open"),
    path("<slug:course_key>/draf/buang/", courses.draft_discard, name="draft_discard"),
    path(
        "<slug:course_key>/terbitkan/", publishing.course_publish, name="course_publish"
    ),
    path(
        "<slug:course_key>/pelajaran/<slug:lesson_key>/",
        lessons.lesson_edit,
        name="lesson_edit",
    ),
    path(
        "<slug:course_key>/pelajaran/<slug:lesson_key>/pratinjau/",
        lessons.lesson_preview,
        name="lesson_preview",
    ),
    path(
        "<slug:course_key>/kuis/<slug:quiz_key>/",
        quiz_settings.quiz_settings_edit,
        name="quiz_settings_edit",
    ),
    path(
        "<slug:course_key>/analisis/<slug:quiz_key>/",
        analysis.analysis_quiz,
        name="analysis_quiz",
    ),
    path(
        "<slug:course_key>/analisis/<slug:quiz_key>/hitung/",
        analysis.analysis_refresh,
        name="analysis_refresh",
    ),
    path(
        "<slug:course_key>/analisis/<slug:quiz_key>/tabel.csv",
        analysis.analysis_download,
        name="analysis_download",
    ),
    path(
        "<slug:course_key>/analisis/<slug:quiz_key>/<slug:bank_key>/"
        "<slug:question_key>/",
        analysis.analysis_question,
        name="analysis_question",
    ),
    path("<slug:course_key>/soal/", questions.question_list, name="question_list"),
    path(
        "<slug:course_key>/soal/baru/",
        question_writing.question_choose,
        name="question_choose",
    ),
    path(
        "<slug:course_key>/soal/baru/<slug:question_type>/",
        question_writing.question_create,
        name="question_create",
    ),
    path(
        "<slug:course_key>/soal/sekaligus/",
        question_bulk.question_bulk,
        name="question_bulk",
    ),
    path(
        "<slug:course_key>/soal/impor/",
        exchange.question_import,
        name="question_import",
    ),
    path(
        "<slug:course_key>/soal/impor/templat.xlsx",
        exchange.question_import_template,
        name="question_import_template",
    ),
    path(
        "<slug:course_key>/soal/impor/<str:upload_key>/",
        exchange.question_import_preview,
        name="question_import_preview",
    ),
    path(
        "<slug:course_key>/soal/impor/<str:upload_key>/perbaikan.xlsx",
        exchange.question_import_findings,
        name="question_import_findings",
    ),
    path(
        "<slug:course_key>/soal/impor/<str:upload_key>/terapkan/",
        exchange.question_import_apply,
        name="question_import_apply",
    ),
    path(
        "<slug:course_key>/soal/impor/<str:upload_key>/batal/",
        exchange.question_import_drop,
        name="question_import_drop",
    ),
    path(
        "<slug:course_key>/soal/impor/<str:upload_key>/hasil/",
        exchange.question_import_result,
        name="question_import_result",
    ),
    path(
        "<slug:course_key>/soal/ekspor/",
        exchange.question_export,
        name="question_export",
    ),
    path(
        "<slug:course_key>/soal/ekspor/<slug:bank_key>/<slug:format_name>/",
        exchange.question_export_download,
        name="question_export_download",
    ),
    path(
        "<slug:course_key>/soal/<slug:bank_key>/<slug:question_key>/",
        question_writing.question_edit,
        name="question_edit",
    ),
    path(
        "<slug:course_key>/soal/<slug:bank_key>/<slug:question_key>/riwayat/",
        question_history.question_history,
        name="question_history",
    ),
    path(
        "<slug:course_key>/soal/<slug:bank_key>/<slug:question_key>/tarik/",
        questions.question_retire,
        name="question_retire",
    ),
    path(
        "<slug:course_key>/soal/<slug:bank_key>/<slug:question_key>/perbaikan/",
        repairs.question_repair,
        name="question_repair",
    ),
]
