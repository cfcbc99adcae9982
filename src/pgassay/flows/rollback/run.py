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
    Scene,
    demand_store,
    name_of,
    operator,
    place_of,
    scene_of,
    settle,
    settle_if_possible,
    tell,
)
from pgassay.model.errors import PgassayError, Refused, Unavailable
from pgassay.model.rollback import (
    Aside,
    Loss,
    RollbackOperation,
    RollbackRun,
)
from pgassay.pg.clock import now
from pgassay.pg.connection import Connection, connect
from pgassay.pg.guard import Deed, check, demand_name
from pgassay.recovery.rollback.databases.aside import asides
from pgassay.recovery.rollback.databases.beside import Beside, Means
from pgassay.recovery.rollback.databases.standing import demand_rights, standing_of
from pgassay.recovery.rollback.ground import ground
from pgassay.recovery.rollback.loss import count_loss, read_counts
from pgassay.recovery.rollback.mark import aside_name
from pgassay.recovery.rollback.owners import demand_owners
from pgassay.recovery.verify import Kept
from pgassay.report.rollback.listing import Rollbacks
from pgassay.report.rollback.loss import loss_text
from pgassay.report.rollback.record import RollbackRecord
from pgassay.store.rollbacks import rollbacks

_PROVE = "pgassay recover drill"


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
        demand_rights(standing_of(found), found)
        kept, files = whole_backup(scene, wish.backup)
        demand_owners(kept.manifest, found)
        loss = _loss(scene, kept)
        around.stderr.write(loss_text(found.live, loss, now()) + "\n")
        demand_name(found.live, wish.consent, remedy=f"pgassay rollback run --confirm {found.live}")
        run = replace(
            _begun(scene, RollbackOperation.RUN, _reason(wish, settings)),
            backup=kept.manifest.id,
            location=str(kept.directory),
        )
        means = Means(ground=found, settings=settings.recovery, limits=limits(settings, around))
        work = operator(scene, run, settings, stop=around.stop, files=files)
        return tell(work.roll_back(Beside(run, kept, means)), scene, wish, around)


def undo_rollback(wish: RollbackWish, settings: Settings, around: Around) -> RollbackRecord:
    """Put the database back that was set aside last.

    Raises:
        Refused: none was set aside, nobody confirms, or the role may not.
        Unavailable: the server or the store cannot be reached.
    """
    target = settings.target(wish.target)
    check(target, Deed.ROLL_BACK)
    store = place_of(settings, target)
    with ground(target, name_of(target)) as found:
        scene = scene_of(target, store, found)
        settle(scene, wish, settings, around)
        demand_store(scene)
        demand_rights(standing_of(found), found)
        aside = _last_aside(scene)
        loss = _loss_by_undoing(scene, aside)
        around.stderr.write(loss_text(found.live, loss, now()) + "\n")
        demand_name(found.live, wish.consent, remedy=f"pgassay rollback undo --confirm {found.live}")
        reason = wish.reason or f"Undo of: {aside.run.reason}"
        run = replace(_begun(scene, RollbackOperation.UNDO, reason), undoes=aside.run.id)
        work = operator(scene, run, settings, stop=around.stop)
        return tell(work.undo(aside), scene, wish, around)


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
        kept = asides(connection, live)
        database = f"{info.host}:{info.port}/{live}"
    try:
        with connect(store, application="pgassay store") as connection:
            operations = rollbacks(connection, database)
    except Unavailable as error:
        around.warn(f"What was done is not known: {error.sentence}", error.remedy)
        operations = ()
    return Rollbacks(database=live, operations=operations, asides=kept)


def _loss(scene: Scene, kept: Kept) -> Loss:
    then = {each.name: each.rows for each in kept.manifest.tables if each.kind == "r"}
    return count_loss(scene.target, then, since=kept.manifest.taken_at)


def _loss_by_undoing(scene: Scene, aside: Aside) -> Loss:
    place = scene.ground.server.with_database(aside.name)
    try:
        then = {name: rows for name, (rows, _) in read_counts(place)}
    except (PgassayError, Connection.Error) as error:
        return Loss(since=aside.run.started_at, problem=str(error))
    return count_loss(scene.target, then, since=aside.run.started_at)


def _last_aside(scene: Scene) -> Aside:
    found = asides(scene.ground.connection, scene.ground.live)
    if not found:
        raise Refused(
            f"No database is kept aside that had the name {scene.ground.live}.",
            remedy="pgassay rollback list",
        )
    return found[0]


def _begun(scene: Scene, operation: RollbackOperation, reason: str) -> RollbackRun:
    started_at = now()
    return RollbackRun(
        id=uuid4(),
        operation=operation,
        target=scene.target.shown,
        database=scene.database,
        live=scene.ground.live,
        aside=aside_name(scene.ground.live, started_at),
        reason=reason,
        started_at=started_at,
    )


def _reason(wish: RollbackWish, settings: Settings) -> str:
    """Give why: what the user says, else the trigger file, else the triggers."""
    return (
        wish.reason
        or read_trigger(settings.rollback.trigger_file).reason
        or check_release(settings, target=wish.target).reason
        or "No trigger fired; it was asked for by hand."
    )
