"""The transaction around a file: begun before it, and asked before its end what the file did in it."""

from dataclasses import dataclass

from pgassay.model.errors import Unavailable
from pgassay.model.evidence import TouchedRelation
from pgassay.pg.reply import Transaction
from pgassay.pg.wire import Wire
from pgassay.suite.gauge import Gauge
from pgassay.suite.safety import counts
from pgassay.suite.safety.asking import AROUND, FILE, Row, Unseen, answers, ask, ask_patiently, text
from pgassay.suite.safety.counts import Counts, called_since, counts_of, touched_since
from pgassay.suite.session import quoted

_BEGIN = "begin isolation level read committed read write"
# A message of logical decoding, which only a commit would send, gives the savepoint an id at no other cost.
_NESTED = (
    f"savepoint {AROUND}; do $$ begin perform pg_catalog.pg_logical_emit_message(true, 'pgassay', ''); end $$"
)
_WHICH = (
    "select pg_catalog.pg_current_xact_id()::text, pg_catalog.now()::text, pg_catalog.pg_backend_pid()::text"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Its id, when it began, its process, and what was counted before it.

    ``nested``: it is a savepoint in a transaction that others share, with an id of its own.
    """

    transaction: str
    began: str
    pid: int
    counts: Counts = Counts()
    nested: bool = False

    @property
    def undoing(self) -> str:
        """Give the statements that take back all that was done in it."""
        return f"rollback to savepoint {AROUND}; release savepoint {AROUND}" if self.nested else "rollback"


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


def open_around(wire: Wire, preface: str, *, nested: bool = False) -> Opened:
    """Begin it; ``preface`` is what the file needs, up to the savepoint ``FILE``.

    Raises:
        Unavailable: the server refuses.
    """
    try:
        begin = (_NESTED, text(wire, "innermost")) if nested else (_BEGIN, _WHICH)
        first, *rest = ask(wire, *begin, preface, *counts.questions(wire))
    except Unseen as error:
        wire.close()
        raise Unavailable(f"The transaction around a file could not be prepared: {error}") from error
    ((number, began, pid),) = first
    return Opened(
        transaction=str(number),
        began=str(began),
        pid=int(pid or 0),
        counts=counts_of(*rest[-3:]),
        nested=nested,
    )


def look_on(wire: Wire, opened: Opened, question: str, gauge: Gauge) -> tuple[Row, int]:
    """Ask the open transaction a question that has one row for an answer, and how many rows it has written.

    ``gauge`` may ask along.

    Raises:
        Unseen: the server did not answer.
    """
    answer, written = answers(gauge.ride(wire, question, text(wire, "written")))
    known = opened.counts.relations
    return answer[0], sum(int(count or 0) - sum(known.get(str(name), ())[1:]) for name, count in written)


def _which(wire: Wire, opened: Opened) -> str:
    if not opened.nested:
        return _WHICH
    return text(wire, "still_inside").replace("$1", quoted(opened.transaction))


def look_inside(wire: Wire, opened: Opened) -> Inside:
    """Ask it what the file did; its failed part is rolled back first, so that it answers."""
    if wire.transaction is Transaction.IDLE:
        return Inside(escaped=True, unseen="the file ended the transaction that was around it")
    back = f"rollback to savepoint {FILE}; " if wire.transaction is Transaction.INERROR else ""
    try:
        which, reached, *counted = ask_patiently(
            wire, f"{back}{_which(wire, opened)}", text(wire, "reached_sequences"), *counts.questions(wire)
        )
    except Unseen as error:
        return Inside(unseen=str(error))
    now = counts_of(*counted)
    return Inside(
        relations=touched_since(opened.counts, now),
        functions=called_since(opened.counts, now),
        sequences=tuple((str(oid), str(name)) for oid, name in reached),
        escaped=which != ((opened.transaction, opened.began, str(opened.pid)),),
    )
