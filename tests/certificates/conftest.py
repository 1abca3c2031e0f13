"""Somebody who has finished a course, and a site that can sign."""

import pytest
from django.conf import settings

from certificates import actions
from certificates.models import Certificate
from certificates.signing_keys import create_site_key
from courses.models import Enrollment
from tests.conftest import NOW
from tests.factories import finish_reading, make_reading
from tests.kept_rows import kept


@pytest.fixture(scope="session")
def signing_key() -> None:
    """Make the site's key where the settings look for it."""
    path = settings.ELEARNING_SIGNING_KEY
    if not path.exists():
        create_site_key(path, common_name="Situs uji", now=NOW, days=400)


@pytest.fixture
def finished(world, learner, now) -> Enrollment:
    """A completed enrolment of the learner, on a course of lessons only."""
    course = make_reading(unit=world.agency, now=now, key="ringan")
    return finish_reading(course=course, person=learner, now=now)


@pytest.fixture
def certificate(finished, now) -> Certificate:
    """The learner's certificate, without a file."""
    return kept(actions.issue_certificate)(enrollment_id=finished.pk, by=None, now=now)
