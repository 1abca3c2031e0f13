"""The reviewers' queue: who waits for a review, oldest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse

from accounts.access import scope_q
from courses.models import Course, DraftReview
from courses.policy import COURSE
from studio.fetching import REVIEW_COURSE

REVIEWS_PER_PAGE = 25


@dataclass(frozen=True)
class ReviewRow:
    """A request in the queue; `is_own` where the person asked herself."""

    title: str
    code: str
    unit: str
    asked_by: str
    asked_at: datetime
    note: str
    is_own: bool
    url: str


def review_rows(user: Any, *, page: str | None) -> "Page[ReviewRow]":
    """Return a page of the requests in the person's units that wait; two queries."""
    mine = Course.objects.filter(scope_q(user, REVIEW_COURSE, COURSE))
    reviews = (
        DraftReview.objects.filter(state=DraftReview.State.OPEN, course__in=mine)
        .select_related("course__unit", "version", "asked_by")
        .order_by("asked_at", "pk")
    )
    found: Page[Any] = Paginator(reviews, REVIEWS_PER_PAGE).get_page(page)
    found.object_list = [
        ReviewRow(
            title=row.version.title,
            code=row.course.code,
            unit=row.course.unit.name,
            asked_by=row.asked_by.full_name,
            asked_at=row.asked_at,
            note=row.note,
            is_own=row.asked_by_id == user.pk,
            url=reverse("studio:review_detail", args=[row.course.key]),
        )
        for row in found.object_list
    ]
    return found
