"""Rehearse a recovery: restore a backup into a place of its own, prove it, and run the tests there."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace

from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.recover.backup import back_up, database_if_there, demand_backup, run_on
from pgassay.flows.recover.ground import APPLICATION, RecoverWish, limits, remembered, tell, tidy
from pgassay.flows.recover.meant import Meant, find_backup
from pgassay.model.backup import Source
from pgassay.model.errors import Refused, Unavailable
from pgassay.model.recovery import RecoveryOperation, RecoveryStep, StepResult
from pgassay.pg.clock import now
from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target
from pgassay.recovery.course import Verdict
from pgassay.recovery.drill import Drill, DrillOrder
from pgassay.recovery.source import read_source
from pgassay.recovery.steps.archiving import is_archiving, see_archiving
from pgassay.report.recovery.record import RecoveryRecord

_VERDICT = Verdict(step=RecoveryStep.TESTS)


def drill(wish: RecoverWish, settings: Settings, around: Around) -> RecoveryRecord:
    """Drill a backup: the one that is named, or the newest; one that is made first, where that is too old.

    Raises:
        Refused: the server to restore into is the target's own, or is production.
        UsageError: there is no such backup.
        Unavailable: there is none and none can be made, or it is not where it was put.
    """
    target = settings.target(wish.target)
    _place(settings)
    made = _backup_first(wish, settings, around, target)
    if made is not None and made.exit:
        return made
    with ExitStack() as opened:
        store = opened.enter_context(remembered(settings, target, around))
        tidy(settings, target, store, around)
        if made is not None and made.made is not None:
            wish = replace(wish, backup=made.made.location)
        meant = demand_backup(_find(wish, settings, store, target), target)
        order = DrillOrder(
            run=run_on(meant, RecoveryOperation.DRILL, target),
            kept=meant.kept,
            server=_server(settings, meant.kept.manifest.source),
            test=_tests(wish, settings, around, target),
            archiving=_archiving(target),
        )
        events = Drill(order, settings.recovery, limits(settings, around)).events()
        return tell(events, wish, settings, around, store)


def _backup_first(
    wish: RecoverWish, settings: Settings, around: Around, target: Target
) -> RecoveryRecord | None:
    """Make a backup where one is wanted, or where there is none that is recent."""
    if wish.backup:
        return None
    if not wish.fresh:
        with remembered(settings, target, around) as store:
            meant = _find(wish, settings, store, target)
        if meant is not None:
            age = (now() - meant.kept.manifest.taken_at).total_seconds()
            if age <= settings.recovery.recent_s or database_if_there(target) is None:
                return None
    return back_up(replace(wish, backup=""), settings, around)


def _find(wish: RecoverWish, settings: Settings, store: Connection | None, target: Target) -> Meant | None:
    return find_backup(wish.backup, settings, store, database=database_if_there(target))


def _place(settings: Settings) -> Target | None:
    """Give the server that is named to restore into, which must not be production."""
    if settings.recovery.server is None:
        return None
    server = settings.target(settings.recovery.server)
    if server.production:
        raise Refused(
            "The server to restore into, by [recovery] server or TEST_RESTORE_DB, is production.",
            remedy="Name another server; or none, and one is started that goes with the drill.",
        )
    return server


def _server(settings: Settings, source: Source) -> Target | None:
    """Give the server that databases may be made on, if one is named, and if it is none to stay away from."""
    server = _place(settings)
    if server is None:
        return None
    with connect(server, application=APPLICATION) as connection:
        there = read_source(connection)
    if source.system and there.system == source.system and there.oid == source.oid:
        raise Refused(
            f"The server to restore into is named by the very database {source.name} that the backup is of.",
            remedy="Name another database there: [recovery] server, or TEST_RESTORE_DB; or leave it unset.",
        )
    return server


def _archiving(target: Target) -> Callable[[], StepResult] | None:
    """Look at the target's archive of WAL, if it can be reached and has one."""
    try:
        with connect(target, application=APPLICATION) as connection:
            if not is_archiving(connection):
                return None
    except (Unavailable, Connection.Error):
        return None

    def see() -> StepResult:
        with connect(target, application=APPLICATION) as connection:
            return see_archiving(connection).result

    return see


def _tests(
    wish: RecoverWish, settings: Settings, around: Around, target: Target
) -> Callable[[Target], StepResult]:
    """Give what runs the tests on the restored copy."""

    def run(copy: Target) -> StepResult:
        if not wish.tests:
            return _VERDICT.not_verified("The tests were not wanted.", asked=False)
        if not settings.recovery.tests:
            return _VERDICT.holds("There are no tests to run: [recovery] tests is empty.")
        from pgassay.flows.recover.restored import tests_on  # with it comes all that runs tests

        return tests_on(copy, target, settings, around)

    return run
