"""A pooler in transaction mode gives each transaction another session of the server. Settings, temporary
tables, prepared statements, advisory locks and LISTEN do not last from one transaction to the next,
and a test that relies on them fails, or passes by luck.

A pooler gives out process ids of its own, which is how it is noticed. Its mode is told by two
connections: where a second one gets the session of the first while that is still connected, sessions are
shared. One that keeps a session for every client until it is short of them may be taken for session
mode.
"""

from collections.abc import Iterator

from pgassay.checks.contract import Ground
from pgassay.checks.reach import APPLICATION
from pgassay.model.check import Area, Finding, Level
from pgassay.model.errors import Unavailable
from pgassay.pg.wire import Wire, WireError

TITLE = "The connection keeps its session"
LEVEL = Level.WARNING
AREAS = (Area.PREFLIGHT,)
HELP = (
    "Connect to the server itself, or by a port of the pooler in session mode (on Supabase 5432 instead "
    "of 6543); else keep each test in one transaction."
)

_PID = "select pg_catalog.pg_backend_pid()"
_USUAL_PORT = "6543"


def examine(ground: Ground) -> Iterator[Finding]:
    """Notice a pooler, and find its mode out."""
    wire = ground.opening.wire
    assert wire is not None, "there is a server"
    if wire.backend_pid == ground.around.backend_pid:
        yield ground.finding("connection", Level.PASSED, "no pooler is in between")
        return
    try:
        shared = _is_shared(ground)
    except (Unavailable, WireError) as error:
        yield _unknown(ground, str(error))
        return
    if shared:
        detail = "a pooler in transaction mode is in between: each transaction may get another session"
        yield ground.finding("connection", Level.WARNING, detail, mode="transaction")
    else:
        detail = "a pooler is in between, and keeps the session: session mode"
        yield ground.finding("connection", Level.INFO, detail, mode="session")


def _is_shared(ground: Ground) -> bool:
    """Whether a second client gets the first one's session, or takes another's away."""
    (first,) = ground.ask(_PID)
    ground.opening.round_trips += 1
    second = Wire.connect(ground.opening.target, application=APPLICATION)
    try:
        ground.opening.round_trips += 1
        _, other = second.run(f"begin; {_PID}")
        (again,) = ground.ask(_PID)
    finally:
        second.close()
    seen = {reply.rows[0][0] for reply in (first, again)} | {str(ground.around.backend_pid)}
    return len(seen) > 1 or other.rows[0][0] in seen


def _unknown(ground: Ground, why: str) -> Finding:
    wire = ground.opening.wire
    if wire is not None and wire.identity["PORT"] == _USUAL_PORT:
        detail = f"a pooler is in between, on the port that is customary for transaction mode ({_USUAL_PORT})"
        return ground.finding("connection", Level.WARNING, detail)
    detail = f"a pooler is in between; its mode could not be found out: {why}"
    return ground.finding("connection", Level.NOT_VERIFIED, detail)
