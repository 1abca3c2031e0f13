"""How the site is, part by part, in words for everybody."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from elearning.watching.figures import SiteFigures

# People are told that certificates come within a minute; after this they are late.
LATE_AFTER = timedelta(minutes=15)


@dataclass(frozen=True)
class SitePart:
    """A part of the site, whether it is well, and what that means for people."""

    name: str
    is_well: bool
    meaning: str


def site_parts(figures: SiteFigures) -> list[SitePart]:
    """Say of each part how it is; no figure, no name of a machine."""
    stored = figures.stored
    is_read = stored is not None
    is_worked = {queue.name: queue.is_worked_off for queue in figures.queues}
    certificates = stored is not None and (
        figures.has_files
        and is_worked["certificates"]
        and stored.certificates.oldest < LATE_AFTER
    )
    exports = stored is not None and (
        figures.has_files
        and is_worked["exports"]
        and stored.exports.oldest < LATE_AFTER
    )
    return [
        SitePart(
            _("Belajar dan kuis"),
            is_read,
            _("Halaman, pelajaran, dan kuis dapat dibuka.")
            if is_read
            else _("Halaman mungkin tidak terbuka. Jawaban di HP Anda tetap aman."),
        ),
        SitePart(
            _("Sertifikat"),
            certificates,
            _("Terbit seperti biasa.")
            if certificates
            else _("Terbit lebih lambat. Anda tidak perlu berbuat apa-apa."),
        ),
        SitePart(
            _("Unduhan laporan"),
            exports,
            _("Disiapkan seperti biasa.")
            if exports
            else _("Disiapkan lebih lambat. Permintaan Anda tidak hilang."),
        ),
        SitePart(
            _("Surel pemberitahuan"),
            is_worked["mail"],
            _("Dikirim seperti biasa.")
            if is_worked["mail"]
            else _("Dikirim lebih lambat."),
        ),
    ]
