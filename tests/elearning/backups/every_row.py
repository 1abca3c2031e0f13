"""Rows for tables that a scene leaves empty, with a value in every column.

Whether a row makes sense is no matter here: a copy has to hold whatever is there.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import connection, models

# What people type, and what other databases stumble over.
_HARD = "Ni’matul \\N \t \n \"kutip\" 'satu' ; NULL \\x é 漢 😀"

# Where a constraint allows one of two.
_MISSING = {
    ("accounts.DataRequest", "decided_at"),
    ("accounts.DataRequest", "decided_by"),
    ("accounts.UnitStanding", "successor"),
    ("courses.DeadlineExtension", "unit"),
    ("courses.DraftReview", "decided_at"),
    ("courses.DraftReview", "decided_by"),
    ("courses.PlannedPublication", "ended_at"),
    ("courses.ReviewComment", "question_key"),
    ("reports.SiasnAnswer", "reason"),
    ("quizzes.QuizCondition", "opens_on"),
    ("quizzes.QuizCondition", "closes_on"),
    ("quizzes.ReviewPreference", "rests_until"),
}


def fill_empty_tables(now: datetime) -> None:
    """Give every table of ours a row."""
    # Those that join two tables come after both.
    models_of = sorted(
        apps.get_models(include_auto_created=True),
        key=lambda model: bool(model._meta.auto_created),
    )
    for model in models_of:
        if not model._base_manager.exists():
            _fill(model, now)


def _fill(model: type[models.Model], now: datetime) -> None:
    fields = [
        field for field in model._meta.local_concrete_fields if not field.primary_key
    ]
    if not isinstance(model._meta.pk, models.AutoField):
        fields = list(model._meta.local_concrete_fields)
    names = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    values = [
        field.get_db_prep_save(_value(field, place, now), connection)
        for place, field in enumerate(fields)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({places})', values
        )


def _value(field: Any, place: int, now: datetime) -> Any:
    if (field.model._meta.label, field.name) in _MISSING:
        return None if field.null else ""
    if field.is_relation:
        # Two references to one table lead to two rows.
        keys = list(field.related_model._base_manager.order_by("pk")[: place + 1])
        return keys[-1].pk if keys else None
    if field.choices:
        return field.choices[0][0]
    made: list[tuple[type, Any]] = [
        (models.UUIDField, uuid4()),
        (models.JSONField, {"kata": _HARD, "angka": [1, 2.50, 1e-9, None, True]}),
        (models.BooleanField, True),
        (models.DateTimeField, now + timedelta(days=place, microseconds=123_400)),
        (models.DateField, date(2026, 2, 1) + timedelta(days=place)),
        (models.DecimalField, Decimal("12.50")),
        (models.FloatField, 1 / 3),
        (models.IntegerField, 7),
        (models.SlugField, "kata-1"),
        (models.EmailField, "sari@contoh.example"),
        (models.CharField, _HARD[: field.max_length or 1]),
        (models.TextField, _HARD),
    ]
    return next(value for kind, value in made if isinstance(field, kind))
