"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "elearning.settings")

application = get_wsgi_application()
# All views are loaded before the first request: nobody waits for them.
get_resolver().url_patterns  # noqa: B018 - loads them
