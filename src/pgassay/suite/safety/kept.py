"""pgTAP in a transaction that stays open over a few files, where it may exist only inside of one.

To load it takes longer than most files, and leaves a thousand dead rows in the catalogs. Each file is behind
a savepoint of its own, which has a transaction id of its own; the transaction around them has nothing in it
but pgTAP, is at most two seconds old when a file begins, and is rolled back.
"""

from dataclasses import dataclass

from pgassay.model.errors import Unavailable
from pgassay.model.evidence import Claim, Standing
from pgassay.pg.clock import monotonic, pause
from pgassay.pg.wire import Wire, WireError
from pgassay.suite.safety.asking import FILE, Unseen, ask
from pgassay.suite.session import quoted

_LONGEST_S = 2.0
_PATIENCE_S = 10.0
_GLANCE_S = 0.02
_UNKNOWN = "unknown"
# What age() says of a transaction is how old it was when this one got its id.
_AGE = (
    "select pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::text::bigint"
    " - pg_catalog.pg_current_xact_id()::text::bigint"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One such transaction: its session, its id, and until when a file may begin in it."""

    wire: Wire
    transaction: str
    until: float

    @property
    def over(self) -> bool:
        """Whether it is too old for a further file."""
        return monotonic() >= self.until

    def is_spent(self, most: int) -> bool:
        """Whether no further file may begin in it.

        It is also if half of the transactions have begun since it did, ``most`` of which a file may keep from
        being vacuumed: the other half is for the file.
        """
        if self.over or not self.wire.idle:
            return True
        try:
            (((age,),),) = ask(self.wire, _AGE)
        except (Unseen, WireError):
            return True
        return int(age or 0) * 2 >= most


def load(wire: Wire, *statements: str) -> Kept:
    """Begin it with these statements.

    Raises:
        Unavailable: the server refuses.
    """
    begin = "begin isolation level read committed read write"
    which = "select pg_catalog.pg_current_xact_id()::text"
    parts = (part.rstrip().removesuffix(";") for part in statements)
    try:
        *_, ((transaction,),) = ask(wire, begin, *parts, f"savepoint {FILE}", which)
    except Unseen as error:
        wire.close()
        raise Unavailable(f"pgTAP could not be loaded: {error}") from error
    return Kept(wire=wire, transaction=str(transaction), until=monotonic() + _LONGEST_S)


def end(kept: Kept, wire: Wire) -> str:
    """Roll it back; give what the server says became of it. ``wire`` may be another session's."""
    try:
        if wire is kept.wire and not wire.idle:
            return _UNKNOWN
        if wire is kept.wire:
            ask(wire, "rollback")
        return _status(kept, wire)
    except (Unseen, WireError):
        return _UNKNOWN


def _status(kept: Kept, wire: Wire) -> str:
    """Ask until it is over: a session that was ended from outside takes a moment."""
    until = monotonic() + _PATIENCE_S
    while True:
        (((status,),),) = ask(wire, f"select pg_catalog.pg_xact_status({quoted(kept.transaction)}::xid8)")
        if status != "in progress" or monotonic() >= until:
            return status or _UNKNOWN
        pause(_GLANCE_S)


def all_gone(statuses: list[str]) -> Claim:
    """Say whether pgTAP went with all of its transactions."""
    name = "pgTAP went with its transactions"
    other = sorted({each for each in statuses if each != "aborted"})
    if not other:
        return Claim(name=name, standing=Standing.VERIFIED, detail=f"{len(statuses)} were rolled back")
    standing = Standing.VIOLATED if "committed" in other else Standing.NOT_VERIFIED
    return Claim(name=name, standing=standing, detail=f"some are {', '.join(other)}")
