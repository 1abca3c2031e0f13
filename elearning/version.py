"""Which version of the site runs."""

from functools import cache

from django.conf import settings


@cache
def site_version() -> str:
    """Return the version that pyproject.toml names."""
    import tomllib

    text = (settings.BASE_DIR / "pyproject.toml").read_text("utf-8")
    version: str = tomllib.loads(text)["project"]["version"]
    return version
