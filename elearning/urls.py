"""All addresses. Paths are Indonesian, route names English."""

from django.urls import include, path

from courses import views as courses
from courses.glossary import views as glossary
from courses.inquiries import views as inquiries
from courses.notes import views as notes
from elearning.views import (
    calendars,
    errors,
    home,
    my_courses,
    notices,
    offline,
    operator,
    own_record,
    pages,
    probes,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("kursus-saya/", my_courses.own_courses, name="my_courses"),
    path("pemberitahuan/", notices.notice_list, name="notice_list"),
    path("pemberitahuan/dibaca/", notices.notice_read_all, name="notice_read_all"),
    path("pemberitahuan/pilihan/", notices.notice_settings, name="notice_settings"),
    path("pemberitahuan/<int:told_id>/", notices.notice_open, name="notice_open"),
    path("kalender/", calendars.calendar_make, name="calendar_make"),
    path("kalender/hentikan/", calendars.calendar_end, name="calendar_end"),
    path("kalender/<str:token>.ics", calendars.calendar_feed, name="calendar_feed"),
    path("catatan/", notes.note_list_page, name="note_list"),
    path("istilah/", glossary.glossary_page, name="glossary"),
    path("pertanyaan/", inquiries.inquiry_list, name="inquiry_list"),
    path("jp/", own_record.jp_ledger, name="jp_ledger"),
    path("riwayat/", own_record.history, name="history"),
    path("riwayat/unduh/", own_record.record_download, name="record_download"),
    path("akun/data/", own_record.own_data, name="own_data"),
    path("akun/data/unduh/", own_record.own_data_download, name="own_data_download"),
    path("", include("elearning.urls_account")),
    path("", include("accounts.urls")),
    path("cari/", courses.search, name="search"),
    path("kursus/", include("elearning.urls_courses")),
    path("", include("quizzes.urls")),
    path("", include("certificates.urls")),
    path("tim/", include("reports.urls_team")),
    path("sdm/", include("reports.urls")),
    path("sdm/", include("courses.assigning.urls")),
    path("sdm/", include(("courses.evaluations.urls", "evaluations"))),
    path("studio/", include("studio.urls")),
    path("", include("studio.urls_images")),
    path("privasi/", pages.privacy, name="privacy"),
    path("aksesibilitas/", pages.accessibility, name="accessibility"),
    path("status/", pages.status, name="status"),
    path("operator/", operator.operator_page, name="operator_page"),
    path(
        "operator/tugas/<int:failed_id>/ulangi/",
        operator.task_again,
        name="failed_task_again",
    ),
    path(
        "operator/tugas/<int:failed_id>/sisihkan/",
        operator.task_aside,
        name="failed_task_aside",
    ),
    path("bantuan/", pages.help_page, name="help"),
    path("bantuan/penyusun/", pages.author_help_list, name="author_help_list"),
    path("bantuan/penyusun/<slug:slug>/", pages.author_help, name="author_help"),
    path("pekerja.js", offline.service_worker, name="service_worker"),
    path("aplikasi.webmanifest", offline.app_manifest, name="app_manifest"),
    path("tanpa-sinyal/", offline.offline, name="offline"),
    path("kiriman/", offline.outbox, name="outbox"),
    path("healthz", probes.healthz, name="healthz"),
    path("readyz", probes.readyz, name="readyz"),
    path("metrics", probes.metrics, name="metrics"),
]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
