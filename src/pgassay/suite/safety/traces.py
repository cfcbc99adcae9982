"""Reads from the server what a file did, before its transaction is rolled back, and what is left of it after.

Everything is asked over the file's own session, or over a new one where that is gone. What the answers
mean is for :mod:`pgassay.suite.safety.findings`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pgassay.model.errors import Unavailable
from pgassay.model.evidence import TouchedRelation
from pgassay.pg.query import load
from pgassay.pg.reply import Transaction
from pgassay.pg.wire import Wire
from pgassay.suite.session import quoted

FILE = "pgassay_file"
"""The savepoint behind which a file's own statements begin."""
_PACKAGE = "pgassay.suite.safety"
_CANCELLED = "57014"
_TRIES = 3

Row = tuple[str | None, ...]
Rows = tuple[Row, ...]


class Unseen(Exception):
    """The server did not answer; the message is a clause that says why.

    ``cancelled``: somebody asked it not to.
    """

    def __init__(self, why: str, *, cancelled: bool = False) -> None:
        super().__init__(why)
        self.cancelled = cancelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What the session's own statistics have counted, by name: scans and rows of tables, calls of functions.

    They are not set back with a transaction, but when the server comes to write them down: only what was
    added since the file began is the file's. ``functions`` is ``None`` where calls are not counted.
    """

    relations: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    functions: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The transaction around a file: its id, when it began, its process, and what was counted before it."""

    transaction: str
    began: str
    pid: int
    counts: Counts = Counts()


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """What was seen before the end. ``functions`` is ``None`` where the server does not count calls.

    ``escaped``: the transaction that was looked at is not the one that the file began in.
    """

    relations: tuple[TouchedRelation, ...] = ()
    functions: tuple[str, ...] | None = None
    sequences: tuple[tuple[str, str], ...] = ()
    escaped: bool = False
    unseen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """What others can see: a number for each catalog, and the last value of each sequence by oid."""

    catalogs: Mapping[str, str] = field(default_factory=dict)
    sequences: Mapping[str, int | None] = field(default_factory=dict)
    unseen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What is left after the end: the transaction's status, and what the session still holds."""

    status: str = ""
    advisory: int = 0
    prepared: int = 0
    unseen: str = ""


def open_around(wire: Wire, preface: str) -> Opened:
    """Begin the transaction around a file; ``preface`` is what it needs, up to the savepoint.

    Raises:
        Unavailable: the server refuses.
    """
    begin = "begin isolation level read committed read write"
    try:
        first, *rest = _batch(wire, f"{begin}; {_WHICH}", preface, _COUNTED, *_counters(wire))
    except Unseen as error:
        wire.close()
        raise Unavailable(f"The transaction around a file could not be prepared: {error}") from error
    ((number, began, pid),) = first
    counts = _counts(*rest[-3:])
    return Opened(transaction=str(number), began=str(began), pid=int(pid or 0), counts=counts)


def look_on(wire: Wire, opened: Opened, question: str) -> tuple[Row, int]:
    """Ask the open transaction a question that has one row for an answer, and how many rows it has written.

    Raises:
        Unseen: the server did not answer.
    """
    answer, written = _batch(wire, question, _text(wire, "written"))
    known = opened.counts.relations
    return answer[0], sum(int(count or 0) - sum(known.get(str(name), ())[1:]) for name, count in written)


def look_inside(wire: Wire, opened: Opened) -> Inside:
    """Ask the transaction what it did; its failed part is rolled back first, so that it answers."""
    if wire.transaction is Transaction.IDLE:
        return Inside(escaped=True, unseen="the file ended the transaction that was around it")
    back = f"rollback to savepoint {FILE}; " if wire.transaction is Transaction.INERROR else ""
    try:
        which, reached, *counted = _patiently(
            wire, f"{back}{_WHICH}", _text(wire, "reached_sequences"), _COUNTED, *_counters(wire)
        )
    except Unseen as error:
        return Inside(unseen=str(error))
    counts = _counts(*counted)
    return Inside(
        relations=_touched(opened.counts, counts),
        functions=_called(opened.counts, counts),
        sequences=tuple((str(oid), str(name)) for oid, name in reached),
        escaped=which[0] != (opened.transaction, opened.began, str(opened.pid)),
    )


