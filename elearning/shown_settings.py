"""Every setting in words that may be shown: to an operator, in a report of a fault."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings

from elearning.environment import HIDDEN, Reading, without_password
from elearning.settings import env

ENVIRONMENT, DEFAULT, CODE = "lingkungan", "bawaan", "kode"
# Addresses that hold a password, as everybody writes them.
_ADDRESSES = frozenset({"DATABASE_URL", "REDIS_URL", "EMAIL_URL"})


@dataclass(frozen=True)
class ShownSetting:
    """A setting as it is shown; `source` is where its value comes from."""

    name: str
    value: str
    default: str
    source: str

    def as_json(self) -> dict[str, str]:
        """Return it for programs."""
        return asdict(self)


def shown_settings(
    readings: Mapping[str, Reading] | None = None,
) -> list[ShownSetting]:
    """Return what the environment may say, then what only the code says; by name.

    No secret is among the values, whatever its length.
    """
    known = env.readings if readings is None else readings
    shown = [_shown(known[name]) for name in sorted(known)]
    fixed = sorted(
        name
        for name in dir(settings)
        if name.startswith("ELEARNING_") and name not in known
    )
    shown += [
        ShownSetting(name, in_text(getattr(settings, name)), "", CODE) for name in fixed
    ]
    return shown


def _shown(reading: Reading) -> ShownSetting:
    source = ENVIRONMENT if reading.is_given else DEFAULT
    if reading.is_secret:
        said = HIDDEN if reading.written else ""
        return ShownSetting(reading.name, said, "", source)
    value = in_text(reading.value)
    if reading.name in _ADDRESSES:
        value = without_password(value)
    return ShownSetting(reading.name, value, in_text(reading.default), source)


def in_text(value: Any) -> str:
    """Return a value as it is written in .env."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return ",".join(value)
    return "" if value is None else str(value)
