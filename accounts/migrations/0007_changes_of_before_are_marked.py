"""Mark of whom name or job was changed before changes were kept.

The audit trail names the fields that were changed, never their values. What held
before is lost; it is taken to be what holds now, and marked. May be stopped and begun
again: what is there already is left out.
"""

from django.db import migrations
from django.utils import timezone

FIELDS = (
    "title_prefix",
    "name",
    "title_suffix",
    "golongan",
    "jabatan",
    "employment_status",
)
BATCH = 500


def mark(apps, schema_editor):
    using = schema_editor.connection.alias
    records = apps.get_model("accounts", "AuditRecord").objects.using(using)
    erased = set(
        records.filter(verb="accounts.person.anonymised").values_list(
            "object_id", flat=True
        )
    )
    changed = records.filter(verb="accounts.person.updated").order_by("pk")
    now = timezone.now()
    last = 0
    while batch := list(
        changed.filter(pk__gt=last).values_list("pk", "object_id", "detail")[:BATCH]
    ):
        last = batch[-1][0]
        wanted = {}
        for _pk, person_id, detail in batch:
            if person_id not in erased:
                wanted.setdefault(person_id, set()).update(detail.get("fields", ()))
        _write(apps, using, wanted, now)


def _write(apps, using, wanted, now):
    details = apps.get_model("accounts", "PersonDetail").objects.using(using)
    people = apps.get_model("accounts", "User").objects.using(using)
    model = details.model
    details.bulk_create(
        [
            model(
                person_id=person["pk"],
                field=field,
                value=person[field] or "",
                starts_on=None,
                recorded_at=now,
                is_assumed=True,
            )
            for person in people.filter(pk__in=wanted).values("pk", *FIELDS)
            for field in FIELDS
            if field in wanted[person["pk"]]
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("accounts", "0006_numbers_are_corrected_and_details_kept"),
    ]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
