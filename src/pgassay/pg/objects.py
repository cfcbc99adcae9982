"""Reads which objects a database has that a test can touch, and what else has to be known of them.

Names are those of :mod:`pgassay.pg.catalog.fingerprint`. Their definitions, :mod:`pgassay.pg.snapshot` reads.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from psycopg import Connection
from psycopg.errors import Error
from psycopg.rows import TupleRow

from pgassay.model.errors import Unavailable
from pgassay.model.touch import Object
from pgassay.pg.catalog.fingerprint import OURS
from pgassay.pg.connection import reason
from pgassay.pg.query import Query, load, major_version, rows

MANNERS = "set local search_path = ''; set local lock_timeout = '2s'; set local statement_timeout = '30s'"
"""How catalogs are read: with whole names, and without waiting for long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A table or a view. ``parent`` is the table that it is a partition of, or inherits from."""

    oid: int
    kind: str
    name: str
    parent: int | None
    row_security: bool
    forced: bool
    owner: int

    @property
    def object(self) -> Object:
        """The relation as an object."""
        return Object(kind=self.kind, name=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A policy of a table. ``command`` is ``r``, ``a``, ``w``, ``d`` or ``*``; the role 0 is everyone."""

    oid: int
    name: str
    table: int
    command: str
    roles: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A trigger of a table. ``events`` is as in ``pg_trigger.tgtype``.

    ``fires``: it is enabled; ``conditional``: not for every row.
    """

    oid: int
    name: str
    table: int
    function: int
    events: int
    fires: bool
    conditional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function or a procedure. ``role_text`` is its body where that is about roles."""

    oid: int
    name: str
    role_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role. ``free``: no policy holds for it; ``rights`` are the roles whose rights it has, itself too."""

    oid: int
    name: str
    free: bool
    rights: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Objects:
    """What a database has. ``role`` is whom its sessions begin as, ``path`` the schemas they look in."""

    role: str = ""
    path: tuple[str, ...] = ()
    relations: Mapping[int, Relation] = field(default_factory=dict)
    functions: Mapping[int, Function] = field(default_factory=dict)
    policies: tuple[Policy, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    roles: tuple[Role, ...] = ()


def read_objects(connection: Connection[TupleRow], *, ignored: tuple[str, ...] = OURS) -> Objects:
    """Read what there is, without the schemas that are ``ignored``, extensions and pgTAP.

    Raises:
        Unavailable: the catalogs cannot be read.
    """
    try:
        row = connection.execute("select current_user::text, current_schemas(false)::text[]").fetchone()
        assert row is not None  # a select without a from clause has one row
        with connection.transaction(force_rollback=True):
            connection.execute(MANNERS)
            found = rows(connection, _query(connection, "objects"), ignored=list(ignored))
            roles = rows(connection, _query(connection, "roles"))
    except Error as error:
        raise Unavailable(f"The catalogs cannot be read: {reason(str(error))}") from error
    return _objects(found, roles, str(row[0]), tuple(row[1]))


def _query(connection: Connection[TupleRow], name: str) -> Query:
    return load("pgassay.pg", name, major=major_version(connection))


def _objects(
    found: Iterable[TupleRow], roles: Iterable[TupleRow], role: str, path: tuple[str, ...]
) -> Objects:
    relations: dict[int, Relation] = {}
    functions: dict[int, Function] = {}
    policies: list[Policy] = []
    triggers: list[Trigger] = []
    for kind, oid, name, home, flag, other, numbers, text in found:
        match kind:
            case "policy":
                policies.append(
                    Policy(oid=oid, name=name, table=home, command=text, roles=frozenset(numbers))
                )
            case "trigger":
                function, events = numbers
                triggers.append(
                    Trigger(
                        oid=oid,
                        name=name,
                        table=home,
                        function=function,
                        events=events,
                        fires=flag,
                        conditional=other,
                    )
                )
            case "function":
                functions[oid] = Function(oid=oid, name=name, role_text=text or "")
            case _:
                relations[oid] = Relation(
                    oid=oid,
                    kind=kind,
                    name=name,
                    parent=home,
                    row_security=flag,
                    forced=other,
                    owner=numbers[0],
                )
    return Objects(
        role=role,
        path=path,
        relations=relations,
        functions=functions,
        policies=tuple(policies),
        triggers=tuple(triggers),
        roles=tuple(
            Role(oid=oid, name=name, free=free, rights=frozenset(rights)) for oid, name, free, rights in roles
        ),
    )
