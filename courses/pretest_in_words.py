"""What people read about skipping the pre-test: the same on every page."""

from django.utils.translation import gettext_lazy as _

# The rule itself is `courses.pretest`.
OFFER = _(
    "Boleh dilewati dan tidak memengaruhi kelulusan. Terkunci setelah satu pelajaran "
    "ditandai selesai atau post-test dimulai. Tanpa pre-test, peningkatan nilai tidak "
    "dihitung."
)
LOCKED = _(
    "Pre-test terkunci karena pelajaran atau post-test sudah dimulai. Kursus tetap "
    "dapat diselesaikan. Peningkatan nilai tidak dihitung."
)
LAST_CALL = _(
    "Pre-test belum dikerjakan. Begitu pelajaran ini ditandai selesai, pre-test "
    "terkunci dan peningkatan nilai tidak dihitung."
)
