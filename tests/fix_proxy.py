"""A network between pgassay and its server that can be cut, and that can swallow everything.

``Proxy`` passes bytes from a port of this machine to a server's socket, each connection with two threads.
"""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Lock, Thread

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from pgassay.pg.target import Target

_CHUNK = 65536
_AT_ONCE = struct.pack("ii", 1, 0)
"""Closing resets the connection, as a router does that has forgotten it."""


class Proxy:
    """Between a port and the server that ``target`` leads to; closed at the end of the block."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self._open: list[socket.socket] = []
        self._state = Lock()
        self._refusing = False
        self._flows = Event()
        self._flows.set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = Thread(target=self._listen, daemon=True)
        self._thread.start()

    def route(self, target: Target) -> Target:
        """Give the same database of the same server, by way of this proxy."""
        host, port = self._listener.getsockname()[:2]
        return Target(name=target.name, conninfo=make_conninfo(target.conninfo, host=host, port=port))

    def cut(self, *, for_good: bool = False) -> None:
        """Reset every connection; new ones are let through, unless it is for good."""
        with self._state:
            self._refusing = for_good
            found, self._open = self._open, []
        for each in found:
            _reset(each)

    def mend(self) -> None:
        """Let new connections through again."""
        self._refusing = False

    def swallow(self) -> None:
        """Take everything from now on, and pass nothing on; connections are still accepted."""
        self._flows.clear()

    def close(self) -> None:
        """Close everything."""
        self._flows.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()
        self.cut(for_good=True)

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = None if self._refusing else self._dial()
            if server is None:
                _reset(client)
                continue
            with self._state:
                self._open += [client, server]
            for source, sink in ((client, server), (server, client)):
                Thread(target=self._pass_on, args=(source, sink), daemon=True).start()

    def _dial(self) -> socket.socket | None:
        words = conninfo_to_dict(self.target.conninfo)
        server = socket.socket(socket.AF_UNIX)
        try:
            server.connect(str(Path(str(words["host"])) / f".s.PGSQL.{words['port']}"))
        except OSError:
            server.close()
            return None
        return server

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(_CHUNK):
                self._flows.wait()
                sink.sendall(data)
        for each in (source, sink):
            _end(each)


def _reset(connection: socket.socket) -> None:
    with suppress(OSError):
        if connection.family == socket.AF_INET:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
    _end(connection)


def _end(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()


@contextmanager
def proxy_to(target: Target) -> Iterator[Proxy]:
    """Put a proxy in front of a server."""
    proxy = Proxy(target)
    try:
        yield proxy
    finally:
        proxy.close()
