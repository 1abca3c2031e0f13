"""The `courses` namespace: the room's own pages and the lesson page.

A lesson shows practice checks of the quizzes room, which courses do not know;
pages that look into several rooms live in `elearning`.
"""

from django.urls import path

from courses.urls import urlpatterns as courses_urlpatterns
from elearning.views import lesson

app_name = "courses"
urlpatterns = [
    *courses_urlpatterns,
    path(
        "<slug:course_key>/pelajaran/<slug:lesson_key>/",
        lesson.lesson_detail,
        name="lesson_detail",
    ),
]
