"""Say where migrations stand on a target, and what would be done to apply those that are pending."""

from dataclasses import dataclass
from datetime import datetime

from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.migrate.ground import APPLICATION, MigrateWish, interruption, ways_on
from pgassay.flows.migrate.meant import pending
from pgassay.flows.remembered import database_of
from pgassay.migrate.discover import discover, find, need_directory
from pgassay.migrate.facts import read_facts
from pgassay.migrate.history import Progress, read_history, read_progress
from pgassay.migrate.plan import plan
from pgassay.migrate.same import same_content
from pgassay.migrate.script import read_script
from pgassay.model.errors import PgassayError
from pgassay.model.fingerprint import Difference, compare
from pgassay.model.migrate import Outcome
from pgassay.model.migration import Applied, Migration, MigrationStanding, Standing
from pgassay.model.migration_plan import MigrationPlan
from pgassay.model.rollback import RollbackOutcome
from pgassay.pg.catalog.fingerprint import fingerprint
from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target
from pgassay.report.migration.standing import Status
from pgassay.report.words import moment
from pgassay.store.catalogs import stored_catalogs
from pgassay.store.migration_runs import (
    INTERRUPTED,
    LastRun,
    RehearsedContent,
    last_runs,
    last_state,
    rehearsals,
)
from pgassay.store.rollbacks import rollbacks
from pgassay.store.schema import status


def plan_migrations(wish: MigrateWish, settings: Settings) -> tuple[MigrationPlan, ...]:
    """Say what would be done to apply a migration, or all that are pending; nothing is changed.

    Raises:
        UsageError, NothingToRun: there is no such migration, or no directory of migrations.
        Unavailable: the target cannot be reached.
    """
    chosen = settings.migrate
    subjects: tuple[Migration, ...]
    with connect(settings.target(wish.target), application=APPLICATION) as connection:
        if wish.file:
            subjects = (find(wish.file, wish.rollback_file, paths=chosen.paths, wanted=chosen.format)[0],)
        else:
            subjects = pending(chosen, connection)
        facts = read_facts(connection)
    return tuple(plan(each, read_script(each.up), facts) for each in subjects)


def migration_status(wish: MigrateWish, settings: Settings, around: Around) -> Status:
    """Say where the migrations of a target stand: files, history, memory and catalogs held together.

    Raises:
        NothingToRun: there is no directory of migrations.
        Unavailable: the target cannot be reached.
    """
    chosen = settings.migrate
    directory, form = need_directory(chosen.paths, wanted=chosen.format)
    target = settings.target(wish.target)
    with connect(target, application=APPLICATION) as connection:
        history, progress = read_history(connection, form), read_progress(connection)
        memory = _recall(target, settings, around, connection)
    rows = {each.version: each for each in history}
    standings = [
        _standing(each, rows.pop(each.version, None), _first(progress, each.version), memory)
        for each in discover(directory, form)
    ]
    standings += [_missing(row) for row in rows.values()]
    return Status(
        target=target.shown,
        table=form.table,
        migrations=tuple(sorted(standings, key=lambda each: (int(each.version), each.name))),
        halfway=tuple(_halfway(each) for each in progress),
        drift=memory.drift,
        drift_note=memory.drift_note,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Memory:
    """What the store knows; nothing where there is none."""

    runs: tuple[LastRun, ...] = ()
    rehearsed: tuple[RehearsedContent, ...] = ()
    drift: tuple[Difference, ...] | None = None
    drift_note: str = (
        "What was changed since is not known: pgassay brought no migration of this database to its end."
    )

    def last(self, version: str) -> LastRun | None:
        """Give the last operation with a migration."""
        return next((each for each in self.runs if each.version == version), None)

    def rehearsal(self, migration: Migration) -> datetime | None:
        """Say when these very files were rehearsed."""
        down = migration.down.sha256 if migration.down is not None else ""
        wanted = (migration.up.sha256, down)
        return next(
            (each.at for each in self.rehearsed if (each.up_sha256, each.down_sha256) == wanted), None
        )


def _recall(target: Target, settings: Settings, around: Around, connection: Connection) -> _Memory:
    """Ask the store, which a status can do without."""
    try:
        place = settings.store_target(target)
        if place is None:
            return _Memory()
        with connect(place, application="pgassay store") as store:
            if status(store).installed is None:
                return _Memory()
            database = database_of(connection)
            drift, note = _drift(store, database, connection)
            return _Memory(
                runs=last_runs(store, database), rehearsed=rehearsals(store), drift=drift, drift_note=note
            )
    except PgassayError as error:
        around.warn(f"What is remembered cannot be read: {error.sentence}", error.remedy)
        return _Memory()


def _drift(
    store: Connection, database: str, connection: Connection
) -> tuple[tuple[Difference, ...] | None, str]:
    last = last_state(store, database)
    if last is None:
        return None, _Memory().drift_note
    replaced = _replaced(store, database, since=last.at)
    if replaced is not None:
        return None, f"What was changed since is not known: a rollback replaced what was here on {replaced}."
    since = f"the {last.operation} of {last.migration_id} on {moment(last.at)}"
    found = fingerprint(connection)
    if found.digest == last.digest:
        return (), f"Nothing was changed since {since}."
    before = stored_catalogs(store, last.digest)
    if before is None:
        return None, f"Something was changed since {since}; what it is, is not known."
    return compare(before, found), since


def _replaced(store: Connection, database: str, *, since: datetime) -> str | None:
    """Say when a rollback, or the undoing of one, put something else in the place of the database."""
    done = (RollbackOutcome.SUCCEEDED, RollbackOutcome.RED)
    found = (each for each in rollbacks(store, database) if each.status in done)
    last = next(found, None)
    return moment(last.started_at) if last is not None and last.started_at > since else None


def _standing(
    migration: Migration, row: Applied | None, progress: Progress | None, memory: _Memory
) -> MigrationStanding:
    standing, note = _where(migration, row, progress, memory.last(migration.version))
    return MigrationStanding(
        version=migration.version,
        name=migration.name,
        standing=standing,
        note=note,
        at=row.at if row is not None else None,
        reversible=migration.down is not None,
        rehearsed=memory.rehearsal(migration),
    )


def _where(
    migration: Migration, row: Applied | None, progress: Progress | None, last: LastRun | None
) -> tuple[Standing, str]:
    if last is not None and last.status == INTERRUPTED:
        return Standing.INTERRUPTED, f"{interruption(last, row, progress)} {ways_on(last, row, progress)}"
    if row is not None:
        if not same_content(row, read_script(migration.up)):
            return Standing.CHANGED, "What was applied is not what the file has now."
        if row.adopted is not None:
            return Standing.ADOPTED, row.adopted
        return Standing.APPLIED, last.sentence if last is not None and last.status == Outcome.RED else ""
    if last is not None and last.status in (Outcome.UNCHANGED, Outcome.UNDONE, Outcome.BETWEEN):
        return Standing.FAILED, last.sentence
    return Standing.PENDING, ""


def _missing(row: Applied) -> MigrationStanding:
    return MigrationStanding(version=row.version, name=row.name, standing=Standing.MISSING, at=row.at)


def _first(progress: tuple[Progress, ...], version: str) -> Progress | None:
    return next((each for each in progress if each.version == version), None)


def _halfway(each: Progress) -> str:
    return f"The {each.operation} of {each.version} is behind part {each.parts} since {moment(each.at)}."
