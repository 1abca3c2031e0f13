"""JP earned in a year against the target of a person's status."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Sum
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import JpEntry


@dataclass(frozen=True)
class JpStatus:
    """JP of one year. `is_cap`: the target is the most that counts (PPPK)."""

    earned: int
    target: int
    label: str
    sentence: str
    is_cap: bool
    added: int = 0


def target_of(person: User) -> tuple[int, bool]:
    """Return (JP, whether it is a cap) for the person's employment status.

    Sources of the figures stand at ELEARNING_JP_TARGETS; people without a status are
    measured like PNS.
    """
    default = settings.ELEARNING_JP_TARGETS["PNS"]
    target, kind = settings.ELEARNING_JP_TARGETS.get(person.employment_status, default)
    return target, kind == "maximum"


def earned_jp(person: User, year: int) -> int:
    """Return the JP in the ledger for a calendar year."""
    total = JpEntry.objects.filter(person=person, year=year).aggregate(sum=Sum("jp"))
    return total["sum"] or 0


def jp_status(person: User, *, on: date, added: int = 0) -> JpStatus:
    """Return where the person stands in the year of `on`, a day where she is."""
    earned = earned_jp(person, on.year)
    target, is_cap = target_of(person)
    words = {"earned": earned, "target": target, "left": target - earned}
    if is_cap:
        label = _("%(earned)d dari paling banyak %(target)d JP") % words
    else:
        label = _("%(earned)d dari %(target)d JP") % words
    if earned >= target and is_cap:
        sentence = _("JP tahun ini sudah penuh. Anda tetap boleh belajar.")
    elif earned >= target:
        sentence = _("Target tahun ini sudah tercapai.")
    elif is_cap:
        sentence = _("Masih ada ruang %(left)d JP.") % words
    else:
        sentence = _("Tinggal %(left)d JP, dan Anda masih punya waktu.") % words
    return JpStatus(earned, target, label, sentence, is_cap, added)
