"""`manage.py verify_audit`: does the audit trail still say what it said?"""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.audit import SealState, seal_state
from accounts.seal_witness import seals_cut_off


class Command(BaseCommand):
    """Compute every seal again and compare with the copy outside; change nothing."""

    help = "Memeriksa segel jejak audit. Kode 1 bila ada yang berubah atau hilang."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell what is sealed and what is wrong; the code is 1 where something is."""
        state = seal_state()
        self._tell(state)
        cut_off = list(seals_cut_off(settings.ELEARNING_SEAL_FILE))
        for line in cut_off:
            self.stderr.write(f"Hilang dari basis data: segel {line}")
        if not settings.ELEARNING_SEAL_FILE.exists() and state.seals:
            self.stdout.write(
                f"Tidak ada salinan segel di {settings.ELEARNING_SEAL_FILE}: ujung "
                "jejak yang dipotong tidak akan terlihat."
            )
        if state.broken or cut_off:
            sys.exit(1)
        self.stdout.write("Semua segel utuh.")

    def _tell(self, state: SealState) -> None:
        self.stdout.write(
            f"{state.seals} segel atas {state.sealed} catatan; {state.unsealed} "
            "catatan terbaru belum disegel."
        )
        for first, last in state.broken:
            self.stderr.write(f"Berubah atau hilang: catatan {first} sampai {last}")
