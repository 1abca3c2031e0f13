"""gunicorn's threaded worker, where a thread gets requests that have arrived.

The worker of gunicorn hands a connection to one of its few threads at the first byte.
Whoever sends half a request to each of them silences the site. Here the main loop,
which holds a thousand connections as easily as one, waits for the request.

Do not import anything of the site here, and do not move this into a room: gunicorn's
master imports it once, with the packages around it, and hands what it knows to the
workers of every later version. With `elearning` in its head a reload mixed two versions
and ended the site.
"""

import re
import socket
import struct
import time
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.http import get_parser
from gunicorn.workers.gthread import TConn, ThreadWorker

# Seconds in which a request arrives, also by a poor line: answers are a few kilobytes.
ARRIVES_WITHIN = 30.0
# The same for a worker that was told to stop; as gunicorn has it for kept connections.
LAST_CALL = 2.0
# Bytes. The beginning of a larger body is waited for; the rest must come at a pace.
MOST_WAITED_FOR = 256 * 1024
LONGEST_HEAD = 64 * 1024
# Bytes a second below which nobody is waited for, after a grace of so many seconds.
SLOWEST = 4 * 1024
GRACE = 30.0
# Seconds after which somebody who reads nothing of an answer is let go.
LONGEST_SILENCE = 60
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,18})[ \t]*\r\n", re.I)
# A body of unknown length, or one that is sent only when we ask for it.
_COMES_LATER = re.compile(rb"\r\n(?:transfer-encoding|expect):", re.I)


def has_arrived(data: bytes) -> bool:
    """Say whether a thread can take a request that begins with `data`."""
    head, end, body = data.partition(b"\r\n\r\n")
    if not end:
        # The parser refuses it with the right words.
        return len(data) > LONGEST_HEAD
    head += b"\r\n"
    if _COMES_LATER.search(head):
        return True
    length = _LENGTH.search(head)
    wanted = int(length[1]) if length else 0
    return len(body) >= min(wanted, MOST_WAITED_FOR)


class PacedSocket:
    """A socket to read from whose sender must keep a pace.

    Who does not is treated as gone: ConnectionResetError.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.begin()

    def begin(self) -> None:
        """Give the sender of a new request the grace anew."""
        self._ends = time.monotonic() + GRACE

    def recv(self, size: int) -> bytes:
        """Return what comes next."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise ConnectionResetError("The request came too slowly.")
        self._connection.settimeout(left)
        try:
            data = self._connection.recv(size)
        except TimeoutError:
            raise ConnectionResetError("The request stopped coming.") from None
        finally:
            self._connection.setblocking(True)
        self._ends += len(data) / SLOWEST
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


class PatientWorker(ThreadWorker):
    """Waits for requests in the main loop. Plain HTTP only: TLS is the proxy's."""

    # When a worker that stops gives up what has not arrived.
    _last_call = 0.0

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection, and no thread for it yet."""
        try:
            connection, client = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        pause = struct.pack("ll", LONGEST_SILENCE, 0)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, pause)
        self.nr_conns += 1
        self._wait_for_request(
            TConn(self.cfg, connection, client, listener.getsockname())
        )

    def on_client_socket_readable(self, conn: TConn, client: socket.socket) -> None:
        """Take the next request of a connection that was kept open."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._wait_for_request(conn)

    def murder_pending(self) -> None:
        """Close what did not arrive in time, soon where the worker stops.

        Not at once: a reload of the code stops workers while requests are on their way.
        """
        if not self.alive:
            last = self._last_call = self._last_call or time.monotonic() + LAST_CALL
            for conn in self.pending_conns:
                conn.timeout = min(conn.timeout, last)
        super().murder_pending()

    def _wait_for_request(self, conn: TConn) -> None:
        conn.arrived = bytearray()
        conn.sock.setblocking(False)
        # gunicorn closes what waits in this list once its time is over.
        conn.timeout = time.monotonic() + ARRIVES_WITHIN
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self._read_on, conn))

    def _read_on(self, conn: TConn, client: socket.socket) -> None:
        try:
            data = client.recv(64 * 1024)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        conn.arrived += data
        if data and not has_arrived(bytes(conn.arrived)):
            return
        self.poller.unregister(client)
        self.pending_conns.remove(conn)
        if data:
            self._hand_over(conn)
        else:
            self.nr_conns -= 1
            conn.close()

    def _hand_over(self, conn: TConn) -> None:
        if conn.parser is None:
            conn.parser = get_parser(self.cfg, PacedSocket(conn.sock), conn.client)
        conn.parser.unreader.sock.begin()
        conn.parser.unreader.unread(bytes(conn.arrived))
        conn.data_ready = True
        self.enqueue_req(conn)
