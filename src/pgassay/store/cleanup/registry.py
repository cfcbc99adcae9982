"""Reads the register of test data: which rows there are to remove, and where each of them is."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from pgassay.model.cleanup import Entity
from pgassay.pg.connection import Connection, sql
from pgassay.store.session import Row, transaction

CASCADE, DELETE, KEEP, NONE = "CASCADE", "DELETE", "KEEP", "NONE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A table with registered rows, and the column and type of the key that finds them.

    ``plain``: it is no partitioned table, so that only its own rows are meant.
    """

    oid: int
    schema: str
    name: str
    key_column: str
    key_type: str
    plain: bool

    @property
    def table(self) -> sql.Composable:
        """The table as a statement names it, to read from or to change."""
        named = sql.Identifier(self.schema, self.name)
        return sql.SQL("only {}").format(named) if self.plain else named

    @property
    def type(self) -> sql.SQL:
        """The key's type. The server wrote it, quoting what is in it."""
        return sql.SQL(self.key_type)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A registration. ``hindrance`` says why its row must be left, before anything was tried."""

    entity: Entity
    home: Home | None
    alive: bool = False
    hindrance: str = ""


def is_installed(connection: Connection) -> bool:
    """Whether this database has a register that this program knows."""
    with transaction(connection) as begun:
        ((installed,),) = begun.run("registry_installed")
    return bool(installed)


def registered(connection: Connection) -> tuple[Registered, ...]:
    """Give what was registered and is not removed yet, the oldest first.

    Raises:
        Unavailable: the role may not read it.
    """
    with transaction(connection) as begun:
        return tuple(_registered(row) for row in begun.run("registered"))


def of_run(found: Iterable[Registered], run: UUID) -> tuple[Registered, ...]:
    """Keep what one run has registered."""
    return tuple(each for each in found if each.entity.run_id == run)


def _registered(row: Row) -> Registered:
    number, test_name, type_name, key, method, run_id, by, alive = row[:8]
    oid, schema, name, plain, key_column, key_type, allowed, able = row[8:]
    entity = Entity(id=number, test_name=test_name, type=type_name, key=key, method=method, run_id=run_id)
    if oid is None:
        hindrance = f"there is no table {type_name} any more, or its schema is not named"
        return Registered(entity=entity, home=None, alive=alive, hindrance=hindrance)
    if key_column is None:
        hindrance = f"{type_name} has no column any more to find it by"
        return Registered(entity=entity, home=None, alive=alive, hindrance=hindrance)
    home = Home(
        oid=oid, schema=schema, name=name, key_column=key_column, key_type=key_type, plain=bool(plain)
    )
    hindrance = _forbidden(by, type_name, allowed)
    if not (hindrance or able):
        hindrance = f"our own role may not read and delete rows of {type_name}"
    return Registered(entity=entity, home=home, alive=alive, hindrance=hindrance)


def _forbidden(role: str, type_name: str, allowed: bool | None) -> str:
    """Registering is no way to remove what one may not remove oneself."""
    if allowed is None:
        return f"the role {role}, which registered it, is gone"
    return "" if allowed else f"{type_name} is closed to DELETE for {role}, the role that registered it"
