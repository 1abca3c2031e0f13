"""The address of a superior's page, beside those of HR."""

from django.urls import path

from reports.views import team

urlpatterns = [path("", team.team, name="team")]
