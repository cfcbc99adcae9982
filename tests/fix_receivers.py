"""Receivers of notices on this machine: a web server and a mail server that keep what they are told."""

import json
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import pytest


@dataclass(slots=True)
class Webhook:
    """A webhook; it answers with the statuses given, one by one, and with 200 when there are none left."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    posted: list[dict[str, Any]] = field(default_factory=list)
    arrived: Event = field(default_factory=Event)
    go_on: Event = field(default_factory=Event)


@dataclass(slots=True)
class Mailbox:
    """A mail server; it refuses receivers that begin with ``nobody``."""

    url: str = ""
    messages: list[Message] = field(default_factory=list)


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    """A webhook that answers at once."""
    with serving_webhook() as made:
        made.go_on.set()
        yield made


@contextmanager
def serving_webhook() -> Iterator[Webhook]:
    """A webhook that answers once ``go_on`` is set."""
    made = Webhook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.posted.append(json.loads(body))
            made.arrived.set()
            made.go_on.wait(60)
            status = made.answers.pop(0) if made.answers else 200
            self.send_response(status)
            if status == 429:
                self.send_header("Retry-After", "120")
            self.end_headers()
            self.wfile.write(b"no_service\n" if status >= 400 else b"ok")

        def log_message(self, *words: object) -> None:
            """Be silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        made.url = f"http://127.0.0.1:{server.server_address[1]}/services/T0/B0/s3cr3t"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield made
        finally:
            made.go_on.set()
            server.shutdown()
            thread.join()


class _Smtp(socketserver.StreamRequestHandler):
    """One session with a sender."""

    box: Mailbox

    def handle(self) -> None:
        """Answer until the sender leaves."""
        self._say("220 here")
        while line := self.rfile.readline():
            self._say(self._answer(line[:4].upper(), line))
            if line[:4].upper() == b"QUIT":
                return

    def _answer(self, verb: bytes, line: bytes) -> str:
        if verb == b"DATA":
            self._say("354 go on")
            self.box.messages.append(message_from_bytes(self._body()))
        if verb == b"RCPT" and b"<nobody" in line:
            return "550 no such user"
        return "221 bye" if verb == b"QUIT" else "250 ok"

    def _body(self) -> bytes:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        return b"".join(lines)

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server as RFC 5321 has it, as far as a sender needs one."""
    made = Mailbox()

    class Handler(_Smtp):
        box = made

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        made.url = f"smtp://127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield made
        finally:
            server.shutdown()
            thread.join()
