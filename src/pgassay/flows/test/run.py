"""Run test files on a target: find them, put them in order, run, report, remember."""

from contextlib import ExitStack
from dataclasses import replace

from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.catalog import look
from pgassay.flows.memory import Memory, open_memory
from pgassay.flows.test.choose import choose
from pgassay.flows.test.job import Job, target_of
from pgassay.flows.test.play import NAME, events_of
from pgassay.flows.test.stillborn import stillborn
from pgassay.model.errors import PgassayError
from pgassay.model.suite import TestFile
from pgassay.pg.guard import Deed, check
from pgassay.pg.target import Target
from pgassay.report.choice import FormatChoice, parse_format, with_screen
from pgassay.report.open import open_reporters
from pgassay.report.record import Collector, RunRecord


def run_tests(job: Job, settings: Settings, around: Around) -> RunRecord:
    """Run what the job asks for, and give what happened.

    Raises:
        NothingToRun, UsageError: there is no file to run, or the wish makes no sense.
        Unavailable: the target cannot be reached, or lacks pgTAP.
        Refused: the target is production, and the run is not safe there.
    """
    target = target_of(job, settings)
    check(target, Deed.TEST if job.safety is None else Deed.TEST_SAFELY, job.consent)
    if job.safety is not None:
        from pgassay.flows.test.safely import tame

        settings = replace(settings, suite=tame(settings.suite))
    memory = open_memory(settings, target, around.warn)
    files = choose(job.wish, settings.suite, memory, lambda: look(target))
    choices = () if job.silent else _formats(settings)
    collector = Collector()
    with ExitStack() as sinks:
        reporters = sinks.enter_context(
            open_reporters(choices, stdout=around.stdout, stderr=around.stderr, options=around.report)
        )
        recorder = sinks.enter_context(memory.recorder()) if memory is not None else None
        try:
            for event in events_of(job, files, settings, around, memory=memory):
                collector.see(event)
                reporters.see(event)
                if recorder is not None:
                    recorder.see(event)
        except PgassayError as error:
            if recorder is not None and collector.record().run is None:
                for event in stillborn(job.name or NAME, files, target, error):
                    recorder.see(event)
            raise
    record = collector.record()
    if memory is not None:
        _settle(memory, record, settings, around)
    return record


def list_tests(job: Job, settings: Settings, around: Around) -> tuple[TestFile, ...]:
    """Give the files that would run, without touching the target unless the choice depends on earlier runs.

    Raises:
        NothingToRun, UsageError: there is no file to run, or the wish makes no sense.
    """
    remembers = job.wish.last_failed or job.wish.shard or job.wish.by_touch
    target = target_of(job, settings)
    memory = open_memory(settings, target, around.warn) if remembers else None
    return choose(job.wish, settings.suite, memory, lambda: look(target))


def guard(target: Target) -> None:
    """Refuse to run test files as they are on production.

    Raises:
        Refused: the target is production.
    """
    check(target, Deed.TEST)


def _settle(memory: Memory, record: RunRecord, settings: Settings, around: Around) -> None:
    """Do what a run is followed by in the store: open incidents, let go what is old."""
    from pgassay.flows.retention import prune_daily

    if settings.incidents.enabled and record.run and record.run.environment.production:
        from pgassay.flows.incidents import report_failed_categories

        report_failed_categories(memory, record, settings.notify)
    prune_daily(memory.connect, settings, around.warn)


def _formats(settings: Settings) -> tuple[FormatChoice, ...]:
    return with_screen(parse_format(text) for text in settings.report.formats)
