"""Steps before the site starts; each may be repeated and changes nothing then."""

import json
import os
import shutil
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from accounts.demo import seed_demo
from accounts.models import Unit
from certificates.signing_keys import SigningKeyExists, create_site_key
from courses.actions import assign_course
from courses.models import Assignment, Course

KEY_DAYS = 3650
# The demo's HR has ordered the first course; people see a deadline.
DEMO_UNIT, DEMO_DAYS = "contoh.dukcapil", 30


def collect_static() -> bool:
    """Publish the static files when a source is newer than what is published."""
    published = Path(settings.STATIC_ROOT) / "staticfiles.json"
    sources = [
        path
        for _prefix, folder in settings.STATICFILES_DIRS
        for path in folder.rglob("*")
    ]
    newest = max((path.stat().st_mtime for path in sources), default=0.0)
    if published.exists() and published.stat().st_mtime >= newest:
        return False
    shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    return True


def make_signing_key(*, now: datetime) -> bool:
    """Make the site's own key at first start; True when it was made just now.

    An existing key is never touched.
    """
    try:
        create_site_key(
            settings.ELEARNING_SIGNING_KEY,
            common_name=settings.ELEARNING_PRODUCT_NAME,
            now=now,
            days=KEY_DAYS,
        )
    except SigningKeyExists:
        return False
    return True


def seed_accounts(path: Path, *, now: datetime) -> None:
    """Make the demo agency and write its accounts to `path` (mode 0600).

    Passwords made earlier are kept, so that a second start changes nothing.
    """
    known = {}
    if path.exists():
        rows = json.loads(path.read_text("utf-8"))
        known = {row["nip"]: row["password"] for row in rows}
    accounts = seed_demo(now=now, known=known)
    rows = [
        {**asdict(account), "password": account.password or known[account.nip]}
        for account in accounts
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(rows, file, ensure_ascii=False, indent=2)
    path.chmod(0o600)


def seed_assignment(*, now: datetime) -> None:
    """Give the demo's learners one order with a deadline, once."""
    course = Course.objects.listed().first()
    unit = Unit.objects.filter(code=DEMO_UNIT).first()
    if course is None or unit is None or Assignment.objects.exists():
        return
    assign_course(
        course=course,
        unit=unit,
        due_on=timezone.localdate(now) + timedelta(days=DEMO_DAYS),
        by=None,
        now=now,
    )
