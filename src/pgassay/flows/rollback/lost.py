"""Counts what a rollback, or an undo, would take away."""

from pgassay.flows.rollback.work import Scene
from pgassay.model.aside import Aside
from pgassay.model.errors import PgassayError
from pgassay.model.loss import Loss
from pgassay.model.rollback import RollbackPlan, RollbackWay
from pgassay.pg.connection import Connection
from pgassay.recovery.rollback.loss import Naming, but_the_store, count_loss, read_counts
from pgassay.recovery.rollback.schemas.names import plain, schema_of
from pgassay.recovery.verify import Kept


def lost_by_restoring(scene: Scene, plan: RollbackPlan, kept: Kept) -> Loss:
    """Hold the tables in use against those of a backup."""
    then = {each.name: each.rows for each in kept.manifest.tables if each.kind == "r"}
    return count_loss(scene.target, then, since=kept.manifest.taken_at, named=_naming(plan))


def lost_by_undoing(scene: Scene, plan: RollbackPlan, aside: Aside) -> Loss:
    """Hold the tables in use against those that were set aside."""
    by_schemas = plan.way is RollbackWay.SCHEMAS
    place = scene.target if by_schemas else scene.ground.server.with_database(aside.name)
    had = {each.name: each.live for each in aside.schemas}
    try:
        then = {
            plain(name, renamed=had) if by_schemas else name: rows
            for name, (rows, _) in read_counts(place)
            if not by_schemas or schema_of(name) in had
        }
    except (PgassayError, Connection.Error) as error:
        return Loss(since=aside.run.started_at, problem=str(error))
    return count_loss(scene.target, then, since=aside.run.started_at, named=_naming(plan))


def _naming(plan: RollbackPlan) -> Naming:
    if plan.way is RollbackWay.DATABASE:
        return but_the_store
    return lambda name: plain(name, renamed={}) if schema_of(name) in plan.schemas else ""
