"""Plays the files of a run: the target is prepared before, and tidied up behind."""

from collections.abc import Generator, Iterator
from dataclasses import replace
from uuid import uuid4

from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.catalog import noting_catalog
from pgassay.flows.memory import Memory
from pgassay.flows.test.data import keeping_clean, telling
from pgassay.flows.test.job import Job, target_of
from pgassay.model.events.suite import SuiteEvent, Warned
from pgassay.model.execution import Isolation
from pgassay.model.suite import Run, RunOptions, TestFile
from pgassay.pg.clock import now
from pgassay.pg.target import Target
from pgassay.suite.attempt import Manner
from pgassay.suite.clones import Clones
from pgassay.suite.crew import Orders
from pgassay.suite.ground import Ground
from pgassay.suite.prepare import Prepared, prepare
from pgassay.suite.run import run
from pgassay.suite.script import Script, read_script
from pgassay.suite.settings import PgtapChoice, PgtapUse, SuiteSettings
from pgassay.suite.touch.recording import Recording

NAME = "pgassay test"
_ONE_BY_ONE = "One worker runs all files, because an ephemeral pgTAP is in a database only once at a time."


def events_of(
    job: Job, files: tuple[TestFile, ...], settings: Settings, around: Around, *, memory: Memory | None
) -> Iterator[SuiteEvent]:
    """Prepare the target, run the files, and tidy up behind them."""
    target, suite = target_of(job, settings), settings.suite
    prepared = prepare(target, _pgtap(job, settings, target), around.environ)
    plan = Run(
        id=uuid4(),
        started_at=now(),
        name=job.name or NAME,
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
    target, suite, files = target_of(job, settings), settings.suite, plan.files
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
        target=target_of(job, settings),
        policy=Policy(tier=job.safety, settings=settings.safety),
        pacing=Pacing(pause_s=settings.safety.pause_s, keep_going=job.keep_going),
        workers=1 if prepared.preparation.pgtap_sql else min(settings.suite.workers, len(plan.files)),
        stop=around.stop,
    )
    yield from safe_events(plan, _orders(job, settings.suite), prepared, wanted)


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
