"""allauth's views under Indonesian paths and the names allauth asks for.

Only what the site offers is routed: nobody signs up, e-mail addresses come from HR.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path, re_path

urlpatterns = [
    path("masuk/", account.login, name="account_login"),
    path("daftar/", account.signup, name="account_signup"),
    path("keluar/", account.logout, name="account_logout"),
    path("sandi/konfirmasi/", account.reauthenticate, name="account_reauthenticate"),
    path("sandi/ubah/", account.password_change, name="account_change_password"),
    path("sandi/buat/", account.password_set, name="account_set_password"),
    path("sandi/lupa/", account.password_reset, name="account_reset_password"),
    path(
        "sandi/lupa/terkirim/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^sandi/baru/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "sandi/baru/selesai/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("tidak-aktif/", account.account_inactive, name="account_inactive"),
    path("langkah-kedua/", mfa.index, name="mfa_index"),
    path("langkah-kedua/masuk/", mfa.authenticate, name="mfa_authenticate"),
    path("langkah-kedua/konfirmasi/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("langkah-kedua/aktifkan/", totp.activate_totp, name="mfa_activate_totp"),
    path(
        "langkah-kedua/nonaktifkan/", totp.deactivate_totp, name="mfa_deactivate_totp"
    ),
    path(
        "langkah-kedua/kode-cadangan/",
        recovery_codes.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "langkah-kedua/kode-cadangan/baru/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "langkah-kedua/kode-cadangan/unduh/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
