"""Where a worker runs its files: on the target itself, or on a clone of its own."""

from pgassay.model.execution import Isolation
from pgassay.pg.target import Target
from pgassay.suite.clones import Clones
from pgassay.suite.session import Preparation, Session


class Ground:
    """One worker's databases. Sessions are opened when the first file asks for them."""

    def __init__(self, worker: int, target: Target, preparation: Preparation, clones: Clones) -> None:
        self._worker = worker
        self._target = target
        self._preparation = preparation
        self._clones = clones
        self._shared: Session | None = None
        self._own: Session | None = None

    def session(self, isolation: Isolation) -> Session:
        """Give the session for a file with this isolation.

        Raises:
            Unavailable: a clone is wanted and cannot be made.
        """
        if isolation is Isolation.SHARED:
            if self._shared is None:
                self._shared = Session(self._target, self._preparation)
            return self._shared
        if self._own is None:
            self._own = Session(self._clones.take(self._worker), self._preparation)
        return self._own

    def used(self, isolation: Isolation, *, committed: bool) -> None:
        """Take note that a file is done; a clone to which it committed is not used again."""
        if isolation is Isolation.CLONE and committed and self._own is not None:
            self._own.close()
            self._own = None

    def close(self) -> None:
        """Close the sessions; the clone goes with the run."""
        if self._shared is not None:
            self._shared.close()
        if self._own is not None:
            self._own.close()
