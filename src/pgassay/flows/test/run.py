"""Run test files on a target: find them, put them in order, run, report, remember."""

from collections.abc import Generator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from uuid import uuid4

from pgassay.config.settings import PRODUCTION_TARGET, Settings
from pgassay.flows.around import Around
from pgassay.flows.catalog import look, noting_catalog
from pgassay.flows.memory import Memory, open_memory
from pgassay.flows.test.choose import Wish, choose
from pgassay.flows.test.data import keeping_clean, telling
from pgassay.flows.test.stillborn import stillborn
from pgassay.model.consent import Consent
from pgassay.model.errors import PgassayError
from pgassay.model.events.suite import SuiteEvent, Warned
from pgassay.model.suite import Isolation, Run, RunOptions, SafetyTier, TestFile
from pgassay.pg.clock import now
from pgassay.pg.guard import Deed, check
from pgassay.pg.target import Target
from pgassay.report.choice import FormatChoice, parse_format, with_screen
from pgassay.report.open import open_reporters
from pgassay.report.record import Collector, RunRecord
from pgassay.suite.attempt import Manner
from pgassay.suite.clones import Clones
from pgassay.suite.crew import Orders
from pgassay.suite.ground import Ground
from pgassay.suite.prepare import Prepared, prepare
from pgassay.suite.run import run
from pgassay.suite.script import Script, read_script
from pgassay.suite.settings import PgtapChoice, PgtapUse, SuiteSettings
from pgassay.suite.touch.recording import Recording

