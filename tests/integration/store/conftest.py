"""A database with the store in it, and what records into it."""

from collections.abc import Callable, Iterable, Iterator

import pytest

from pgassay.model.events.suite import SuiteEvent
from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target
from pgassay.store.recorder import Recorder
from pgassay.store.schema import install

Record = Callable[[Iterable[SuiteEvent]], None]


@pytest.fixture
def store(database: Target) -> Iterator[Connection]:
    """A connection to a database in which the store is installed."""
    with connect(database) as connection:
        install(connection)
        yield connection


@pytest.fixture
def record(database: Target, store: Connection) -> Record:
    """Records events from the first to the last, and insists that nothing went wrong."""

    def recorded(events: Iterable[SuiteEvent]) -> None:
        warnings: list[tuple[str, str]] = []
        with Recorder(lambda: connect(database), warn=lambda *words: warnings.append(words)) as recorder:
            for event in events:
                recorder.see(event)
        assert warnings == []

    return recorded
