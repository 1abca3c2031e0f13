"""Addresses of this room."""

from django.urls import path

from accounts.views import corrections, importing, profile, sessions

app_name = "accounts"
urlpatterns = [
    path("akun/", profile.profile, name="profile"),
    path("akun/sesi/", sessions.session_list, name="session_list"),
    path(
        "akun/sesi/<int:known_id>/keluarkan/", sessions.session_end, name="session_end"
    ),
    path(
        "akun/sesi/keluarkan-yang-lain/",
        sessions.session_end_others,
        name="session_end_others",
    ),
    path("tampilan/", profile.appearance, name="appearance"),
    path(
        "sdm/impor/pembetulan/", corrections.number_correction, name="number_correction"
    ),
    path(
        "sdm/impor/pembetulan/tanggal/",
        corrections.move_day_correction,
        name="move_day_correction",
    ),
    path("sdm/impor/", importing.people_import, name="people_import"),
    path(
        "sdm/impor/templat/",
        importing.people_import_template,
        name="people_import_template",
    ),
    path(
        "sdm/impor/<str:key>/",
        importing.people_import_preview,
        name="people_import_preview",
    ),
    path(
        "sdm/impor/<str:key>/perbaikan/",
        importing.people_import_findings,
        name="people_import_findings",
    ),
    path(
        "sdm/impor/<str:key>/terapkan/",
        importing.people_import_apply,
        name="people_import_apply",
    ),
    path(
        "sdm/impor/<str:key>/batal/",
        importing.people_import_drop,
        name="people_import_drop",
    ),
    path(
        "sdm/impor/<str:key>/hasil/",
        importing.people_import_result,
        name="people_import_result",
    ),
]
