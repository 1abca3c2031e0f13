"""The service worker as a browser fetches it: what it keeps, then what it does."""

import json
from functools import lru_cache

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

# What the page without a line is made of.
SHELL = (
    "css/site.css",
    "dist/phone.js",
    "icons/favicon.svg",
)


@lru_cache(maxsize=1)
def worker_script() -> str:
    """Return the script; it is another one whenever a file of the page is.

    The names of those files hold their hashes, so a browser that asks for the script
    learns of every deployment, and of nothing else.
    """
    kit = {
        "files": [static(name) for name in SHELL],
        "page": reverse("offline"),
        "outbox": reverse("outbox"),
        "assets": settings.STATIC_URL,
    }
    path = settings.BASE_DIR / "static" / "dist" / "worker.js"
    return f"self.kit={json.dumps(kit)};\n{path.read_text('utf-8')}"


def web_manifest() -> dict[str, object]:
    """Return what makes the site an app on a phone that wants one."""
    return {
        "id": "/",
        "name": settings.ELEARNING_PRODUCT_NAME,
        "short_name": settings.ELEARNING_PRODUCT_NAME,
        "lang": "id",
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "theme_color": "#073b44",
        "background_color": "#f6f5f1",
        "icons": [
            {
                "src": static("icons/favicon.svg"),
                "sizes": "any",
                "type": "image/svg+xml",
            },
            *(
                {
                    "src": static(f"icons/{name}.png"),
                    "sizes": f"{side}x{side}",
                    "type": "image/png",
                    "purpose": purpose,
                }
                for name, side, purpose in (
                    ("app-192", 192, "any"),
                    ("app-512", 512, "any"),
                    ("app-maskable-512", 512, "maskable"),
                )
            ),
        ],
    }
