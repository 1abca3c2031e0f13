from decimal import Decimal
from fractions import Fraction
from itertools import islice

from django.db import migrations, models
from django.db.models import OuterRef, Subquery

import lib.fields

AT_ONCE = 2_000


def shown_score(points, most):
    """Return points as percent, two decimals, half up."""
    hundredths = 10_000 * Fraction(points) / Fraction(most)
    return Decimal(int(hundredths + Fraction(1, 2))) / 100


def fill(apps, schema_editor):
    """Write points as fractions, the figure that is shown, and the pass mark."""
    entries = apps.get_model("courses", "GradeEntry").objects
    rows = entries.order_by("pk").iterator(AT_ONCE)
    while chunk := list(islice(rows, AT_ONCE)):
        for entry in chunk:
            entry.percent = shown_score(entry.points, entry.max_points)
        entries.bulk_update(chunk, ["points", "percent"], batch_size=500)
    marks = apps.get_model("courses", "CompletionRequirement").objects.filter(
        version__grade_items=OuterRef("grade_item"), key=OuterRef("item_key")
    )
    entries.update(pass_mark=Subquery(marks.values("pass_mark")[:1]))
    check_now(schema_editor)


def check_now(schema_editor):
    """Check what waits for the end: a table cannot change while something waits."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


class Migration(migrations.Migration):
    dependencies = [("courses", "0002_past_days")]

    operations = [
        migrations.RemoveConstraint(
            model_name="gradeentry", name="gradeentry_points_within_bounds"
        ),
        migrations.AlterField(
            model_name="gradeentry", name="points", field=lib.fields.FractionField()
        ),
        migrations.AddField(
            model_name="gradeentry",
            name="percent",
            field=models.DecimalField(decimal_places=2, max_digits=5, null=True),
        ),
        migrations.AddField(
            model_name="gradeentry",
            name="pass_mark",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=5, null=True
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="gradeentry",
            name="percent",
            field=models.DecimalField(decimal_places=2, max_digits=5),
        ),
        migrations.AddConstraint(
            model_name="gradeentry",
            constraint=models.CheckConstraint(
                condition=models.Q(max_points__gt=0, percent__gte=0, percent__lte=100),
                name="gradeentry_percent_within_bounds",
            ),
        ),
    ]
