"""Reaches the target of a run of checks, and looks around there; that it cannot is no exception here."""

from collections.abc import Callable, Sequence
from datetime import datetime

from pgassay.checks.contract import Opening
from pgassay.checks.surroundings import Scope, look_around
from pgassay.model.check import CheckInfo
from pgassay.model.errors import Unavailable
from pgassay.pg.clock import monotonic
from pgassay.pg.target import Target
from pgassay.pg.wire import Wire, WireError

APPLICATION = "pgassay checks"
_PATIENCE_S = 20.0


def reach(target: Target) -> Opening:
    """Connect; the message of an opening without a wire says why there is none."""
    opening = Opening(target=target, round_trips=1)
    began = monotonic()
    try:
        opening.wire = Wire.connect(target, application=APPLICATION)
    except Unavailable as error:
        opening.message = error.sentence
    opening.elapsed_ms = 1000 * (monotonic() - began)
    return opening


def survey(
    opening: Opening, checks: Sequence[CheckInfo], scope: Scope, *, now: Callable[[], datetime]
) -> None:
    """Look around, in one round trip; a connection on which that fails is given up."""
    wire = opening.wire
    if wire is None:
        return
    wire.deadline = monotonic() + _PATIENCE_S
    opening.round_trips += 1
    opening.sent = now()
    try:
        opening.around = look_around(wire, checks, scope)
    except (WireError, LookupError) as error:
        opening.close()
        why = str(error) or "it does not answer"
        opening.message = f"The server behind {opening.target.shown} cannot be asked anything: {why}"
    opening.received = now()
