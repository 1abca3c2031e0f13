"""What addresses of servers in the environment say, refused where they say nothing."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import environ

_ENGINES = {
    "django.db.backends.postgresql",
    "django.db.backends.sqlite3",
}
_NO_TLS, _TLS = "smtp://", "smtp+tls://"


def database_parts(address: str) -> dict[str, Any]:
    """Return what Django asks of a database. Raises ValueError.

    Only the two kinds of databases that the site is tried with are taken.
    """
    scheme, _colon, rest = address.partition("://")
    if not rest or scheme not in {"postgres", "postgresql", "sqlite"}:
        raise ValueError("Neither postgres:// nor sqlite://.")
    parts: dict[str, Any] = environ.Env.db_url_config(address)
    if parts.get("ENGINE") not in _ENGINES:
        raise ValueError("Unknown kind of database.")
    return parts


def mail_parts(address: str) -> dict[str, Any]:
    """Return the settings of Django that a mail server's address stands for.

    `?tls=True` is what this site once said in its example; django-environ makes an
    option of it that nobody reads, and the password would travel for all to see.
    """
    head, _mark, options = address.partition("?")
    if options.lower() in {"tls=true", "tls=1"} and head.startswith(_NO_TLS):
        head, options = head.replace(_NO_TLS, _TLS, 1), ""
    if options:
        raise ValueError("Options are not known.")
    parts: dict[str, Any] = environ.Env.email_url_config(head)
    return parts


_OPTIONS = {"endpoint": "endpoint_url", "region": "region_name"}


def is_bucket(place: str) -> bool:
    """Say whether a place is in an object storage, and no folder or file."""
    return place.startswith("s3://")


def bucket_parts(address: str) -> dict[str, Any]:
    """Return what `lib.object_storage` asks of a place. Raises ValueError.

    `s3://bucket/prefix?endpoint=https://host:9000&region=id-jkt`; prefix and options
    may be left out, for Amazon the endpoint. Keys never stand in the address.
    """
    said = urlsplit(address)
    options = dict(parse_qsl(said.query, strict_parsing=True) if said.query else ())
    if said.scheme != "s3" or not said.netloc or "@" in said.netloc or said.fragment:
        raise ValueError("Not s3://bucket/prefix.")
    if set(options) - set(_OPTIONS):
        raise ValueError("Options are endpoint and region.")
    endpoint = options.get("endpoint")
    if endpoint and urlsplit(endpoint).scheme not in {"https", "http"}:
        raise ValueError("An endpoint begins with https://.")
    return {
        "bucket_name": said.netloc,
        "location": said.path.strip("/"),
        **{theirs: options.get(ours) for ours, theirs in _OPTIONS.items()},
    }
