"""Addresses of evaluations under /sdm/."""

from django.urls import path

from courses.evaluations import views

# Included as the namespace `evaluations`.
urlpatterns = [
    path("evaluasi/formulir/", views.wording_list, name="wording_list"),
    path("evaluasi/formulir/<int:unit_id>/", views.wording_edit, name="wording_edit"),
    path(
        "evaluasi/<slug:course_key>/", views.evaluation_result, name="evaluation_result"
    ),
]
