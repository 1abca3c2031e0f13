"""Reminders of deadlines: what is to be said to whom, and the mail that says it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models.orders import Assignment
from courses.querysets import ReminderMailQuerySet
from lib.facts import Fact


class Reminder(Fact):
    """Fact: on `day` it was due to remind `person` of `order`, at this step.

    `step` is the number of days before the deadline, below zero after it. Written
    before the mail, once: an order, a person, a deadline and a step are told of in one
    mail of that person and day (`ReminderMail`), or in none.

    Personal data: who was reminded of what; kept as long as the order.
    """

    order = models.ForeignKey(Assignment, models.CASCADE, related_name="reminders")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    due_on = models.DateField()
    step = models.SmallIntegerField()
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "person", "due_on", "step"],
                name="reminder_once_per_step",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["day", "person"], name="reminder_by_day")
        ]

    def __str__(self) -> str:
        return f"order {self.order_id}, person {self.person_id}, step {self.step}"


class ReminderMail(models.Model):
    """The one mail to a person about her deadlines on a day of hers.

    Whoever sends it first takes it (`SENDING`); what was taken and never came back is
    not sent again, so that nobody gets it twice.

    Personal data: whom the site wrote to; kept with the learning record.
    """

    class State(models.TextChoices):
        """Where the mail is."""

        PENDING = "pending", _("Menunggu")
        SENDING = "sending", _("Sedang dikirim")
        SENT = "sent", _("Terkirim")
        SKIPPED = "skipped", _("Tidak perlu dikirim")
        FAILED = "failed", _("Gagal")

    person = models.ForeignKey(User, models.PROTECT, related_name="reminder_mails")
    day = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    copied_to = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    problem = models.CharField(max_length=200, blank=True, default="")

    objects: ClassVar = ReminderMailQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "day"], name="reminder_mail_once_a_day"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state="pending"),
                name="reminder_mail_pending",
            ),
            models.Index(
                fields=["taken_at"],
                condition=models.Q(state="sending"),
                name="reminder_mail_taken",
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.person_id} on {self.day}"