def look_outside(wire: Wire, opened: Opened) -> tuple[Outside, Surface]:
    """Roll back, and ask what is left, and what others can see."""
    back = "rollback; " if wire.transaction is not Transaction.IDLE else ""
    held = _of_file(wire, "held", opened)
    try:
        left, catalogs, sequences = _patiently(wire, f"{back}{held}", *_surface(wire))
    except Unseen as error:
        return Outside(unseen=str(error)), Surface(unseen=str(error))
    ((advisory, prepared, status),) = left
    outside = Outside(status=status or "", advisory=int(advisory or 0), prepared=int(prepared or 0))
    return outside, _seen(catalogs, sequences)


def end_lost(wire: Wire, opened: Opened) -> None:
    """End a file's own session, where its connection was lost and the server has not noticed yet.

    Until then what it locked is locked. ``wire`` is another session's; where its role may not do that, the
    server comes to notice by itself.
    """
    wire.run(_of_file(wire, "end_lost", opened))


def forget_prepared(wire: Wire, opened: Opened) -> None:
    """Remove the statements that a file has prepared, which no rollback does, from a session of a pooler."""
    commands = wire.run(_text(wire, "prepared_since").replace("$1", quoted(opened.began)))[-1].rows
    if commands:
        wire.run("; ".join(str(command) for (command,) in commands))


def look_around(wire: Wire) -> Surface:
    """Ask for what others can see."""
    try:
        return _seen(*_patiently(wire, *_surface(wire)))
    except Unseen as error:
        return Surface(unseen=str(error))


_WHICH = (
    "select pg_catalog.pg_current_xact_id()::text, pg_catalog.now()::text, pg_catalog.pg_backend_pid()::text"
)
_COUNTED = "select pg_catalog.current_setting('track_functions') <> 'none'"


def _text(wire: Wire, name: str) -> str:
    return load(_PACKAGE, name, major=wire.version // 10_000).text


def _of_file(wire: Wire, name: str, opened: Opened) -> str:
    """Give a query about a file's session and its transaction, in this order."""
    return _text(wire, name).replace("$1", f"'{opened.pid}'").replace("$2", f"'{int(opened.transaction)}'")


def _counters(wire: Wire) -> tuple[str, str]:
    return _text(wire, "touched"), _text(wire, "called")


def _surface(wire: Wire) -> tuple[str, str]:
    return _text(wire, "fingerprint"), _text(wire, "sequences")


def _batch(wire: Wire, *parts: str) -> list[tuple[Row, ...]]:
    """Run several statements of ours in one message; give the rows of those that give any. Raises Unseen."""
    found = []
    for reply in wire.run("; ".join(parts)):
        if reply.error is not None:
            raise Unseen(reply.error.message, cancelled=reply.error.sqlstate == _CANCELLED)
        if reply.columns:
            found.append(reply.rows)
    return found


def _patiently(wire: Wire, *parts: str) -> list[tuple[Row, ...]]:
    """Run a batch, again where a cancel hit it that was meant for the file. Raises Unseen."""
    for left in range(_TRIES, 0, -1):
        try:
            return _batch(wire, *parts)
        except Unseen as error:
            if not error.cancelled or left == 1:
                raise
            if wire.transaction is Transaction.INERROR:
                wire.run(f"rollback to savepoint {FILE}")
    raise Unseen("there was no try left")


def _counts(counted: Rows, touched: Rows, called: Rows) -> Counts:
    relations = {str(name): tuple(int(each or 0) for each in rest) for name, *rest in touched}
    if counted[0][0] != "t":
        return Counts(relations=relations)
    return Counts(relations=relations, functions={str(name): int(calls or 0) for name, calls in called})


def _seen(catalogs: Rows, sequences: Rows) -> Surface:
    return Surface(
        catalogs={str(name): str(number) for name, number in catalogs},
        sequences={str(oid): int(value) if value is not None else None for oid, value in sequences},
    )


def _touched(before: Counts, after: Counts) -> tuple[TouchedRelation, ...]:
    found = []
    for name, counts in after.relations.items():
        known = before.relations.get(name, (0,) * len(counts))
        scans, inserted, updated, deleted = (now - then for now, then in zip(counts, known, strict=True))
        if scans or inserted or updated or deleted:
            found.append(
                TouchedRelation(name=name, scans=scans, inserted=inserted, updated=updated, deleted=deleted)
            )
    return tuple(found)


def _called(before: Counts, after: Counts) -> tuple[str, ...] | None:
    if after.functions is None:
        return None
    known = before.functions or {}
    return tuple(name for name, calls in after.functions.items() if calls != known.get(name, 0))
