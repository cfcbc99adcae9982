"""Where a worker runs its files on production: on the target itself, in sessions that undo everything."""

from pgassay.model.execution import Isolation
from pgassay.pg.target import Target
from pgassay.suite.clones import Clones
from pgassay.suite.ground import Ground
from pgassay.suite.safety.protection import Protection
from pgassay.suite.safety.session import SafeSession
from pgassay.suite.session import Preparation, Session


class SafeGround(Ground):
    """One worker's session; there are no clones, whatever a file wants."""

    def __init__(
        self, worker: int, target: Target, preparation: Preparation, *, clones: Clones, protection: Protection
    ) -> None:
        super().__init__(worker, target, preparation, clones)
        self._watchdog = protection.watchdog
        self._safe = SafeSession(target, preparation, protection)

    def session(self, isolation: Isolation) -> Session:
        """Give the session, whatever the isolation, once nobody is delayed by the files before."""
        self._watchdog.let_through()
        return self._safe

    def used(self, isolation: Isolation, *, committed: bool) -> None:
        """Do nothing: each file was undone already."""

    def close(self) -> None:
        """Close the session; a later file opens another."""
        self._safe.close()
