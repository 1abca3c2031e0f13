"""Why nobody was let in, and what the person does about it."""

from django.utils.translation import gettext as _

from accounts.single_sign_on.linking import NotLinked


def why_not(refused: NotLinked) -> str:
    """Return the reason in words, without a number."""
    return {
        "no_number": _(
            "Akun instansi Anda belum memuat NIP. Masuk dengan NIP dan kata sandi, "
            "lalu minta pengelola akun instansi melengkapinya."
        ),
        "unknown_number": _(
            "NIP Anda belum terdaftar di situs ini. Minta pengelola kepegawaian "
            "menambahkan Anda."
        ),
        "not_proven": _(
            "Akun instansi ini belum terbukti milik Anda: surelnya harus terverifikasi "
            "dan sama dengan surel dinas pada data kepegawaian. Masuk dengan NIP dan "
            "kata sandi, lalu minta pengelola kepegawaian memeriksa surel Anda."
        ),
        "linked_elsewhere": _(
            "NIP ini sudah tertaut ke akun instansi yang lain. Bila Anda baru berganti "
            "akun, minta pengelola kepegawaian melepas tautan lama."
        ),
        "foreign_number": _(
            "Akun instansi ini memuat NIP orang lain. Minta pengelola akun instansi "
            "memeriksanya. Anda tetap dapat masuk dengan NIP dan kata sandi."
        ),
    }[refused.code]
