"""One worker's copy of the database: made anew for each mutant, or kept while it is still as it was."""

from threading import Event

from pgassay.model.errors import Unavailable
from pgassay.model.mutate import Mutant
from pgassay.model.suite import TestFile
from pgassay.mutate.bench import Bench, Clone, OpenBench, Ran, Watch
from pgassay.pg.connection import Connection, connect, reason
from pgassay.pg.target import Target

_APPLICATION = "pgassay mutate"
_PATIENCE = (
    "set lock_timeout = '10s'; set statement_timeout = '60s'; set client_min_messages = error;"
    " set search_path = ''"
)


class Specimen:
    """A copy that may carry one mutant. All methods but :meth:`cancel` are for one thread."""

    def __init__(self, name: str, clone: Clone, open_bench: OpenBench) -> None:
        self.name = name
        self.stopped = Event()
        self._clone = clone
        self._open = open_bench
        self._target: Target | None = None
        self._bench: Bench | None = None
        self._mutant: Mutant | None = None

    def unchanged(self) -> Target:
        """Have a copy without any change; give where it is.

        Raises:
            Unavailable: it cannot be made.
        """
        if self._target is None or self._mutant is not None:
            self.discard()
            self._target = self._clone(self.name)
        return self._target

    def mutate(self, mutant: Mutant) -> str:
        """Have a copy with this one change; give the server's words if it refuses the change.

        Raises:
            Unavailable: no copy can be made.
        """
        target = self.unchanged()
        with connect(target, application=_APPLICATION) as connection:
            connection.execute(_PATIENCE)
            try:
                connection.execute(mutant.ddl.encode())
            except Connection.OperationalError as error:
                raise Unavailable(f"The change could not be tried: {reason(str(error))}") from error
            except Connection.DatabaseError as error:
                return reason(str(error))
        self._mutant = mutant
        return ""

    def run(self, file: TestFile, *, watch: Watch | None = None, whole: bool = True) -> Ran:
        """Run a file; what it leaves behind for good goes with the copy, which is made and changed again.

        Raises:
            Unavailable: the copy cannot be made again.
        """
        if self._target is None:
            self._again()
        if self._bench is None:
            assert self._target is not None  # made just now
            self._bench = self._open(self._target)
        ran = self._bench.run(file, watch=watch, whole=whole)
        if ran.committed:
            self._close_bench()
            self._target = None
        elif watch is not None:
            self._close_bench()  # a session's counts are told apart from those of the next file only so
        return ran

    def cancel(self) -> None:
        """Stop what runs, from another thread."""
        self.stopped.set()
        bench = self._bench
        if bench is not None:
            bench.cancel()

    def discard(self) -> None:
        """Forget the copy; the next one takes its place."""
        self._close_bench()
        self._target = self._mutant = None

    def _again(self) -> None:
        mutant, self._mutant = self._mutant, None
        if mutant is None:
            self.unchanged()
        else:
            self.mutate(mutant)

    def _close_bench(self) -> None:
        bench, self._bench = self._bench, None
        if bench is not None:
            bench.close()
