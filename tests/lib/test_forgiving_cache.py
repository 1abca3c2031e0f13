"""A server that is away, or that was filled by another version, keeps nobody out."""

import pickle
import sys
from dataclasses import dataclass
from types import ModuleType

import pytest

from lib.forgiving_cache import ForgivingPickleSerializer, ForgivingRedisCache


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


def test_what_a_module_kept_that_has_moved_since_is_nothing(monkeypatch):
    gone = ModuleType("reports_before_the_move")
    gone.Figures = dataclass(type("Figures", (), {"__module__": gone.__name__}))
    with monkeypatch.context() as before:
        before.setitem(sys.modules, gone.__name__, gone)
        kept = pickle.dumps(gone.Figures())

    assert ForgivingPickleSerializer({}).loads(kept) is None


@pytest.mark.parametrize("kept", [b"", b"not a pickle", pickle.dumps([1, 2])[:-3]])
def test_what_is_cut_or_is_no_value_is_nothing(kept):
    assert ForgivingPickleSerializer({}).loads(kept) is None


def test_a_value_comes_back_whole():
    serializer = ForgivingPickleSerializer({})

    assert serializer.loads(serializer.dumps({"unit": (1, 2)})) == {"unit": (1, 2)}
