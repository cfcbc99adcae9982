"""Everything else depends on it. Where the server cannot be reached, the reason is said: the name of the
host, the port, the network, TLS, authentication, the database, a limit of connections, a pooler.

It does not see how stable the connection is. Encryption is seen as far as the next hop only.
"""

from collections.abc import Iterator

from pgassay.checks.contract import Ground
from pgassay.model.check import Area, Finding, Level
from pgassay.parse.unreachable import Cause, why_unreachable

TITLE = "The server can be reached"
LEVEL = Level.FAILED
AREAS = (Area.PREFLIGHT,)
HELP = "Check host, port, role and database; psql with the same settings gives the same answer."
WITHOUT_SERVER = True


def examine(ground: Ground) -> Iterator[Finding]:
    """Say how the connection came about, or why it did not."""
    opening = ground.opening
    if opening.wire is None:
        found = why_unreachable(opening.message)
        cause = "" if found.cause is Cause.OTHER else f"{found.cause}: "
        detail = f"{cause}{opening.message}"
        yield ground.finding("connection", Level.FAILED, detail, found.remedy, cause=found.cause.value)
        return
    took = f"reached in {opening.elapsed_ms:.0f} ms as {ground.around.role}"
    if opening.wire.encrypted:
        yield ground.finding(
            "connection", Level.PASSED, f"{took}, encrypted", ms=round(opening.elapsed_ms, 1)
        )
    elif opening.target.is_local:
        yield ground.finding(
            "connection", Level.PASSED, f"{took}, on this machine", ms=round(opening.elapsed_ms, 1)
        )
    else:
        remedy = "Add sslmode=verify-full (or at least require) to the target's URL."
        yield ground.finding("connection", Level.WARNING, f"{took}, not encrypted", remedy)
