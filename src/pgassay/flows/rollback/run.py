"""Roll a target back to its newest tested backup, take that back, and say what was done and what is kept."""

from dataclasses import replace
from uuid import uuid4

from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.recover.ground import limits
from pgassay.flows.rollback.backup import whole_backup
from pgassay.flows.rollback.check import check_release, read_trigger
from pgassay.flows.rollback.ground import (
    RollbackWish,
    demand_store,
    name_of,
    place_of,
    scene_of,
    settle,
    settle_if_possible,
    tell,
)
from pgassay.flows.rollback.kept import kept_aside
from pgassay.flows.rollback.lost import lost_by_restoring, lost_by_undoing
from pgassay.flows.rollback.way import plan_for, plan_to_undo
from pgassay.flows.rollback.work import Restoring, Scene, restoring, undoing
from pgassay.model.aside import Aside
from pgassay.model.errors import Refused, Unavailable
from pgassay.model.loss import Loss
from pgassay.model.rollback import RollbackOperation, RollbackPlan, RollbackRun, RollbackWay
from pgassay.pg.clock import now
from pgassay.pg.connection import connect
from pgassay.pg.guard import Deed, check, demand_name
from pgassay.recovery.rollback.ground import ground
from pgassay.recovery.rollback.mark import aside_name
from pgassay.report.rollback.listing import Rollbacks
from pgassay.report.rollback.loss import loss_text
from pgassay.report.rollback.plan import plan_text
from pgassay.report.rollback.record import RollbackRecord
from pgassay.store.rollbacks import rollbacks


def run_rollback(wish: RollbackWish, settings: Settings, around: Around) -> RollbackRecord:
    """Roll a target back. One that was interrupted behind its swap is finished instead.

    Raises:
        Refused: there is no tested backup, it is not whole, nobody confirms, or the role may not.
        Unavailable: the server or the store cannot be reached.
    """
    target = settings.target(wish.target)
    check(target, Deed.ROLL_BACK)
    store = place_of(settings, target)
    with ground(target, name_of(target)) as found:
        scene = scene_of(target, store, found)
        if finished := settle(scene, wish, settings, around):
            return finished[-1]
        demand_store(scene)
        kept, files = whole_backup(scene, wish.backup)
        plan = plan_for(scene, kept.manifest, settings)
        loss = lost_by_restoring(scene, plan, kept)
        _show(scene, plan, loss, around)
        demand_name(found.live, wish.consent, remedy=f"pgassay rollback run --confirm {found.live}")
        run = replace(
            _begun(scene, plan, RollbackOperation.RUN, _reason(wish, settings)),
            backup=kept.manifest.id,
            location=str(kept.directory),
            tables=tuple(each.name for each in loss.tables),
        )
        what = Restoring(kept=kept, files=files, limits=limits(settings, around))
        return tell(restoring(scene, run, what, settings), scene, wish, around)


def undo_rollback(wish: RollbackWish, settings: Settings, around: Around) -> RollbackRecord:
    """Put back what was set aside last.

    Raises:
        Refused: nothing was set aside, nobody confirms, or the role may not.
        Unavailable: the server or the store cannot be reached.
    """
    target = settings.target(wish.target)
    check(target, Deed.ROLL_BACK)
    store = place_of(settings, target)
    with ground(target, name_of(target)) as found:
        scene = scene_of(target, store, found)
        settle(scene, wish, settings, around)
        demand_store(scene)
        aside = _last_aside(scene)
        plan = plan_to_undo(scene, aside)
        _show(scene, plan, lost_by_undoing(scene, plan, aside), around)
        demand_name(found.live, wish.consent, remedy=f"pgassay rollback undo --confirm {found.live}")
        reason = wish.reason or f"Undo of: {aside.run.reason}"
        run = replace(_begun(scene, plan, RollbackOperation.UNDO, reason), undoes=aside.run.id)
        return tell(undoing(scene, run, aside, settings, stop=around.stop), scene, wish, around)


def list_rollbacks(settings: Settings, around: Around, *, target: str | None, silent: bool) -> Rollbacks:
    """Say what was done to a target, and what is kept aside.

    Raises:
        Unavailable: the server cannot be reached.
    """
    about = settings.target(target)
    check(about, Deed.REMEMBER)
    store = place_of(settings, about)
    settle_if_possible(settings, around, target=target, silent=silent)
    live = name_of(about)
    with connect(about, application="pgassay rollback") as connection:
        info = connection.info
        kept = kept_aside(connection, about, live)
        database = f"{info.host}:{info.port}/{live}"
    try:
        with connect(store, application="pgassay store") as connection:
            operations = rollbacks(connection, database)
    except Unavailable as error:
        around.warn(f"What was done is not known: {error.sentence}", error.remedy)
        return Rollbacks(database=live, operations=(), asides=kept, known=False)
    return Rollbacks(database=live, operations=operations, asides=kept)


def _show(scene: Scene, plan: RollbackPlan, loss: Loss, around: Around) -> None:
    """Show what would be done, and what would be lost."""
    live = scene.ground.live
    around.stderr.write(f"{plan_text(live, plan)}{loss_text(live, loss, now())}\n")


def _last_aside(scene: Scene) -> Aside:
    found = kept_aside(scene.ground.connection, scene.target, scene.ground.live)
    if not found:
        raise Refused(
            f"No database is kept aside that had the name {scene.ground.live}, and no schemas of it are.",
            remedy="pgassay rollback list",
        )
    return found[0]


def _begun(scene: Scene, plan: RollbackPlan, operation: RollbackOperation, reason: str) -> RollbackRun:
    started_at, live = now(), scene.ground.live
    names = plan.schemas if plan.way is RollbackWay.SCHEMAS else (live,)
    return RollbackRun(
        id=uuid4(),
        operation=operation,
        target=scene.target.shown,
        database=scene.database,
        live=live,
        aside=", ".join(aside_name(each, started_at) for each in names),
        reason=reason,
        started_at=started_at,
        way=plan.way,
        schemas=plan.schemas,
    )


def _reason(wish: RollbackWish, settings: Settings) -> str:
    """Give why: what the user says, else the trigger file, else the triggers."""
    return (
        wish.reason
        or read_trigger(settings.rollback.trigger_file).reason
        or check_release(settings, target=wish.target).reason
        or "No trigger fired; it was asked for by hand."
    )
