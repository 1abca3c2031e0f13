"""What was done, by whom, when. Written by `accounts.audit.record` only."""

from django.db import models

from lib.facts import Fact


class AuditRecord(Fact):
    """Fact: a person (or the system, when `actor_id` is null) did something.

    Holds internal person ids as plain numbers, so that erasing a person does not
    break the trail. `subject_id` is whom the object is about: a derivation of the
    object, kept to be searched by, and therefore not under the seals.

    Personal data: internal ids only.
    """

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=80)
    object_type = models.CharField(max_length=80)
    object_id = models.BigIntegerField(null=True)
    subject_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["object_type", "object_id"]),
            models.Index(fields=["verb", "at"]),
            models.Index(fields=["at", "id"], name="audit_by_time"),
            models.Index(fields=["actor_id", "at"], name="audit_by_actor"),
            models.Index(fields=["subject_id", "at"], name="audit_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type}:{self.object_id}"


class AuditSeal(Fact):
    """Fact: the records `first_id` to `last_id` had this hash when they were sealed.

    Each seal hashes its predecessor, so a changed or missing record shows.

    Personal data: none.
    """

    first_id = models.BigIntegerField(unique=True)
    last_id = models.BigIntegerField(unique=True)
    count = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.first_id}-{self.last_id}"
