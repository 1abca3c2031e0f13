"""Addresses of HR's orders, under /sdm/."""

from django.urls import path

from courses.assigning.views import days, orders, outbox, saved

app_name = "assigning"
urlpatterns = [
    path("penugasan/", orders.order_list, name="order_list"),
    path("penugasan/baru/", orders.order_create, name="order_create"),
    path("penugasan/batal/<uuid:batch>/", orders.order_undo, name="order_undo"),
    path("penugasan/<int:order_id>/", orders.order_detail, name="order_detail"),
    path(
        "penugasan/<int:order_id>/tarik/", orders.order_withdraw, name="order_withdraw"
    ),
    path("penugasan/kelompok/", saved.group_list, name="group_list"),
    path("penugasan/kelompok/baru/", saved.group_create, name="group_create"),
    path("penugasan/kelompok/<int:group_id>/", saved.group_edit, name="group_edit"),
    path(
        "penugasan/kelompok/<int:group_id>/singkirkan/",
        saved.group_archive,
        name="group_archive",
    ),
    path("penugasan/program/", saved.program_list, name="program_list"),
    path("penugasan/program/baru/", saved.program_create, name="program_create"),
    path(
        "penugasan/program/<int:program_id>/", saved.program_edit, name="program_edit"
    ),
    path(
        "penugasan/program/<int:program_id>/singkirkan/",
        saved.program_archive,
        name="program_archive",
    ),
    path("penugasan/gangguan/", days.outage_list, name="outage_list"),
    path("penugasan/hari-libur/", days.holiday_list, name="holiday_list"),
    path("penugasan/pengingat/", outbox.outbox, name="outbox"),
    path("penugasan/pengingat/cari/", outbox.outbox_search, name="outbox_search"),
    path(
        "penugasan/pengingat/<int:mail_id>/ulang/",
        outbox.outbox_resend,
        name="outbox_resend",
    ),
]
