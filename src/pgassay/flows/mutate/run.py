"""Check a database's tests: which faults, put into clones of it one by one, does the suite notice?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO
from uuid import uuid4

from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.mutate.bench import Library, SuiteBench
from pgassay.flows.test.choose import Wish, choose
from pgassay.flows.test.run import guard
from pgassay.model.errors import UsageError
from pgassay.model.events.mutate import MutationEvent, MutationWarned
from pgassay.model.mutate import Excuse, Kind, Mutant, MutationPlan
from pgassay.mutate.catalogue import Catalogue, list_mutants
from pgassay.mutate.choose import Choice
from pgassay.mutate.choose import choose as choose_mutants
from pgassay.mutate.journal import Journal, digest
from pgassay.mutate.kinds import all_kinds
from pgassay.mutate.run import Means, run
from pgassay.pg.clock import now
from pgassay.pg.clone import sweep
from pgassay.pg.connection import connect
from pgassay.pg.target import Target
from pgassay.pg.template import Template, template
from pgassay.report.mutation.open import MutationReports
from pgassay.report.mutation.record import MutationCollector, MutationRecord
from pgassay.suite.prepare import Prepared, prepare
from pgassay.suite.settings import PgtapChoice, PgtapUse

_APPLICATION = "pgassay mutate"


@dataclass(frozen=True, slots=True, kw_only=True)
class MutationWish:
    """What the user asked for. ``objects`` are patterns; ``sample`` is a number of mutants.

    ``page`` is where an HTML report goes; ``silent`` leaves standard output to somebody else.
    """

    tests: Wish = Wish()
    target: str | None = None
    objects: tuple[str, ...] = ()
    sample: int | None = None
    seed: int = 0
    resume: bool = False
    page: Path | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The mutants that would be tried, and what kinds there are."""

    mutants: tuple[Mutant, ...]
    kinds: tuple[Kind, ...]


def list_wanted(wish: MutationWish, settings: Settings) -> Listing:
    """List the mutants that would be tried; nothing is changed.

    Raises:
        NothingToRun, UsageError: there is nothing to mutate, or the wish makes no sense.
        Unavailable: the target cannot be reached.
    """
    target = settings.target(wish.target)
    with connect(target, application=_APPLICATION) as connection:
        catalogue = list_mutants(connection)
    return Listing(mutants=_wanted(catalogue, wish, settings), kinds=all_kinds())


def check_mutants(wish: MutationWish, settings: Settings, around: Around) -> MutationRecord:
    """Try the mutants, and give what became of them.

    Raises:
        NothingToRun, UsageError: there is no test or nothing to mutate, or the wish makes no sense.
        Unavailable: the target cannot be reached, or the role may not create databases.
        Refused: the target is production.
    """
    target = settings.target(wish.target)
    guard(target)
    files = choose(wish.tests, settings.suite, None)
    sweep(target)
    with connect(target, application=_APPLICATION) as connection:
        database = connection.info.dbname
    collector = MutationCollector()
    identity = uuid4()
    with (
        template(target, run=identity) as built,
        MutationReports(
            screen=_screen(wish, around), stderr=around.stderr, options=around.report, page=wish.page
        ) as reports,
    ):
        prepared = prepare(built.target, _pgtap(settings, target), around.environ)
        with connect(built.target, application=_APPLICATION) as connection:
            catalogue = list_mutants(connection)
        plan = MutationPlan(
            id=identity,
            started_at=now(),
            environment=replace(prepared.environment, target=target.shown, database=database),
            files=files,
            mutants=_wanted(catalogue, wish, settings),
            kinds=all_kinds(),
            jobs=settings.mutate.jobs,
            at_least=settings.mutate.at_least,
            excuses=tuple(Excuse(id=name, reason=why) for name, why in settings.mutate.excused),
        )
        for event in _events(plan, _means(wish, settings, built, prepared, catalogue), catalogue, around):
            collector.see(event)
            reports.see(event)
    return collector.record()


def _screen(wish: MutationWish, around: Around) -> TextIO | None:
    """Say where progress is shown: where the result is not, if a person is there to see it."""
    if not wish.silent:
        return around.stdout
    return around.stderr if around.stderr.isatty() else None


def _wanted(catalogue: Catalogue, wish: MutationWish, settings: Settings) -> tuple[Mutant, ...]:
    if wish.sample is not None and wish.sample < 1:
        raise UsageError("--sample takes a number of at least 1.")
    choice = Choice(
        schemas=settings.mutate.schemas,
        kinds=settings.mutate.kinds,
        objects=wish.objects,
        sample=wish.sample,
        seed=wish.seed,
    )
    return choose_mutants(catalogue.mutants, choice, all_kinds())


def _pgtap(settings: Settings, target: Target) -> PgtapChoice:
    """Put pgTAP into the template for good: that is a copy, and psql can use it there, too."""
    choice = settings.pgtap(target)
    return replace(choice, use=PgtapUse.AUTO) if choice.use is PgtapUse.EPHEMERAL else choice


def _means(
    wish: MutationWish, settings: Settings, built: Template, prepared: Prepared, catalogue: Catalogue
) -> Means:
    library = Library()

    def open_bench(target: Target) -> SuiteBench:
        return SuiteBench(target, prepared.preparation, settings.suite, library)

    version = prepared.environment.server_version
    return Means(
        clone=built.clone,
        open_bench=open_bench,
        texts=library.texts,
        schema=digest(f"{version} {prepared.environment.pgtap} {catalogue.fingerprint}"),
        journal=Journal(settings.mutate.journal),
        resume=wish.resume,
    )


def _events(
    plan: MutationPlan, means: Means, catalogue: Catalogue, around: Around
) -> Iterator[MutationEvent]:
    events = run(plan, means, stop=around.stop)
    yield next(events)  # the start of the check; what was to be said of the preparation comes behind it
    for schema in catalogue.spared:
        yield MutationWarned(
            sentence=f"The functions in {schema} are left alone, because pgTAP's own are among them.",
            remedy="As an extension, or in a schema of its own, pgTAP is told apart.",
        )
    known = {mutant.id for mutant in catalogue.mutants}
    for excuse in plan.excuses:
        if excuse.id not in known:
            yield MutationWarned(sentence=f"There is no mutant {excuse.id}, which [mutate.excused] names.")
    yield from events
