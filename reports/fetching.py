"""Fetch exports and saved views for the person who may have them, or answer 404."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.shortcuts import get_object_or_404

from courses.models import Course
from reports.models import ExportJob, SavedView, SiasnBatch

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


def get_view_for(user: Any, key: UUID, *, is_deleted: bool = False) -> SavedView:
    """Return a saved view of the person's own."""
    views = SavedView.objects.of(user).filter(deleted_at__isnull=not is_deleted)
    return get_object_or_404(views.select_related("owner", "shared_on"), key=key)


def get_open_view_for(user: Any, key: UUID, capability: str) -> SavedView:
    """Return a saved view of her own, or one that is shared with her."""
    views = SavedView.objects.kept()
    hers = views.of(user) | views.shared_with(user, capability)
    return get_object_or_404(hers.select_related("owner"), key=key)


def get_shared_view_for(user: Any, key: UUID, capability: str) -> SavedView:
    """Return a view that somebody else shares with her."""
    views = SavedView.objects.kept().shared_with(user, capability)
    return get_object_or_404(views, key=key)
