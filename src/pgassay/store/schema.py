"""Installs the store's tables and says which version of them is there.

The schema is what ``migrations/NNNN_name.sql`` make of an empty database, one after the other, each in
a transaction with its row in the ledger. They only go forward; a schema newer than the program is left
alone. ``schema.sql`` beside this file shows the result as a whole.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pgassay.model.errors import Unavailable
from pgassay.pg.connection import Connection, reason, sql
from pgassay.store.session import Patience, Transaction, transaction

_WHILE_MIGRATING = Patience(lock_ms=5_000, statement_ms=600_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaStatus:
    """The version of the schema that a database has (``None``: none) and the one this program knows."""

    installed: int | None
    known: int

    @property
    def current(self) -> bool:
        """Whether the program can work with it."""
        return self.installed == self.known


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """A step of the schema; versions count from 1 without gaps."""

    version: int
    name: str
    statements: bytes


@cache
def migrations() -> tuple[Migration, ...]:
    """Give all migrations in their order."""
    found = files("pgassay.store").joinpath("migrations").iterdir()
    texts = {each.name.removesuffix(".sql"): each for each in found if each.name.endswith(".sql")}
    return tuple(
        Migration(version=int(stem[:4]), name=stem[5:], statements=text.read_bytes())
        for stem, text in sorted(texts.items())
    )


def status(connection: Connection) -> SchemaStatus:
    """Say which version of the schema is installed.

    Raises:
        Unavailable: the role may not read it.
    """
    with transaction(connection) as opened:
        return _status(opened)


def install(connection: Connection) -> SchemaStatus:
    """Bring the schema to the version that this program knows; at it already, change nothing.

    Several programs may do so at once: they take turns.

    Raises:
        Unavailable: the schema is newer than the program, the role lacks a right, the database holds
            tables of these names that pgassay did not make, or another session holds a lock for long.
    """
    while _migrate_once(connection):
        pass
    return status(connection)


@contextmanager
def opened(connection: Connection) -> Iterator[Transaction]:
    """Open a transaction on a store of exactly the version that this program knows.

    Raises:
        Unavailable: there is none, an older or a newer one.
    """
    with transaction(connection) as begun:
        found = _status(begun)
        _refuse_newer(connection, found)
        if not found.current:
            raise _not_current(connection.info.dbname, found)
        yield begun


def _migrate_once(connection: Connection) -> bool:
    """Apply the next migration, if there is one, and say whether one was applied."""
    with transaction(connection, _WHILE_MIGRATING) as begun:
        if _status(begun).current:  # asked without the lock: a run of an installed store waits for nobody
            return False
        begun.run("lock_schema")
        found = _status(begun)
        _refuse_newer(connection, found)
        following = migrations()[found.installed or 0 :]
        if not following:
            return False
        if not found.installed:
            _demand_right_to_create(begun)
        _apply(begun, following[0])
        return True


def _apply(begun: Transaction, migration: Migration) -> None:
    try:
        begun.connection.execute(migration.statements)
    except Connection.ProgrammingError as error:
        explained = _explained(error, begun.connection)
        if explained is None:
            raise
        raise explained from error
    begun.run("note_migration", version=migration.version, name=migration.name)


def _explained(error: Exception, connection: Connection) -> Unavailable | None:
    state = getattr(error, "sqlstate", None)
    database, role = connection.info.dbname, sql.Identifier(connection.info.user)
    if state == "42P07":
        return Unavailable(
            f"The database {database} has a table of a name that the store needs, "
            f"and pgassay did not make it: {reason(str(error))}",
            remedy="Rename it, or keep the store in another database: [store] url in pgassay.toml.",
        )
    if state == "42501":
        return Unavailable(
            f"The store in database {database} cannot be installed: {reason(str(error))}",
            remedy="As the owner of the schemas: grant usage, create on schema prod_test_schema, "
            f"performance_monitoring to {role.as_string()}; or run `pgassay store install` as their owner.",
        )
    return None


def _status(begun: Transaction) -> SchemaStatus:
    ((installed, _, _),) = begun.run("ledger_exists")
    version = begun.run("installed_version")[0][0] if installed else None
    return SchemaStatus(installed=version, known=len(migrations()))


def _not_current(database: str, found: SchemaStatus) -> Unavailable:
    if found.installed is None:
        sentence = f"The database {database} has no store of pgassay."
    else:
        sentence = (
            f"The store in database {database} has version {found.installed} of its schema; "
            f"this pgassay needs {found.known}."
        )
    return Unavailable(sentence, remedy="pgassay store install")


def _refuse_newer(connection: Connection, found: SchemaStatus) -> None:
    if (found.installed or 0) > found.known:
        raise Unavailable(
            f"The store in database {connection.info.dbname} has version {found.installed} of its schema; "
            f"this pgassay knows {found.known}.",
            remedy="pip install --upgrade pgassay",
        )


def _demand_right_to_create(begun: Transaction) -> None:
    """Ask before trying, so that the remedy names the database and the role."""
    ((_, prepared, may_create),) = begun.run("ledger_exists")
    if may_create or prepared:
        return
    connection = begun.connection
    role = sql.Identifier(connection.info.user).as_string(connection)
    database = sql.Identifier(connection.info.dbname).as_string(connection)
    raise Unavailable(
        f"The role {role} may not create schemas in database {database}, which the store needs once.",
        remedy=f"grant create on database {database} to {role};",
    )
