"""What protects a run, shared by all of its sessions."""

from collections.abc import Callable
from dataclasses import dataclass

from pgassay.suite.safety.reading import Reading
from pgassay.suite.safety.settings import Policy
from pgassay.suite.safety.watchdog import Watchdog


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """The policy, the watchdog, and ``read``, which gives a fresh reader for each file."""

    policy: Policy
    watchdog: Watchdog
    read: Callable[[], Reading]
