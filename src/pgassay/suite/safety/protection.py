"""What protects a run, shared by all of its sessions."""

from dataclasses import dataclass, field

from pgassay.suite.safety.ahead import ReadAhead
from pgassay.suite.safety.settings import Policy
from pgassay.suite.safety.watchdog import Watchdog


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """The policy, the watchdog, and who reads the files before they are sent.

    ``endings`` is what became of each transaction that was kept for pgTAP.
    """

    policy: Policy
    watchdog: Watchdog
    ahead: ReadAhead
    endings: list[str] = field(default_factory=list)
