"""Let the audit trail be searched by person and by time.

Whom a record is about follows from its object; of records of before it is filled in
where the object is the person. May be stopped and begun again. On PostgreSQL the
indexes are built beside the writers.
"""

from django.db import migrations, models
from django.db.models import F

from lib.beside import AddIndexBeside

BATCH = 10_000


def fill(apps, schema_editor):
    using = schema_editor.connection.alias
    records = apps.get_model("accounts", "AuditRecord").objects.using(using)
    newest = records.order_by("-pk").values_list("pk", flat=True).first() or 0
    people = records.filter(object_type="accounts.user", subject_id__isnull=True)
    for first in range(1, newest + 1, BATCH):
        batch = people.filter(pk__gte=first, pk__lt=first + BATCH)
        batch.update(subject_id=F("object_id"))


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("accounts", "0011_notices_of_answers")]

    operations = [
        migrations.AddField(
            model_name="auditrecord",
            name="subject_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        AddIndexBeside(
            model_name="auditrecord",
            index=models.Index(fields=["at", "id"], name="audit_by_time"),
        ),
        AddIndexBeside(
            model_name="auditrecord",
            index=models.Index(fields=["actor_id", "at"], name="audit_by_actor"),
        ),
        AddIndexBeside(
            model_name="auditrecord",
            index=models.Index(fields=["subject_id", "at"], name="audit_by_subject"),
        ),
    ]
