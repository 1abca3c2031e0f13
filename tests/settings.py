"""The site's own settings, with what tests must not touch replaced."""

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from elearning.settings import *  # noqa: F403
from elearning.settings import DATABASES, STORAGES

_SCRATCH = Path(tempfile.mkdtemp(prefix="melek-test-"))
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Tests turn the clock by weeks under one session; those of sessions set it back.
ELEARNING_STAFF_SESSION = ELEARNING_STAFF_IDLE = timedelta(days=3650)
CELERY_BROKER_URL = "memory://"
PUBLIC_URL = "https://melek.contoh.example"
MEDIA_ROOT = _SCRATCH / "media"
ELEARNING_MAINTENANCE_FILE = _SCRATCH / "maintenance"
ELEARNING_SEAL_FILE = _SCRATCH / "audit-seals"
ELEARNING_SIGNING_KEY = _SCRATCH / "signing-key.pem"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
else:
    # Nobody keeps these rows: a commit need not wait for the disk.
    database: dict[str, Any] = DATABASES["default"]
    options = database.setdefault("OPTIONS", {})
    options["options"] = f"{options.get('options', '')} -c synchronous_commit=off"
