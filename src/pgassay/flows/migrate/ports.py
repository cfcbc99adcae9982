"""What an operation with a migration asks of others: checks before and after, tests, an incident."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.checks.run import CheckWish, run_checks
from pgassay.flows.incidents import open_and_tell, untold
from pgassay.flows.migrate.ground import MigrateWish
from pgassay.flows.test.choose import Wish, choose
from pgassay.flows.test.job import Job
from pgassay.flows.test.run import run_tests
from pgassay.judge.incident import of_migration, touched_tables
from pgassay.migrate.concerned import concerned_tables
from pgassay.model.check import Area, Level
from pgassay.model.consent import Consent
from pgassay.model.errors import NothingToRun, PgassayError, UsageError
from pgassay.model.execution import SafetyTier
from pgassay.model.exits import Exit
from pgassay.model.finding import Finding
from pgassay.model.migrate import Operation, Step, StepResult
from pgassay.pg.connection import Connection
from pgassay.pg.target import Target
from pgassay.report.checks.record import CheckRecord
from pgassay.report.migration.record import MigrationRecord
from pgassay.report.record import RunRecord
from pgassay.report.summary import summarise

_MOST = 10


def validation(
    step: Step, areas: tuple[str, ...], wish: MigrateWish, settings: Settings, around: Around
) -> Callable[[], StepResult]:
    """Give what runs the checks of some areas on the target.

    Raises:
        UsageError: there is no such area.
    """
    wanted = tuple(_area(each) for each in areas)

    def examine() -> StepResult:
        if not wanted:
            return _not_verified(step, "No area of checks is set.")
        try:
            checks = CheckWish(areas=wanted, target=wish.target, silent=True)
            return _checked(step, run_checks(checks, settings, around))
        except PgassayError as error:
            return _not_verified(step, error.sentence)

    return examine


def tests(target: Target, wish: MigrateWish, settings: Settings, around: Around) -> Callable[[], StepResult]:
    """Give what runs the tests of the categories that are set; on production such that nothing stays."""
    quiet = replace(settings, report=replace(settings.report, formats=()))

    def run() -> StepResult:
        there, missing = _categories(settings)
        if not there:
            return _not_verified(Step.TEST, f"There is no test of {missing}.")
        job = Job(
            wish=Wish(categories=there),
            target=wish.target,
            name="pgassay migrate",
            silent=True,
            safety=SafetyTier.ROLLBACK if target.production else None,
            consent=Consent(given=True),
        )
        try:
            return _tested(run_tests(job, quiet, around), missing)
        except PgassayError as error:
            return _not_verified(Step.TEST, error.sentence)

    return run


def _categories(settings: Settings) -> tuple[tuple[str, ...], str]:
    """Give the categories that have a test, and those that have none, in words."""
    wanted = settings.migrate.tests
    there = tuple(each for each in wanted if _has_tests(each, settings))
    missing = [each for each in wanted if each not in there]
    return (
        there,
        f"the categor{'y' if len(missing) == 1 else 'ies'} {' and '.join(missing)}" if missing else "",
    )


def _has_tests(category: str, settings: Settings) -> bool:
    try:
        return bool(choose(Wish(categories=(category,)), settings.suite, None))
    except (NothingToRun, UsageError):
        return False


def _tested(record: RunRecord, missing: str) -> StepResult:
    red = tuple(each.file.path for each in record.results if each.red)
    count = len(record.results)
    files = f"{count} test file{'s' if count != 1 else ''}"
    if summarise(record).exit is Exit.INTERRUPTED:
        return _not_verified(Step.TEST, "The tests were interrupted.")
    if red or summarise(record).exit:
        sentence = f"{len(red)} of {files} failed." if red else "The tests did not come to their end."
        return StepResult(
            step=Step.TEST,
            finding=Finding.BROKEN,
            sentence=sentence,
            detail=red[:_MOST],
            tables=touched_tables(record.results) or None,
        )
    sentence = f"{files} passed" + (f"; there is none of {missing}." if missing else ".")
    return StepResult(step=Step.TEST, finding=Finding.HOLDS, sentence=sentence)


def report_failure(
    record: MigrationRecord, target: Target, settings: Settings, store: Connection | None, around: Around
) -> None:
    """Open an incident for a migration of production that failed, and tell people.

    What cannot be written or told is a warning.
    """
    wanted = target.production and settings.incidents.enabled and record.failed
    if not wanted or store is None or record.run is None or record.finished is None:
        return
    try:
        incident = of_migration(record.run.migration.id, record.finished.sentence, _tables(record))
        for delivery in open_and_tell(store, [incident], settings.notify):
            if not delivery.delivered:
                around.warn(*untold(delivery))
    except (PgassayError, Connection.Error) as error:
        sentence = error.sentence if isinstance(error, PgassayError) else str(error)
        around.warn(f"No incident was opened: {sentence}")


def _tables(record: MigrationRecord) -> Iterator[str]:
    """Give the tables that the file names, and those that its tests touched that failed."""
    run, finished = record.run, record.finished
    assert run is not None and finished is not None
    file = run.migration.down if run.operation is Operation.ROLLBACK else run.migration.up
    if file is not None:
        yield from concerned_tables(file, (each for each in (finished.before, finished.after) if each))
    for result, _ in record.steps:
        yield from result.tables or ()


def _checked(step: Step, record: CheckRecord) -> StepResult:
    failed = record.findings(Level.FAILED)
    unknown = record.findings(Level.NOT_VERIFIED)
    count = len(record.results)
    if failed:
        detail = tuple(f"{each.check}: {each.object} {each.detail}".strip() for each in failed[:_MOST])
        sentence = f"{len(failed)} finding{'s' if len(failed) != 1 else ''} of {count} checks."
        return StepResult(step=step, finding=Finding.BROKEN, sentence=sentence, detail=detail)
    if unknown or not count:
        detail = tuple(f"{each.check}: {each.detail}" for each in unknown[:_MOST])
        sentence = f"{count - len({each.check for each in unknown})} of {count} checks hold."
        return StepResult(step=step, finding=Finding.NOT_VERIFIED, sentence=sentence, detail=detail)
    return StepResult(step=step, finding=Finding.HOLDS, sentence=f"{count} checks hold.")


def _not_verified(step: Step, sentence: str) -> StepResult:
    return StepResult(step=step, finding=Finding.NOT_VERIFIED, sentence=sentence)


def _area(text: str) -> Area:
    try:
        return Area(text)
    except ValueError:
        areas = ", ".join(Area)
        raise UsageError(f"There is no area of checks {text!r}.", remedy=f"Areas are {areas}.") from None
