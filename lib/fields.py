"""Model fields that the database needs and Django does not bring."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.expressions import Combinable

    # Django's fields take type arguments in the stubs only.
    _TextField = models.CharField[str | int | Combinable, str]
else:
    _TextField = models.CharField


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
