"""What protects a run, shared by all of its sessions."""

from dataclasses import dataclass

from pgassay.suite.safety.ahead import ReadAhead
from pgassay.suite.safety.settings import Policy
from pgassay.suite.safety.watchdog import Watchdog


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """The policy, the watchdog, and who reads the files before they are sent."""

    policy: Policy
    watchdog: Watchdog
    ahead: ReadAhead
