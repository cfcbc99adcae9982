"""What the target itself is told of an operation, in the very transactions that change it."""

from dataclasses import dataclass

from pgassay.migrate.history import (
    forget_applied,
    forget_progress,
    note_applied,
    note_progress,
)
from pgassay.migrate.order import Order
from pgassay.migrate.verify import Verification
from pgassay.model.migrate import Operation
from pgassay.pg.connection import Connection


@dataclass(frozen=True, slots=True)
class TargetLedger:
    """The ledger of an operation on the target."""

    order: Order
    verification: Verification

    def keep(self, connection: Connection, parts: int) -> None:
        """Write down how far it is."""
        run = self.order.run
        sha256 = self.order.script.file.sha256
        note_progress(connection, run.migration, run.operation, sha256=sha256, parts=parts)

    def finish(self, connection: Connection) -> None:
        """Write the row of the history, or remove it; then look whether this may be committed."""
        migration = self.order.run.migration
        if self.order.run.operation is Operation.ROLLBACK:
            forget_applied(connection, self.order.form, migration.version)
        else:
            note_applied(connection, self.order.form, migration, self.order.up.statements)
        forget_progress(connection, migration.version)
        self.verification.before_commit(connection)


@dataclass(frozen=True, slots=True)
class UndoLedger:
    """The ledger of the rollback file when it mends an operation that failed halfway."""

    order: Order

    def keep(self, connection: Connection, parts: int) -> None:
        """Write down how far it is."""
        down = self.order.down
        assert down is not None
        migration = self.order.run.migration
        note_progress(connection, migration, Operation.ROLLBACK, sha256=down.file.sha256, parts=parts)

    def finish(self, connection: Connection) -> None:
        """Say that nothing is halfway any more."""
        forget_progress(connection, self.order.run.migration.version)


class NoLedger:
    """The ledger of a copy, which remembers nothing."""

    def keep(self, connection: Connection, parts: int) -> None:
        """Do nothing."""

    def finish(self, connection: Connection) -> None:
        """Do nothing."""
