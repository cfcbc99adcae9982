"""A server that only listens: it takes down what psql sends, and answers as if it had done it.

What it answers hangs on the text alone, so that a reader of the same script can be given the same
answers without a server, and be compared message by message.
"""

import os
import re
import socket
import struct
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

_STARTUP = struct.pack("!I", 3 << 16)
_PARAMETERS = {
    "client_encoding": "UTF8",
    "server_encoding": "UTF8",
    "server_version": "15.0",
    "standard_conforming_strings": "on",
}
ERROR_WORD = "boom"
"""A statement with this word fails."""


def fails(statement: str) -> bool:
    """Tell whether the server answers with an error."""
    return ERROR_WORD in statement


def wants_data(statement: str) -> bool:
    """Tell whether the server asks for the data of a COPY."""
    return not fails(statement) and re.search(r"copy.*from\s+stdin", statement, re.I | re.S) is not None


def gives_data(statement: str) -> bool:
    """Tell whether the server answers with the (empty) output of a COPY."""
    return not fails(statement) and re.search(r"copy.*to\s+stdout", statement, re.I | re.S) is not None


def gives_row(statement: str) -> bool:
    """Tell whether the server answers with its one row, ``val`` in the column ``x``."""
    others = (fails, wants_data, gives_data)
    return "select" in statement.lower() and not any(each(statement) for each in others)


@dataclass(frozen=True, slots=True)
class _Stream:
    requests: BinaryIO
    answers: BinaryIO

    def read(self, size: int) -> bytes:
        return self.requests.read(size)

    def write(self, data: bytes) -> None:
        self.answers.write(data)

    def flush(self) -> None:
        self.answers.flush()


@dataclass(slots=True)
class Wire:
    """What was sent so far: statements, and ``data: …`` for each COPY. ``port`` is that of localhost."""

    port: int
    messages: list[str] = field(default_factory=list)


@contextmanager
def listening() -> Iterator[Wire]:
    """Listen on a free port until the end of the block."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        wire = Wire(port=server.getsockname()[1])
        thread = threading.Thread(target=_accept, args=(server, wire), daemon=True)
        thread.start()
        try:
            yield wire
        finally:
            server.shutdown(socket.SHUT_RDWR)
    thread.join()


def _accept(server: socket.socket, wire: Wire) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        threading.Thread(target=_converse, args=(connection, wire), daemon=True).start()


def _converse(connection: socket.socket, wire: Wire) -> None:
    with connection, connection.makefile("rb") as requests, connection.makefile("wb") as answers:
        _serve(_Stream(requests, answers), wire)


def _serve(stream: _Stream, wire: Wire) -> None:
    if not _greet(stream):
        return
    while True:
        kind, body = _receive(stream)
        if kind in (b"", b"X"):
            return
        if kind == b"Q":
            statement = body[:-1].decode(errors="surrogateescape")
            wire.messages.append(statement)
            _answer(stream, wire, statement)
            stream.write(_message(b"Z", b"I"))
            stream.flush()
        elif kind == b"S":
            # The end of an extended query, which only scripts send that need psql anyway.
            stream.write(_ERROR + _message(b"Z", b"I"))
            stream.flush()


def _greet(stream: _Stream) -> bool:
    while True:
        head = stream.read(4)
        if len(head) < 4:
            return False
        body = stream.read(struct.unpack("!I", head)[0] - 4)
        if body.startswith(_STARTUP):
            break
        stream.write(b"N")
        stream.flush()
    stream.write(_message(b"R", struct.pack("!I", 0)))
    for name, value in _PARAMETERS.items():
        stream.write(_message(b"S", f"{name}\0{value}\0".encode()))
    stream.write(_message(b"K", struct.pack("!II", 1, 1)) + _message(b"Z", b"I"))
    stream.flush()
    return True


def _answer(stream: _Stream, wire: Wire, statement: str) -> None:
    if fails(statement):
        stream.write(_ERROR)
        return
    if wants_data(statement):
        stream.write(_message(b"G", b"\0\0\0"))
        stream.flush()
        wire.messages.append(f"data: {_receive_data(stream)}")
    elif gives_data(statement):
        stream.write(_message(b"H", b"\0\0\0") + _message(b"c", b""))
    elif gives_row(statement):
        column = b"x\0" + struct.pack("!IhIhih", 0, 0, 25, -1, -1, 0)
        stream.write(_message(b"T", struct.pack("!H", 1) + column))
        stream.write(_message(b"D", struct.pack("!HI", 1, 3) + b"val"))
        stream.write(_message(b"C", b"SELECT 1\0"))
        return
    stream.write(_message(b"C", b"DO\0"))


def _receive_data(stream: _Stream) -> str:
    data = b""
    while True:
        kind, body = _receive(stream)
        if kind != b"d":
            # psql before 18 sends the closing line as well.
            return re.sub(r"(?m)^\\\.\r?\n\Z", "", data.decode(errors="surrogateescape"))
        data += body


def _receive(stream: _Stream) -> tuple[bytes, bytes]:
    head = stream.read(5)
    if len(head) < 5:
        return b"", b""
    return head[:1], stream.read(struct.unpack("!I", head[1:])[0] - 4)


def _message(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("!I", len(body) + 4) + body


_ERROR = _message(b"E", b"SERROR\0VERROR\0C42601\0Mboom\0\0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a script led to: the messages sent, and what was written to the two streams."""

    messages: tuple[str, ...]
    output: str
    complaints: str


def run_psql(program: Path, script: str, *, folder: Path, stop: bool = True) -> Run:
    """Run a script in a folder with a real psql, its settings those of pg_prove."""
    with listening() as wire:
        settings = ["-X", "-qAt", "-v", f"ON_ERROR_STOP={int(stop)}"]
        address = ["-h", "127.0.0.1", "-p", str(wire.port), "-U", "u", "-d", "d"]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        done = subprocess.run(
            [program, *settings, *address, "-f", script],
            cwd=folder,
            capture_output=True,
            check=False,
            timeout=300,
            env=environment | {"PGSSLMODE": "disable", "PGGSSENCMODE": "disable", "LC_ALL": "C.UTF-8"},
        )
        messages = tuple(wire.messages)
    return Run(messages=messages, output=done.stdout.decode(), complaints=done.stderr.decode())
