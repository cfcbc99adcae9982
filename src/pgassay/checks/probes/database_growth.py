"""A disk that is full stops the server, and the weeks before are the time to do something about it.

The pace is that of the last two weeks, by the sizes that pgassay noted: whenever health is looked at, and
when runs of tests and measurements are recorded, once an hour at most. It is not verified before there are
five sizes of three days, nor without a store; in the first week, that makes no strict run red. A single load
does not make a pace.
"""

from collections.abc import Iterator
from dataclasses import replace

from pgassay.checks.contract import Ground
from pgassay.model.check import Area, Finding, Level, Parameter, ParameterKind
from pgassay.model.growth import GrowthLimits
from pgassay.pg.sizes import sizes_of, sizes_query

TITLE = "Growth of the database"
LEVEL = Level.WARNING
AREAS = (Area.HEALTH,)
HELP = "Find out what grows, remove what is not needed, or give the server a larger disk."
PARAMETERS = (
    Parameter(
        name="growth_percent",
        default="20",
        kind=ParameterKind.NUMBER,
        help="growth in a week, in percent, from which it is DEGRADED",
    ),
    Parameter(
        name="least_mb",
        default="100",
        kind=ParameterKind.NUMBER,
        help="growth in a week, in MB, below which that is left alone",
    ),
    Parameter(
        name="limit_gb",
        default="0",
        kind=ParameterKind.NUMBER,
        help="what the database may grow to, in GB; 0: what limit_gb of database_size says",
    ),
    Parameter(
        name="warning_days",
        default="30",
        kind=ParameterKind.NUMBER,
        help="days until the limit is reached from which it is DEGRADED",
    ),
)
_MB, _GB = 1024**2, 1024**3


def examine(ground: Ground) -> Iterator[Finding]:
    """Say how fast it grows."""
    wire = ground.opening.wire
    assert wire is not None, "there is a server"
    named, answer = ground.ask(
        "select pg_catalog.format('%I', pg_catalog.current_database())",
        sizes_query(ground.opening.major).text,
    )
    error = named.error or answer.error
    if error is not None:
        yield ground.finding(wire.identity["DBNAME"], Level.NOT_VERIFIED, error.message)
        return
    name = named.rows[0][0] or ""
    size_bytes, largest = (each or "" for each in answer.rows[0])
    if ground.growing is None:
        yield ground.finding(name, Level.NOT_VERIFIED, "it is not known how large it was")
        return
    known = wire.identity
    found = ground.growing(
        f"{known['HOST']}:{known['PORT']}/{known['DBNAME']}", sizes_of(size_bytes, largest), _limits(ground)
    )
    finding = ground.finding(
        name,
        found.level,
        found.sentence,
        found.remedy,
        bytes=int(size_bytes),
        bytes_a_day=round(found.per_day) if found.per_day is not None else None,
        samples=found.samples,
    )
    yield replace(finding, pending_until=found.pending_until)


def _limits(ground: Ground) -> GrowthLimits:
    value = {each.name: float(ground.values[each.name]) for each in PARAMETERS}
    return GrowthLimits(
        percent=value["growth_percent"],
        least_bytes=value["least_mb"] * _MB,
        limit_bytes=value["limit_gb"] * _GB,
        days=value["warning_days"],
    )
