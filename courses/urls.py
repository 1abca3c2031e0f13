"""Addresses of this room, but for the pages that look into two rooms."""

from django.urls import path

from courses import views
from courses.evaluations import views as evaluations
from courses.glossary import views as glossary
from courses.inquiries import views as inquiries
from courses.notes import views as notes

urlpatterns = [
    path("", views.course_list, name="course_list"),
    path("<slug:course_key>/ikuti/", views.enroll, name="enroll"),
    path("<slug:course_key>/berhenti/", views.withdraw, name="withdraw"),
    path(
        "<slug:course_key>/pelajaran/<slug:lesson_key>/selesai/",
        views.lesson_complete,
        name="lesson_complete",
    ),
    path(
        "<slug:course_key>/pelajaran/<slug:lesson_key>/sampai/",
        views.lesson_place,
        name="lesson_place",
    ),
    path(
        "<slug:course_key>/pelajaran/<slug:lesson_key>/catatan/",
        notes.lesson_notes_page,
        name="lesson_notes",
    ),
    path(
        "<slug:course_key>/pelajaran/<slug:lesson_key>/tanya/",
        inquiries.lesson_inquiry,
        name="lesson_inquiry",
    ),
    path(
        "<slug:course_key>/istilah/",
        glossary.course_glossary_page,
        name="course_glossary",
    ),
    path("<slug:course_key>/evaluasi/", evaluations.evaluation, name="evaluation"),
    path("<slug:course_key>/rencana/", notes.action_plan, name="action_plan"),
]
