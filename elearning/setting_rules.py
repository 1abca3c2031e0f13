"""Which settings a site may not have, or should not; each with id and remedy.

Refused in production, where people's records are: what is allowed in the demo would
open somebody's door there.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from importlib.util import find_spec
from ipaddress import ip_network
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from elearning.addresses import bucket_parts, is_bucket
from elearning.settings import env

SHORTEST_SECRET, LEAST_SIGNS = 32, 8
# Variables that compose or a command reads, not the settings.
READ_ELSEWHERE = frozenset({"POSTGRES_PASSWORD", "HOST", "PORT"})
_OURS = "ELEARNING_"
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Rule:
    """What is wrong where `is_broken` says so; errors keep the site from serving."""

    id: str
    is_broken: Callable[[Any], bool]
    message: str
    hint: str
    in_demo: bool = False

    def finding(self) -> CheckMessage:
        """Return what the check says."""
        kind = Warning if self.id.startswith("W") else Error
        return kind(self.message, hint=self.hint, id=f"elearning.{self.id}")


RULES: Sequence[Rule] = (
    Rule(
        "E011",
        lambda site: not site.ALLOWED_HOSTS or "*" in site.ALLOWED_HOSTS,
        "ALLOWED_HOSTS must name the hosts of this site, and not all there are.",
        "Write the host of PUBLIC_URL, for example ALLOWED_HOSTS=melek.contoh.go.id.",
    ),
    Rule(
        "E012",
        lambda site: (
            len(site.SECRET_KEY) < SHORTEST_SECRET
            or len(set(site.SECRET_KEY)) < LEAST_SIGNS
        ),
        "SECRET_KEY can be guessed: whoever does signs in as anybody.",
        'Make one: python3 -c "import secrets; print(secrets.token_urlsafe(50))".',
    ),
    Rule(
        "E013",
        lambda site: site.DEBUG,
        "DEBUG shows settings and data to everybody whom a fault meets.",
        "Take DEBUG out, or write DEBUG=false.",
    ),
    Rule(
        "E014",
        lambda site: not site.ELEARNING_STAFF_MFA,
        "ELEARNING_STAFF_MFA is off: a password alone opens everybody's records.",
        "Take it out: people with a role set up a second factor at their next visit.",
    ),
    Rule(
        "E015",
        lambda site: site.ELEARNING_ALLOW_TEST_NIP,
        "ELEARNING_ALLOW_TEST_NIP lets accounts in that belong to nobody.",
        "Take it out, or write ELEARNING_ALLOW_TEST_NIP=false.",
    ),
    Rule(
        "E016",
        lambda site: (
            site.SECURE_PROXY_SSL_HEADER is not None
            and site.ALLAUTH_TRUSTED_PROXY_COUNT < 1
        ),
        "Behind a proxy all people come from one address, and lock each other out.",
        "Write TRUSTED_PROXY_COUNT=1, or however many proxies stand before the site.",
    ),
    Rule(
        "E017",
        lambda site: site.ELEARNING_BACKUP_KEEP < 1,
        "ELEARNING_BACKUP_KEEP must leave at least one backup.",
        "Write 1 or more; 14 is usual.",
        in_demo=True,
    ),
    Rule(
        "E018",
        lambda site: (
            min(
                site.ELEARNING_MEDIA_BYTES,
                site.ELEARNING_PICTURE_BYTES,
                site.ELEARNING_COURSE_FILES_BYTES,
            )
            < 1
            or min(site.ELEARNING_STAFF_SESSION, site.ELEARNING_STAFF_IDLE) < _MINUTE
            or site.ELEARNING_INLINE_EXPORT_ROWS < 0
            or site.ELEARNING_RETENTION_YEARS < 0
            or site.ELEARNING_JP_SHARE_TARGET < 0
            or site.ALLAUTH_TRUSTED_PROXY_COUNT < 0
        ),
        "A size or a count among the settings is negative or nothing.",
        "Look at *_BYTES, *_ROWS, *_HOURS, *_MINUTES, *_YEARS, *_TARGET and "
        "TRUSTED_PROXY_COUNT.",
        in_demo=True,
    ),
    Rule(
        "E019",
        lambda site: not _are_networks(site.ELEARNING_METRICS_NETWORKS),
        "ELEARNING_METRICS_NETWORKS names something that is no network.",
        "Write networks like 10.0.0.0/24,127.0.0.1/32, without bits beyond the mask.",
        in_demo=True,
    ),
    Rule(
        "E020",
        lambda site: 0 < len(site.ELEARNING_METRICS_TOKEN) < SHORTEST_SECRET,
        "ELEARNING_METRICS_TOKEN can be guessed.",
        'Make one: python3 -c "import secrets; print(secrets.token_urlsafe(50))".',
    ),
    Rule(
        "E021",
        lambda site: (
            bool(site.ELEARNING_SSO_ISSUER)
            and not (
                site.ELEARNING_SSO_ISSUER.startswith("https://")
                and site.ELEARNING_SSO_CLIENT_ID
                and site.ELEARNING_SSO_CLIENT_SECRET
            )
        ),
        "Single sign-on needs an issuer with https, a client id and a client secret.",
        "Set ELEARNING_SSO_ISSUER, _CLIENT_ID and _CLIENT_SECRET as the provider says.",
    ),
    Rule(
        "E022",
        lambda site: not all(map(_is_bucket_address, _buckets(site))),
        "ELEARNING_BACKUP_FOLDER names an object storage in a form that is none.",
        "Write s3://bucket/prefix?endpoint=https://host, without keys in it.",
        in_demo=True,
    ),
    Rule(
        "E024",
        lambda site: (
            (site.BUCKET_KEYS["access_key"] is None)
            != (site.BUCKET_KEYS["secret_key"] is None)
        ),
        "Of the two keys of the object storage one is missing.",
        "Write both ELEARNING_FILES_KEY_ID and ELEARNING_FILES_SECRET, or neither.",
        in_demo=True,
    ),
    Rule(
        "W015",
        lambda site: any("endpoint=http:" in place for place in _buckets(site)),
        "Files travel openly to the object storage.",
        "Write endpoint=https://…, or keep that network to the site's own machines.",
    ),
    Rule(
        "W011",
        lambda site: site.MAIL_PARTS is None,
        "EMAIL_URL is not set: mails lie in var/mail, and nobody gets them.",
        "Write EMAIL_URL=smtp+tls://user:password@host:587, or sheets of codes are "
        "the only way to a new password.",
    ),
    Rule(
        "W012",
        lambda site: _sends_password_openly(site.MAIL_PARTS),
        "The password of the mail server travels for all to see.",
        "Write smtp+tls:// (port 587) or smtp+ssl:// (port 465) in EMAIL_URL.",
    ),
    Rule(
        "W013",
        lambda site: not site.ELEARNING_BACKUP_FOLDER,
        "There are no backups: ELEARNING_BACKUP_FOLDER is not set.",
        "See docs/operations.md, Backups; or back the database up by other means.",
    ),
    Rule(
        "W014",
        lambda site: (
            bool(site.ELEARNING_BACKUP_FOLDER) and not site.ELEARNING_BACKUP_RECIPIENTS
        ),
        "Backups are open: whoever holds one reads everybody's data.",
        "Make a key with `manage.py create_backup_key` and set "
        "ELEARNING_BACKUP_RECIPIENTS.",
    ),
)


def _sends_password_openly(parts: "dict[str, Any] | None") -> bool:
    if parts is None or not parts.get("EMAIL_HOST_PASSWORD"):
        return False
    is_closed = parts.get("EMAIL_USE_TLS") or parts.get("EMAIL_USE_SSL")
    return not is_closed and parts["EMAIL_HOST"] not in {"localhost", "127.0.0.1"}


def _buckets(site: Any) -> list[str]:
    """Return the addresses of object storages that the settings name."""
    said = (env.readings["ELEARNING_FILES"].written, site.ELEARNING_BACKUP_FOLDER)
    return [place for place in said if is_bucket(place)]


def _is_bucket_address(place: str) -> bool:
    try:
        bucket_parts(place)
    except ValueError:
        return False
    return True


def _are_networks(said: Iterable[str]) -> bool:
    try:
        return all(ip_network(network) for network in said)
    except ValueError:
        return False


@register(Tags.security)
def check_setting_rules(
    app_configs: Sequence[Any] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Name every rule that the settings break."""
    return [
        rule.finding()
        for rule in RULES
        if (rule.in_demo or not settings.DEMO) and rule.is_broken(settings)
    ]


@register()
def check_storage_client(
    app_configs: Sequence[Any] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Ask for the client of object storages where one is used."""
    if not _buckets(settings) or find_spec("storages"):
        return []
    return [
        Error(
            "Files or backups are to lie in an object storage; its client is missing.",
            hint="pip install --require-hashes -r requirements-s3.txt",
            id="elearning.E023",
        )
    ]


@register()
def check_names(
    app_configs: Sequence[Any] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Name variables that look like settings of ours and that nobody reads."""
    return [
        Warning(
            f"{name} is no setting of this site; nobody reads it.",
            hint=_meant(name) or "Take it out; `manage.py show_settings` lists all.",
            id="elearning.W010",
        )
        for name in unknown_names(env.ENVIRON)
    ]


def unknown_names(given: Iterable[str]) -> list[str]:
    """Return the variables that begin like ours and are none, in order."""
    ours = (name for name in given if name.startswith(_OURS))
    return sorted(set(ours) - set(env.readings) - READ_ELSEWHERE)


def _meant(name: str) -> str:
    close = get_close_matches(name, env.readings, n=1)
    return f"Did you mean {close[0]}?" if close else ""
