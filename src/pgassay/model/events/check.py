"""The events of a run of checks, in the order in which they come.

``ChecksStarted`` first and ``ChecksFinished`` last, each exactly once. In between one ``CheckFinished`` for
each check, in the order of ``ChecksStarted.checks``; also for one that could not be asked, which is then
not verified.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pgassay.model.check import Area, CheckInfo, CheckResult


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksStarted:
    """The checks are chosen. ``areas`` is what was asked for, empty where checks were named.

    ``target`` is shown without secrets. Where the server cannot be reached, ``server_version`` is empty and
    ``unreachable`` says why. ``strict`` makes red what is a warning or not verified.
    """

    run: UUID
    at: datetime
    checks: tuple[CheckInfo, ...]
    areas: tuple[Area, ...] = ()
    target: str = ""
    server_version: str = ""
    strict: bool = False
    unreachable: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFinished:
    """The final result of a check."""

    result: CheckResult


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksFinished:
    """Nothing more will come. ``round_trips`` is how often the run waited for the server's answer."""

    at: datetime
    elapsed_s: float
    round_trips: int
    interrupted: bool = False


CheckEvent = ChecksStarted | CheckFinished | ChecksFinished
