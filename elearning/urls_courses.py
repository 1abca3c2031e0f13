"""The `courses` namespace: the room's own pages, the course page and the lesson page.

A lesson shows practice checks of the quizzes room and the course page says when a
quiz opens again; pages that look into several rooms live in `elearning`.
"""

from django.urls import path

from courses.urls import urlpatterns as courses_urlpatterns
from elearning.views import course, lesson, new_parts, offline

app_name = "courses"
urlpatterns = [
    *courses_urlpatterns,
    path("<slug:course_key>/", course.course_detail, name="course_detail"),
    path("<slug:course_key>/simpanan/", offline.course_to_keep, name="course_to_keep"),
    path(
        "<slug:course_key>/simpanan/latihan/", offline.kept_answers, name="kept_answers"
    ),
    path("<slug:course_key>/bagian-baru/", new_parts.new_parts, name="new_parts"),
    path(
        "<slug:course_key>/pelajaran/<slug:lesson_key>/",
        lesson.lesson_detail,
        name="lesson_detail",
    ),
]
