"""What tables hold: rows counted, and hashed such that neither their order nor the server matters.

Tables are read by several connections that share a snapshot. The hashes show what went wrong by accident; who
means to change something is shown by the SHA-256 of every file.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Event

from pgassay.model.backup import LargeObjects, SequenceState, TableContent
from pgassay.model.errors import Unavailable
from pgassay.pg.connection import Connection, reason
from pgassay.pg.target import Target
from pgassay.recovery.ask import ask
from pgassay.recovery.snapshot import reading

BY_HASH, BY_TEXT = "hash", "text"
_LOOK_S = 0.2


Wanted = Callable[[str], bool]
"""Whether something of that name, as the server prints it, is to be looked at."""


def all_of_them(_: str) -> bool:
    """Want everything."""
    return True


class Stopped(Exception):
    """The user asked for an end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How to read: where, with how many connections, in which snapshot (``None``: each in its own)."""

    target: Target
    jobs: int
    lock_timeout_s: float
    stop: Event
    snapshot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    name: str
    kind: str
    method: str
    query: str


def read_contents(
    connection: Connection, how: Reading, *, methods: Mapping[str, str] | None = None
) -> tuple[TableContent, ...]:
    """Count and hash every table. ``methods`` are how tables were hashed before, by name.

    Raises:
        Unavailable: a table cannot be read.
        Stopped: the user asked for an end.
    """
    waiting: SimpleQueue[_Question] = SimpleQueue()
    for each in _questions(connection, methods or {}):
        waiting.put(each)
    count = max(1, min(how.jobs, waiting.qsize()))
    connections: list[Connection] = []
    with ThreadPoolExecutor(count) as pool:
        workers = [pool.submit(_work, waiting, how, connections) for _ in range(count)]
        while wait(workers, timeout=_LOOK_S, return_when=FIRST_EXCEPTION).not_done:
            failed = any(each.done() and each.exception() is not None for each in workers)
            if failed or how.stop.is_set():
                _give_up(waiting, connections)
        if how.stop.is_set():
            raise Stopped
        found = [content for each in workers for content in each.result()]
    return tuple(sorted(found, key=lambda each: each.name))


def contents_here(
    connection: Connection, *, methods: Mapping[str, str], wanted: Wanted, stop: Event
) -> tuple[TableContent, ...]:
    """Count and hash the wanted tables in the transaction that a session is in.

    Raises:
        Unavailable: a table cannot be read.
        Stopped: the user asked for an end.
    """
    found = []
    for each in _questions(connection, methods):
        if stop.is_set():
            raise Stopped
        if wanted(each.name):
            found.append(_content(connection, each))
    return tuple(sorted(found, key=lambda each: each.name))


def read_sequences(connection: Connection, wanted: Wanted = all_of_them) -> tuple[SequenceState, ...]:
    """Read where the wanted sequences stand. A snapshot does not hold them: they go on meanwhile."""
    return tuple(
        SequenceState(name=name, last=last, increment=increment, cycles=cycles)
        for name, query in ask(connection, "sequence_queries")
        if wanted(name)
        for last, increment, cycles in connection.execute(query.encode()).fetchall()
    )


def read_collisions(connection: Connection, wanted: Wanted = all_of_them) -> Iterator[tuple[str, str]]:
    """Give the sequences whose next value is not beyond what a column has that they feed, with a sentence."""
    for name, query, ascending in ask(connection, "sequence_columns"):
        if not wanted(name):
            continue
        ((column, following, furthest),) = connection.execute(query.encode()).fetchall()
        free = furthest is None or (following > furthest if ascending else following < furthest)
        if not free:
            yield name, f"{name} gives {following} next, and {column} has {furthest} already."


def read_large_objects(connection: Connection) -> LargeObjects:
    """Count the large objects, and hash them where the role may read them."""
    ((count,),) = ask(connection, "large_objects")
    if not count:
        return LargeObjects(count=0, hash="0")
    try:
        with connection.transaction():
            ((found,),) = ask(connection, "large_object_hash")
    except Connection.Error:
        return LargeObjects(count=count)
    return LargeObjects(count=count, hash=found)


def _questions(connection: Connection, methods: Mapping[str, str]) -> Iterable[_Question]:
    for name, kind, hashable, by_hash, by_text in ask(connection, "content_queries"):
        method = methods.get(name, BY_HASH if hashable else BY_TEXT)
        query = by_hash if method == BY_HASH else by_text
        yield _Question(name=name, kind=kind, method=method, query=query)


def _work(
    waiting: "SimpleQueue[_Question]", how: Reading, connections: list[Connection]
) -> list[TableContent]:
    found: list[TableContent] = []
    with reading(how.target, lock_timeout_s=how.lock_timeout_s, snapshot=how.snapshot) as connection:
        connections.append(connection)
        while not how.stop.is_set():
            try:
                question = waiting.get_nowait()
            except Empty:
                break
            found.append(_content(connection, question))
    return found


def _content(connection: Connection, question: _Question) -> TableContent:
    try:
        ((rows, found),) = connection.execute(question.query.encode()).fetchall()
    except Connection.Error as error:
        raise Unavailable(f"The table {question.name} cannot be read: {reason(str(error))}") from error
    return TableContent(name=question.name, kind=question.kind, rows=rows, method=question.method, hash=found)


def _give_up(waiting: "SimpleQueue[_Question]", connections: list[Connection]) -> None:
    while not waiting.empty():
        waiting.get_nowait()
    for each in list(connections):
        each.cancel()
