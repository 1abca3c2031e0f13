"""A demo that was seeded once for all tests here, in a transaction of its own.

The courses are the small ones of the factories, under the names that are ordered.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import override_settings

from accounts import demo_people
from accounts.demo import seed_demo
from accounts.models import AuditRecord, Unit
from elearning.demo.agency import REMOVED, SEEDED, seed_agency
from elearning.demo.removal import remove_demo
from tests.conftest import NOW
from tests.factories import make_course

COURSES = ("pola-pikir-digital", "keamanan-informasi", "wilayah-3t", "satu-data")
# Appended to for ever, or worked off: what these hold is no part of the demo.
APART = {"accounts.AuditRecord", "accounts.UnitRecount", "contenttypes.ContentType"}
Tables = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Seeded:
    """What was there before, and what seeding cost."""

    before: Tables
    statements: int


def tables() -> Tables:
    """Return every row of every table."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in APART
    }


@pytest.fixture(scope="package")
def seeded(django_db_setup: None, django_db_blocker: Any) -> Iterator[Seeded]:
    """Seed the demo; what a test changes is undone after it, the rest at the end."""
    with (
        django_db_blocker.unblock(),
        override_settings(PUBLIC_URL="https://belajar.contoh.example"),
        transaction.atomic(),
    ):
        seed_demo(now=NOW - timedelta(days=1))
        for key in COURSES:
            agency = Unit.objects.get(code="contoh")
            make_course(unit=agency, now=NOW - timedelta(days=1), key=key)
        before = tables()
        count = 0

        def counting(execute: Any, *rest: Any) -> Any:
            nonlocal count
            count += 1
            return execute(*rest)

        with connection.execute_wrapper(counting):
            assert seed_agency(now=NOW) is True
        yield Seeded(before, count)
        transaction.set_rollback(True)


@pytest.fixture
def agency(seeded: Seeded, db: None) -> Seeded:
    """Return the seeded demo, to be changed at will."""
    return seeded


@pytest.fixture
def emptied(agency: Seeded, monkeypatch: pytest.MonkeyPatch) -> None:
    """A demo in which nothing was seeded yet; seeding makes few people, to be quick."""
    remove_demo(now=NOW)
    marks = AuditRecord.objects.filter(verb__in=[SEEDED, REMOVED])
    marks._raw_delete(marks.db)
    few = [replace(unit, people=2) for unit in demo_people.UNITS]
    monkeypatch.setattr(demo_people, "UNITS", few)
