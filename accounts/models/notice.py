"""What a person is told: a list of her own, and one mail a day at most."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.person import User
from lib.facts import Fact


class NoticeKind(models.TextChoices):
    """What a notice is about; each kind can be silenced."""

    CERTIFICATE = "certificate", _("Sertifikat terbit")
    SCORE = "score", _("Nilai diperbaiki")
    DEADLINE = "deadline", _("Tenggat sudah dekat")
    OPEN_AGAIN = "open_again", _("Kuis terbuka lagi")
    NEW_PART = "new_part", _("Bagian baru dalam kursus")
    PLAN = "plan", _("Pengingat rencana tindak")
    ANSWER = "answer", _("Jawaban atas pertanyaan Anda")
    DATA = "data", _("Permintaan data pribadi")
    FILE = "file", _("Berkas laporan")


class Notice(models.Model):
    """Something that a person is told, once for ever: `key` says which.

    Appended in the transaction of what it tells of (`accounts.actions.tell`); only
    `read_at` is added later. `is_mailed_apart`: another mail says it already.

    Personal data: what happened to a person, in a sentence; deleted a year after she
    read it, and when she is anonymised.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=12, choices=NoticeKind)
    key = models.CharField(max_length=120, unique=True)
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    is_mailed_apart = models.BooleanField(default=False)

    class Meta:
        ordering = ["-told_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["person", "-told_at"], name="notice_of_person"),
            models.Index(
                fields=["person"],
                condition=Q(read_at__isnull=True),
                name="notice_unread",
            ),
            models.Index(
                fields=["told_at"],
                condition=Q(read_at__isnull=True, is_mailed_apart=False),
                name="notice_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class SilencedKind(models.Model):
    """A kind of notice that a person does not want counted on the bell, nor mailed.

    It stands in her list all the same. Gone when she wants it again.

    Personal data: a preference; deleted when she is anonymised.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="silenced_kinds")
    kind = models.CharField(max_length=12, choices=NoticeKind)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], name="silencedkind_once_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind}"


class DailyMail(Fact):
    """Fact: the one mail of notices to a person on a day of hers was sent off.

    Written before it is sent: a mail may be lost, but is never sent twice. Whoever
    wants something said in the same mail adds to `accounts.notices.digest`.

    Personal data: that a mail was sent; not to which address.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="daily_mails")
    day = models.DateField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "day"], name="dailymail_one_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.day}"
