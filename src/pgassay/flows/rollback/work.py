"""Introduces a rollback to what carries it out: one operator for each way."""

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Event

from pgassay.config.settings import Settings
from pgassay.flows.rollback.ports import ports_for
from pgassay.model.aside import Aside
from pgassay.model.events.rollback import RollbackEvent
from pgassay.model.rollback import RollbackResult, RollbackRun, RollbackWay
from pgassay.pg.patience import Patience
from pgassay.pg.target import Target
from pgassay.recovery.rollback.databases.beside import Beside
from pgassay.recovery.rollback.databases.beside import Means as DatabaseMeans
from pgassay.recovery.rollback.databases.operate import DatabaseOperator, DatabaseOrder
from pgassay.recovery.rollback.databases.standing import standing_of
from pgassay.recovery.rollback.ground import Ground
from pgassay.recovery.rollback.operation import Operation
from pgassay.recovery.rollback.schemas.inside import Means as SchemaMeans
from pgassay.recovery.rollback.schemas.operate import SchemaOperator, SchemaOrder
from pgassay.recovery.tools.program import Limits
from pgassay.recovery.verify import Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A target, its store, and its name; ``database`` is what it is remembered by."""

    target: Target
    store: Target
    ground: Ground
    database: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Restoring:
    """What is restored: a backup whose files were looked at, within these limits."""

    kept: Kept
    files: RollbackResult
    limits: Limits


def restoring(scene: Scene, run: RollbackRun, what: Restoring, settings: Settings) -> Iterator[RollbackEvent]:
    """Give the events of a rollback."""
    stop = what.limits.stop
    if run.way is RollbackWay.SCHEMAS:
        work = _by_schemas(scene, run, settings, stop=stop, files=what.files)
        means = SchemaMeans(target=scene.target, settings=settings.recovery, limits=what.limits)
        return work.roll_back(what.kept, means)
    by_database = _by_database(scene, run, settings, stop=stop, files=what.files)
    beside = DatabaseMeans(ground=scene.ground, settings=settings.recovery, limits=what.limits)
    return by_database.roll_back(Beside(run, what.kept, beside))


def undoing(
    scene: Scene, run: RollbackRun, aside: Aside, settings: Settings, *, stop: Event
) -> Iterator[RollbackEvent]:
    """Give the events of an undo, which goes the way that set aside what is put back."""
    if run.way is RollbackWay.SCHEMAS:
        return _by_schemas(scene, run, settings, stop=stop).undo(aside)
    return _by_database(scene, run, settings, stop=stop).undo(aside)


def finishing(scene: Scene, aside: Aside, settings: Settings, *, stop: Event) -> Iterator[RollbackEvent]:
    """Give the events of what follows the swap of an operation that was killed behind it."""
    if aside.run.way is RollbackWay.SCHEMAS:
        return _by_schemas(scene, aside.run, settings, stop=stop).resume(aside)
    return _by_database(scene, aside.run, settings, stop=stop).resume(aside)


def _by_database(
    scene: Scene, run: RollbackRun, settings: Settings, *, stop: Event, files: RollbackResult | None = None
) -> DatabaseOperator:
    order = DatabaseOrder(
        target=scene.target,
        standing=standing_of(scene.ground),
        tries=settings.rollback.swap_tries,
        files=files,
    )
    return DatabaseOperator(_operation(scene, run, settings, stop=stop), order, scene.ground)


def _by_schemas(
    scene: Scene, run: RollbackRun, settings: Settings, *, stop: Event, files: RollbackResult | None = None
) -> SchemaOperator:
    chosen = settings.rollback
    order = SchemaOrder(
        target=scene.target,
        lock_timeout_s=settings.recovery.lock_timeout_s,
        patience=Patience(lock_timeout_s=chosen.lock_timeout_s, tries=chosen.lock_tries),
        files=files,
    )
    return SchemaOperator(_operation(scene, run, settings, stop=stop), order, stop=stop)


def _operation(scene: Scene, run: RollbackRun, settings: Settings, *, stop: Event) -> Operation:
    return Operation(run, ports_for(run, scene.target, scene.store, settings), stop=stop)
