"""All addresses. Paths are Indonesian, route names English."""

from django.urls import include, path

from elearning.views import errors, home, offline, operator, pages, probes

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("elearning.urls_account")),
    path("", include("accounts.urls")),
    path("kursus/", include("elearning.urls_courses")),
    path("", include("quizzes.urls")),
    path("", include("certificates.urls")),
    path("sdm/", include("reports.urls")),
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
