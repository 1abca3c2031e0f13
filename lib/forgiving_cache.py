"""A cache that keeps the doors open while its server is away."""

from typing import Any

from django_redis.cache import RedisCache


class ForgivingRedisCache(RedisCache):
    """Redis as a cache whose absence is forgiven (`IGNORE_EXCEPTIONS`).

    `add` is how rate limiters take their lock. While the server is away it must say
    yes: a lock that nobody can get would refuse everybody.
    """

    def add(self, *args: Any, **kwargs: Any) -> bool:
        """Store what is not there yet; True also when there is no server to ask."""
        added = super().add(*args, **kwargs)
        # None, and not False, is what a forgiven failure gives.
        return True if added is None else bool(added)
