"""Adopt migrations: take into the history what was applied to a target by other means."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.migrate.ground import MigrateWish, Where, held, new_run, remembered, tell
from pgassay.flows.remembered import database_of
from pgassay.migrate.adopt import Adoption, adopt
from pgassay.migrate.adoptable import not_yet_there, refuse_format, up_to, verified
from pgassay.migrate.discover import discover, need_directory
from pgassay.migrate.order import Situation, look
from pgassay.migrate.script import read_script
from pgassay.model.events.migrate import MigrationEvent, MigrationWarned
from pgassay.model.migrate import Operation
from pgassay.model.migration import Migration
from pgassay.pg.connection import Connection
from pgassay.pg.guard import Deed, check
from pgassay.report.migration.record import MigrationRecord


def adopt_migrations(wish: MigrateWish, settings: Settings, around: Around) -> tuple[MigrationRecord, ...]:
    """Adopt the migrations up to one, or all of them; nothing is run. Those in the history are passed over.

    Raises:
        UsageError, NothingToRun: there is no such migration, or the history has them all.
        Refused: something is not there, a later one is in the history, or another program keeps that.
        Unavailable: the target or the store cannot be reached.
    """
    chosen = settings.migrate
    directory, form = need_directory(chosen.paths, wanted=chosen.format)
    refuse_format(form)
    wanted = up_to(discover(directory, form), wish.file, everything=wish.everything)
    target = settings.target(wish.target)
    check(target, Deed.ADOPT, wish.consent)
    with ExitStack() as opened:
        store = opened.enter_context(remembered(settings, target, around))
        connection = opened.enter_context(held(target, settings))
        situation = look(connection, form)
        where = Where(target=target, database=database_of(connection))
        scene = _Scene(connection=connection, where=where, wish=wish, around=around, store=store)
        return tuple(scene.adopt(wanted, situation))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """Where the migrations are adopted, one behind the other, until one cannot be."""

    connection: Connection
    where: Where
    wish: MigrateWish
    around: Around
    store: Connection | None

    def adopt(self, wanted: Sequence[Migration], situation: Situation) -> Iterator[MigrationRecord]:
        """Verify all before the first is adopted."""
        new = not_yet_there(wanted, situation)
        scripts = [read_script(each.up) for each in new]
        results = verified(scripts, situation.catalogs, accepted=self.wish.unverified)
        passed_over = [each.label for each in wanted if each not in new]
        for migration, script, result in zip(new, scripts, results, strict=True):
            adoption = Adoption(
                run=new_run(Operation.ADOPT, migration, self.where, self.wish),
                script=script,
                verified=result,
                catalogs=situation.catalogs if migration is new[-1] else None,
            )
            events = adopt(adoption, self.connection, self.around.stop)
            if migration is new[0] and passed_over:
                events = _with_warning(events, passed_over)
            record = tell(events, self.wish, self.around, self.store)
            yield record
            if record.exit:
                return


def _with_warning(events: Iterator[MigrationEvent], passed_over: Sequence[str]) -> Iterator[MigrationEvent]:
    yield next(events)
    named = passed_over[0] if len(passed_over) == 1 else f"{passed_over[0]} to {passed_over[-1]}"
    count = f"{len(passed_over)} migration{'s are' if len(passed_over) > 1 else ' is'}"
    yield MigrationWarned(sentence=f"{count} in the history already, and passed over: {named}.")
    yield from events
