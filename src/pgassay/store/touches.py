"""Keeps what test files touch and what the database was like, and answers what is asked of that."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from pgassay.model.touch import (
    CatalogObject,
    FileTouches,
    Known,
    Object,
    RunTouches,
    Snapshot,
    Touch,
    Touches,
)
from pgassay.pg.connection import Connection
from pgassay.store.rows import Attempt
from pgassay.store.schema import opened
from pgassay.store.session import Row, Transaction
from pgassay.store.values import Cleaner, cleaner

_SUREST = tuple(Known)


def write_touches(begun: Transaction, run_id: UUID, attempts: Iterable[Attempt], clean: Cleaner) -> None:
    """Write what attempts touched, as part of the transaction that writes the attempts."""
    rows = [row for each in attempts for row in _rows(run_id, each, clean)]
    if rows:
        begun.copy("copy_touches", rows)


def stored_touches(begun: Transaction, run_id: UUID, position: int) -> tuple[Touch, ...]:
    """Give what one attempt touched."""
    found = begun.run("stored_touches", run_id=run_id, file_position=position)
    return tuple(Touch(kind=kind, name=name, known=Known(known)) for kind, name, known in found)


def touched_by_files(connection: Connection, paths: Iterable[str]) -> dict[str, FileTouches]:
    """Give what is known of these files, by path; those that nothing was ever recorded of are left out.

    Raises:
        Unavailable: the store cannot be read.
    """
    clean = cleaner(connection.info.parameter_status("server_encoding") or "")
    known = {clean(path): path for path in paths}
    with opened(connection) as begun:
        found = begun.run("touched_by_files", paths=list(known))
    return {
        known[path]: FileTouches(
            path=known[path], text=text, red=red, objects=frozenset(map(_object, objects))
        )
        for path, text, red, objects in found
    }


def last_recorded_run(connection: Connection) -> UUID | None:
    """Give the latest run that recorded what its files touch, if there is one."""
    with opened(connection) as begun:
        found = begun.run("last_recorded_run")
    return found[0][0] if found else None


def touched_by_run(connection: Connection, run_id: UUID) -> RunTouches:
    """Give what a run touched, and what there was to touch.

    Raises:
        Unavailable: the store cannot be read.
    """
    with opened(connection) as begun:
        ((ran, files, counted),) = begun.run("recorded_files", run_id=run_id)
        found = begun.run("touched_by_run", run_id=run_id)
    snapshot = catalog_of_run(connection, run_id)
    return RunTouches(
        run=str(run_id),
        ran=ran,
        files=files,
        calls_counted=counted,
        objects=tuple(each.object for each in snapshot.objects) if snapshot is not None else (),
        known={Object(kind=kind, name=name): _SUREST[surest - 1] for kind, name, surest in found},
    )


def write_catalog(connection: Connection, run_id: UUID, snapshot: Snapshot) -> None:
    """Note what the database was like when a run began; what is known already is not written again.

    Raises:
        Unavailable: the store cannot be written.
    """
    clean = cleaner(connection.info.parameter_status("server_encoding") or "")
    with opened(connection) as begun:
        if begun.run("add_snapshot", id=snapshot.id):
            begun.copy("copy_objects", (_object_row(snapshot.id, each, clean) for each in snapshot.objects))
        begun.run("note_catalog", run_id=run_id, snapshot_id=snapshot.id)


def catalog_of_run(connection: Connection, run_id: UUID) -> Snapshot | None:
    """Give what the database was like when a run began, if that was noted."""
    with opened(connection) as begun:
        rows = begun.run("catalog_of_run", run_id=run_id)
    return _snapshot(rows) if rows else None


def last_catalog(connection: Connection) -> Snapshot | None:
    """Give what a database was like when it was last looked at."""
    with opened(connection) as begun:
        found = begun.run("last_catalog")
    return catalog_of_run(connection, found[0][0]) if found else None


def touches_of(text: str | None, touched: tuple[Touch, ...], *, counted: bool) -> Touches | None:
    """Give the touches of an attempt back; ``None`` where none were recorded."""
    return Touches(text=text, touched=touched, calls_counted=counted) if text is not None else None


def _rows(run_id: UUID, attempt: Attempt, clean: Cleaner) -> Iterator[Row]:
    touches = attempt.result.touches
    for each in touches.touched if touches is not None else ():
        yield str(run_id), attempt.position, each.kind, clean(each.name), each.known.value


def _object_row(snapshot: str, each: CatalogObject, clean: Cleaner) -> Row:
    uses = [clean(str(used)) for used in each.uses]
    return snapshot, each.kind, clean(each.name), each.digest, uses


def _snapshot(rows: list[Row]) -> Snapshot:
    found = tuple(
        CatalogObject(kind=kind, name=name, digest=digest, uses=tuple(map(_object, uses)))
        for _, kind, name, digest, uses in rows
        if kind is not None
    )
    return Snapshot(id=rows[0][0], objects=found)


def _object(text: str) -> Object:
    kind, _, name = text.partition(" ")
    return Object(kind=kind, name=name)
