"""Clears the names of schemas for what will have them, with the locks that this takes.

To rename a schema locks nothing that is in it. To move tables out of one that stays in its place locks each,
up to the commit; and who waits for one of these may hold a lock that is needed in the end. So those are taken
at the same time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from threading import Event

from pgassay.model.aside import AsideSchema
from pgassay.pg.patience import Patience
from pgassay.recovery.rollback.schemas.exchange import Exchange
from pgassay.recovery.rollback.schemas.persist import until_had
from pgassay.recovery.rollback.schemas.references import lock, quieten
from pgassay.recovery.rollback.schemas.session import keep_others_waiting, let_others_wait

_OUTLASTING_S = 2.0
"""An autovacuum lets go of a table when somebody has waited for it for ``deadlock_timeout``, a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patiently:
    """How to wait: ``patience`` for what others wait behind, ``lock_timeout_s`` for all else."""

    patience: Patience
    lock_timeout_s: float
    stop: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """What was set aside. ``since`` is when others began to wait, by the monotonic clock, where they do."""

    parts: tuple[AsideSchema, ...]
    since: float | None = None


def clear(
    exchange: Exchange, names: Sequence[str], how: Patiently, *, refers_to: Iterable[str] = ()
) -> Cleared:
    """Set schemas aside. ``refers_to`` are tables outside that something will refer to.

    Raises:
        NotSwapped: a lock was not to be had, or something cannot be moved.
        Stopped: the user asked for an end.
    """
    connection, around = exchange.connection, exchange.around
    quieten(connection, around.references)
    if not around.pinned:
        return Cleared(parts=tuple(exchange.set_aside(each) for each in names))
    parts: list[AsideSchema] = []
    patience = replace(how.patience, lock_timeout_s=max(how.patience.lock_timeout_s, _OUTLASTING_S))

    def work() -> None:
        let_others_wait(connection, patience)
        lock(connection, around.references, refers_to)
        parts[:] = [exchange.set_aside(each) for each in names]

    had = until_had(connection, patience, work, stopped=how.stop.is_set)
    keep_others_waiting(connection, how.lock_timeout_s)
    return Cleared(parts=tuple(parts), since=had.since)
