"""Model fields that the database needs and Django does not bring."""

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models

from lib.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.expressions import Combinable

    # Django's fields take type arguments in the stubs only.
    _TextField = models.CharField[str | int | Combinable, str]
    _ExactField = models.TextField[Any, Any]
else:
    _TextField = models.CharField
    _ExactField = models.TextField


class BytewiseCharField(_TextField):
    """Text compared byte by byte, whatever the collation of the database is.

    A range over tree paths (``lib.paths``) is right only in byte order. On
    PostgreSQL the column gets ``COLLATE "C"``; SQLite compares bytes anyway and
    knows no collation of that name, so the column stays plain there.
    """

    def db_parameters(self, connection: "BaseDatabaseWrapper") -> dict[str, Any]:
        """Add the collation to the column's type where it is needed."""
        parameters: dict[str, Any] = {**super().db_parameters(connection)}
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class FractionField(_ExactField):
    """A `Fraction`, stored as "7/3" in lowest terms, a whole number as "7".

    Equal numbers are stored alike, so that SQL can ask whether two are equal; it can
    neither order nor add them. Where a report must, a rounded column stands beside it.
    No column of digits holds a third, and sums of many parts have denominators that
    no integer column holds.
    """

    description = "An exact fraction"
    if TYPE_CHECKING:
        # What the stubs ask a field that takes and gives something of its own.
        _pyi_private_set_type: Any
        _pyi_private_get_type: Any

    def from_db_value(
        self, value: str | None, _expression: Any, _connection: Any
    ) -> Fraction | None:
        """Return what is stored."""
        return None if value is None else Fraction(value)

    def to_python(self, value: Any) -> Fraction | None:
        """Return a number or its text as a fraction."""
        if value is None or isinstance(value, Fraction):
            return value
        try:
            return Fraction(value)
        except (TypeError, ValueError, ArithmeticError) as wrong:
            raise ValidationError(f"{value!r} is not a fraction.") from wrong

    def get_prep_value(self, value: Any) -> Any:
        """Return the text that is stored; expressions pass as they are."""
        if isinstance(value, int | Decimal | Fraction | str):
            return str(Fraction(value))
        return value

    def value_to_string(self, obj: models.Model) -> str:
        """Return the text of a serialized row."""
        value = self.value_from_object(obj)
        return "" if value is None else str(value)


class FoldedField(BytewiseCharField):
    """What another field says, folded (``lib.folding``), to find and sort by.

    Filled whenever a row is saved or made in bulk, whatever was put into it. Who writes
    by ``update`` uses a queryset of ``FoldingQuerySet``, which adds the key. A
    derivation: ``value_of`` is what is right.
    """

    def __init__(self, *args: Any, source: str = "", **kwargs: Any) -> None:
        # Programs of the version before insert rows without it while a site is updated.
        settings = {"default": "", "db_default": "", "editable": False, "blank": True}
        super().__init__(*args, **{**settings, "max_length": 300, **kwargs})
        self.source = source

    def deconstruct(self) -> Any:
        """Say how to make it again."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source}

    def key_of(self, text: str) -> str:
        """Return the key of a text, as long as the column at most."""
        return fold(text)[: self.max_length]

    def value_of(self, instance: models.Model) -> str:
        """Return what the column should hold for this row."""
        return self.key_of(getattr(instance, self.source))

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Return the key of the row that is about to be written."""
        key = self.value_of(model_instance)
        setattr(model_instance, self.attname, key)
        return key


class FoldingQuerySet(models.QuerySet[Any]):
    """Rows whose folded fields follow what they are made of, also by ``update``."""

    def update(self, **values: Any) -> int:
        """Write the values and the keys of those that have one."""
        for field in folded_fields(self.model):
            if field.source in values:
                values[field.attname] = field.key_of(values[field.source])
        return super().update(**values)


def folded_fields(model: type[models.Model]) -> list[FoldedField]:
    """Return the folded fields of a model."""
    return [field for field in model._meta.fields if isinstance(field, FoldedField)]


def with_folded(
    model: type[models.Model], names: "Iterable[str] | None"
) -> list[str] | None:
    """Return `update_fields` of a save, with the keys of what it writes."""
    if names is None:
        return None
    known = set(names)
    keys = [field.attname for field in folded_fields(model) if field.source in known]
    return [*known, *keys]
