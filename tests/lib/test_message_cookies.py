"""Cookies of a site over https are taken from this host alone."""

import os
import subprocess
import sys

NAMES = """
from django.conf import settings
from lib.message_cookies import MessageStorage
print(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME,
      MessageStorage.storage_classes[0].cookie_name)
print(settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY,
      settings.SESSION_COOKIE_SAMESITE, settings.CSRF_COOKIE_SAMESITE,
      settings.CSRF_COOKIE_SECURE, settings.CSRF_COOKIE_HTTPONLY,
      settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS)
"""


def test_every_cookie_of_a_site_over_https_is_bound_to_its_host(tmp_path):
    said = {
        "DJANGO_SETTINGS_MODULE": "elearning.settings",
        "ELEARNING_MODE": "production",
        "ELEARNING_VAR": str(tmp_path),
        "PUBLIC_URL": "https://melek.contoh.go.id",
    }

    names = subprocess.run(
        [sys.executable, "-c", NAMES],
        env={**os.environ, **said},
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split()

    assert names[:3] == ["__Host-sessionid", "__Host-csrftoken", "__Host-messages"]
    assert names[3:] == [
        "True",
        "True",
        "Lax",
        "Lax",
        "True",
        "True",
        "31536000",
        "True",
    ]
