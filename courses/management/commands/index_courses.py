"""`manage.py index_courses`: fill what a search looks into."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from courses.search.indexing import courses_to_index, index_course
from courses.selectors.fetching import published_courses


class Command(BaseCommand):
    """Index courses that were published and are not indexed yet; idempotent."""

    help = "Mengisi indeks pencarian kursus dan pelajaran."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer to index everything anew."""
        parser.add_argument("--all", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Index one course after the other, and say how many."""
        courses = published_courses() if options["all"] else courses_to_index()
        waiting = list(courses.order_by("pk").values_list("pk", flat=True))
        for course_id in waiting:
            index_course(course_id=course_id)
        if waiting:
            self.stdout.write(f"Indeks pencarian: {len(waiting)} kursus.")
