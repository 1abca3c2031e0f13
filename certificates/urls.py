"""Addresses of this room."""

from django.urls import path

from certificates.views import learner, verify

app_name = "certificates"
urlpatterns = [
    path("sertifikat/", learner.certificate_list, name="certificate_list"),
    path(
        "sertifikat/<str:code>/unduh/",
        learner.certificate_download,
        name="certificate_download",
    ),
    path("verifikasi/", verify.verify, name="verify"),
    path(
        "verifikasi/<str:code>/", verify.certificate_verify, name="certificate_verify"
    ),
]
