"""The last moments of a swap of schemas: what locks tables outside, then the commit."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

from pgassay.model.aside import AsideSchema, PublishedTable
from pgassay.model.errors import PgassayError
from pgassay.model.rollback import RollbackRun
from pgassay.pg.clock import monotonic
from pgassay.pg.connection import Connection, connect, reason
from pgassay.pg.patience import Patience, lost_patience
from pgassay.pg.target import Target
from pgassay.recovery.rollback.course import NotSwapped
from pgassay.recovery.rollback.ground import APPLICATION
from pgassay.recovery.rollback.schemas.aside import asides, mark_parts
from pgassay.recovery.rollback.schemas.persist import until_had
from pgassay.recovery.rollback.schemas.play import Later
from pgassay.recovery.rollback.schemas.published import read_published, withdraw
from pgassay.recovery.rollback.schemas.references import read_references, remake
from pgassay.recovery.rollback.schemas.session import let_others_wait
from pgassay.recovery.rollback.schemas.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """What is to be done last. ``parts`` are what is set aside, ``around`` what was bound to it.

    ``keys`` are foreign keys to add. ``since`` is when others began to wait, by the monotonic clock, where
    they have been kept waiting already.
    """

    run: RollbackRun
    parts: tuple[AsideSchema, ...]
    around: Surroundings
    keys: tuple[Later, ...] = ()
    since: float | None = None

    @property
    def marked(self) -> tuple[AsideSchema, ...]:
        """The parts as they are marked: the first one tells which foreign keys are validated afterwards."""
        first, *others = self.parts
        keys = (
            *(each.key for each in self.keys if each.validate),
            *(each.unvalidated for each in self.around.references if each.unvalidated is not None),
        )
        return (replace(first, unvalidated=keys), *others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Swapped:
    """How long others may have had to wait at most, in seconds, and how often it was tried."""

    outage_s: float
    tries: int


def finish(
    connection: Connection, last: Last, patience: Patience, *, target: Target, stopped: Callable[[], bool]
) -> Swapped:
    """Do it, and commit.

    Raises:
        NotSwapped: a lock was not to be had, or something cannot be made anew: nothing is changed.
        Stopped: the user asked for an end.
    """

    def work() -> None:
        let_others_wait(connection, patience)
        _everything(connection, last)

    had = until_had(connection, patience, work, stopped=stopped)
    _commit(connection, last, target)
    return Swapped(outage_s=monotonic() - (had.since if last.since is None else last.since), tries=had.tries)


def _everything(connection: Connection, last: Last) -> None:
    for part in last.parts:
        with _about(f"What is published of {part.live}"):
            withdraw(connection, part.name, _still(connection, part))
    for key in last.keys:
        with _about(f"The foreign key {key.key.name} of {key.key.schema}.{key.key.table}"):
            connection.execute(key.statement)
    for each in last.around.references:
        with _about(f"The {each.what}"):
            remake(connection, (each,))
    _demand_nothing_left(connection, [each.name for each in last.parts])
    mark_parts(connection, last.run, last.marked, finished=False)
    connection.execute("notify pgrst, 'reload schema'")


def _still(connection: Connection, part: AsideSchema) -> list[PublishedTable]:
    """Give what is published of a part under its new name; not a schema that stayed in its place."""
    there = {(each.table.publication, each.table.table) for each in read_published(connection, [part.name])}
    return [each for each in part.published if (each.publication, each.table) in there]


def _demand_nothing_left(connection: Connection, names: Sequence[str]) -> None:
    """See to it that nothing depends on what is set aside: also what came to depend on it meanwhile."""
    left = [each.what for each in read_references(connection, names)]
    left += [each.what for each in read_published(connection, names)]
    if left:
        raise NotSwapped(f"{left[0]} came to depend on the schemas meanwhile", tuple(left[:5]))


@contextmanager
def _about(what: str) -> Iterator[None]:
    """Say of an error what it is about; that a lock is not to be had is passed on as it is."""
    try:
        yield
    except Connection.Error as error:
        if lost_patience(error.sqlstate or "") or error.sqlstate is None:
            raise
        raise NotSwapped(f"{what}: {reason(str(error)).rstrip('.')}") from error


def _commit(connection: Connection, last: Last, target: Target) -> None:
    try:
        connection.execute("commit")
    except Connection.Error as error:
        if error.sqlstate is None and _is_done(target, last):
            return
        raise NotSwapped(reason(str(error)).rstrip(".")) from error


def _is_done(target: Target, last: Last) -> bool:
    """Whether a commit whose answer was lost took place."""
    with suppress(Connection.Error, PgassayError), connect(target, application=APPLICATION) as connection:
        return any(each.run.id == last.run.id for each in asides(connection, last.run.live))
    return False
