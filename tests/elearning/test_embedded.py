"""What the embedded size keeps for itself."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from elearning.embedded import (
    LONGEST_SOCKET_PATH,
    broker_socket,
    leave_address,
    left_address,
    read_or_create_secret,
)
from tests.sources import ROOT

SCALED = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PUBLIC_URL")


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


def test_the_address_that_up_has_left_is_read_by_other_shells(tmp_path):
    path = tmp_path / "public-url"
    assert left_address(path) == ""

    leave_address(path, "http://127.0.0.1:8000")
    leave_address(path, "http://127.0.0.1:8001")

    assert left_address(path) == "http://127.0.0.1:8001"
    assert list(tmp_path.iterdir()) == [path]


def test_a_command_in_another_shell_knows_the_address(tmp_path):
    leave_address(tmp_path / "public-url", "http://127.0.0.1:8001")
    without = {name: value for name, value in os.environ.items() if name not in SCALED}

    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "from elearning import settings; print(settings.PUBLIC_URL)",
        ],
        env={**without, "ELEARNING_VAR": str(tmp_path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.strip() == "http://127.0.0.1:8001"
