"""What an operation with a migration asks of others: checks before and after, tests, an incident."""

from collections.abc import Callable
from dataclasses import replace

from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.attention import open_and_tell
from pgassay.flows.checks import CheckWish, run_checks
from pgassay.flows.choose import Wish
from pgassay.flows.migrate_ground import MigrateWish
from pgassay.flows.test import Job, run_tests
from pgassay.judge.incident import of_migration
from pgassay.model.check import Area, Level
from pgassay.model.consent import Consent
from pgassay.model.errors import NothingToRun, PgassayError, UsageError
from pgassay.model.migrate import Finding, Step, StepResult
from pgassay.model.suite import SafetyTier
from pgassay.pg.connection import Connection
from pgassay.pg.target import Target
from pgassay.report.checks.record import CheckRecord
from pgassay.report.migration.record import MigrationRecord
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
    categories = settings.migrate.tests
    job = Job(
        wish=Wish(categories=categories),
        target=wish.target,
        name="pgassay migrate",
        silent=True,
        safety=SafetyTier.ROLLBACK if target.production else None,
        consent=Consent(given=True),
    )
    quiet = replace(settings, report=replace(settings.report, formats=()))

    def run() -> StepResult:
        if not categories:
            return _not_verified(Step.TEST, "No category of tests is set.")
        try:
            record = run_tests(job, quiet, around)
        except NothingToRun as error:
            return _not_verified(Step.TEST, f"No test was run: {error.sentence}")
        except PgassayError as error:
            return _not_verified(Step.TEST, error.sentence)
        summary = summarise(record)
        red = [each.file.path for each in record.results if each.red]
        count = len(record.results)
        if not red and summary.exit == 0:
            sentence = f"{count} test file{'s' if count != 1 else ''} passed."
            return StepResult(step=Step.TEST, finding=Finding.HOLDS, sentence=sentence)
        sentence = f"{len(red)} of {count} test files failed."
        return StepResult(
            step=Step.TEST, finding=Finding.BROKEN, sentence=sentence, detail=tuple(red[:_MOST])
        )

    return run


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
        incident = of_migration(record.run.migration.id, record.finished.sentence)
        for delivery in open_and_tell(store, [incident], settings.notify):
            if not delivery.delivered:
                around.warn(
                    f"Not told ({delivery.letter.channel}): {delivery.problem}", "pgassay notify send"
                )
    except (PgassayError, Connection.Error) as error:
        sentence = error.sentence if isinstance(error, PgassayError) else str(error)
        around.warn(f"No incident was opened: {sentence}")


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
