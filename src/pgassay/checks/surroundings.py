"""Looks, in one round trip, at the place where checks run: shared parameters, and what they need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pgassay.checks.parameters import SHARED, array_literal
from pgassay.model.check import CheckInfo, Need, NeedKind
from pgassay.pg import query
from pgassay.pg.reply import Reply
from pgassay.pg.wire import Wire

Statement = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What the settings say about a database as a whole; what is empty is found out."""

    ignored_schemas: tuple[str, ...] = ()
    api_roles: tuple[str, ...] = ()
    api_schemas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """Something that a check needs and that is not there; ``available`` extensions can be created."""

    need: Need
    available: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What was seen. ``server_time`` is the server's clock, in seconds since 1970.

    ``backend_pid`` is the process that answered, whatever a pooler said when the connection was opened.

    ``shared`` has the values of the parameters that every check may use, as they travel.
    """

    major: int
    role: str = ""
    server_version: str = ""
    server_time: float = 0.0
    backend_pid: int = 0
    shared: Mapping[str, str] = field(default_factory=dict)
    lacks: tuple[Lack, ...] = ()


def questions(checks: Sequence[CheckInfo], scope: Scope, *, major: int) -> tuple[Statement, Statement]:
    """Give the two statements that look around; their replies are for :func:`read_surroundings`."""
    given = {name: array_literal(getattr(scope, name)) for name in SHARED}
    needs = needs_of(checks)
    wanted = {
        "kinds": array_literal([each.kind for each in needs]),
        "names": array_literal([each.name for each in needs]),
    }
    return (
        bound(query.load("pgassay.checks", "surroundings", major=major), given),
        bound(query.load("pgassay.checks", "needs", major=major), wanted),
    )


def read_surroundings(around: Reply, needs: Reply, *, major: int) -> Surroundings:
    """Read the replies to :func:`questions`."""
    said = dict(zip(around.columns, around.rows[0], strict=True))
    return Surroundings(
        major=major,
        role=said["role"] or "",
        server_version=said["server_version"] or "",
        server_time=float(said["server_time"] or 0),
        backend_pid=int(said["backend_pid"] or 0),
        shared={name: said[name] or "{}" for name in SHARED},
        lacks=tuple(
            Lack(need=Need(kind=NeedKind(kind or ""), name=name or ""), available=available == "t")
            for kind, name, met, available in needs.rows
            if met != "t"
        ),
    )


def look_around(wire: Wire, checks: Sequence[CheckInfo], scope: Scope | None = None) -> Surroundings:
    """Ask on a connection that is idle or in a transaction."""
    major = wire.version // 10_000
    wire.post(questions(checks, scope or Scope(), major=major))
    around, needs = wire.collect()
    for each in (around, needs):
        if each.error is not None:
            raise LookupError(str(each.error))
    return read_surroundings(around, needs, major=major)


def needs_of(checks: Sequence[CheckInfo]) -> tuple[Need, ...]:
    """Give what some checks need, each once."""
    return tuple(dict.fromkeys(need for check in checks for need in check.needs))


def bound(named: query.Query, values: Mapping[str, str]) -> Statement:
    """Put a query and its values together as a statement of :class:`Wire`."""
    return (named.text, *(values[name] for name in named.parameters))
