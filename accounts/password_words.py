"""Words that everybody who knows the site would try as a password."""

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Beside the names that an agency gives itself in the settings.
KNOWN_WORDS = (
    "admin asn belajar bkpsdm cpns dinas elearning guru indonesia instansi kabupaten "
    "kata kota kursus literasi masuk melek nasional negara nip pegawai pelatihan pemda "
    "pemerintah pemkab pemkot pengelola peserta pns pppk provinsi rahasia sandi sipil"
)
_LEAST_OF_ONES_OWN = 6
_LETTERS = re.compile(r"[^\W\d_]+")


class SiteWordsValidator:
    """Refuse a password of which too little is left without words of the site."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for one that is made of such words."""
        said = left = "".join(_LETTERS.findall(password.lower()))
        for word in sorted(_words(), key=len, reverse=True):
            left = left.replace(word, "")
        if left != said and len(left) < _LEAST_OF_ONES_OWN:
            raise ValidationError(
                _(
                    "Kata sandi ini mudah ditebak: isinya kata-kata yang umum di "
                    "instansi. Tambahkan beberapa kata Anda sendiri."
                ),
                code="password_of_the_site",
            )

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return _("Jangan hanya nama situs, instansi, atau kata-kata kantor.")


def _words() -> set[str]:
    names = (
        settings.ELEARNING_PRODUCT_NAME,
        settings.ELEARNING_AGENCY_NAME,
        settings.ELEARNING_AGENCY_SHORT,
        settings.ELEARNING_OPERATOR,
    )
    said = _LETTERS.findall(" ".join(names).lower())
    return {*KNOWN_WORDS.split(), *(word for word in said if len(word) > 2)}
