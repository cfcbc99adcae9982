"""What every command about rollbacks needs: the wish, the scene, and setting right what was killed."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from threading import Event

from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.hearers import tell_all
from pgassay.flows.rollback.kept import kept_aside
from pgassay.flows.rollback.work import Scene, finishing
from pgassay.model.aside import Aside
from pgassay.model.consent import NameConsent
from pgassay.model.errors import PgassayError, Refused, Unavailable, UsageError
from pgassay.model.events.rollback import RollbackEvent
from pgassay.pg.clone import sweep
from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target
from pgassay.recovery.rollback.ground import APPLICATION, Ground, ground
from pgassay.report.reporter import Verbosity
from pgassay.report.rollback.live import RollbackLive
from pgassay.report.rollback.record import RollbackCollector, RollbackRecord
from pgassay.store.rollback_log import RollbackLog
from pgassay.store.rollbacks import mark_interrupted, rollbacks
from pgassay.store.schema import install, status

Listener = Callable[[RollbackEvent], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackWish:
    """What the user asked for. ``backup`` is an id or the start of one, empty for the newest that is tested.

    ``reason`` is empty for that of the triggers; ``listeners`` hear each event when it was written down.
    """

    target: str | None = None
    backup: str = ""
    reason: str = ""
    silent: bool = False
    consent: NameConsent = NameConsent()
    listeners: tuple[Listener, ...] = ()


def place_of(settings: Settings, target: Target) -> Target:
    """Say where the store is.

    Raises:
        UsageError: nothing is remembered, so that no backup is known to be tested.
    """
    place = settings.store_target(target)
    if place is None:
        raise UsageError(
            "Which backup is tested is remembered by the store, and [store] enabled is false.",
            remedy="Leave --no-store out.",
        )
    return place


def scene_of(target: Target, store: Target, found: Ground) -> Scene:
    """Put together what is known of a target that was taken hold of."""
    info = found.connection.info
    return Scene(target=target, store=store, ground=found, database=f"{info.host}:{info.port}/{found.live}")


def name_of(target: Target) -> str:
    """Give the database's name: as the server says it or, where that cannot be reached, as the user does."""
    try:
        with connect(target, application=APPLICATION) as connection:
            return str(connection.execute("select pg_catalog.current_database()").fetchall()[0][0])
    except Unavailable:
        return target.database


def settle(
    scene: Scene, wish: RollbackWish, settings: Settings, around: Around
) -> tuple[RollbackRecord, ...]:
    """Set right what killed operations left: finish what was swapped, drop copies, say what was interrupted.

    Raises:
        Unavailable: the store cannot be reached.
    """
    records = tuple(_finish(scene, each, wish, settings, around) for each in unfinished(scene))
    with suppress(PgassayError, Connection.Error):
        sweep(scene.ground.server)
    with connect(scene.store, application="pgassay store") as store:
        if not status(store).current:  # who only looks installs nothing
            return records
        killed = mark_interrupted(store, scene.database)
        known = {each.id: each for each in rollbacks(store, scene.database, most=100)}
    for each in (known[identity] for identity in killed if identity in known):
        around.warn(
            f"The {each.operation} of {each.started_at:%Y-%m-%d %H:%M:%S} UTC was interrupted at the step "
            f"{each.step or 'start'}: {scene.ground.live} is as before it."
        )
    return records


def demand_store(scene: Scene) -> None:
    """Bring the store up to date, which has to be there: what replaces a database is written down.

    Raises:
        Refused: there is none.
        Unavailable: it cannot be reached, or the role lacks a right.
    """
    with connect(scene.store, application="pgassay store") as store:
        if status(store).installed is None:
            raise Refused(
                f"Nothing is remembered of {scene.ground.live}: there is no store, and so no tested backup.",
                remedy="pgassay store install; pgassay recover drill",
            )
        install(store)


def settle_if_possible(settings: Settings, around: Around, *, target: str | None, silent: bool) -> None:
    """Set right what was killed, where that can be done now; whoever only looks is not kept from it."""
    about = settings.target(target)
    try:
        store = place_of(settings, about)
        with ground(about, name_of(about)) as found:
            wish = RollbackWish(target=target, silent=silent)
            settle(scene_of(about, store, found), wish, settings, around)
    except Refused as error:
        around.warn(error.sentence)
    except (PgassayError, Connection.Error):
        return  # what cannot be reached is said by who looks at it


def unfinished(scene: Scene) -> tuple[Aside, ...]:
    """Give what was set aside by operations that were killed behind the swap, the oldest first."""
    found = kept_aside(scene.ground.connection, scene.target, scene.ground.live)
    return tuple(each for each in reversed(found) if not each.finished)


def tell(events: Iterator[RollbackEvent], scene: Scene, wish: RollbackWish, around: Around) -> RollbackRecord:
    """Read events to their end: each is written down first, then shown, then heard by whoever listens."""
    log = RollbackLog(lambda: connect(scene.store, application="pgassay store"), around.warn)
    live = RollbackLive(around.stderr, quiet=wish.silent or around.report.verbosity is Verbosity.QUIET)
    collector = RollbackCollector()
    tell_all(events, log.see, collector.see, live.see, *wish.listeners)
    return collector.record()


def _finish(
    scene: Scene, aside: Aside, wish: RollbackWish, settings: Settings, around: Around
) -> RollbackRecord:
    run = aside.run
    around.warn(
        f"The {run.operation} of {run.started_at:%Y-%m-%d %H:%M:%S} UTC was interrupted behind the swap: "
        f"{run.live} is as after it. What follows the swap is done now."
    )
    return tell(finishing(scene, aside, settings, stop=Event()), scene, wish, around)
