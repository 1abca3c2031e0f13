"""A cache that forgives: a server that is away, a value that cannot be read."""

import pickle
from typing import Any

from django_redis.cache import RedisCache
from django_redis.serializers.pickle import PickleSerializer


class ForgivingRedisCache(RedisCache):
    """Redis as a cache whose absence is forgiven (`IGNORE_EXCEPTIONS`).

    `add` is how libraries take a lock, and how allauth remembers a code. While the
    server is away it must say yes: a lock that nobody can get would refuse everybody.
    Nothing that keeps somebody out may rest on it (`accounts.tries`).
    """

    def add(self, *args: Any, **kwargs: Any) -> bool:
        """Store what is not there yet; True also when there is no server to ask."""
        added = super().add(*args, **kwargs)
        # None, and not False, is what a forgiven failure gives.
        return True if added is None else bool(added)


class ForgivingPickleSerializer(PickleSerializer):
    """Takes what cannot be read for nothing: the page computes it anew.

    A value names the module of its class. What the version before a deployment kept
    may lie in a module that has moved since.
    """

    def loads(self, value: bytes) -> Any:
        """Return the value, or None for one that this version cannot read."""
        try:
            return super().loads(value)
        except (AttributeError, EOFError, ImportError, pickle.UnpicklingError):
            return None
