"""What the embedded size keeps for itself."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from elearning.embedded import LONGEST_SOCKET_PATH, broker_socket, read_or_create_secret


def test_the_secret_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    path = tmp_path / "var" / "secret-key"

    first = read_or_create_secret(path)

    assert read_or_create_secret(path) == first
    assert len(first) >= 50
    assert path.stat().st_mode & 0o777 == 0o600


def test_processes_that_start_together_end_with_the_same_secret(tmp_path):
    path = tmp_path / "secret-key"
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(read_or_create_secret, [path] * 8))

    assert len(secrets) == 1
    assert list(tmp_path.iterdir()) == [path]


def test_the_socket_lies_under_var_where_its_path_is_short_enough():
    assert broker_socket(Path("/srv/melek/var")) == Path(
        "/srv/melek/var/broker/valkey.sock"
    )


def test_a_long_path_gets_a_short_socket_of_its_own():
    deep = Path("/srv") / ("x" * 90) / "var"
    other = Path("/srv") / ("y" * 90) / "var"

    socket = broker_socket(deep)

    assert len(os.fsencode(socket)) <= LONGEST_SOCKET_PATH
    assert socket == broker_socket(deep)
    assert socket != broker_socket(other)
