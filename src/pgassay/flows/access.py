"""Try who gets at which rows, compare with the baseline, and keep what is asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID, uuid4

from pgassay.checks.access import baseline
from pgassay.checks.access.identities import find_identities
from pgassay.checks.access.run import run
from pgassay.checks.access.session import Session
from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.memory import open_memory
from pgassay.model.access import AccessPlan, AccessVerdict, Action, Difference, Entry, Ground, Reach
from pgassay.model.errors import PgassayError, UsageError
from pgassay.pg.clock import now
from pgassay.pg.clone import sweep
from pgassay.pg.guard import Deed, check
from pgassay.pg.target import Target
from pgassay.pg.template import template
from pgassay.pg.wire import Wire
from pgassay.report.access.pgtap import pgtap_files
from pgassay.report.access.record import AccessCollector, AccessRecord
from pgassay.report.destination import Destination

_APPLICATION = "pgassay access"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessWish:
    """What the user asked for.

    ``save`` writes the baseline instead of comparing with it; ``tests`` is a folder for pgTAP tests;
    ``in_place`` needs no copy; ``strict`` calls red what could not be verified or compared.
    """

    target: str | None = None
    save: bool = False
    tests: Path | None = None
    in_place: bool = False
    strict: bool = False


def try_access(wish: AccessWish, settings: Settings, around: Around) -> AccessRecord:
    """Try everything, and give what came of it.

    Raises:
        NothingToRun, UsageError: there is nothing to try, or the wish makes no sense.
        Unavailable: the target cannot be reached or copied, or the role of an identity not be taken on.
        Refused: the guard does not allow it on this target.
    """
    target = settings.target(wish.target)
    ground = _ground(target, wish)
    file = settings.access.baseline
    known = None if wish.save else _read_baseline(file)
    record = _tried(target, ground, settings, around)
    verdict = AccessVerdict(
        verified=record.verified,
        not_verified=record.not_verified,
        strict=wish.strict,
        interrupted=record.interrupted,
    )
    if known is not None and not record.interrupted:
        verdict = replace(verdict, differences=_compared(known, record), baseline=str(file))
    if wish.save and not record.interrupted:
        _write(file, baseline.write(record.plan, record.relations))
        verdict = replace(verdict, saved=str(file))
    record = replace(record, verdict=verdict)
    if wish.tests is not None and not record.interrupted:
        for name, text in pgtap_files(record):
            _write(wish.tests / name, text)
    _remember(record, settings, target, around)
    return record


def _ground(target: Target, wish: AccessWish) -> Ground:
    """Say where things are tried; on production that is decided by the guard, and only reading is."""
    if target.production:
        check(target, Deed.CHANGE if wish.in_place else Deed.LOOK)
        if wish.save or wish.tests is not None:
            raise UsageError(
                "On production only reading is tried, which makes no baseline and no tests.",
                remedy="Make them on a copy: pgassay --target COPY access --save",
            )
        return Ground.READ_ONLY
    return Ground.IN_PLACE if wish.in_place else Ground.COPY


def _read_baseline(file: Path) -> dict[Entry, Reach] | None:
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The baseline {file} cannot be read: {error}.") from error
    return baseline.read(text, name=str(file))


def _tried(target: Target, ground: Ground, settings: Settings, around: Around) -> AccessRecord:
    identity = uuid4()
    collector = AccessCollector()
    with _place(target, ground, identity) as place, _wire(place) as wire:
        access = settings.access
        session = Session(wire, statement_ms=access.statement_timeout_ms, lock_ms=access.lock_timeout_ms)
        plan = AccessPlan(
            id=identity,
            started_at=now(),
            target=target.shown,
            database=_database(target),
            server_version=wire.parameter("server_version").split(" ")[0],
            ground=ground,
            identities=find_identities(session, access.identities),
        )
        for event in run(plan, wire, access, stop=around.stop):
            collector.see(event)
    return collector.record()


@contextmanager
def _place(target: Target, ground: Ground, identity: UUID) -> Iterator[Target]:
    if ground is not Ground.COPY:
        yield target
        return
    sweep(target)
    with template(target, run=identity) as copy:
        yield copy.target


@contextmanager
def _wire(target: Target) -> Iterator[Wire]:
    wire = Wire.connect(target, application=_APPLICATION)
    try:
        yield wire
    finally:
        wire.close()


def _database(target: Target) -> str:
    with _wire(target) as wire:
        return wire.identity["DBNAME"]


def _compared(known: dict[Entry, Reach], record: AccessRecord) -> tuple[Difference, ...]:
    """Compare; on production what was tried there only."""
    actions = (Action.SELECT,) if record.plan.ground is Ground.READ_ONLY else tuple(Action)
    return baseline.compare(known, baseline.matrix_of(record.relations), actions=actions)


def _write(file: Path, text: str) -> None:
    destination = Destination(file, whole=True)
    try:
        destination.out.write(text)
        destination.keep()
    except OSError as error:
        destination.discard()
        raise UsageError(f"The file {file} cannot be written: {error.strerror}.") from error


def _remember(record: AccessRecord, settings: Settings, target: Target, around: Around) -> None:
    """Keep the result in the store, where there is one; that it cannot be kept changes no verdict."""
    memory = open_memory(settings, target, around.warn)
    if memory is None:
        return
    from pgassay.store.access import add_access_run

    try:
        with memory.connect() as connection:
            add_access_run(
                connection, record.plan, record.relations, record.verdict, elapsed_s=record.elapsed_s
            )
    except PgassayError as error:
        around.warn(error.sentence, error.remedy)
