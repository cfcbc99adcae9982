"""Reads from the server what a file did, before its transaction is rolled back, and what is left of it after.

Everything is asked over the file's own session, or over a new one where that is gone. What the answers
mean is for :mod:`pgassay.suite.safety.findings`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pgassay.model.evidence import TouchedRelation
from pgassay.pg.query import load
from pgassay.pg.reply import Reply, Transaction
from pgassay.pg.wire import Wire

FILE = "pgassay_file"
"""The savepoint behind which a file's own statements begin."""
_PACKAGE = "pgassay.suite.safety"
_CANCELLED = "57014"
_TRIES = 3

Row = tuple[str | None, ...]


class Unseen(Exception):
    """The server did not answer; the message is a clause that says why."""


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


def look_inside(wire: Wire, opened: Opened) -> Inside:
    """Ask the transaction what it did; its failed part is rolled back first, so that it answers."""
    if wire.transaction is Transaction.IDLE:
        return Inside(escaped=True, unseen="the file ended the transaction that was around it")
    if wire.transaction is Transaction.INERROR:
        wire.run(f"rollback to savepoint {FILE}")
    try:
        counts = count(wire)
        same = ask(wire, "select pg_catalog.pg_current_xact_id()::text, pg_catalog.now()::text")
        return Inside(
            relations=_touched(opened.counts, counts),
            functions=_called(opened.counts, counts),
            sequences=tuple((str(oid), str(name)) for oid, name in named(wire, "reached_sequences")),
            escaped=same[0] != (opened.transaction, opened.began),
        )
    except Unseen as error:
        return Inside(unseen=str(error))


def count(wire: Wire) -> Counts:
    """Ask for the session's own statistics. Raises Unseen."""
    ((counted,),) = ask(wire, "select pg_catalog.current_setting('track_functions') <> 'none'")
    relations = {str(name): tuple(int(each or 0) for each in rest) for name, *rest in named(wire, "touched")}
    if counted != "t":
        return Counts(relations=relations)
    functions = {str(name): int(calls or 0) for name, calls in named(wire, "called")}
    return Counts(relations=relations, functions=functions)


def look_outside(wire: Wire, opened: Opened) -> Outside:
    """Ask what is left, once the transaction is over."""
    try:
        ((advisory, prepared, status),) = named(wire, "held", opened.transaction)
    except Unseen as error:
        return Outside(unseen=str(error))
    return Outside(status=status or "", advisory=int(advisory or 0), prepared=int(prepared or 0))


def look_around(wire: Wire) -> Surface:
    """Ask for what others can see."""
    try:
        catalogs = {str(name): str(number) for name, number in named(wire, "fingerprint")}
        values = {
            str(oid): int(value) if value is not None else None for oid, value in named(wire, "sequences")
        }
    except Unseen as error:
        return Surface(unseen=str(error))
    return Surface(catalogs=catalogs, sequences=values)


def named(wire: Wire, name: str, *parameters: str) -> tuple[Row, ...]:
    """Run one of our queries; its parameters by their order. Raises Unseen."""
    text = load(_PACKAGE, name, major=wire.version // 10_000).text
    return _patiently(wire, lambda: tuple(wire.ask_alone(text, *parameters)))


def ask(wire: Wire, sql: str) -> tuple[Row, ...]:
    """Run a query of ours. Raises Unseen."""
    return _patiently(wire, lambda: wire.run(sql))


def _patiently(wire: Wire, send: Callable[[], tuple[Reply, ...]]) -> tuple[Row, ...]:
    """Send it, again where a cancel hit it that was meant for the file."""
    said = ""
    for _ in range(_TRIES):
        last = send()[-1]
        if last.error is None:
            return last.rows
        said = last.error.message
        if last.error.sqlstate != _CANCELLED:
            break
        if wire.transaction is Transaction.INERROR:
            wire.run(f"rollback to savepoint {FILE}")
    raise Unseen(said)


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
