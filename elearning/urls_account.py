"""allauth's views under Indonesian paths and the names allauth asks for.

Only what the site offers is routed: nobody signs up, e-mail addresses come from HR.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.http import HttpRequest
from django.urls import path, re_path

from accounts.guards import at_most, client_network, records, signed_in_person
from accounts.views import passkeys, single_sign_on


def _mailbox(request: HttpRequest) -> str:
    return request.POST.get("email", "").strip().lower()


def _mailbox_from_there(request: HttpRequest) -> tuple[str, str]:
    return _mailbox(request), client_network(request)


_by_mailbox = at_most("reset_mailbox", by=_mailbox)
_by_both = at_most("reset_mail", by=_mailbox_from_there)
_by_address = at_most("reset_password")
_confirms = at_most("reauthenticate", by=signed_in_person)
_changes = at_most("change_password", by=signed_in_person)
_shows_codes = records("accounts.recovery_codes.shown")
_hands_codes_out = records("accounts.recovery_codes.downloaded")
urlpatterns = [
    path("masuk/", at_most("login")(account.login), name="account_login"),
    path("masuk/sso/", single_sign_on.sso_login, name="sso_login"),
    path("masuk/sso/kembali/", single_sign_on.sso_callback, name="sso_callback"),
    path("masuk/sso/keluar/", single_sign_on.sso_logout_told, name="sso_logout_told"),
    path("keluar/sso/", single_sign_on.sso_signed_out, name="sso_signed_out"),
    path("daftar/", at_most("signup")(account.signup), name="account_signup"),
    path("keluar/", account.logout, name="account_logout"),
    path(
        "sandi/konfirmasi/",
        _confirms(account.reauthenticate),
        name="account_reauthenticate",
    ),
    path(
        "sandi/ubah/", _changes(account.password_change), name="account_change_password"
    ),
    path("sandi/buat/", _changes(account.password_set), name="account_set_password"),
    path(
        "sandi/lupa/",
        _by_address(_by_both(_by_mailbox(account.password_reset))),
        name="account_reset_password",
    ),
    path(
        "sandi/lupa/terkirim/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^sandi/baru/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        at_most("reset_password_from_key")(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "sandi/baru/selesai/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("tidak-aktif/", account.account_inactive, name="account_inactive"),
    path("langkah-kedua/", mfa.index, name="mfa_index"),
    path("langkah-kedua/masuk/", passkeys.second_step, name="mfa_authenticate"),
    path(
        "langkah-kedua/konfirmasi/",
        _confirms(mfa.reauthenticate),
        name="mfa_reauthenticate",
    ),
    path("masuk/kunci-sandi/", passkeys.passkey_sign_in, name="mfa_login_webauthn"),
    path("langkah-kedua/kunci-sandi/", passkeys.passkey_add, name="mfa_add_webauthn"),
    path(
        "langkah-kedua/kunci-sandi/<int:pk>/nama/",
        passkeys.passkey_rename,
        name="mfa_edit_webauthn",
    ),
    path(
        "langkah-kedua/kunci-sandi/<int:pk>/hapus/",
        passkeys.passkey_remove,
        name="mfa_remove_webauthn",
    ),
    path(
        "langkah-kedua/kunci-sandi/konfirmasi/",
        passkeys.passkey_confirm,
        name="mfa_reauthenticate_webauthn",
    ),
    path("langkah-kedua/aktifkan/", totp.activate_totp, name="mfa_activate_totp"),
    path(
        "langkah-kedua/nonaktifkan/", totp.deactivate_totp, name="mfa_deactivate_totp"
    ),
    path(
        "langkah-kedua/kode-cadangan/",
        _shows_codes(recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "langkah-kedua/kode-cadangan/baru/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "langkah-kedua/kode-cadangan/unduh/",
        _hands_codes_out(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
