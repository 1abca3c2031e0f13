"""The site: settings, URLs, Celery, system checks and the `up` command."""

# Without this import `@shared_task` binds to a default app without our settings.
from elearning.celery import app as celery_app

__all__ = ["celery_app"]
