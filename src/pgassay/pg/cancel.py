"""Cancels what runs, again and again: a request that reaches a server between two statements is forgotten."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow

_GLANCE_S = 0.05


@contextmanager
def insisting(cancel: Callable[[], None], stop: Event) -> Iterator[None]:
    """Call ``cancel`` from another thread once ``stop`` is set, and again until the block is left.

    Nothing is cancelled any more when the block has been left.
    """
    left = Event()

    def watch() -> None:
        while not left.wait(_GLANCE_S):
            if stop.is_set():
                cancel()

    watcher = Thread(target=watch, name="pgassay stop", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        left.set()
        watcher.join()


@contextmanager
def cancelled_by(connection: Connection[TupleRow], stop: Event) -> Iterator[None]:
    """Cancel what runs on the connection as soon as ``stop`` is set, until the block is left."""

    def cancel() -> None:
        with suppress(psycopg.Error):
            connection.cancel()

    with insisting(cancel, stop):
        yield
