"""Addresses of this room."""

from django.urls import path

from reports.views import (
    completion,
    dashboard,
    exports,
    gain,
    listings,
    person,
    retention,
    saved,
    siasn,
    trail,
)

app_name = "reports"
urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("banding/", dashboard.compare, name="compare"),
    path("penyelesaian/", completion.completion, name="completion"),
    path("penyelesaian/cari/", completion.completion_search, name="completion_search"),
    path("mengapa/<uuid:person_key>/", completion.why, name="why"),
    path("peningkatan/", gain.gain, name="gain"),
    path("peningkatan/unduh/", gain.gain_export, name="gain_export"),
    path("unduhan/", exports.export_list, name="export_list"),
    path("unduhan/minta/", exports.export_ask, name="export_ask"),
    path("unduhan/<uuid:key>/", exports.export_download, name="export_download"),
    path("unduhan/<uuid:key>/ulang/", exports.export_retry, name="export_retry"),
    path("pegawai/<uuid:person_key>/", person.person_detail, name="person_detail"),
    path(
        "pegawai/<uuid:person_key>/kursus/<slug:course_key>/",
        person.person_course,
        name="person_course",
    ),
    path("unduhan/<uuid:key>/batal/", exports.export_stop, name="export_stop"),
    path("siasn/", siasn.siasn, name="siasn"),
    path("siasn/kirim/", siasn.siasn_send, name="siasn_send"),
    path("siasn/jawaban/", siasn.siasn_answers, name="siasn_answers"),
    path("siasn/<uuid:batch>/unduh/", siasn.siasn_download, name="siasn_download"),
    path("tampilan/simpan/", saved.view_save, name="view_save"),
    path("tampilan/<uuid:view_key>/", saved.view_open, name="view_open"),
    path("tampilan/<uuid:view_key>/atur/", saved.view_edit, name="view_edit"),
    path("tampilan/<uuid:view_key>/hapus/", saved.view_delete, name="view_delete"),
    path(
        "tampilan/<uuid:view_key>/kembalikan/", saved.view_restore, name="view_restore"
    ),
    path("tampilan/<uuid:view_key>/ikut/", saved.view_subscribe, name="view_subscribe"),
    path("laporan/", listings.report_list, name="report_list"),
    path("laporan/<slug:report>/", listings.listing, name="listing"),
    path(
        "laporan/<slug:report>/unduh/", listings.listing_export, name="listing_export"
    ),
    path("aktivitas/", trail.trail, name="trail"),
    path("aktivitas/cari/", trail.trail_search, name="trail_search"),
    path("aktivitas/unduh/", trail.trail_export, name="trail_export"),
    path("daya-ingat/", retention.retention, name="retention"),
]
