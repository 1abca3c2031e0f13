"""Fetch exports for the person who asked for them, or answer 404."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.shortcuts import get_object_or_404

from courses.models import Course
from reports.models import ExportJob, SiasnBatch

if TYPE_CHECKING:
    from reports.querysets import ExportJobQuerySet


def exports_of(user: Any) -> "ExportJobQuerySet":
    """Return the person's own exports, the latest first."""
    exports: ExportJobQuerySet = ExportJob.objects.of(user)
    return exports


def get_course(key: str) -> Course | None:
    """Return the course of this key, else the first one; None without any course.

    Reports speak of the reader's people, whatever unit a course belongs to. Answers
    404 for a key that no published course has.
    """
    courses = Course.objects.filter(current_version__isnull=False).select_related(
        "current_version"
    )
    if key:
        return get_object_or_404(courses, key=key)
    first: Course | None = courses.first()
    return first


def get_export_for(user: Any, key: UUID) -> ExportJob:
    """Return an export of the person's own; nobody else may have its file."""
    return get_object_or_404(exports_of(user), key=key)


def get_file_for(user: Any, key: UUID) -> ExportJob:
    """Return an export whose file is still there."""
    return get_object_or_404(exports_of(user).exclude(path=""), key=key, state="done")


def get_batch_for(user: Any, key: UUID) -> SiasnBatch:
    """Return a batch of the person's own; its file holds what she may see of it."""
    return get_object_or_404(SiasnBatch, key=key, made_by=user)
