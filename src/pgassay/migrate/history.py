"""What the target itself remembers: which migrations were applied, and which one is halfway.

The row of a migration is written in the transaction of its last statements, so the two cannot disagree. A
migration that cannot be one transaction has a row of progress as well, for as long as it is under way.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pgassay.migrate.format import Format
from pgassay.migrate.script import Script
from pgassay.migrate.statement import Statement
from pgassay.model.errors import Unavailable
from pgassay.model.migrate import Operation
from pgassay.model.migration import Applied, Migration
from pgassay.pg.connection import Connection, reason
from pgassay.pg.query import load, major_version, rows

PACKAGE = "pgassay.migrate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A migration of several parts that is under way: ``parts`` of them are committed."""

    version: str
    operation: Operation
    sha256: str
    parts: int
    at: datetime

    @property
    def ways_on(self) -> str:
        """The commands that bring it to an end."""
        return ways_on(self.version, self.operation)


def ways_on(version: str, operation: Operation) -> str:
    """Give the commands that bring an operation to its end; one that is on its way back goes no other."""
    back = f"pgassay migrate rollback {version}"
    return back if operation is Operation.ROLLBACK else f"pgassay migrate apply {version}, or {back}"


def ask(connection: Connection, query: str, /, **values: object) -> list[tuple[Any, ...]]:
    """Run one of the queries of this package."""
    return rows(connection, load(PACKAGE, query, major=major_version(connection)), **values)


@contextmanager
def readable(what: str) -> Iterator[None]:
    """Turn the server's refusal to have something read into a sentence."""
    try:
        yield
    except Connection.Error as error:
        raise Unavailable(
            f"{what} cannot be read: {reason(str(error))}",
            remedy="Connect as the role that applies migrations.",
        ) from error


def read_history(connection: Connection, form: Format) -> tuple[Applied, ...]:
    """Give what was applied, in the format's order; nothing where there is no history yet.

    Raises:
        Unavailable: the role may not read it.
    """
    with readable(f"The history {form.table}"):
        ((there, _),) = ask(connection, f"{form.name}_there")
        found = ask(connection, f"{form.name}_history") if there else []
    return tuple(
        Applied(
            version=version,
            name=name,
            statements=tuple(statements) if statements is not None else None,
            sha256=sha256,
            at=at,
            adopted=adopted,
        )
        for version, name, statements, sha256, at, adopted in found
    )


def read_progress(connection: Connection) -> tuple[Progress, ...]:
    """Give the migrations that are halfway.

    Raises:
        Unavailable: the role may not read them.
    """
    with readable("pgassay_migrations.progress"):
        ((there,),) = ask(connection, "progress_there")
        found = ask(connection, "progress") if there else []
    return tuple(
        Progress(version=version, operation=Operation(operation), sha256=sha256, parts=parts, at=at)
        for version, operation, sha256, parts, at in found
    )


def note_applied(
    connection: Connection, form: Format, migration: Migration, statements: Iterable[Statement]
) -> None:
    """Write a migration's row, in the transaction that is open; make the table where it is missing."""
    ((_, whole),) = ask(connection, f"{form.name}_there")
    if not whole or not ask(connection, f"{form.name}_there")[0][0]:
        ask(connection, f"{form.name}_create")
    ask(
        connection,
        f"{form.name}_note",
        version=migration.version,
        name=migration.name,
        sha256=migration.up.sha256,
        statements=[each.text for each in statements],
    )


def note_adopted(connection: Connection, script: Script, migration: Migration, *, verified: str) -> None:
    """Write the row of a migration that was applied by other means, in the transaction that is open.

    ``verified`` says what could be. Only the history of pgassay's own has a place for it.
    """
    ((there,),) = ask(connection, "plain_adopts")
    if there is None:
        ask(connection, "plain_create")
    elif not there:
        ask(connection, "plain_adopting")
    ask(
        connection,
        "plain_adopt",
        version=migration.version,
        name=migration.name,
        sha256=migration.up.sha256,
        statements=[each.text for each in script.statements],
        verified=verified,
    )


def forget_applied(connection: Connection, form: Format, version: str) -> None:
    """Remove a migration's row, if there is one, in the transaction that is open."""
    ((there, _),) = ask(connection, f"{form.name}_there")
    if there:
        ask(connection, f"{form.name}_forget", version=version)


def note_progress(
    connection: Connection, migration: Migration, operation: Operation, *, sha256: str, parts: int
) -> None:
    """Write down how many parts are committed, in the transaction of the last of them."""
    ((there,),) = ask(connection, "progress_there")
    if not there:
        ask(connection, "progress_create")
    values = {"version": migration.version, "operation": operation.value, "sha256": sha256}
    ask(connection, "progress_note", **values, parts=parts)


def forget_progress(connection: Connection, version: str) -> None:
    """Say that nothing of a migration is halfway any more."""
    ((there,),) = ask(connection, "progress_there")
    if there:
        ask(connection, "progress_forget", version=version)
