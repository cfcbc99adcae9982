"""Migrations for tests: written as text, rehearsed on a connection, with what happened as values."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from threading import Event
from uuid import UUID

from pgassay.migrate.course import Means
from pgassay.migrate.rehearse import Rehearsal, RehearsalOrder
from pgassay.migrate.script import read_script
from pgassay.model.events.migrate import (
    BatchCommitted,
    Compared,
    MigrationEvent,
    MigrationFinished,
    StatementFinished,
)
from pgassay.model.migrate import Comparison, Migration, MigrationRun, Operation, ScriptFile, StatementResult
from pgassay.pg.catalog.fingerprint import fingerprint
from pgassay.pg.clock import now
from pgassay.pg.connection import Connection
from pgassay.pg.patience import Patience

_ID = UUID("0193a000-0000-7000-8000-000000000000")


def script_file(text: str, *, path: str = "001_change.sql") -> ScriptFile:
    """Give a file that was never on a disk."""
    return ScriptFile(path=path, sha256=sha256(text.encode()).hexdigest(), text=text)


def migration(up: str, down: str | None = None) -> Migration:
    """Give a migration of two texts."""
    back = script_file(down, path="001_change.down.sql") if down is not None else None
    return Migration(version="001", name="change", up=script_file(up), down=back)


def means(connection: Connection, *, tries: int = 1, observed: bool = False) -> Means:
    """Give what it takes to send a script, without patience and without chance."""
    return Means(
        connection=connection,
        patience=Patience(tries=tries, lock_timeout_s=0.1),
        patience_alone=Patience(tries=1, lock_timeout_s=0.0),
        stop=Event(),
        chance=lambda: 0.0,
        observed=observed,
    )


def rehearsed(
    connection: Connection, subject: Migration, *, irreversible: str = "", with_data: bool = True
) -> list[MigrationEvent]:
    """Rehearse on the very database of a connection, and give what happened."""
    run = MigrationRun(
        id=_ID,
        operation=Operation.REHEARSE,
        migration=subject,
        target="a copy",
        database=connection.info.dbname,
        started_at=now(),
        irreversible=irreversible,
    )
    order = RehearsalOrder(
        run=run,
        up=read_script(subject.up),
        down=read_script(subject.down) if subject.down is not None else None,
        target=fingerprint(connection),
        with_data=with_data,
    )
    return list(Rehearsal(order, means(connection, observed=True)).events())


def end(events: list[MigrationEvent]) -> MigrationFinished:
    """Give the last event, which has to be the end."""
    assert isinstance(events[-1], MigrationFinished)
    return events[-1]


def comparisons(events: list[MigrationEvent]) -> list[Comparison]:
    """Give what was held together."""
    return [each.comparison for each in events if isinstance(each, Compared)]


def statements(events: list[MigrationEvent], phase: str) -> list[StatementResult]:
    """Give the statements of a phase."""
    finished = (each.statement for each in events if isinstance(each, StatementFinished))
    return [each for each in finished if each.phase == phase]


def commits(events: list[MigrationEvent]) -> list[int]:
    """Give the numbers of the parts that were committed."""
    return [each.number for each in events if isinstance(each, BatchCommitted)]


def put(directory: Path) -> Callable[[str, str], Path]:
    """Give what writes a file into a directory."""

    def write(name: str, text: str) -> Path:
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return write
