"""Ask a target the questions of the catalogue."""

from contextlib import ExitStack, closing, nullcontext
from dataclasses import dataclass, replace
from uuid import uuid4

from pgassay.checks.choose import choose
from pgassay.checks.contract import StoreStanding
from pgassay.checks.plan import Plan, make_plan
from pgassay.checks.run import run
from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.checks.catalogue import every_check
from pgassay.flows.growth import growing
from pgassay.model.check import Area
from pgassay.model.errors import PgassayError
from pgassay.pg.connection import connect
from pgassay.pg.guard import Deed, check
from pgassay.pg.target import Target
from pgassay.report.checks.record import CheckCollector, CheckRecord
from pgassay.report.checks.verdict import exit_of, verdict_word
from pgassay.report.choice import FormatChoice, parse_format, with_screen
from pgassay.report.open import open_reporters

FORMATS = "pgassay.report.checks.formats"
"""The family of the report formats of checks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckWish:
    """What to ask: checks by name or by area, all of them where neither is given.

    ``silent`` writes nothing on the screen.
    """

    names: tuple[str, ...] = ()
    areas: tuple[Area, ...] = ()
    target: str | None = None
    silent: bool = False


def run_checks(wish: CheckWish, settings: Settings, around: Around) -> CheckRecord:
    """Ask, and give what was found; that the target cannot be reached is a result, too.

    Raises:
        UsageError, NothingToRun: there is no such check, the settings make no sense, or a check's file.
    """
    target = settings.target(wish.target)
    check(target, Deed.LOOK)
    plan = _plan(wish, settings, target)
    choices = () if wish.silent and not settings.checks.formats else _formats(settings, silent=wish.silent)
    collector = CheckCollector()
    with ExitStack() as sinks:
        reporters = sinks.enter_context(
            open_reporters(choices, stdout=around.stdout, stderr=around.stderr, options=around.report)
        )
        events = sinks.enter_context(closing(run(plan, target, now=around.now, stop=around.stop)))
        for event in events:
            collector.see(event)
            reporters.see(event)
    record = collector.record()
    _remember(record, settings, target, around)
    return record


def _plan(wish: CheckWish, settings: Settings, target: Target) -> Plan:
    every = every_check(settings)
    chosen = choose(every, names=wish.names, areas=wish.areas)
    plan = make_plan(chosen, settings.checks, every=every, run=uuid4(), areas=wish.areas)
    return replace(plan, store=lambda: _store_standing(settings, target), growing=growing(settings, target))


def _remember(record: CheckRecord, settings: Settings, target: Target, around: Around) -> None:
    """Keep the result in the store, where there is one: looking installs nothing, and changes no verdict."""
    from pgassay.flows.retention import prune_daily
    from pgassay.store.check_runs import CheckOutcome, add_check_run
    from pgassay.store.schema import status

    if record.started is None or record.finished is None:
        return
    try:
        place = settings.store_target(target)
        if place is None or (record.started.unreachable and place is target):
            return
        with connect(place, application="pgassay store") as connection:
            if status(connection).installed is None:
                return
            outcome = CheckOutcome(
                database=target.database, verdict=verdict_word(record), exit=exit_of(record)
            )
            add_check_run(connection, record.started, record.results, record.finished, outcome)
            prune_daily(lambda: nullcontext(connection), settings, around.warn)
    except PgassayError as error:
        around.warn(f"This run is not recorded: {error.sentence}", error.remedy)


def _store_standing(settings: Settings, target: Target) -> StoreStanding:
    """Ask how the store stands; that it cannot be asked is an answer."""
    from pgassay.store.schema import status

    try:
        place = settings.store_target(target)
        if place is None:
            return StoreStanding()
        with connect(place, application="pgassay store") as connection:
            found = status(connection)
    except PgassayError as error:
        return StoreStanding(trouble=error.sentence, remedy=error.remedy)
    return StoreStanding(place=place.shown, installed=found.installed, known=found.known)


def _formats(settings: Settings, *, silent: bool) -> tuple[FormatChoice, ...]:
    chosen = tuple(parse_format(text, FORMATS) for text in settings.checks.formats)
    return tuple(each for each in chosen if each.file) if silent else with_screen(chosen, FORMATS)
