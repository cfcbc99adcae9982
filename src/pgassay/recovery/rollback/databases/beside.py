"""Makes what will take the place of a database: the backup, restored beside it and held against its manifest.

Nothing touches the database in use. The copy's name ends in the signature of this process: once we are
dead, the next run drops it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pgassay.model.errors import Unavailable
from pgassay.model.events.rollback import RollbackEvent
from pgassay.model.finding import Finding
from pgassay.model.rollback import RollbackResult, RollbackRun, RollbackStep
from pgassay.pg.attributes import copy_attributes
from pgassay.pg.catalog.fingerprint import fingerprint
from pgassay.pg.clone import clone_name, maker
from pgassay.pg.connection import Connection, connect, reason, sql
from pgassay.pg.patience import Patience, limit
from pgassay.pg.query import major_version
from pgassay.pg.target import Target
from pgassay.recovery.contents import Reading, Stopped
from pgassay.recovery.rollback.course import Says, Stepping, Work, step
from pgassay.recovery.rollback.ground import Ground
from pgassay.recovery.settings import RecoverySettings
from pgassay.recovery.snapshot import reading
from pgassay.recovery.steps.analyze import analyze
from pgassay.recovery.steps.archive import archive_of
from pgassay.recovery.steps.content import compare_content
from pgassay.recovery.steps.database import create_database
from pgassay.recovery.steps.inventory import compare_inventory
from pgassay.recovery.steps.place import Place
from pgassay.recovery.steps.restore import SECTIONS, restore
from pgassay.recovery.steps.sequences import check_sequences
from pgassay.recovery.tools.program import Limits
from pgassay.recovery.tools.restore import Into
from pgassay.recovery.verify import Kept

_WHILE_DROPPING = Patience(lock_timeout_s=10.0, statement_timeout_s=60.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What it takes to restore."""

    ground: Ground
    settings: RecoverySettings
    limits: Limits


class Beside:
    """A restored copy. ``target`` is the copy; whoever does not use it calls :meth:`drop`."""

    def __init__(self, run: RollbackRun, kept: Kept, means: Means) -> None:
        self._run = run
        self._kept = kept
        self._means = means
        self.name = clone_name(run.id, "r")
        self.target: Target = means.ground.server.with_database(self.name)

    def events(self) -> Iterator[RollbackEvent]:
        """Make it; the last event is of the first step that does not hold, or of the last step.

        Raises:
            Stopped: the user asked for an end.
        """
        steps: tuple[tuple[RollbackStep, Work], ...] = (
            (RollbackStep.RESTORE, self._restore),
            (RollbackStep.ANALYZE, self._analyze),
            (RollbackStep.CONTENT, self._content),
            (RollbackStep.INVENTORY, self._inventory),
            (RollbackStep.SEQUENCES, self._sequences),
            (RollbackStep.ATTRIBUTES, self._attributes),
        )
        for which, work in steps:
            result = yield from self._step(which, work)
            if result.finding is not Finding.HOLDS:
                return

    def drop(self) -> str:
        """Drop it, if it is there under its own name; say if that cannot be done now.

        Dropping waits for every process of the server, so that one which hangs would hold us up for ever.
        """
        drop = sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(self.name))
        try:
            with connect(self._means.ground.server, application=maker()) as connection:
                limit(connection, _WHILE_DROPPING)
                connection.execute(drop)
        except Unavailable as error:
            return error.sentence
        except Connection.Error as error:
            said = reason(str(error)).rstrip(".")
            return f"The copy {self.name} cannot be dropped now, and the next rollback command does: {said}."
        return ""

    def _step(self, which: RollbackStep, work: Work) -> Stepping:
        if self._means.limits.stop.is_set():
            raise Stopped
        return step(which, work)

    def _restore(self) -> RollbackResult:
        says = Says(step=RollbackStep.RESTORE)
        manifest = self._kept.manifest
        unlike = create_database(self._means.ground.server, self.name, manifest.source, run=self._run.id)
        if unlike:
            return says.broken(unlike)
        archive = archive_of(self._kept.directory, manifest)
        into = Into(target=self.target, jobs=self._means.settings.jobs, major=self._place().major)
        for which in SECTIONS:
            result = restore(which, archive, into, self._means.limits)
            if result.finding is not Finding.HOLDS:
                return says.as_of(result)
        return says.holds(f"The backup of {manifest.taken_at:%Y-%m-%d %H:%M:%S} UTC is restored beside.")

    def _analyze(self) -> RollbackResult:
        return Says(step=RollbackStep.ANALYZE).as_of(analyze(self._kept.manifest, self._place()))

    def _content(self) -> RollbackResult:
        how = Reading(
            target=self.target,
            jobs=self._means.settings.jobs,
            lock_timeout_s=self._means.settings.lock_timeout_s,
            stop=self._means.limits.stop,
        )
        return Says(step=RollbackStep.CONTENT).as_of(compare_content(self._kept.manifest, how))

    def _inventory(self) -> RollbackResult:
        with reading(self.target, lock_timeout_s=self._means.settings.lock_timeout_s) as connection:
            entries = fingerprint(connection, ignored=()).entries
        found = compare_inventory(self._kept.manifest, entries, self._place())
        return Says(step=RollbackStep.INVENTORY).as_of(found)

    def _sequences(self) -> RollbackResult:
        with reading(self.target, lock_timeout_s=self._means.settings.lock_timeout_s) as connection:
            found = check_sequences(connection, self._kept.manifest)
        return Says(step=RollbackStep.SEQUENCES).as_of(found)

    def _place(self) -> Place:
        major = major_version(self._means.ground.connection)
        return Place(target=self.target, major=major, own=False, superuser=True, said=self.name)

    def _attributes(self) -> RollbackResult:
        says = Says(step=RollbackStep.ATTRIBUTES)
        lacking = copy_attributes(self._means.ground.connection, self._run.live, self.name)
        if lacking:
            return says.broken(lacking[0].replace("The clone", "The copy"), *lacking[1:])
        return says.holds(f"Settings, grants, limit and owner are those of {self._run.live}.")
