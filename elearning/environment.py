"""Where settings come from: the environment, read strictly and remembered.

Strict, because a setting that is guessed from a slip of the pen is found out too late:
`ya` is not false, and a password that begins with `$` names no other variable.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

HIDDEN = "(disembunyikan)"
_TRUE = frozenset({"true", "on", "yes", "y", "1"})
_FALSE = frozenset({"false", "off", "no", "n", "0"})
_SECRET_NAME = re.compile("SECRET|PASSWORD|TOKEN")
# What stands between the colon and the last @ of an address.
_PASSWORD = re.compile(r"(?<=://)([^:@/]*):.+(?=@)")
_REMEDIES: dict[Any, str] = {
    bool: "Write true or false.",
    int: "Write a whole number without dots and unit.",
    list: "Write values with commas between them.",
}


@dataclass(frozen=True)
class Reading:
    """A variable that the settings have asked for: what it says, where that is from."""

    name: str
    value: Any
    default: Any
    is_given: bool
    written: str

    @property
    def is_secret(self) -> bool:
        """Whether nobody may see the value."""
        return bool(_SECRET_NAME.search(self.name))


class RecordedEnv(environ.Env):
    """django-environ that refuses what it cannot read, by name and with a remedy."""

    def __init__(self) -> None:
        super().__init__()
        self.readings: dict[str, Reading] = {}

    def get_value(
        self,
        var: str,
        cast: Any = None,
        default: Any = environ.Env.NOTSET,
        parse_default: bool = False,
    ) -> Any:
        """Return what the variable says, else `default`.

        An empty one says "" or nothing at all, but no number and neither yes nor no:
        then the default counts. Raises ImproperlyConfigured for what is no value.
        """
        written = self.ENVIRON.get(var)
        is_given = written is not None and (written != "" or cast not in {bool, int})
        value = self._parsed(var, str(written), cast) if is_given else default
        shown = None if default is self.NOTSET else default
        self.readings[var] = Reading(var, value, shown, is_given, written or "")
        return value

    def address(self, var: str, parse: Callable[[str], dict[str, Any]]) -> Any:
        """Return the parts of an address; None where there is none."""
        written = self.get_value(var, default="")
        if not written:
            return None
        try:
            return parse(written)
        except (ImproperlyConfigured, ValueError, KeyError) as error:
            raise _refusal(var, "See its form in .env.example.") from error

    def word(self, var: str, default: str, known: Collection[str]) -> str:
        """Return one of the words that the site knows, `default` for none."""
        written: str = self.get_value(var, default=default) or default
        if written not in known:
            raise _refusal(var, f"Write one of: {', '.join(sorted(known))}.")
        return written

    def _parsed(self, var: str, written: str, cast: Any) -> Any:
        if cast is bool:
            word = written.strip().lower()
            if word not in _TRUE | _FALSE:
                raise _refusal(var, _REMEDIES[bool])
            return word in _TRUE
        try:
            return self.parse_value(written, cast)
        except (ValueError, TypeError) as error:
            raise _refusal(var, _REMEDIES.get(cast, "")) from error


def _refusal(var: str, remedy: str) -> ImproperlyConfigured:
    """Name the variable, never its value: it may be a secret, and this is logged."""
    return ImproperlyConfigured(
        f"elearning.E010: {var} cannot be read. {remedy}".strip()
    )


def without_password(address: str) -> str:
    """Return an address that may be shown."""
    return _PASSWORD.sub(r"\1:***", address)
