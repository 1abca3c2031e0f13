"""Addresses of this room, below /studio/."""

from django.urls import path

from studio.views import courses, lessons, publishing, questions

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
    path("<slug:course_key>/soal/", questions.question_list, name="question_list"),
    path(
        "<slug:course_key>/soal/baru/",
        questions.question_create,
        name="question_create",
    ),
    path(
        "<slug:course_key>/soal/<slug:bank_key>/<slug:question_key>/",
        questions.question_edit,
        name="question_edit",
    ),
    path(
        "<slug:course_key>/soal/<slug:bank_key>/<slug:question_key>/tarik/",
        questions.question_retire,
        name="question_retire",
    ),
]
