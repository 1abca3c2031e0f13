"""What held on a past day can be told: grades, and the dates of orders.

Existing rows keep their meaning: grades are told from the grade log, dates of orders
from the audit trail. Who had withdrawn and was completed all the same (by a hand-in
of beat, a publication or a repair) has her certificate and her JP, so she counts as
what she is: finished.
"""

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from math import floor

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_BATCH = 500


def fill(apps, schema_editor):
    _reactivate_the_finished(apps)
    _tell_grades(apps)
    _tell_orders(apps)
    if schema_editor.connection.vendor == "postgresql":
        # Checks of new rows must not wait for the constraint that follows.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


def _reactivate_the_finished(apps):
    enrollments = apps.get_model("courses", "Enrollment")
    finished = enrollments.objects.filter(state="withdrawn", completed_at__isnull=False)
    people = finished.filter(person__unit__isnull=False).distinct()
    recounts = apps.get_model("accounts", "UnitRecount")
    recounts.objects.bulk_create(
        recounts(person_id=person_id, unit_id=unit_id, noted_at=completed_at)
        for person_id, unit_id, completed_at in people.values_list(
            "person", "person__unit", "completed_at"
        )
    )
    finished.update(state="active")


def _tell_grades(apps):
    enrollments = apps.get_model("courses", "Enrollment")
    weights = defaultdict(dict)
    lines = apps.get_model("courses", "CompletionRequirement").objects
    for version_id, key, weight in lines.exclude(weight=0).values_list(
        "version", "key", "weight"
    ):
        weights[version_id][key] = weight
    graded = enrollments.objects.filter(grade_entries__isnull=False).distinct()
    ids = list(graded.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        _tell_grades_of(apps, enrollments.objects.filter(pk__in=batch), weights)


def _tell_grades_of(apps, enrollments, weights):
    entries = defaultdict(list)
    log = apps.get_model("courses", "GradeEntry").objects.filter(
        enrollment__in=enrollments.values("pk")
    )
    for entry in log.order_by("recorded_at", "pk"):
        entries[entry.enrollment_id].append(entry)
    course_grades = apps.get_model("courses", "CourseGrade")
    told = []
    for enrollment in enrollments:
        history = _history(
            entries[enrollment.pk], weights[enrollment.version_id], enrollment
        )
        told += [
            course_grades(
                enrollment_id=enrollment.pk,
                revision=number,
                percent=percent,
                recorded_at=recorded_at,
            )
            for number, (percent, recorded_at) in enumerate(history, 1)
        ]
    course_grades.objects.bulk_create(told, batch_size=_BATCH)


def _history(entries, weights, enrollment):
    """Return (percent, since when) of every grade; the last one as it is stored."""
    known, history = {}, []
    for entry in entries:
        known[entry.item_key] = Fraction(entry.points) / Fraction(entry.max_points)
        percent = _mean(weights, known)
        if percent != (history[-1][0] if history else None):
            history.append((percent, entry.recorded_at))
    stored = enrollment.final_percent
    if history:
        history[-1] = (stored, history[-1][1])
    elif stored is not None:
        history.append((stored, enrollment.completed_at or enrollment.last_seen_at))
    return history


def _mean(weights, known):
    if not weights or set(weights) - set(known):
        return None
    total = sum(Fraction(weight) * known[key] for key, weight in weights.items())
    mean = total / sum(Fraction(weight) for weight in weights.values())
    # Of a hundred with two decimals, half up.
    return Decimal(floor(10_000 * mean + Fraction(1, 2))) / 100


def _tell_orders(apps):
    """Give every date that an order has had a row of its own."""
    assignments = apps.get_model("courses", "Assignment")
    given = defaultdict(list)
    records = apps.get_model("accounts", "AuditRecord").objects.filter(
        verb="courses.assignment.given"
    )
    for record in records.order_by("at", "pk"):
        dates = given[record.object_id]
        if not dates or dates[-1][0] != record.detail.get("due"):
            dates.append((record.detail.get("due"), record.at))
    for order in assignments.objects.filter(pk__in=list(given)):
        dates = given[order.pk]
        for number, (due, since) in enumerate(dates[:-1]):
            assignments.objects.create(
                course_id=order.course_id,
                unit_id=order.unit_id,
                due_on=due,
                note=order.note,
                created_at=order.created_at if number == 0 else since,
                created_by_id=order.created_by_id,
                cancelled_at=dates[number + 1][1],
            )
        if len(dates) > 1:
            order.created_at = dates[-1][1]
            order.save(update_fields=["created_at"])


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_unit_recounts'),
        ('courses', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CourseGrade',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField()),
                ('percent', models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='course_grades', to='courses.enrollment')),
            ],
        ),
        migrations.AddConstraint(
            model_name='coursegrade',
            constraint=models.UniqueConstraint(fields=('enrollment', 'revision'), name='coursegrade_said_once'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='enrollment',
            constraint=models.CheckConstraint(condition=models.Q(('completed_at__isnull', True), ('state', 'active'), _connector='OR'), name='enrollment_withdrawn_is_not_complete'),
        ),
    ]
