"""Goes through what is registered, and removes what may be removed: unit by unit, each for itself.

Killed at any instant, a unit is either there and on the list, or gone and noted. Two cleanups take turns;
where the lock that makes them do so does not hold, behind a pooler, they still never do one row twice.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from pgassay.model.cleanup import Cleaned, Cleanup, Fate, together
from pgassay.model.errors import Unavailable
from pgassay.pg.clock import monotonic, pause
from pgassay.pg.connection import Connection
from pgassay.store.cleanup.keys import Key, read_graph, references
from pgassay.store.cleanup.order import Unit, units
from pgassay.store.cleanup.registry import KEEP, NONE, Registered, registered
from pgassay.store.cleanup.removal import Work, by_table, foretell, remove
from pgassay.store.journal import run_lock
from pgassay.store.session import Patience, transaction

_GLANCE_S = 0.05
_STATEMENT_MS = 30_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """What a cleanup is about, and how it goes about it.

    ``run``: only what that run has registered, though it still goes on. ``runs_only``: nothing that was
    registered outside of a run. ``dry``: only say what would be done. ``turn_s`` is how long to wait for
    another cleanup to end, ``lock_ms`` for a row that somebody has locked.
    """

    run: UUID | None = None
    runs_only: bool = False
    dry: bool = False
    turn_s: float = 10.0
    lock_ms: int = 1_000


def clean_up(connection: Connection, extent: Extent) -> Cleanup:
    """Remove the rows that tests registered and left, in an order that foreign keys allow.

    Raises:
        Unavailable: the register cannot be read, another cleanup does not end, or the connection is lost.
    """
    with _turn(connection, extent):
        wanted = [each for each in registered(connection) if _is_meant(each, extent)]
        return together(_cleaned(connection, wanted, extent), dry=extent.dry)


def hold(connection: Connection, run: UUID) -> None:
    """Say for as long as this connection lives that a run does, so that nobody removes its rows.

    Raises:
        Unavailable: the server does not let us.
    """
    with transaction(connection) as begun:
        begun.run("hold_run_lock", run_lock=run_lock(run))


def _is_meant(row: Registered, extent: Extent) -> bool:
    if extent.run is not None:
        return row.entity.run_id == extent.run
    return row.entity.run_id is not None or not extent.runs_only


def _cleaned(connection: Connection, wanted: Sequence[Registered], extent: Extent) -> Iterator[Cleaned]:
    due: list[Registered] = []
    for each in wanted:
        settled = _settled(each, extent)
        if settled is None:
            due.append(each)
        else:
            yield settled
    if not extent.dry:
        _note_kept(connection, [each for each in wanted if _settled(each, extent) is not None])
    yield from _removed(connection, due, extent)


def _settled(row: Registered, extent: Extent) -> Cleaned | None:
    """Say what becomes of a row that needs not be looked at."""
    if row.alive and extent.run is None:
        return Cleaned(entity=row.entity, fate=Fate.IN_USE)
    if row.entity.method == NONE:
        return Cleaned(entity=row.entity, fate=Fate.NOTED)
    if row.entity.method == KEEP:
        return Cleaned(entity=row.entity, fate=Fate.KEPT)
    if row.hindrance:
        return Cleaned(entity=row.entity, fate=Fate.LEFT, reason=row.hindrance)
    return None


def _note_kept(connection: Connection, rows: Sequence[Registered]) -> None:
    ids = [each.entity.id for each in rows if each.entity.method == KEEP and not each.alive]
    if ids:
        with transaction(connection) as begun:
            begun.run("mark_cleaned_up", ids=ids)


def _removed(connection: Connection, due: Sequence[Registered], extent: Extent) -> Iterator[Cleaned]:
    patience = Patience(lock_ms=extent.lock_ms, statement_ms=_STATEMENT_MS)
    rows, again = _by_key(due)
    if not rows:
        return
    with transaction(connection, patience) as begun:
        graph = read_graph(begun, rows.values())
        begun.run("manners_of_removal")
        going = by_table(rows)
        found = tuple(references(connection, graph, going))
    work = Work(graph=graph, rows=rows, patience=patience)
    for unit in units(list(rows), found):
        if not extent.dry:
            yield from remove(connection, unit, work)
            continue
        said = foretell(connection, unit, work, going)
        yield from said
        if any(each.fate is Fate.LEFT for each in said):
            for oid, key in unit.members:
                going[oid].discard(key)
    for place, each in again if not extent.dry else ():
        alone = Work(graph=graph, rows={place: each}, patience=patience)
        yield from remove(connection, Unit(members=(place,)), alone)


def _by_key(due: Sequence[Registered]) -> tuple[dict[Key, Registered], list[tuple[Key, Registered]]]:
    """Give the rows by key, and further registrations of the same rows."""
    rows: dict[Key, Registered] = {}
    again: list[tuple[Key, Registered]] = []
    for each in due:
        assert each.home is not None  # one without was settled
        key = (each.home.oid, each.entity.key)
        if key in rows:
            again.append((key, each))
        else:
            rows[key] = each
    return rows, again


@contextmanager
def _turn(connection: Connection, extent: Extent) -> Iterator[None]:
    """Wait until no other cleanup is at work here; one that only looks need not."""
    if extent.dry:
        yield
        return
    until = monotonic() + extent.turn_s
    while not _taken(connection):
        if monotonic() >= until:
            raise Unavailable(
                "Another cleanup is at work in this database and does not end.",
                remedy="Try again; pg_locks names the session that holds the advisory lock.",
            )
        pause(_GLANCE_S)
    try:
        yield
    finally:
        if not connection.closed:
            with transaction(connection) as begun:
                begun.run("unlock_cleanup")


def _taken(connection: Connection) -> bool:
    with transaction(connection) as begun:
        ((taken,),) = begun.run("lock_cleanup")
    return bool(taken)
