"""Addresses of this room."""

from django.urls import path

from certificates.views import desk, learner, outside, verify

app_name = "certificates"
urlpatterns = [
    path("sertifikat/", learner.certificate_list, name="certificate_list"),
    path("sertifikat/luar/", outside.outside_list, name="outside_list"),
    path("sertifikat/luar/ajukan/", outside.outside_add, name="outside_add"),
    path(
        "sertifikat/luar/<uuid:outside_key>/berkas/",
        outside.outside_file,
        name="outside_file",
    ),
    path(
        "sertifikat/luar/<uuid:outside_key>/batal/",
        outside.outside_withdraw,
        name="outside_withdraw",
    ),
    path("sdm/sertifikat-luar/", outside.outside_queue, name="outside_queue"),
    path(
        "sdm/sertifikat-luar/<uuid:outside_key>/",
        outside.outside_review,
        name="outside_review",
    ),
    path(
        "sertifikat/<str:code>/unduh/",
        learner.certificate_download,
        name="certificate_download",
    ),
    path("sdm/sertifikat/", desk.certificate_desk, name="certificate_desk"),
    path("sdm/sertifikat/cari/", desk.certificate_search, name="certificate_search"),
    path(
        "sdm/sertifikat/permintaan/<int:correction_id>/",
        desk.correction_decide,
        name="correction_decide",
    ),
    path(
        "sdm/sertifikat/kendala/<int:work_id>/coba/",
        desk.work_retry,
        name="work_retry",
    ),
    path("sdm/sertifikat/<str:code>/", desk.correction_ask, name="correction_ask"),
    path("verifikasi/", verify.verify, name="verify"),
    path(
        "verifikasi/<str:code>/", verify.certificate_verify, name="certificate_verify"
    ),
]
