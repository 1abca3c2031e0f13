"""While the cache's server is away, nobody is kept out."""

import pytest

from lib.forgiving_cache import ForgivingRedisCache


@pytest.fixture
def cache(tmp_path):
    return ForgivingRedisCache(
        f"unix://{tmp_path}/nobody.sock?db=0",
        {"OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 1}},
    )


def test_a_lock_is_granted_without_a_server(cache):
    assert cache.add("lock", 1) is True


def test_nothing_is_known_without_a_server(cache):
    cache.set("key", "value")

    assert cache.get("key", "default") == "default"
