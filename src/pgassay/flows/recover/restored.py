"""Runs the tests of a project on a restored copy. Nothing of that is recorded or reported."""

from dataclasses import replace

from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.test.choose import Wish
from pgassay.flows.test.job import Job
from pgassay.flows.test.run import run_tests
from pgassay.model.errors import NothingToRun, PgassayError
from pgassay.model.recovery import RecoveryStep, StepResult
from pgassay.pg.target import Target
from pgassay.recovery.course import Verdict
from pgassay.report.summary import summarise

_VERDICT = Verdict(step=RecoveryStep.TESTS)
_MOST = 10


def tests_on(copy: Target, original: Target, settings: Settings, around: Around) -> StepResult:
    """Run the categories that ``[recovery] tests`` names, with pgTAP as it is in the original."""
    pgtap = settings.pgtap(original)
    suite = replace(settings.suite, pgtap=pgtap.use, pgtap_schema=pgtap.schema, pgtap_source=pgtap.source)
    quiet = replace(
        settings,
        suite=suite,
        report=replace(settings.report, formats=()),
        store=replace(settings.store, enabled=False),
    )
    wish = Wish(categories=settings.recovery.tests)
    job = Job(wish=wish, target=copy.conninfo, name="pgassay drill", silent=True)
    try:
        record = run_tests(job, quiet, around)
    except NothingToRun as error:
        return _VERDICT.not_verified(
            f"No test was run: {error.sentence}", "Without tests: [recovery] tests = []"
        )
    except PgassayError as error:
        return _VERDICT.not_verified(error.sentence)
    red = [each.file.path for each in record.results if each.red]
    count = len(record.results)
    if red or summarise(record).exit:
        return _VERDICT.broken(f"{len(red)} of {count} test files failed on the copy.", *red[:_MOST])
    return _VERDICT.holds(f"{count} test files passed on the copy.")
