"""Evidence, logs and tokens carry times of both machines. Where their clocks differ, an order of events
is read that never was, and tokens are refused as expired.

The difference is known up to half the time that the question took; only what is beyond that counts.
Which of the two clocks is wrong is not seen.
"""

from collections.abc import Iterator

from pgassay.checks.contract import Ground
from pgassay.model.check import Area, Finding, Level, Parameter, ParameterKind

TITLE = "Clocks of the server and of this machine agree"
LEVEL = Level.WARNING
AREAS = (Area.PREFLIGHT,)
HELP = "Let both machines follow a time server: chronyc tracking, or timedatectl."
PARAMETERS = (
    Parameter(
        name="warning_s", default="2", kind=ParameterKind.NUMBER, help="seconds from which there is a warning"
    ),
    Parameter(
        name="failed_s", default="60", kind=ParameterKind.NUMBER, help="seconds from which it is a failure"
    ),
)


def examine(ground: Ground) -> Iterator[Finding]:
    """Compare the server's clock with ours around the same question."""
    sent, received = ground.opening.sent, ground.opening.received
    if sent is None or received is None:
        return
    middle = (sent.timestamp() + received.timestamp()) / 2
    doubt = (received.timestamp() - sent.timestamp()) / 2
    difference = ground.around.server_time - middle
    certain = max(abs(difference) - doubt, 0.0)
    level = Level.PASSED
    if certain >= float(ground.values["failed_s"]):
        level = Level.FAILED
    elif certain >= float(ground.values["warning_s"]):
        level = Level.WARNING
    direction = "ahead of" if difference > 0 else "behind"
    detail = f"the server's clock agrees within {doubt:.3f} s"
    if certain > 0:
        detail = f"the server's clock is {certain:,.3f} s or more {direction} this machine's"
    yield ground.finding("clock", level, detail, seconds=round(difference, 3))
