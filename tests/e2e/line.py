"""A telephone line between a browser and the site: it can be cut, and counts bytes.

What a browser is told of being offline does not reach every part of it; a connection
that is closed and refused does.
"""

import contextlib
import socket
import threading


class Line:
    """Hands connections on to a port of this machine, in threads, until it is cut."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self.is_cut = False
        self.received = 0
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://localhost:{self._door.getsockname()[1]}"
        threading.Thread(target=self._answer, daemon=True).start()

    def cut(self) -> None:
        """End all connections; new ones are closed at once."""
        with self._lock:
            self.is_cut = True
            for one in self._open:
                _end(one)
            self._open.clear()

    def mend(self) -> None:
        """Let new connections through."""
        self.is_cut = False

    def close(self) -> None:
        """Cut the line for ever."""
        self.cut()
        self._door.close()

    def _answer(self) -> None:
        while True:
            try:
                near, _address = self._door.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self._port))
            except OSError:
                near.close()
                continue
            with self._lock:
                if self.is_cut:
                    _end(near)
                    _end(far)
                    continue
                self._open |= {near, far}
            threading.Thread(target=self._carry, args=(near, far), daemon=True).start()
            threading.Thread(
                target=self._carry, args=(far, near, True), daemon=True
            ).start()

    def _carry(
        self, source: socket.socket, sink: socket.socket, counts: bool = False
    ) -> None:
        with contextlib.suppress(OSError):
            while block := source.recv(65_536):
                sink.sendall(block)
                if counts:
                    self.received += len(block)
        with self._lock:
            self._open -= {source, sink}
        _end(source)
        _end(sink)


def _end(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