_NAME = "pgassay test"
_ONE_BY_ONE = "One worker runs all files, because an ephemeral pgTAP is in a database only once at a time."


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One run to be made. ``name`` is what the log calls it; ``silent`` writes nothing on the screen.

    ``production`` marks the target as production; ``safety`` is the tier of a run that is safe there, and
    ``keep_going`` lets its next category begin though one failed.
    """

    wish: Wish
    target: str | None = None
    fail_fast: bool = False
    name: str = ""
    silent: bool = False
    production: bool = False
    safety: SafetyTier | None = None
    keep_going: bool = False
    consent: Consent = Consent()


def run_tests(job: Job, settings: Settings, around: Around) -> RunRecord:
    """Run what the job asks for, and give what happened.

    Raises:
        NothingToRun, UsageError: there is no file to run, or the wish makes no sense.
        Unavailable: the target cannot be reached, or lacks pgTAP.
        Refused: the target is production, and the run is not safe there.
    """
    target = _target(job, settings)
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
            for event in _events(job, files, settings, around, memory=memory):
                collector.see(event)
                reporters.see(event)
                if recorder is not None:
                    recorder.see(event)
        except PgassayError as error:
            if recorder is not None and collector.record().run is None:
                for event in stillborn(job.name or _NAME, files, target, error):
                    recorder.see(event)
            raise
    record = collector.record()
    if memory is not None and settings.incidents.enabled and record.run and record.run.environment.production:
        from pgassay.flows.attention import report_failed_categories

        report_failed_categories(memory, record, settings.notify)
    return record


def list_tests(job: Job, settings: Settings, around: Around) -> tuple[TestFile, ...]:
    """Give the files that would run, without touching the target unless the choice depends on earlier runs.

    Raises:
        NothingToRun, UsageError: there is no file to run, or the wish makes no sense.
    """
    remembers = job.wish.last_failed or job.wish.shard or job.wish.by_touch
    target = _target(job, settings)
    memory = open_memory(settings, target, around.warn) if remembers else None
    return choose(job.wish, settings.suite, memory, lambda: look(target))


def _events(
    job: Job, files: tuple[TestFile, ...], settings: Settings, around: Around, *, memory: Memory | None
) -> Iterator[SuiteEvent]:
    """Prepare the target, run the files, and tidy up behind them."""
    target, suite = _target(job, settings), settings.suite
    prepared = prepare(target, _pgtap(job, settings, target), around.environ)
    plan = Run(
        id=uuid4(),
        started_at=now(),
        name=job.name or _NAME,
        environment=prepared.environment,
        options=_options(job, suite),
        files=files,
    )
    recording = Recording() if memory is not None and settings.store.touches else None
    preparation = replace(
        prepared.preparation, run=str(plan.id) if prepared.registers else "", recording=recording
    )
    play = _usual_events if job.safety is None else _safe_events
    events = play(job, plan, replace(prepared, preparation=preparation), settings=settings, around=around)
    if prepared.registers:
        events = telling(events, target) if job.safety else keeping_clean(events, target, plan.id)
    if memory is not None and recording is not None:
        events = noting_catalog(events, target, memory, plan.id)
    yield from events


def _usual_events(
    job: Job, plan: Run, prepared: Prepared, *, settings: Settings, around: Around
) -> Generator[SuiteEvent, None, None]:
    """Run the files as they are."""
    target, suite, files = _target(job, settings), settings.suite, plan.files
    with Clones(target, plan.id, wanted=_wants_clones(files, suite)) as clones:
        workers = 1 if _waits_for_itself(files, suite, prepared) else min(suite.workers, len(files))
        grounds = tuple(
            Ground(number, target, prepared.preparation, clones) for number in range(1, workers + 1)
        )
        events = run(plan, _orders(job, suite), grounds, stop=around.stop)
        yield next(events)  # the start of the run; what was to be said of the preparation comes behind it
        yield from prepared.warnings
        yield from (Warned(sentence=each) for each in clones.lacking)
        if workers < min(suite.workers, len(files)):
            yield Warned(sentence=_ONE_BY_ONE, remedy="pgassay test --isolation clone")
        yield from events


def _safe_events(
    job: Job, plan: Run, prepared: Prepared, *, settings: Settings, around: Around
) -> Generator[SuiteEvent, None, None]:
    """Run the files on production."""
    from pgassay.flows.test.safely import SafeRun, safe_events
    from pgassay.suite.safety.run import Pacing
    from pgassay.suite.safety.settings import Policy

    assert job.safety is not None
    wanted = SafeRun(
        target=_target(job, settings),
        policy=Policy(tier=job.safety, settings=settings.safety),
        pacing=Pacing(pause_s=settings.safety.pause_s, keep_going=job.keep_going),
        workers=1 if prepared.preparation.pgtap_sql else min(settings.suite.workers, len(plan.files)),
        stop=around.stop,
    )
    yield from safe_events(plan, _orders(job, settings.suite), prepared, wanted)


def _target(job: Job, settings: Settings) -> Target:
    """Give the database that is meant; ``--production`` alone means the target of that name."""
    named = any(each.name == PRODUCTION_TARGET for each in settings.targets)
    name = PRODUCTION_TARGET if job.target is None and job.production and named else job.target
    found = settings.target(name)
    return replace(found, production=True) if job.production else found


def _pgtap(job: Job, settings: Settings, target: Target) -> PgtapChoice:
    """Say how pgTAP gets into the target where it is missing; on production it is never left there."""
    choice = settings.pgtap(target)
    return choice if job.safety is None else replace(choice, use=PgtapUse.EPHEMERAL)


def _waits_for_itself(files: tuple[TestFile, ...], suite: SuiteSettings, prepared: Prepared) -> bool:
    """Whether two workers would put pgTAP into one database, each in a transaction that stays open."""
    shared = any((file.isolation or suite.isolation) is Isolation.SHARED for file in files)
    return shared and bool(prepared.preparation.pgtap_sql)


def _wants_clones(files: tuple[TestFile, ...], suite: SuiteSettings) -> bool:
    return any((file.isolation or suite.isolation) is Isolation.CLONE for file in files)


def _orders(job: Job, suite: SuiteSettings) -> Orders:
    return Orders(
        manner=Manner(
            engine=suite.engine,
            timeout_s=suite.timeout_s,
            slow_s=suite.slow_s,
            variables=suite.variables,
        ),
        isolation=suite.isolation,
        retries=suite.retries,
        strict=suite.strict,
        fail_fast=job.fail_fast,
        script=lambda file: _script(job, file),
    )


def _script(job: Job, file: TestFile) -> Script:
    return read_script(file.path) if job.wish.xunit is None else job.wish.xunit.script


def _options(job: Job, suite: SuiteSettings) -> RunOptions:
    shard = job.wish.shard
    return RunOptions(
        jobs=suite.workers,
        isolation=suite.isolation,
        engine=suite.engine,
        strict=suite.strict,
        retries=suite.retries,
        fail_fast=job.fail_fast,
        timeout_s=suite.run_timeout_s,
        shard=f"{shard[0]}/{shard[1]}" if shard else "",
        safety=job.safety,
        slow_s=suite.slow_s,
    )


def _formats(settings: Settings) -> tuple[FormatChoice, ...]:
    return with_screen(parse_format(text) for text in settings.report.formats)


def guard(target: Target) -> None:
    """Refuse to run test files as they are on production.

    Raises:
        Refused: the target is production.
    """
    check(target, Deed.TEST)
