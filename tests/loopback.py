"""Addresses of this machine for servers of tests, of which several processes run beside each other."""

import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pgassay.pg.filelock import locked


def own_loopback() -> str:
    """Give an address that no other process of tests takes a port of.

    On Linux all of 127.0.0.0/8 is this machine; elsewhere it is only the first address.
    """
    process = os.getpid()
    if sys.platform != "linux":
        return "127.0.0.1"
    return f"127.{process >> 16 & 127}.{process >> 8 & 255}.{process & 255}"


def own_port() -> int:
    """Give a free port of 127.0.0.1 that nobody takes before it is used.

    Ports that the system gives out by itself are above these, and each process begins to look elsewhere.
    """
    first, many = 10_000, 20_000
    for turn in range(many):
        port = first + (os.getpid() + turn) % many
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return port
    raise AssertionError("no port is free")


@contextmanager
def usual_port() -> Iterator[str]:
    """Have 127.0.0.1 with PostgreSQL's usual port alone; skip the test where somebody else has it.

    A connection to any other address of this machine comes from 127.0.0.1 too, and is told from one within
    one machine only by its two addresses.
    """
    with locked(Path(tempfile.gettempdir()) / f"pgassay-tests-port-{os.geteuid()}"):
        try:
            socket.create_server(("127.0.0.1", 5432)).close()
        except OSError:
            pytest.skip("another server listens on port 5432 of 127.0.0.1")
        yield "127.0.0.1"
