"""The store as a flow uses it: a help that is never a condition. What fails becomes a warning.

The store itself is imported only by runs that use it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pgassay.config.settings import Settings
from pgassay.model.errors import PgassayError
from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target

if TYPE_CHECKING:
    from pgassay.model.history import FileHistory
    from pgassay.store.recorder import Recorder

Warn = Callable[[str, str], None]
_APPLICATION = "pgassay store"


@dataclass(frozen=True, slots=True)
class Memory:
    """A store that is installed and current."""

    target: Target
    warn: Warn

    def history(self, paths: Iterable[str]) -> "tuple[FileHistory, ...]":
        """Give what is known of some files; nothing where the store fails."""
        from pgassay.store.runs import history

        try:
            with self.connect() as connection:
                return history(connection, paths)
        except PgassayError as error:
            self.warn(error.sentence, error.remedy)
            return ()

    def last_failed(self) -> frozenset[str]:
        """Give the files that were red when they last ran.

        Raises:
            Unavailable: the store fails; who asks for these files wants no others.
        """
        from pgassay.store.runs import last_failed

        with self.connect() as connection:
            return last_failed(connection)

    def recorder(self) -> "Recorder":
        """Give a sink that records a run."""
        from pgassay.store.recorder import Recorder

        return Recorder(self.connect, warn=self.warn)

    def connect(self) -> Connection:
        """Open a connection to the store."""
        return connect(self.target, application=_APPLICATION)


def open_memory(settings: Settings, target: Target, warn: Warn) -> Memory | None:
    """Open the store that goes with a target, installing it where it is missing; ``None`` without one."""
    try:
        place = settings.store_target(target)
        if place is None:
            return None
        from pgassay.store.schema import install, status

        with connect(place, application=_APPLICATION) as connection:
            missing = status(connection).installed is None
            if missing and place.production:
                warn("This run is not recorded: production has no store yet.", "pgassay store install")
                return None
            install(connection)
            if missing:
                _keep_functions(connection, settings, target, warn)
    except PgassayError as error:
        warn(f"This run is not recorded: {error.sentence}", error.remedy)
        return None
    if missing:
        warn(f"Runs are recorded from now on, in two schemas of their own in {place.shown}.", "--no-store")
    return Memory(place, warn)


def _keep_functions(connection: Connection, settings: Settings, target: Target, warn: Warn) -> None:
    """Give a new store its functions; without them, it records all the same."""
    from pgassay.flows.checks.functions import answers_for, keep_functions

    if not answers_for(settings, target):
        return
    try:
        keep_functions(connection, settings)
    except PgassayError as error:
        warn(f"The store has no functions: {error.sentence}", error.remedy)
