"""Apply a migration to a target, or roll one back."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace

from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.migrate.ground import (
    MigrateWish,
    Where,
    held,
    interruption,
    means,
    new_run,
    read_scripts,
    remembered,
    tell,
)
from pgassay.flows.migrate.meant import meant
from pgassay.flows.migrate.ports import report_failure, tests, validation
from pgassay.flows.remembered import database_of
from pgassay.migrate.format import Format
from pgassay.migrate.operate import Operator, Ports
from pgassay.migrate.order import Order, Situation, look, permit
from pgassay.model.events.migrate import MigrationEvent, MigrationWarned
from pgassay.model.fingerprint import Difference, compare
from pgassay.model.migrate import MigrationRun, Operation, Step
from pgassay.model.rehearsal import Rehearsed
from pgassay.pg.connection import Connection
from pgassay.pg.guard import Deed, check
from pgassay.pg.target import Target
from pgassay.report.migration.record import MigrationRecord
from pgassay.store.catalogs import stored_catalogs
from pgassay.store.migration_runs import INTERRUPTED, LastRun, last_runs, rehearsal_of


def apply_migration(wish: MigrateWish, settings: Settings, around: Around) -> MigrationRecord:
    """Apply a migration; without a file, the next one that is pending.

    Raises:
        Refused: it may not be applied, or another pgassay migrates the target.
        UsageError, NothingToRun: there is no such migration, or none is pending.
        Unavailable: the target or the store cannot be reached.
    """
    return _operate(Operation.APPLY, wish, settings, around)


def roll_back(wish: MigrateWish, settings: Settings, around: Around) -> MigrationRecord:
    """Roll a migration back; without a file, the one that is halfway, or that was applied last.

    Raises:
        Refused: it may not be rolled back, or another pgassay migrates the target.
        UsageError, NothingToRun: there is no such migration, or none is applied.
        Unavailable: the target or the store cannot be reached.
    """
    return _operate(Operation.ROLLBACK, wish, settings, around)


def _operate(operation: Operation, wish: MigrateWish, settings: Settings, around: Around) -> MigrationRecord:
    target = settings.target(wish.target)
    check(target, Deed.MIGRATE, wish.consent)
    with ExitStack() as opened:
        store = opened.enter_context(remembered(settings, target, around))
        connection = opened.enter_context(held(target, settings))
        database = database_of(connection)
        runs = last_runs(store, database) if store is not None else ()
        interrupted = _interrupted(runs, operation)
        migration, form = meant(operation, wish, settings.migrate, connection, interrupted=interrupted)
        situation = look(connection, form)
        known = rehearsal_of(store, migration, situation.catalogs.digest) if store is not None else None
        last = next((each for each in runs if each.version == migration.version), None)
        run = new_run(operation, migration, Where(target=target, database=database), wish)
        order = _order(run, form, target, rehearsed=known, last=last)
        order = replace(order, changed=_changed(store, known, situation))
        permit(order, situation)
        operator = Operator(
            order,
            situation,
            means=means(connection, settings, stop=around.stop),
            ports=_ports(target, wish, settings, around, opened=opened),
            settings=settings.migrate,
        )
        record = tell(_with_warnings(operator.events(), order, situation, last), wish, around, store)
        report_failure(record, target, settings, store, around)
    return record


def _order(
    run: MigrationRun, form: Format, target: Target, *, rehearsed: Rehearsed | None, last: LastRun | None
) -> Order:
    scripts = read_scripts(run.migration)
    return Order(
        run=run,
        form=form,
        up=scripts.up,
        down=scripts.down,
        production=target.production,
        rehearsed=rehearsed,
        interrupted=last is not None and _was_killed(last, run.operation),
    )


def _changed(
    store: Connection | None, known: Rehearsed | None, situation: Situation
) -> tuple[Difference, ...]:
    """Say how the target differs from what was rehearsed on, where both are known."""
    if store is None or known is None or known.fingerprint == situation.catalogs.digest:
        return ()
    before = stored_catalogs(store, known.fingerprint)
    return compare(before, situation.catalogs) if before is not None else ()


def _interrupted(runs: Iterable[LastRun], operation: Operation) -> str:
    """Give the version of a migration whose application was killed, for another application to go on with."""
    if operation is not Operation.APPLY:
        return ""
    return next((each.version for each in runs if _was_killed(each, operation)), "")


def _was_killed(last: LastRun, operation: Operation) -> bool:
    return last.status == INTERRUPTED and last.operation is operation


def _ports(
    target: Target, wish: MigrateWish, settings: Settings, around: Around, *, opened: ExitStack
) -> Ports:
    chosen = settings.migrate
    before = validation(Step.VALIDATE_BEFORE, chosen.validate_before, wish, settings, around)
    after = validation(Step.VALIDATE_AFTER, chosen.validate_after, wish, settings, around)
    return Ports(
        validate_before=before,
        validate_after=after,
        test=tests(target, wish, settings, around),
        connect=lambda: opened.enter_context(held(target, settings)),
    )


def _with_warnings(
    events: Iterator[MigrationEvent], order: Order, situation: Situation, last: LastRun | None
) -> Iterator[MigrationEvent]:
    """Say, behind the start, what the user should know beforehand."""
    yield next(events)
    version = order.run.migration.version
    if last is not None and last.status == INTERRUPTED:
        told = interruption(last, situation.applied(version), situation.halfway(version))
        yield MigrationWarned(sentence=told)
    if order.rehearsed is None and order.run.operation is Operation.APPLY and not order.run.unrehearsed:
        yield MigrationWarned(
            sentence="This was not rehearsed: what it locks, and whether it can be taken back, is not known.",
            remedy=f"pgassay migrate rehearse {order.up.file.path}",
        )
    yield from events
