"""Addresses of this room."""

from django.urls import path

from accounts.views import (
    corrections,
    data_requests,
    importing,
    importing_columns,
    people,
    profile,
    sessions,
    units,
)

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
    path(
        "akun/data/permintaan/",
        data_requests.data_request_list,
        name="data_request_list",
    ),
    path(
        "akun/data/permintaan/<uuid:request_key>/batal/",
        data_requests.data_request_withdraw,
        name="data_request_withdraw",
    ),
    path(
        "akun/data/pembatasan/cabut/",
        data_requests.restriction_end,
        name="restriction_end",
    ),
    path(
        "sdm/permintaan-data/",
        data_requests.data_request_queue,
        name="data_request_queue",
    ),
    path(
        "sdm/permintaan-data/dihapus/",
        data_requests.erasure_list,
        name="erasure_list",
    ),
    path(
        "sdm/permintaan-data/<uuid:request_key>/",
        data_requests.data_request_answer,
        name="data_request_answer",
    ),
    path("tampilan/", profile.appearance, name="appearance"),
    path("sdm/pegawai/", people.people_list, name="people_list"),
    path("sdm/pegawai/cari/", people.people_search, name="people_search"),
    path("sdm/pegawai/tambah/", people.person_add, name="person_add"),
    path("sdm/pegawai/<uuid:person_key>/ubah/", people.person_edit, name="person_edit"),
    path(
        "sdm/pegawai/<uuid:person_key>/pindah/",
        people.person_move,
        name="person_move",
    ),
    path(
        "sdm/pegawai/<uuid:person_key>/akun/",
        people.person_switch,
        name="person_switch",
    ),
    path(
        "sdm/pegawai/<uuid:person_key>/akun-instansi/",
        people.person_unlink,
        name="person_unlink",
    ),
    path(
        "sdm/pegawai/<uuid:person_key>/undang/",
        people.person_invite,
        name="person_invite",
    ),
    path(
        "sdm/pegawai/<uuid:person_key>/nip/",
        people.person_number,
        name="person_number",
    ),
    path(
        "sdm/pegawai/<uuid:person_key>/peran/",
        people.person_roles,
        name="person_roles",
    ),
    path(
        "sdm/pegawai/<uuid:person_key>/peran/<int:role_id>/",
        people.role_take,
        name="role_take",
    ),
    path("sdm/unit/", units.unit_list, name="unit_list"),
    path("sdm/unit/<int:unit_id>/", units.unit_detail, name="unit_detail"),
    path("sdm/unit/<int:unit_id>/tambah/", units.unit_add, name="unit_add"),
    path("sdm/unit/<int:unit_id>/nama/", units.unit_rename, name="unit_rename"),
    path("sdm/unit/<int:unit_id>/pindah/", units.unit_move, name="unit_move"),
    path("sdm/unit/<int:unit_id>/tutup/", units.unit_close, name="unit_close"),
    path("sdm/unit/<int:unit_id>/buka/", units.unit_reopen, name="unit_reopen"),
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
        "sdm/impor/<str:key>/kolom/",
        importing_columns.people_import_columns,
        name="people_import_columns",
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
