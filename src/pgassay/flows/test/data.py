"""Rows that tests commit and register: removed behind the run, and where an earlier run could not do so.

Also how the command removes them. On production a run removes nothing, and only says what it finds.
"""

from collections.abc import Callable, Generator
from contextlib import ExitStack, closing
from uuid import UUID

from pgassay.config.settings import Settings
from pgassay.model.cleanup import Cleaned, Cleanup, Fate
from pgassay.model.consent import Consent
from pgassay.model.errors import PgassayError, Unavailable
from pgassay.model.events.suite import RunFinished, RunStarted, SuiteEvent, Warned
from pgassay.pg.connection import Connection, connect
from pgassay.pg.guard import Deed, check
from pgassay.pg.target import Target

_APPLICATION = "pgassay cleanup"
_COMMAND = "pgassay cleanup"


def clean_target(
    settings: Settings, *, target: str | None, dry: bool = False, consent: Consent | None = None
) -> Cleanup:
    """Remove what tests registered in a database and nobody has removed; ``dry`` only says what that is.

    Raises:
        Refused: the target is production, and nobody agreed.
        Unavailable: it cannot be reached, or has no register.
    """
    from pgassay.store.cleanup.registry import is_installed
    from pgassay.store.cleanup.run import Extent, clean_up

    place = settings.target(target)
    check(place, Deed.REMEMBER if dry else Deed.CLEAN, consent)
    with connect(place, application=_APPLICATION) as connection:
        if not is_installed(connection):
            raise Unavailable(
                f"The database {connection.info.dbname} has no register of test data, or an older one.",
                remedy="pgassay store install, with the store in this very database",
            )
        return clean_up(connection, Extent(dry=dry, lock_ms=settings.safety.lock_timeout_ms))


def keeping_clean(
    events: Generator[SuiteEvent, None, None], target: Target, run: UUID
) -> Generator[SuiteEvent, None, None]:
    """Pass a run's events on.

    What dead runs left is removed before it begins, and what it left itself at its end. In between nobody of
    ours is connected until the run starts: a target that others are connected to is slow to clone.
    """
    before = _attempted(target, lambda connection: _clear(connection, None))
    with ExitStack() as stack, closing(events):
        for event in events:
            if isinstance(event, RunFinished):
                yield from _attempted(target, lambda connection: _clear(connection, run))
            yield event
            if isinstance(event, RunStarted):
                yield from before
                yield from _living(stack, target, run)


def telling(events: Generator[SuiteEvent, None, None], target: Target) -> Generator[SuiteEvent, None, None]:
    """Pass the events of a run on production on, and say what other runs left there."""
    found = _attempted(target, _look)
    with closing(events):
        for event in events:
            yield event
            if isinstance(event, RunStarted):
                yield from found


def _clear(connection: Connection, run: UUID | None) -> tuple[Warned, ...]:
    """Remove what a run, or every dead one, has registered, and tell of it."""
    from pgassay.store.cleanup.run import Extent, clean_up

    done = clean_up(connection, Extent(run=run, runs_only=True))
    removed = done.count(Fate.REMOVED)
    who = "an interrupted run" if run is None else "this run"
    said = (Warned(sentence=f"{_rows(removed)} that {who} had registered: removed."),) if removed else ()
    return (*said, *map(_left, done.left))


def _attempted(target: Target, work: Callable[[Connection], tuple[Warned, ...]]) -> tuple[Warned, ...]:
    """Do something over a connection of its own; what fails becomes a warning."""
    try:
        with connect(target, application=_APPLICATION) as connection:
            return work(connection)
    except PgassayError as error:
        return (_not_removed(error),)


def _living(stack: ExitStack, target: Target, run: UUID) -> tuple[Warned, ...]:
    """Show others that the run lives, until the stack is left."""
    from pgassay.store.cleanup.run import hold

    try:
        hold(stack.enter_context(connect(target, application=_APPLICATION)), run)
    except PgassayError as error:
        return (_not_removed(error),)
    return ()


def _look(connection: Connection) -> tuple[Warned, ...]:
    from pgassay.store.cleanup.registry import registered

    left = sum(not each.alive for each in registered(connection))
    sentence = f"{_rows(left)} that tests have registered: still there."
    return (Warned(sentence=sentence, remedy=_COMMAND),) if left else ()


def _left(row: Cleaned) -> Warned:
    return Warned(
        sentence=f"The row {row.entity} that {row.entity.test_name} registered was left: {row.reason}."
    )


def _not_removed(error: PgassayError) -> Warned:
    return Warned(sentence=f"Registered test data was not removed: {error.sentence}", remedy=_COMMAND)


def _rows(number: int) -> str:
    return f"{number} row{'s' if number != 1 else ''}"
