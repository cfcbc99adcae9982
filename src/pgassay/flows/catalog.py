"""What a target's database is like when a run begins, and how large; read beside the run."""

from collections.abc import Generator, Iterator
from contextlib import closing
from queue import Empty, SimpleQueue
from threading import Thread
from uuid import UUID

from pgassay.flows.memory import Memory
from pgassay.model.errors import PgassayError
from pgassay.model.events.suite import RunFinished, RunStarted, SuiteEvent, Warned
from pgassay.model.touch import Snapshot
from pgassay.pg.connection import connect
from pgassay.pg.target import Target

_PATIENCE_S = 10.0


def look(target: Target) -> Snapshot:
    """Read what a database is like now.

    Raises:
        Unavailable: it cannot be reached or read.
    """
    from pgassay.pg.objects import read_objects  # few commands need it
    from pgassay.pg.snapshot import take_snapshot

    with connect(target, application="pgassay prepare") as connection:
        return take_snapshot(connection, read_objects(connection))


def noting_catalog(
    events: Generator[SuiteEvent, None, None], target: Target, memory: Memory, run: UUID
) -> Generator[SuiteEvent, None, None]:
    """Pass a run's events on, and note what the database is like when it begins.

    That is read while the first files run. What fails is told before the end of the run.
    """
    troubles: SimpleQueue[Warned] = SimpleQueue()
    thread = Thread(target=_note, args=(target, memory, run, troubles), name="pgassay catalog", daemon=True)
    with closing(events):
        for event in events:
            if isinstance(event, RunFinished):
                thread.join(_PATIENCE_S)
                yield from _told(troubles)
            yield event
            if isinstance(event, RunStarted):
                thread.start()


def _note(target: Target, memory: Memory, run: UUID, troubles: "SimpleQueue[Warned]") -> None:
    from pgassay.flows.sizes import note_size
    from pgassay.store.touches import write_catalog

    try:
        snapshot = look(target)
        with memory.connect() as connection:
            write_catalog(connection, run, snapshot)
            note_size(target, connection)
    except PgassayError as error:
        sentence = f"What the database is like is not recorded: {error.sentence}"
        troubles.put(Warned(sentence=sentence, remedy=error.remedy))


def _told(troubles: "SimpleQueue[Warned]") -> Iterator[Warned]:
    while True:
        try:
            yield troubles.get_nowait()
        except Empty:
            return
