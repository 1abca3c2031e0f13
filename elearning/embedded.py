"""Where the embedded size keeps its own things: secret key, socket, address.

Knows nothing of Django, because settings read it before Django is there.
"""

import hashlib
import os
import secrets
import tempfile
from pathlib import Path

# A Unix socket's path may be 108 bytes on Linux and 104 on macOS.
LONGEST_SOCKET_PATH = 100


def read_or_create_secret(path: Path) -> str:
    """Return the secret kept at `path`, made there (mode 0600) if it is missing.

    Two processes that start together end with the same secret: the file appears
    whole under its name or not at all, and whoever comes second reads the first's.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(name, path)
        except FileExistsError:
            pass
        finally:
            Path(name).unlink()
    return path.read_text(encoding="ascii").strip()


def broker_socket(var: Path) -> Path:
    """Return the socket of the embedded broker that belongs to the folder `var`.

    It lies inside `var`, or, where that path would be too long for a socket, in a
    private directory of this user whose name is derived from `var`.
    """
    inside = var / "broker" / "valkey.sock"
    if len(os.fsencode(inside)) <= LONGEST_SOCKET_PATH:
        return inside
    digest = hashlib.sha256(os.fsencode(var)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"melek-{os.getuid()}-{digest}" / "v.sock"


def leave_address(path: Path, url: str) -> None:
    """Keep the site's address for commands in other shells."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(f"{url}\n", encoding="utf-8")
    temporary.replace(path)


def left_address(path: Path) -> str:
    """Return the address that `up` has left, "" where it has never run."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return ""
